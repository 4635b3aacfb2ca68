//! Where a request says who signed it and how: the `Authorization` header or the query string.

use std::borrow::Cow;
use std::collections::BTreeSet;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::canonical::{ALGORITHM, HeaderValue, Place, SignedRequest};
use super::error::SigV4Error;
use super::key::TERMINATOR;
use crate::text::{cut, pieces};

/// What the credential scope of a request must name.
#[derive(Debug, Clone, Copy)]
pub struct Service<'a> {
    /// The signing names that are accepted; the first one stands in the refusal.
    pub names: &'a [&'a str],
    /// None accepts every region.
    pub region: Option<&'a str>,
}

/// The claims of one request, before anything is checked against a secret.
#[derive(Debug)]
pub(crate) struct Claim<'a> {
    pub(crate) algorithm: Cow<'a, str>,
    pub(crate) credential: Cow<'a, str>,
    pub(crate) signed_headers: Cow<'a, str>,
    pub(crate) signature: Cow<'a, str>,
    pub(crate) amz_date: Cow<'a, str>,
    pub(crate) session_token: Option<Cow<'a, str>>,
    /// Seconds, in the query form only.
    pub(crate) expires: Option<Cow<'a, str>>,
    pub(crate) place: Place,
}

/// `keyid/date/region/service/aws4_request`, taken apart.
#[derive(Debug)]
pub(crate) struct Credential<'a> {
    pub(crate) access_key: &'a str,
    pub(crate) date: &'a str,
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
    terminator: &'a str,
    /// All after the key.
    pub(crate) scope: &'a str,
}

impl<'a> Claim<'a> {
    pub(crate) fn of<V: HeaderValue<'a>>(request: &SignedRequest<'a, V>) -> Result<Self, SigV4Error> {
        let mut headers = request.values("authorization");
        let (first, is_repeated) = (headers.next(), headers.next().is_some());
        let header = first.and_then(HeaderValue::text);
        match (header, request.parameters("X-Amz-Algorithm").next()) {
            (Some(_), Some(_)) => Err(SigV4Error::Ambiguous),
            _ if is_repeated => Err(SigV4Error::Repeated("Authorization")),
            (Some(header), None) => Self::in_header(request, header),
            (None, Some(algorithm)) => Self::in_query(request, algorithm),
            (None, None) => Err(SigV4Error::Missing),
        }
    }

    fn in_header<V: HeaderValue<'a>>(
        request: &SignedRequest<'a, V>,
        header: &'a str,
    ) -> Result<Self, SigV4Error> {
        let (algorithm, rest) = cut(header.trim_ascii(), b' ').unwrap_or(("", header));
        let mut parts: [Option<&'a str>; 3] = [None; 3];
        for pair in pieces(rest, b',').map(str::trim_ascii).filter(|pair| !pair.is_empty()) {
            let Some((key, value)) = cut(pair, b'=') else {
                return Err(SigV4Error::NotKeyValue { hash: hashed(header) });
            };
            if let Some(place) = PARTS.iter().position(|part| *part == key.trim_ascii())
                && parts[place].replace(value.trim_ascii()).is_some()
            {
                return Err(SigV4Error::Repeated(PARTS[place]));
            }
        }
        let date = request.header("x-amz-date").or_else(|| request.header("date"));
        let ([Some(credential), Some(signature), Some(signed_headers)], Some(date)) = (parts, date) else {
            return Err(SigV4Error::MissingParts {
                sentences: missing_parts(&parts, date.is_some()),
                hash: hashed(header),
            });
        };
        Ok(Self {
            algorithm: algorithm.into(),
            credential: credential.into(),
            signed_headers: in_order(signed_headers.into()),
            signature: signature.into(),
            amz_date: date.trim_ascii().into(),
            session_token: request.header("x-amz-security-token").map(Cow::from),
            expires: None,
            place: Place::Header,
        })
    }

    fn in_query<V: HeaderValue<'a>>(
        request: &SignedRequest<'a, V>,
        algorithm: Cow<'a, str>,
    ) -> Result<Self, SigV4Error> {
        if let Some(name) = PARAMETERS.iter().find(|name| request.parameters(name).nth(1).is_some()) {
            return Err(SigV4Error::Repeated(name));
        }
        let mut sentences = String::new();
        let mut required = |name: &str| {
            request.parameters(name).next().unwrap_or_else(|| {
                sentences.push_str(&format!("AWS query-string parameters must include '{name}'. "));
                Cow::default()
            })
        };
        let claim = Self {
            algorithm,
            credential: required("X-Amz-Credential"),
            signature: required("X-Amz-Signature"),
            signed_headers: in_order(required("X-Amz-SignedHeaders")),
            amz_date: required("X-Amz-Date"),
            session_token: request.parameters("X-Amz-Security-Token").next(),
            expires: request.parameters("X-Amz-Expires").next(),
            place: Place::Query,
        };
        if sentences.is_empty() { Ok(claim) } else { Err(SigV4Error::MissingParameters { sentences }) }
    }

    pub(crate) fn credential(&self) -> Result<Credential<'_>, SigV4Error> {
        if self.algorithm != ALGORITHM {
            return Err(SigV4Error::Algorithm(self.algorithm.to_string()));
        }
        self.parted().ok_or_else(|| SigV4Error::Credential(self.credential.to_string()))
    }

    fn parted(&self) -> Option<Credential<'_>> {
        let (access_key, scope) = cut(&self.credential, b'/')?;
        let (date, rest) = cut(scope, b'/')?;
        let (region, rest) = cut(rest, b'/')?;
        let (service, terminator) = cut(rest, b'/')?;
        let is_whole = cut(terminator, b'/').is_none();
        is_whole.then_some(Credential { access_key, date, region, service, terminator, scope })
    }
}

impl Credential<'_> {
    /// Compares the scope with the service that is called and with the request's date.
    pub(crate) fn check(&self, service: &Service<'_>, amz_date: &str) -> Result<(), SigV4Error> {
        let mut sentences = String::new();
        if service.region.is_some_and(|region| region != self.region) || self.region.is_empty() {
            let region = self.region;
            sentences.push_str(&format!("Credential should be scoped to a valid region, not '{region}'. "));
        }
        if !service.names.contains(&self.service) {
            let name = service.names.first().copied().unwrap_or_default();
            sentences.push_str(&format!("Credential should be scoped to correct service: '{name}'. "));
        }
        if self.terminator != TERMINATOR {
            let found = self.terminator;
            sentences.push_str(&format!(
                "Credential should be scoped with a valid terminator: '{TERMINATOR}', not '{found}'. "
            ));
        }
        let date = amz_date.get(..8).unwrap_or_default();
        if self.date != date {
            let found = self.date;
            sentences.push_str(&format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{found}' != '{date}', from '{amz_date}'. "
            ));
        }
        if sentences.is_empty() { Ok(()) } else { Err(SigV4Error::Scope(sentences)) }
    }
}

/// The list as the canonical request holds it: sorted, in lower case, each name once. Other lists are costly to follow, and no
/// signer makes them.
fn in_order(signed_headers: Cow<'_, str>) -> Cow<'_, str> {
    let is_lower = !signed_headers.bytes().any(|byte| byte.is_ascii_uppercase());
    let names = pieces(&signed_headers, b';');
    if is_lower && names.is_sorted_by(|one, next| one < next) {
        return signed_headers;
    }
    let lower = signed_headers.to_ascii_lowercase();
    lower.split(';').collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(";").into()
}

/// What may stand in a query once only.
const PARAMETERS: [&str; 7] = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Signature",
    "X-Amz-SignedHeaders",
    "X-Amz-Date",
    "X-Amz-Security-Token",
    "X-Amz-Expires",
];

/// In the order in which AWS complains.
const PARTS: [&str; 3] = ["Credential", "Signature", "SignedHeaders"];

fn missing_parts(parts: &[Option<&str>; 3], dated: bool) -> String {
    let mut sentences = String::new();
    for (name, part) in PARTS.iter().zip(parts) {
        if part.is_none() {
            sentences.push_str(&format!("Authorization header requires '{name}' parameter. "));
        }
    }
    if !dated {
        sentences.push_str(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
        );
    }
    sentences
}

fn hashed(header: &str) -> String {
    STANDARD.encode(digest(&SHA256, header.as_bytes()))
}
