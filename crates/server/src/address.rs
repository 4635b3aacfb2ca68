//! Which API and stage a request addresses, by its host or by its path.
//!
//! In: the `Host` and the raw path. Out: an [`Address`]. It must not know which APIs exist.

use std::borrow::Cow;

/// What a request is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address<'a> {
    /// The data plane.
    Stage(StageAddress<'a>),
    /// This program's own endpoints.
    Own,
    /// Whatever is left belongs to the control plane.
    Other,
}

/// An API and stage, and where the path goes on behind them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StageAddress<'a> {
    /// `{api}/{stage}`, the key of the stage table. The id is in lower case: ids are compared without regard to it. The
    /// stage is empty when the path has none.
    pub(crate) key: Cow<'a, str>,
    /// See [`stagedoor_engine::Head`].
    pub(crate) path_start: usize,
    pub(crate) context_start: Option<usize>,
}

const LOCAL_PREFIX: &str = "/_aws/execute-api/";
const LEGACY_PREFIX: &str = "/restapis/";
const LEGACY_MARK: &str = "_user_request_";
const OWN: [&str; 6] = ["/livez", "/readyz", "/healthz", "/metrics", "/_localstack/health", "/_stagedoor"];

/// Finds out what a request is for. A data host is never anything else, whatever its path says.
pub(crate) fn address<'a>(host: &'a str, path: &'a str) -> Address<'a> {
    if let Some(api) = data_host(host) {
        return Address::Stage(by_host(api, path));
    }
    let found = by_local_path(path).or_else(|| by_legacy_path(path));
    match found {
        Some(stage) => Address::Stage(stage),
        None if is_own(path) => Address::Own,
        None => Address::Other,
    }
}

fn is_own(path: &str) -> bool {
    let rest = OWN.iter().find_map(|own| path.strip_prefix(own));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The API that a host names: `{api}.execute-api.{region}.amazonaws.com` and the local spellings; a VPC endpoint's id may
/// follow the API's.
fn data_host(host: &str) -> Option<&str> {
    // Most hosts are none of these, which the label behind the first dot tells without looking at the rest.
    let (api, rest) = host.split_once('.')?;
    let domain = without_port(strip_prefix_ignoring_case(rest, "execute-api.")?);
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let known =
        ["localhost", "localhost.localstack.cloud"].iter().any(|own| domain.eq_ignore_ascii_case(own))
            || [".amazonaws.com", ".amazonaws.com.cn", ".localhost"]
                .iter()
                .any(|end| ends_with_ignoring_case(domain, end));
    let api = api.split_once("-vpce-").map_or(api, |(api, _)| api);
    (known && !api.is_empty()).then_some(api)
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn ends_with_ignoring_case(text: &str, end: &str) -> bool {
    let start = text.len().checked_sub(end.len());
    start.and_then(|start| text.get(start..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

fn by_host<'a>(api: &'a str, path: &'a str) -> StageAddress<'a> {
    // `//stage/x` is accepted, and its context path is `/stage/x`.
    let slashes = path.bytes().take_while(|byte| *byte == b'/').count();
    let (stage, path_start) = segment(path, slashes);
    StageAddress { key: joined(api, stage), path_start, context_start: Some(slashes.saturating_sub(1)) }
}

fn by_local_path(path: &str) -> Option<StageAddress<'_>> {
    if !path.starts_with(LOCAL_PREFIX) {
        return None;
    }
    let (api, slash) = segment(path, LOCAL_PREFIX.len());
    if api.is_empty() {
        return None;
    }
    let (stage, path_start) = segment(path, (slash + 1).min(path.len()));
    let key = beside(&path[LOCAL_PREFIX.len()..path_start], api, stage);
    Some(StageAddress { key, path_start, context_start: Some(slash) })
}

fn by_legacy_path(path: &str) -> Option<StageAddress<'_>> {
    let rest = path.strip_prefix(LEGACY_PREFIX)?;
    let mut segments = rest.splitn(4, '/');
    let (api, stage, mark) = (segments.next()?, segments.next()?, segments.next()?);
    if mark != LEGACY_MARK || api.is_empty() || stage.is_empty() {
        return None;
    }
    let path_start = LEGACY_PREFIX.len() + api.len() + 1 + stage.len() + 1 + mark.len();
    let key = beside(&rest[..api.len() + 1 + stage.len()], api, stage);
    Some(StageAddress { key, path_start, context_start: None })
}

/// The segment that begins at `start`, and where it ends.
fn segment(path: &str, start: usize) -> (&str, usize) {
    let length = path.as_bytes()[start..].iter().position(|byte| *byte == b'/');
    let end = length.map_or(path.len(), |length| start + length);
    (&path[start..end], end)
}

/// The key of an API and stage that stand beside each other in the path already.
fn beside<'a>(both: &'a str, api: &str, stage: &str) -> Cow<'a, str> {
    let as_it_stands = both.len() == api.len() + 1 + stage.len() && !has_capitals(api);
    if as_it_stands { Cow::Borrowed(both) } else { joined(api, stage) }
}

fn joined(api: &str, stage: &str) -> Cow<'static, str> {
    let mut key = String::with_capacity(api.len() + 1 + stage.len());
    key.extend(api.chars().map(|c| c.to_ascii_lowercase()));
    key.push('/');
    key.push_str(stage);
    Cow::Owned(key)
}

fn has_capitals(api: &str) -> bool {
    api.bytes().any(|byte| byte.is_ascii_uppercase())
}

impl StageAddress<'_> {
    /// The API's id.
    pub(crate) fn api(&self) -> &str {
        self.key.split_once('/').map_or("", |(api, _)| api)
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, address};

    /// `api stage |path-behind |context-path`.
    fn describe(host: &str, path: &str) -> String {
        match address(host, path) {
            Address::Stage(found) => {
                let context = found.context_start.map_or("-", |start| &path[start..]);
                format!("{} |{} |{context}", found.key.replace('/', " "), &path[found.path_start..])
            }
            Address::Own => "own".to_owned(),
            Address::Other => "other".to_owned(),
        }
    }

    #[test]
    fn every_url_form_finds_its_stage() {
        let table = [
            ("abc.execute-api.us-east-1.amazonaws.com", "/dev/pets/1", "abc dev |/pets/1 |/dev/pets/1"),
            ("ABC.Execute-API.us-east-1.AmazonAWS.com:4566", "/dev", "abc dev | |/dev"),
            ("abc.execute-api.localhost:4566", "//dev/x", "abc dev |/x |/dev/x"),
            ("abc.execute-api.eu-west-1.localhost", "/dev//x", "abc dev |//x |/dev//x"),
            ("abc.execute-api.localhost.localstack.cloud:4566", "/dev/x", "abc dev |/x |/dev/x"),
            ("abc-vpce-0f1.execute-api.us-east-1.amazonaws.com", "/dev/x", "abc dev |/x |/dev/x"),
            ("abc.execute-api.localhost", "/", "abc  | |/"),
            ("abc.execute-api.localhost", "/restapis", "abc restapis | |/restapis"),
            ("localhost:4566", "/_aws/execute-api/Abc/dev/x/", "abc dev |/x/ |/dev/x/"),
            ("localhost:4566", "/_aws/execute-api/abc", "abc  | |"),
            ("localhost:4566", "/_aws/execute-api/abc/dev//x", "abc dev |//x |/dev//x"),
            ("localhost:4566", "/restapis/abc/dev/_user_request_/x", "abc dev |/x |-"),
            ("localhost:4566", "/restapis/abc/dev/_user_request_", "abc dev | |-"),
            ("localhost:4566", "/restapis/abc/stages/dev", "other"),
            ("localhost:4566", "/restapis/abc/dev/_user_requests_/x", "other"),
            ("abc.execute-api.example.com", "/dev/x", "other"),
            (".execute-api.localhost", "/dev/x", "other"),
            ("apigateway.us-east-1.amazonaws.com", "/restapis", "other"),
            ("localhost:4566", "/metrics", "own"),
            ("localhost:4566", "/metricsx", "other"),
            ("localhost:4566", "/_stagedoor/reset", "own"),
            ("localhost:4566", "*", "other"),
            ("", "/restapis", "other"),
        ];
        for (host, path, expected) in table {
            assert_eq!(describe(host, path), expected, "{host} {path}");
        }
    }
}
