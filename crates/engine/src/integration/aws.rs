//! AWS: a service is called through its own API, signed in the name of the integration's role, or of the caller.
//!
//! In: mapped parameters and the rendered body. Out: the request as the service reads it, and its reply. It must not know
//! where credentials come from.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HOST, USER_AGENT};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderName, HeaderValue, Method};
use percent_encoding::{percent_decode_str, percent_encode, utf8_percent_encode};
use stagedoor_auth::sigv4::{PayloadHash, Secret, SignedRequest, Signer, encode_path, sign};
use stagedoor_base::{Cause, ConfigurationError, Timestamp};
use stagedoor_program::{AwsPlan, AwsService, Credentials, Record, ServiceCall, ServiceTarget, StageView};

use super::backend::{append_pair, append_query};
use super::http::{JSON, identify};
use super::in_name;
use super::lambda_proxy::source_arn;
use super::uri_value::{RESERVED, UNSENDABLE, fill, render, render_uri};
use crate::identities::Signatory;
use crate::stage::{Caller, Parameters, Routed, upstream};
use crate::{
    AwsCredentials, Endpoint, Engine, HeaderList, RoleFailure, RoleRequest, UpstreamReply, UpstreamRequest,
};

const TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");
const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
/// Under which names services tell the id that they gave a request.
const REQUEST_IDS: [HeaderName; 2] =
    [HeaderName::from_static("x-amzn-requestid"), HeaderName::from_static("x-amz-request-id")];

/// A request that lacks its signature only.
#[derive(Debug)]
pub(crate) struct AwsCall {
    pub(crate) request: UpstreamRequest,
    service: AwsService,
    name: Name,
}

/// In whose name a service is called.
#[derive(Debug)]
enum Name {
    Caller(Arc<Signatory>),
    Role(Box<str>),
}

/// The request to the service.
pub(crate) fn request(
    engine: &Engine,
    routed: &Routed<'_>,
    caller: &Caller,
    plan: &AwsPlan,
    parameters: Parameters,
    body: Bytes,
    record: &Record,
) -> Result<AwsCall, Cause> {
    let stage = &routed.program.stage;
    let service = service(&plan.service, stage)?;
    let target = Target::of(&plan.call, &service, &parameters, stage)?;
    let endpoint = engine.ports.services.endpoints.of(&service);
    let (scheme, authority) = origin(&service, endpoint, target.action.as_deref())?;
    let path_and_query = target.path_and_query(&service, endpoint, &parameters)?;
    let method = plan.method.clone().unwrap_or_else(|| record.head.method.clone());
    // Services read no body of these.
    let bodiless = matches!(method, Method::GET | Method::HEAD | Method::OPTIONS);
    let body = if bodiless { Bytes::new() } else { body };
    let mut headers = HeaderList::with_capacity(parameters.headers.len() + 12);
    headers.push(ACCEPT, JSON);
    headers.push(USER_AGENT, routed.program.deployment.user_agent.clone());
    if !bodiless {
        describe_body(&service, target.action.as_deref(), &mut headers);
    }
    identify(&mut headers, routed, record);
    // What is mapped replaces what is built in, with all its values.
    parameters.headers.iter().for_each(|(name, _)| headers.remove(name));
    for (name, value) in parameters.headers {
        headers.push(name, value);
    }
    if !headers.contains(&HOST) {
        headers.push(HOST, header_value(authority.as_str())?);
    }
    let request = UpstreamRequest {
        scheme,
        authority,
        path_and_query,
        method,
        headers,
        body,
        timeout: plan.timeout,
        insecure_skip_verification: false,
    };
    Ok(AwsCall { request, service, name: Name::of(engine, routed, caller, &plan.credentials, record)? })
}

impl Name {
    fn of(
        engine: &Engine,
        routed: &Routed<'_>,
        caller: &Caller,
        credentials: &Credentials,
        record: &Record,
    ) -> Result<Self, Cause> {
        match credentials {
            Credentials::Caller => in_name::signer(caller).map(Self::Caller),
            Credentials::Role(arn) => {
                let role = render(arn, &routed.program.stage);
                in_name::check_trust(engine, routed, &role, &source_arn(routed), record)?;
                Ok(Self::Role(role.into()))
            }
        }
    }

    async fn credentials(
        self,
        engine: &Engine,
        service: &AwsService,
        timeout: Duration,
    ) -> Result<Arc<AwsCredentials>, Cause> {
        let role = match self {
            Self::Caller(signatory) => return Ok(Arc::new(signatory.credentials())),
            Self::Role(role) => role,
        };
        let wanted = RoleRequest { role: role.clone(), service: service.clone(), timeout };
        (engine.ports.services.assume_role)(wanted).await.map_err(|failure| cause(failure, role))
    }
}

fn service(target: &ServiceTarget, stage: &StageView) -> Result<AwsService, Cause> {
    match target {
        ServiceTarget::Fixed(service) => Ok(service.clone()),
        ServiceTarget::Variable(uri) => AwsService::parse(&render(uri, stage)).ok_or_else(invalid),
    }
}

fn invalid() -> Cause {
    Cause::Configuration(ConfigurationError::InvalidEndpointAddress)
}

fn header_value(text: &str) -> Result<HeaderValue, Cause> {
    HeaderValue::from_str(text).map_err(|_| invalid())
}

/// The content type, and for services that read JSON the operation: mappings may replace both.
fn describe_body(service: &AwsService, action: Option<&str>, headers: &mut HeaderList) {
    let protocol = action.and_then(|action| Some((action, service.json_protocol()?)));
    let Some((action, protocol)) = protocol else { return headers.push(CONTENT_TYPE, JSON) };
    headers.push(CONTENT_TYPE, HeaderValue::from_static(protocol.content_type));
    if let Ok(target) = HeaderValue::from_str(&format!("{}.{action}", protocol.target)) {
        headers.push(TARGET, target);
    }
}

/// What the service is asked for, with all parameters in it.
struct Target {
    action: Option<String>,
    /// Begins with a slash.
    path: String,
    query: String,
}

impl Target {
    fn of(
        call: &ServiceCall,
        service: &AwsService,
        parameters: &Parameters,
        stage: &StageView,
    ) -> Result<Self, Cause> {
        match call {
            ServiceCall::Action(action) => {
                let action = fill(action, stage, |text, name| {
                    let Some(value) = parameters.path_value(name) else { return Ok(false) };
                    text.push_str(&percent_decode_str(value).decode_utf8_lossy());
                    Ok(true)
                })?;
                Ok(Self { action: Some(action.into_owned()), path: "/".to_owned(), query: String::new() })
            }
            ServiceCall::Path(path) => {
                let text = render_uri(path, stage, parameters, false)?;
                let (path, query) = text.split_once('?').unwrap_or((&text, ""));
                let path = if service.base() == "s3" { s3_path(service, path) } else { escaped(path) };
                Ok(Self { action: None, path, query: encoded_once(query) })
            }
        }
    }

    fn path_and_query(
        &self,
        service: &AwsService,
        endpoint: Option<&Endpoint>,
        parameters: &Parameters,
    ) -> Result<PathAndQuery, Cause> {
        let mut target = String::new();
        if let Some(endpoint) = endpoint {
            target.push_str(&endpoint.base);
            // At AWS the bucket stands in the host's name; another endpoint has one name for all.
            if let ("s3", Some(bucket)) = (service.base(), service.subdomain()) {
                target.extend(["/", bucket]);
            }
        }
        target.push_str(&self.path);
        if !self.query.is_empty() {
            target.extend(["?", &self.query]);
        }
        if let Some(action) = &self.action {
            append_pair(&mut target, "Action", action);
        }
        append_query(&mut target, parameters, None);
        PathAndQuery::try_from(target).map_err(|_| invalid())
    }
}

/// A query in the one spelling that signatures know, so that whoever verifies them computes the same. Pairs that are empty
/// are left out: some verifiers count them, others do not.
fn encoded_once(query: &str) -> String {
    let part = |text: &str| {
        // As forms have it: a plus is a blank.
        let text = text.replace('+', "%20");
        percent_encode(&Cow::from(percent_decode_str(&text)), RESERVED).to_string()
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| match pair.split_once('=') {
        Some((name, value)) => format!("{}={}", part(name), part(value)),
        None => part(pair),
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// Keys have slashes, however they are spelled; the name of a bucket has none.
fn s3_path(service: &AwsService, path: &str) -> String {
    let (bucket, key) = match service.subdomain() {
        Some(_) => ("", path),
        None => path.split_at(path.find('/').unwrap_or(path.len())),
    };
    encode_path(&format!("{bucket}{}", key.replace("%2F", "/").replace("%2f", "/")))
}

fn escaped(path: &str) -> String {
    format!("/{}", utf8_percent_encode(path, UNSENDABLE))
}

fn origin(
    service: &AwsService,
    endpoint: Option<&Endpoint>,
    action: Option<&str>,
) -> Result<(Scheme, Authority), Cause> {
    match endpoint {
        Some(endpoint) => Ok((endpoint.scheme.clone(), endpoint.authority.clone())),
        None => Ok((Scheme::HTTPS, service.host(action).parse().map_err(|_| invalid())?)),
    }
}

/// Signs a request and makes it.
pub(crate) async fn call(
    engine: &Engine,
    call: AwsCall,
    record: &mut Record,
) -> Result<(UpstreamReply, bool), Cause> {
    let AwsCall { mut request, service, name } = call;
    let started = (engine.ports.elapsed)();
    let credentials = name.credentials(engine, &service, request.timeout).await?;
    let waited = (engine.ports.elapsed)().saturating_sub(started);
    request.timeout = request.timeout.saturating_sub(waited);
    let body = request.body.clone();
    let payload = engine.compute_sized(body.len(), move || PayloadHash::Body(&body).taken()).await?;
    // The request may have taken its time.
    let age = (engine.ports.elapsed)().saturating_sub(record.head.started);
    let now = Timestamp(engine.ports.received(record).0 + u64::try_from(age.as_millis()).unwrap_or(0));
    add_signature(&mut request, payload, &service, &credentials, now);
    let answer = upstream(engine, request, record).await?;
    let id = REQUEST_IDS.iter().find_map(|name| answer.0.headers.get(name)?.to_str().ok());
    record.integration.request_id = id.map(str::to_owned);
    Ok(answer)
}

fn cause(failure: RoleFailure, role: Box<str>) -> Cause {
    let role = role.into_string();
    Cause::Configuration(match failure {
        RoleFailure::Timeout => return Cause::IntegrationTimeout,
        RoleFailure::NotAssumable(reason) => ConfigurationError::RoleNotAssumable { role, reason },
        RoleFailure::NoCredentials(reason) | RoleFailure::Unavailable(reason) => {
            ConfigurationError::NoRoleCredentials { role, reason }
        }
    })
}

/// Signs what services look at; who relays a request may change other headers.
fn add_signature(
    request: &mut UpstreamRequest,
    payload: PayloadHash<'static>,
    service: &AwsService,
    credentials: &AwsCredentials,
    now: Timestamp,
) {
    // Whatever a mapping says of them, these are the signature's.
    request.headers.remove(&DATE);
    request.headers.remove(&SECURITY_TOKEN);
    if service.signing_name() == "s3"
        && !request.headers.contains(&CONTENT_SHA256)
        && let Ok(hash) = HeaderValue::from_str(&payload.hex())
    {
        request.headers.push(CONTENT_SHA256, hash);
    }
    let signed =
        |name: &HeaderName| *name == HOST || *name == CONTENT_TYPE || name.as_str().starts_with("x-amz-");
    let headers: Vec<(&str, &str)> = request
        .headers
        .iter()
        .filter(|(name, _)| signed(name))
        .filter_map(|(name, value)| Some((name.as_str(), std::str::from_utf8(value.as_bytes()).ok()?)))
        .collect();
    let whole = SignedRequest {
        method: request.method.as_str(),
        raw_path: request.path_and_query.path(),
        raw_query: request.path_and_query.query().unwrap_or(""),
        headers: &headers,
        payload,
    };
    let signer = Signer {
        access_key: &credentials.access_key,
        secret: &credentials.secret,
        session_token: credentials.session_token.as_ref().map(Secret::expose),
        region: service.signing_region(),
        service: service.signing_name(),
    };
    for (name, value) in sign(&whole, &signer, now) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            request.headers.set(HeaderName::from_static(name), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use stagedoor_program::{AwsService, ServiceCall, StageView, UriPlan};

    use super::Target;
    use crate::Endpoint;
    use crate::stage::Parameters;

    fn check(service: &str, call: &ServiceCall, endpoint: Option<&str>, expected: Option<&str>) {
        let service = AwsService::parse(&format!("arn:aws:apigateway:eu-west-1:{service}")).unwrap();
        let parameters = Parameters {
            headers: Vec::new(),
            query: vec![("m".into(), "1 2".to_owned())],
            path: vec![
                ("key".into(), "a%20b/c d+\u{e9}".to_owned()),
                ("odd".into(), "x?acl#y&z=1".to_owned()),
                ("text".into(), "100%25%2Fa".to_owned()),
            ],
        };
        let target = Target::of(call, &service, &parameters, &StageView::bare("dev".into())).unwrap();
        let endpoint = endpoint.map(|url| Endpoint::parse(url).unwrap());
        let built = target.path_and_query(&service, endpoint.as_ref(), &parameters).ok();
        assert_eq!(built.as_ref().map(|it| it.as_str()), expected, "{service:?} {call:?}");
    }

    #[test]
    fn targets() {
        let path = |text: &str| ServiceCall::Path(UriPlan::text(text));
        let action = |text: &str| ServiceCall::Action(UriPlan::text(text));
        check("sqs", &action("SendMessage"), None, Some("/?Action=SendMessage&m=1%202"));
        check("sqs", &path("1/q"), None, Some("/1/q?m=1%202"));
        check("sqs", &path("1/q"), Some("http://h/base/"), Some("/base/1/q?m=1%202"));
        check("sqs", &path(""), None, Some("/?m=1%202"));
        check("logs", &path("x?a={key}"), None, Some("/x?a=a%20b%2Fc%20d%20%C3%A9&m=1%202"));
        check("logs", &path("x?acl&a=/*=+&&b=%2f%FF"), None, Some("/x?acl&a=%2F%2A%3D%20&b=%2F%FF&m=1%202"));
        check("logs", &path("x?&"), None, Some("/x?m=1%202"));
        check("logs", &path("{key}/{lost}"), None, Some("/a%20b/c%20d+%C3%A9/{lost}?m=1%202"));
        check("logs", &path("{odd}"), None, Some("/x%3Facl%23y&z=1?m=1%202"));
        check("sqs", &path("q?a={odd}&b=2"), None, Some("/q?a=x%3Facl%23y%26z%3D1&b=2&m=1%202"));
        check("sqs", &path("q/{text}?a={text}"), None, Some("/q/100%25%2Fa?a=100%25%2Fa&m=1%202"));
        check("sns", &action("{text}"), None, Some("/?Action=100%25%2Fa&m=1%202"));
        // S3 knows one spelling of a name only.
        check("s3", &path("b/{key}"), None, Some("/b/a%20b/c%20d%2B%C3%A9?m=1%202"));
        check("b.s3", &path("{key}"), None, Some("/a%20b/c%20d%2B%C3%A9?m=1%202"));
        check("s3", &path("b/{odd}"), None, Some("/b/x%3Facl%23y%26z%3D1?m=1%202"));
        check("s3", &path("b/{text}"), None, Some("/b/100%25/a?m=1%202"));
        check("b.s3", &path("{text}"), None, Some("/100%25/a?m=1%202"));
        check("s3", &path("{text}/k"), None, Some("/100%25%2Fa/k?m=1%202"));
        check("b.s3", &path("k"), Some("http://h"), Some("/b/k?m=1%202"));
    }
}
