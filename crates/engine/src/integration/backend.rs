//! The parts of a request that both HTTP integrations build alike: address, query, framing of the request.

use bytes::Bytes;
use http::header::HOST;
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderValue, Uri};
use percent_encoding::utf8_percent_encode;
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_program::{BackendPlan, Record, StageView, UriPlan};

use super::uri_value::{RESERVED, render_uri};
use crate::stage::Parameters;
use crate::{HeaderList, UpstreamRequest, request};

/// Where a request goes.
pub(super) struct Address {
    pub(super) scheme: Scheme,
    pub(super) authority: Authority,
    pub(super) path_and_query: PathAndQuery,
}

/// Renders a plan's URI; `client_query` joins between the URI's own query and the mapped one.
pub(super) fn address(
    plan: &UriPlan,
    parameters: &Parameters,
    stage: &StageView,
    client_query: Option<&str>,
) -> Result<Address, Cause> {
    if let (Some((scheme, authority)), Some(target)) = (&plan.origin, &plan.target)
        && client_query.is_none_or(str::is_empty)
        && parameters.query.is_empty()
    {
        let (scheme, authority) = (scheme.clone(), authority.clone());
        return Ok(Address { scheme, authority, path_and_query: target.clone() });
    }
    let text = render_uri(plan, stage, parameters, plan.origin.is_none())?;
    let (scheme, authority, mut target) = match &plan.origin {
        Some((scheme, authority)) => (scheme.clone(), authority.clone(), text.into_owned()),
        None => split(&text)?,
    };
    if let Some(fragment) = target.find('#') {
        target.truncate(fragment);
    }
    if !target.starts_with('/') {
        target.insert(0, '/');
    }
    append_query(&mut target, parameters, client_query);
    let path_and_query = PathAndQuery::try_from(target).map_err(|_| invalid())?;
    Ok(Address { scheme, authority, path_and_query })
}

fn invalid() -> Cause {
    Cause::Configuration(ConfigurationError::InvalidEndpointAddress)
}

fn split(text: &str) -> Result<(Scheme, Authority, String), Cause> {
    let after = text.find("://").ok_or_else(invalid)? + 3;
    let end = text[after..].find(['/', '?', '#']).map_or(text.len(), |end| after + end);
    let parts = text[..end].parse::<Uri>().map_err(|_| invalid())?.into_parts();
    match (parts.scheme, parts.authority) {
        (Some(scheme), Some(authority)) if !authority.host().is_empty() => {
            Ok((scheme, authority, text[end..].to_owned()))
        }
        _ => Err(invalid()),
    }
}

pub(super) fn append_query(target: &mut String, parameters: &Parameters, client_query: Option<&str>) {
    match client_query.filter(|query| !query.is_empty()) {
        // Nothing in it would change by decoding and encoding again.
        Some(query) if is_plain(query) => {
            separate(target);
            target.push_str(query);
        }
        other => request::query(other).for_each(|(key, value)| append_pair(target, &key, &value)),
    }
    for (key, value) in &parameters.query {
        append_pair(target, key, value);
    }
}

fn is_plain(query: &str) -> bool {
    query.split('&').all(|pair| {
        pair.bytes().filter(|byte| *byte == b'=').count() == 1
            && pair.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~=".contains(&byte))
    })
}

fn separate(target: &mut String) {
    let separator = match target.find('?') {
        None => "?",
        Some(at) if at + 1 == target.len() => "",
        Some(_) => "&",
    };
    target.push_str(separator);
}

pub(super) fn append_pair(target: &mut String, key: &str, value: &str) {
    separate(target);
    target.extend(utf8_percent_encode(key, RESERVED));
    target.push('=');
    target.extend(utf8_percent_encode(value, RESERVED));
}

/// The request from its parts; `headers` get the host unless a mapping set one.
pub(super) fn assemble(
    plan: &BackendPlan,
    address: Address,
    mut headers: HeaderList,
    parameters: Parameters,
    body: Bytes,
    record: &Record,
) -> UpstreamRequest {
    // What is mapped replaces what is built in or the client's, with all its values.
    parameters.headers.iter().for_each(|(name, _)| headers.remove(name));
    for (name, value) in parameters.headers {
        headers.push(name, value);
    }
    let host = || plan.host.clone().or_else(|| HeaderValue::from_str(address.authority.as_str()).ok());
    if !headers.contains(&HOST)
        && let Some(host) = host()
    {
        headers.push(HOST, host);
    }
    UpstreamRequest {
        scheme: address.scheme,
        authority: address.authority,
        path_and_query: address.path_and_query,
        method: plan.method.clone().unwrap_or_else(|| record.head.method.clone()),
        headers,
        body,
        timeout: plan.timeout,
        insecure_skip_verification: plan.insecure_skip_verification,
    }
}

#[cfg(test)]
mod tests {
    use stagedoor_program::{StageView, UriPlan};

    use super::address;
    use crate::stage::Parameters;

    fn stage() -> StageView {
        let mut stage = StageView::bare("dev".into());
        stage.variables.insert("host".to_owned(), "h:81".into());
        stage
    }

    fn check(uri: &str, client: Option<&str>, expected: Option<&str>) {
        let parameters = Parameters {
            headers: Vec::new(),
            query: vec![("m".into(), "1 2".to_owned())],
            path: vec![("p".into(), "a%2Fb/c".to_owned())],
        };
        let built = address(&UriPlan::http(uri), &parameters, &stage(), client).ok();
        let built = built.map(|a| format!("{}://{}{}", a.scheme, a.authority, a.path_and_query));
        assert_eq!(built.as_deref(), expected, "{uri}");
    }

    #[test]
    fn addresses() {
        check("http://h/x", None, Some("http://h/x?m=1%202"));
        check("http://h", None, Some("http://h/?m=1%202"));
        check("http://h/{p}?v={p}", Some("v=bar"), Some("http://h/a%2Fb/c?v=a%2Fb/c&v=bar&m=1%202"));
        check("http://h/{q}", None, Some("http://h/{q}?m=1%202"));
        check("https://${stageVariables.host}/x", None, Some("https://h:81/x?m=1%202"));
        check("https://${stageVariables.unset}", None, None);
        check("https://${stageVariables.unset}/x", None, None);
        check("nonsense", None, None);
        check("http://{p}/x", None, None);
        check("http://h/x?v={p}#{p}", None, Some("http://h/x?v=a%2Fb/c&m=1%202"));
        check("http://h/a b", None, None);
        check("http://h/x", Some("a=%41+b&c"), Some("http://h/x?a=A%20b&c=&m=1%202"));
        check("http://h/x?", Some("a=100%25"), Some("http://h/x?a=100%25&m=1%202"));
    }
}
