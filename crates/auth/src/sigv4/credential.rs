//! Where a request says who signed it and how: the `Authorization` header or the query string.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::canonical::{ALGORITHM, SignedRequest};
use super::error::SigV4Error;
use super::key::TERMINATOR;

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
pub(crate) struct Claim {
    pub(crate) algorithm: String,
    pub(crate) credential: String,
    pub(crate) signed_headers: String,
    pub(crate) signature: String,
    pub(crate) amz_date: String,
    pub(crate) session_token: Option<String>,
    /// Seconds, in the query form only.
    pub(crate) expires: Option<String>,
}

/// `keyid/date/region/service/aws4_request`, taken apart.
#[derive(Debug)]
pub(crate) struct Credential<'a> {
    pub(crate) access_key: &'a str,
    pub(crate) date: &'a str,
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
    terminator: &'a str,
}

impl Claim {
    pub(crate) fn of(request: &SignedRequest<'_>) -> Result<Self, SigV4Error> {
        let in_query = request.parameter("X-Amz-Algorithm");
        match (request.header("authorization"), in_query) {
            (Some(_), Some(_)) => Err(SigV4Error::Ambiguous),
            (Some(header), None) => Self::in_header(request, header),
            (None, Some(algorithm)) => Self::in_query(request, algorithm),
            (None, None) => Err(SigV4Error::Missing),
        }
    }

    fn in_header(request: &SignedRequest<'_>, header: &str) -> Result<Self, SigV4Error> {
        let (algorithm, rest) = header.trim().split_once(' ').unwrap_or(("", header));
        let mut parts = [None, None, None];
        for pair in rest.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let Some((key, value)) = pair.split_once('=') else {
                return Err(SigV4Error::NotKeyValue { hash: hashed(header) });
            };
            if let Some(place) = PARTS.iter().position(|part| *part == key.trim()) {
                parts[place] = Some(value.trim().to_owned());
            }
        }
        let date = request.header("x-amz-date").or_else(|| request.header("date"));
        let ([Some(credential), Some(signature), Some(signed_headers)], Some(date)) = (parts.clone(), date)
        else {
            return Err(SigV4Error::MissingParts {
                sentences: missing_parts(&parts, date.is_some()),
                hash: hashed(header),
            });
        };
        Ok(Self {
            algorithm: algorithm.to_owned(),
            credential,
            signed_headers,
            signature,
            amz_date: date.trim().to_owned(),
            session_token: request.header("x-amz-security-token").map(str::to_owned),
            expires: None,
        })
    }

    fn in_query(request: &SignedRequest<'_>, algorithm: String) -> Result<Self, SigV4Error> {
        let mut sentences = String::new();
        let mut required = |name: &str| {
            request.parameter(name).unwrap_or_else(|| {
                sentences.push_str(&format!("AWS query-string parameters must include '{name}'. "));
                String::new()
            })
        };
        let claim = Self {
            algorithm,
            credential: required("X-Amz-Credential"),
            signature: required("X-Amz-Signature"),
            signed_headers: required("X-Amz-SignedHeaders"),
            amz_date: required("X-Amz-Date"),
            session_token: request.parameter("X-Amz-Security-Token"),
            expires: request.parameter("X-Amz-Expires"),
        };
        if sentences.is_empty() { Ok(claim) } else { Err(SigV4Error::MissingParameters { sentences }) }
    }

    pub(crate) fn credential(&self) -> Result<Credential<'_>, SigV4Error> {
        if self.algorithm != ALGORITHM {
            return Err(SigV4Error::Algorithm(self.algorithm.clone()));
        }
        match self.credential.split('/').collect::<Vec<_>>().as_slice() {
            [access_key, date, region, service, terminator] => {
                Ok(Credential { access_key, date, region, service, terminator })
            }
            _ => Err(SigV4Error::Credential(self.credential.clone())),
        }
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

/// In the order in which AWS complains.
const PARTS: [&str; 3] = ["Credential", "Signature", "SignedHeaders"];

fn missing_parts(parts: &[Option<String>; 3], dated: bool) -> String {
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
