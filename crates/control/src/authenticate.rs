//! Who makes a control call, by its signature.
//!
//! In: a request, and a lookup of access keys. Out: the caller, or the refusal. It must not know operations.

use std::net::Ipv4Addr;

use http::HeaderMap;
use http::header::{HOST, ORIGIN};
use stagedoor_auth::sigv4::{self, PayloadHash, Secret, SigV4Error, SignedRequest};
use stagedoor_base::{Region, Scope, Timestamp};
use stagedoor_wire::Service;

use crate::caller::Caller;
use crate::control::{Identities, RootIdentity};
use crate::{ApiError, ControlRequest};

/// Who may have been meant by a call that is no operation of anybody.
const ALL_SERVICES: [Service; 3] = [Service::ApiGateway, Service::Lambda, Service::ApiGatewayManagement];
const TOKEN_HEADER: &str = "x-amz-security-token";
const TOKEN_PARAMETER: &str = "X-Amz-Security-Token";

/// Finds who has an access key, and the secret that a call with it is signed with. A token makes it a session's key.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str, Option<&str>) -> Result<Option<Known>, ApiError>;

/// Somebody with an access key, before the signature is checked.
pub(crate) struct Known {
    pub(crate) secret: Secret,
    /// Tells who it is, in the region that the signature names; none when nobody is left who could have the key.
    pub(crate) caller: Box<dyn FnOnce(Region) -> Option<Caller>>,
}

/// Who signed a call. Without a service any of them will do.
///
/// # Errors
/// The refusal in the service's words; [`is_unknown_key`] tells the one that another lookup may mend.
pub(crate) fn caller(
    request: &ControlRequest,
    service: Option<Service>,
    now: Timestamp,
    lookup: Lookup<'_>,
) -> Result<Caller, ApiError> {
    refuse_foreign_origin(&request.headers)?;
    let services = service.as_ref().map_or(ALL_SERVICES.as_slice(), std::slice::from_ref);
    let names: Vec<&str> = services.iter().map(|service| service.signing_name()).collect();
    verify(request, &names, now, lookup)
}

/// The root of an account, where the owner of the control plane knows the key.
pub(crate) fn root(identities: &Identities, key: &str) -> Option<Known> {
    let RootIdentity { account, secret } = identities(key)?;
    let key = key.to_owned();
    let caller = move |region| Some(Caller::root(Scope { account, region }, &key));
    Some(Known { secret, caller: Box::new(caller) })
}

/// Whether nobody has the key that a call was signed with.
pub(crate) fn is_unknown_key(error: &ApiError) -> bool {
    matches!(error, ApiError::Unauthenticated { code, .. } if *code == SigV4Error::UnknownKey.error_type())
}

/// Nobody has the key.
pub(crate) fn unknown_key() -> ApiError {
    refusal(&SigV4Error::UnknownKey)
}

/// Browsers say on whose behalf they call; pages of others have no business here, signed or not.
fn refuse_foreign_origin(headers: &HeaderMap) -> Result<(), ApiError> {
    let Some(origin) = headers.get(ORIGIN) else { return Ok(()) };
    let authority =
        origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, authority)| authority);
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    match (authority, host) {
        (Some(authority), Some(host)) if authority.eq_ignore_ascii_case(host) && !is_domain(host) => Ok(()),
        _ => Err(ApiError::AccessDenied("Calls from pages of another origin are refused".to_owned())),
    }
}

/// Whether a host may be a public domain. Its owner could let it point here once his page is loaded, which makes the page
/// one of ours to the browser; addresses, names without a dot and `localhost` cannot be moved like that.
fn is_domain(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let is_address = name.starts_with('[') || name.parse::<Ipv4Addr>().is_ok();
    let last_label = name.rsplit('.').next().unwrap_or(name);
    !is_address && name.contains('.') && !last_label.eq_ignore_ascii_case("localhost")
}

fn verify(
    request: &ControlRequest,
    services: &[&str],
    now: Timestamp,
    lookup: Lookup<'_>,
) -> Result<Caller, ApiError> {
    let headers: Vec<(&str, &str)> = request
        .headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
        .collect();
    let signed = SignedRequest {
        method: &request.method,
        raw_path: &request.path,
        raw_query: &request.query,
        headers: &headers,
        payload: PayloadHash::Body(&request.body),
    };
    let accepted = sigv4::Service { names: services, region: None };
    let token = signed.header(TOKEN_HEADER).map(str::to_owned).or_else(|| signed.parameter(TOKEN_PARAMETER));
    let mut found = Ok(None);
    let verified = sigv4::verify(&signed, &accepted, now, |key| {
        found = lookup(key, token.as_deref());
        found.as_ref().ok()?.as_ref().map(|known| known.secret.clone())
    });
    // What the lookup could not do says more than that it found nobody.
    let known = found?;
    let identity = verified.map_err(|error| refusal(&error))?;
    let known = known.ok_or_else(unknown_key)?;
    if !is_region(&identity.region) {
        let sentence = format!("Credential should be scoped to a valid region, not '{}'. ", identity.region);
        return Err(refusal(&SigV4Error::Scope(sentence)));
    }
    (known.caller)(identity.region.as_str().into()).ok_or_else(unknown_key)
}

/// Regions become parts of ARNs and host names. Which there are is not known here.
fn is_region(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=32).contains(&text.len()) && text.bytes().all(allowed)
}

fn refusal(error: &SigV4Error) -> ApiError {
    let code = error.error_type();
    // The service answers 400 only to what it cannot read as a signature.
    let status = if code == "IncompleteSignatureException" { 400 } else { 403 };
    ApiError::Unauthenticated { status, code, message: error.to_string() }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use stagedoor_auth::sigv4::{PayloadHash, Secret, SignedRequest, Signer, sign};

    use super::{is_domain, is_region};
    use crate::ControlRequest;
    use crate::testing::{Answer, House, NOW, request};

    fn signed(access_key: &str, secret: &str, service: &str) -> ControlRequest {
        signed_for("/account", access_key, secret, service)
    }

    fn signed_for(path: &str, access_key: &str, secret: &str, service: &str) -> ControlRequest {
        let mut request = request("GET", path, "");
        request.headers.insert("host", HeaderValue::from_static("localhost:4566"));
        let bare = SignedRequest {
            method: "GET",
            raw_path: path,
            raw_query: "",
            headers: &[("host", "localhost:4566")],
            payload: PayloadHash::Body(b""),
        };
        let secret = Secret::from(secret);
        let signer =
            Signer { access_key, secret: &secret, session_token: None, region: "us-east-1", service };
        for (name, value) in sign(&bare, &signer, NOW) {
            request
                .headers
                .insert(http::HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
        }
        request
    }

    fn refusal(answer: &Answer) -> (u16, &str) {
        (answer.status, answer.error.as_str())
    }

    #[test]
    fn a_good_signature_of_a_known_key_is_let_in() {
        assert_eq!(House::new().call_signed(signed("test", "test", "apigateway")).status, 200);
    }

    #[test]
    fn everything_else_is_refused() {
        let house = House::new();
        let check = |request: ControlRequest, status: u16, code: &str| {
            assert_eq!(refusal(&house.call_signed(request)), (status, code));
        };
        check(request("GET", "/account", ""), 403, "MissingAuthenticationTokenException");
        check(request("GET", "/no/such/operation", ""), 403, "MissingAuthenticationTokenException");
        check(signed("test", "wrong", "apigateway"), 403, "InvalidSignatureException");
        check(signed("nobody", "test", "apigateway"), 403, "UnrecognizedClientException");
        check(signed("test", "test", "s3"), 403, "InvalidSignatureException");
        let mut altered = signed("test", "test", "apigateway");
        altered.body = bytes::Bytes::from_static(b"{}");
        check(altered, 403, "InvalidSignatureException");
        let mut nonsense = request("GET", "/account", "");
        nonsense.headers.insert("authorization", HeaderValue::from_static("AWS4-HMAC-SHA256 nonsense"));
        check(nonsense, 400, "IncompleteSignatureException");
    }

    #[test]
    fn what_nobody_knows_may_be_signed_for_any_service() {
        let house = House::new();
        for (service, status) in [("lambda", 404), ("apigateway", 404), ("execute-api", 404), ("s3", 403)] {
            let call = signed_for("/no/such/operation", "test", "test", service);
            assert_eq!(house.call_signed(call).status, status, "{service}");
        }
    }

    #[test]
    fn pages_of_other_origins_are_refused_even_signed() {
        let house = House::new();
        for (origin, status) in [("http://localhost:4566", 200), ("http://evil.example", 403), ("null", 403)]
        {
            let mut request = signed("test", "test", "apigateway");
            request.headers.insert("origin", HeaderValue::from_str(origin).unwrap());
            assert_eq!(house.call_signed(request).status, status, "{origin}");
        }
    }

    #[test]
    fn a_page_whose_domain_points_here_is_refused() {
        let check = |host: &str, expected: bool| assert_eq!(is_domain(host), expected, "{host}");
        for host in
            ["localhost:4566", "LocalHost", "api.localhost:4566", "127.0.0.1:4566", "[::1]:4566", "gateway"]
        {
            check(host, false);
        }
        for host in
            ["evil.example:4566", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80"]
        {
            check(host, true);
        }
    }

    #[test]
    fn regions_are_labels() {
        let longest = "a".repeat(32);
        for (region, expected) in [
            ("us-gov-west-1", true),
            (longest.as_str(), true),
            ("", false),
            ("US-EAST-1", false),
            ("a\"b", false),
        ] {
            assert_eq!(is_region(region), expected, "{region}");
        }
    }
}
