//! `AssumeRole` of STS: the request in the query protocol, and what its reply says.
//!
//! In: keys and a role. Out: a signed request; from the reply, the role's keys and when they expire. It must not know
//! connections.

use std::time::Duration;

use bytes::Bytes;
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderName, HeaderValue, Method};
use stagedoor_auth::sigv4::{PayloadHash, Secret, SignedRequest, Signer, parse_date, percent_encode, sign};
use stagedoor_base::Timestamp;
use stagedoor_engine::{Endpoints, HeaderList, RoleFailure, UpstreamReply, UpstreamRequest};
use stagedoor_program::AwsService;

use super::{Keys, RoleStep};

/// The name that API Gateway gives its sessions.
const SESSION: &str = "BackplaneAssumeRoleSession";
const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";
/// How long STS may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// Longest part of an unknown reply in a log line.
const SHOWN: usize = 300;

/// What STS gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Session {
    pub(super) keys: Keys,
    pub(super) expires: Timestamp,
}

/// The request to STS in the region of `service`.
pub(super) fn request(
    keys: &Keys,
    step: &RoleStep,
    service: &AwsService,
    endpoints: &Endpoints,
    now: Timestamp,
) -> Result<UpstreamRequest, RoleFailure> {
    let sts = AwsService { name: "sts".into(), ..service.clone() };
    let (scheme, authority, base) = match endpoints.of(&sts) {
        Some(endpoint) => (endpoint.scheme.clone(), endpoint.authority.clone(), &*endpoint.base),
        None => (Scheme::HTTPS, host(&sts)?, ""),
    };
    let path = format!("{base}/");
    let body = form(step);
    let headers = [("host", authority.as_str()), ("content-type", FORM)];
    let whole = SignedRequest {
        method: "POST",
        raw_path: &path,
        raw_query: "",
        headers: &headers,
        payload: PayloadHash::Body(body.as_bytes()),
    };
    let signer = Signer {
        access_key: &keys.access_key,
        secret: &keys.secret,
        session_token: keys.session_token.as_ref().map(Secret::expose),
        region: &sts.region,
        service: "sts",
    };
    let added = sign(&whole, &signer, now);
    let all = headers.into_iter().chain(added.iter().map(|(name, value)| (*name, value.as_str())));
    let headers: Option<HeaderList> = all.map(header).collect();
    Ok(UpstreamRequest {
        scheme,
        path_and_query: PathAndQuery::try_from(path).map_err(|_| unusable(&authority))?,
        headers: headers.ok_or_else(|| unusable(&authority))?,
        authority,
        method: Method::POST,
        body: Bytes::from(body),
        timeout: PATIENCE,
        insecure_skip_verification: false,
    })
}

fn host(sts: &AwsService) -> Result<Authority, RoleFailure> {
    let host = sts.host(None);
    host.parse().map_err(|_| RoleFailure::Unavailable(format!("{host} is no host")))
}

fn unusable(authority: &Authority) -> RoleFailure {
    RoleFailure::Unavailable(format!("STS at {authority} cannot be asked"))
}

fn header((name, value): (&str, &str)) -> Option<(HeaderName, HeaderValue)> {
    Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?))
}

fn form(step: &RoleStep) -> String {
    let mut pairs = vec![
        ("Action", "AssumeRole"),
        ("Version", "2011-06-15"),
        ("RoleArn", &*step.arn),
        ("RoleSessionName", step.session_name.as_deref().unwrap_or(SESSION)),
    ];
    pairs.extend(step.external_id.as_deref().map(|id| ("ExternalId", id)));
    let pairs = pairs.iter().map(|(name, value)| format!("{name}={}", percent_encode(value.as_bytes())));
    pairs.collect::<Vec<_>>().join("&")
}

/// What a reply of STS says.
pub(super) fn session(reply: &UpstreamReply) -> Result<Session, RoleFailure> {
    let text = String::from_utf8_lossy(&reply.body);
    if reply.status != 200 {
        let said = match (element(&text, "Code"), element(&text, "Message")) {
            (Some(code), Some(message)) => format!("{code}: {message}"),
            _ => text.chars().take(SHOWN).collect(),
        };
        let reason = format!("STS answered {}: {said}", reply.status);
        let refused = reply.status < 500 && reply.status != 429;
        return Err(if refused {
            RoleFailure::NotAssumable(reason)
        } else {
            RoleFailure::Unavailable(reason)
        });
    }
    read(&text).ok_or_else(|| RoleFailure::Unavailable("STS answered without credentials".to_owned()))
}

fn read(text: &str) -> Option<Session> {
    let expires = element(text, "Expiration")?;
    // `2026-11-22T13:00:00Z`, some with a fraction of a second.
    let whole = expires.split(['.', 'Z']).next()?;
    let compact: String = whole.chars().filter(|it| *it != '-' && *it != ':').chain(['Z']).collect();
    Some(Session {
        keys: Keys {
            access_key: element(text, "AccessKeyId")?,
            secret: Secret::from(element(text, "SecretAccessKey")?),
            session_token: Some(Secret::from(element(text, "SessionToken")?)),
        },
        expires: parse_date(&compact)?,
    })
}

/// The text of the first XML element of this name.
fn element(xml: &str, name: &str) -> Option<String> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    let (text, _) = rest.split_once(&format!("</{name}>"))?;
    let text = text.trim().replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    Some(text.replace("&apos;", "'").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use stagedoor_auth::sigv4::{PayloadHash, Secret, Service, SignedRequest, verify};
    use stagedoor_base::Timestamp;
    use stagedoor_engine::{Endpoint, Endpoints, HeaderList, RoleFailure, UpstreamReply};
    use stagedoor_program::AwsService;

    use super::super::{Keys, RoleStep};
    use super::{request, session};

    const NOW: Timestamp = Timestamp(1_790_000_000_000);

    fn keys() -> Keys {
        Keys { access_key: "AKIA".to_owned(), secret: Secret::from("s"), session_token: None }
    }

    #[test]
    fn the_request_is_signed_and_goes_where_it_should() {
        let step = RoleStep {
            arn: "arn:aws:iam::000000000000:role/a b".to_owned(),
            external_id: Some("x&y".to_owned()),
            session_name: None,
        };
        let service = AwsService::parse("arn:aws:apigateway:eu-west-1:sqs").unwrap();
        let mut endpoints = Endpoints::default();
        let asked = request(&keys(), &step, &service, &endpoints, NOW).unwrap();
        assert_eq!(
            (asked.scheme.as_str(), asked.authority.as_str()),
            ("https", "sts.eu-west-1.amazonaws.com")
        );
        endpoints.by_service.insert("sts".into(), Endpoint::parse("http://127.0.0.1:5000/base").unwrap());
        let asked = request(&keys(), &step, &service, &endpoints, NOW).unwrap();
        let body = std::str::from_utf8(&asked.body).unwrap();
        assert_eq!(
            body,
            "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A000000000000%3Arole%2Fa%20b&RoleSessionName=BackplaneAssumeRoleSession&ExternalId=x%26y"
        );
        let headers: Vec<(&str, &str)> =
            asked.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
        let signed = SignedRequest {
            method: "POST",
            raw_path: asked.path_and_query.path(),
            raw_query: "",
            headers: &headers,
            payload: PayloadHash::Body(&asked.body),
        };
        let service = Service { names: &["sts"], region: Some("eu-west-1") };
        verify(&signed, &service, NOW, |_| Some(Secret::from("s"))).unwrap();
        assert_eq!(asked.path_and_query, "/base/");
    }

    fn reply(status: u16, body: &str) -> UpstreamReply {
        UpstreamReply { status, headers: HeaderList::default(), body: Bytes::from(body.to_owned()) }
    }

    #[test]
    fn replies_are_read() {
        let xml = "<AssumeRoleResponse><Credentials><SessionToken>t&amp;/+=</SessionToken>\
                   <SecretAccessKey>s&lt;</SecretAccessKey><Expiration>2026-11-22T13:00:00.000Z</Expiration>\
                   <AccessKeyId>ASIA</AccessKeyId></Credentials></AssumeRoleResponse>";
        let given = session(&reply(200, xml)).unwrap();
        assert_eq!(given.keys.access_key, "ASIA");
        assert_eq!(given.keys.secret.expose(), "s<");
        assert_eq!(given.keys.session_token.unwrap().expose(), "t&/+=");
        assert_eq!(given.expires.amz(), "20261122T130000Z");
    }

    #[test]
    fn refusals_and_failures_differ() {
        let denied = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no &quot;you&quot;</Message></Error></ErrorResponse>";
        let said = "STS answered 403: AccessDenied: no \"you\"".to_owned();
        assert_eq!(session(&reply(403, denied)), Err(RoleFailure::NotAssumable(said)));
        for (status, body) in [(500, ""), (503, "busy"), (429, "slow"), (200, "<html>"), (200, "")] {
            let failure = session(&reply(status, body)).unwrap_err();
            assert!(matches!(failure, RoleFailure::Unavailable(_)), "{status} {body}");
        }
        let bad_date = "<AccessKeyId>a</AccessKeyId><SecretAccessKey>b</SecretAccessKey>\
                        <SessionToken>c</SessionToken><Expiration>soon</Expiration>";
        assert!(session(&reply(200, bad_date)).is_err());
    }
}
