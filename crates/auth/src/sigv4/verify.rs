//! Verifying a signature.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use stagedoor_base::Timestamp;

use super::canonical::{PathForm, SignedRequest, UNSIGNED, scope, string_to_sign};
use super::credential::{Claim, Service};
use super::date;
use super::error::SigV4Error;
use super::key::{Secret, SigningKey};

/// How far the clocks of client and gateway may be apart.
const SKEW_MILLIS: u64 = 5 * 60 * 1000;
/// A presigned URL lives a week at most.
const MAX_EXPIRES_SECONDS: u64 = 604_800;

/// Who signed a request, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub access_key: String,
    pub region: String,
    pub service: String,
    /// As sent; whoever issued it checks it.
    pub session_token: Option<String>,
}

/// Verifies the signature in a request's `Authorization` header or query string, in the order AWS does.
///
/// # Errors
/// [`SigV4Error`]: its `Display` is what AWS answers.
pub fn verify(
    request: &SignedRequest<'_>,
    service: &Service<'_>,
    now: Timestamp,
    secret_of: impl FnOnce(&str) -> Option<Secret>,
) -> Result<Identity, SigV4Error> {
    let claim = Claim::of(request)?;
    check_date(&claim, now)?;
    let signed_headers: Vec<&str> = claim.signed_headers.split(';').collect();
    if !signed_headers.iter().any(|name| name.eq_ignore_ascii_case("host")) {
        return Err(SigV4Error::HostUnsigned);
    }
    let credential = claim.credential()?;
    credential.check(service, &claim.amz_date)?;
    let secret = secret_of(credential.access_key).ok_or(SigV4Error::UnknownKey)?;

    let (payload_hash, payload_agrees) = payload_hash(request);
    let canonical = request.canonical(PathForm::of(credential.service), &signed_headers, &payload_hash);
    let scope = scope(credential.date, credential.region, credential.service);
    let string_to_sign = string_to_sign(&claim.amz_date, &scope, &canonical);
    let key = SigningKey::derive(&secret, credential.date, credential.region, credential.service);
    let expected = key.sign(&string_to_sign);
    let same = verify_slices_are_equal(expected.as_bytes(), claim.signature.as_bytes()).is_ok();
    if !same || !payload_agrees {
        return Err(SigV4Error::Mismatch { canonical, string_to_sign });
    }
    Ok(Identity {
        access_key: credential.access_key.to_owned(),
        region: credential.region.to_owned(),
        service: credential.service.to_owned(),
        session_token: claim.session_token.clone(),
    })
}

/// The hash that stands in the canonical request, and whether the body agrees with a hash that the client declared.
fn payload_hash(request: &SignedRequest<'_>) -> (String, bool) {
    match request.header("x-amz-content-sha256") {
        Some(UNSIGNED) => (UNSIGNED.to_owned(), true),
        declared => {
            let actual = request.payload.hex();
            let agrees = declared.is_none_or(|declared| declared == actual);
            (actual, agrees)
        }
    }
}

fn check_date(claim: &Claim, now: Timestamp) -> Result<(), SigV4Error> {
    let Some(date) = date::parse(&claim.amz_date) else {
        return Err(SigV4Error::Date(claim.amz_date.clone()));
    };
    let lifetime = lifetime(claim)?;
    if date.0 + lifetime < now.0 {
        return Err(SigV4Error::Expired {
            date: date.amz(),
            earliest: Timestamp(now.0 - lifetime).amz(),
            now: now.amz(),
            minutes: lifetime / 60_000,
        });
    }
    if date.0 > now.0 + SKEW_MILLIS {
        let latest = Timestamp(now.0 + SKEW_MILLIS).amz();
        return Err(SigV4Error::NotYetCurrent { date: date.amz(), latest, now: now.amz() });
    }
    Ok(())
}

/// Milliseconds for which the signature is good after its date.
fn lifetime(claim: &Claim) -> Result<u64, SigV4Error> {
    let Some(text) = &claim.expires else { return Ok(SKEW_MILLIS) };
    match text.parse::<u64>() {
        Ok(seconds) if (1..=MAX_EXPIRES_SECONDS).contains(&seconds) => Ok(seconds * 1000),
        _ => Err(SigV4Error::Expires(text.clone())),
    }
}
