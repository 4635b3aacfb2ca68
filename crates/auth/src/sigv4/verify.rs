//! Verifying a signature.

use std::borrow::Borrow;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use stagedoor_base::Timestamp;

use super::canonical::{Form, HeaderValue, PathForm, PayloadHash, SignedRequest, UNSIGNED, string_to_sign};
use super::credential::{Claim, Service};
use super::date;
use super::error::SigV4Error;
use super::hex::Hex;
use super::key::{Secret, SigningKey};
use crate::text::pieces;

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

/// What a request says of the key that signed it. Nothing of it is proved.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub access_key: &'a str,
    /// `YYYYMMDD`
    pub date: &'a str,
    pub region: &'a str,
    pub service: &'a str,
    pub session_token: Option<&'a str>,
}

impl Wanted<'_> {
    /// The signing key that follows from a secret.
    #[must_use]
    pub fn derive(&self, secret: &Secret) -> SigningKey {
        SigningKey::derive(secret, self.date, self.region, self.service)
    }
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
    verify_with(request, service, now, |wanted| {
        let secret = secret_of(wanted.access_key).ok_or(SigV4Error::UnknownKey)?;
        let identity = Identity {
            access_key: wanted.access_key.to_owned(),
            region: wanted.region.to_owned(),
            service: wanted.service.to_owned(),
            session_token: wanted.session_token.map(str::to_owned),
        };
        Ok((wanted.derive(&secret), identity))
    })
}

/// The same, where the signing key is at hand: whoever looks it up hands over whose it is, too, which comes back only if the
/// signature is good.
///
/// # Errors
/// [`SigV4Error`], also that of the look-up.
pub fn verify_with<K: Borrow<SigningKey>, T>(
    request: &SignedRequest<'_>,
    service: &Service<'_>,
    now: Timestamp,
    key_of: impl FnOnce(&Wanted<'_>) -> Result<(K, T), SigV4Error>,
) -> Result<T, SigV4Error> {
    begin(request, service, now, key_of)?.finish(request.payload)
}

/// A request whose claims are sound and whose key is known; what is left is the signature. Nobody has to hash the body of a
/// request that does not get so far.
#[derive(Debug)]
pub struct Pending<'a, V, K, T> {
    request: SignedRequest<'a, V>,
    claim: Claim<'a>,
    key: K,
    whose: T,
}

/// Checks all that goes before the signature itself. The payload of the request does not count yet.
///
/// # Errors
/// [`SigV4Error`], also that of the look-up.
pub fn begin<'a, V: HeaderValue<'a>, K: Borrow<SigningKey>, T>(
    request: &SignedRequest<'a, V>,
    service: &Service<'_>,
    now: Timestamp,
    key_of: impl FnOnce(&Wanted<'_>) -> Result<(K, T), SigV4Error>,
) -> Result<Pending<'a, V, K, T>, SigV4Error> {
    let claim = Claim::of(request)?;
    check_date(&claim, now)?;
    if !pieces(&claim.signed_headers, b';').any(|name| name == "host") {
        return Err(SigV4Error::HostUnsigned);
    }
    let credential = claim.credential()?;
    credential.check(service, &claim.amz_date)?;
    let (key, whose) = key_of(&Wanted {
        access_key: credential.access_key,
        date: credential.date,
        region: credential.region,
        service: credential.service,
        session_token: claim.session_token.as_deref(),
    })?;
    Ok(Pending { request: *request, claim, key, whose })
}

impl<'a, V: HeaderValue<'a>, K: Borrow<SigningKey>, T> Pending<'a, V, K, T> {
    /// Whose signature it is, if it is good for this payload.
    ///
    /// # Errors
    /// [`SigV4Error::Mismatch`].
    pub fn finish(self, payload: PayloadHash<'_>) -> Result<T, SigV4Error> {
        let Self { request, claim, key, whose } = self;
        let credential = claim.credential()?;
        let declared = request.header("x-amz-content-sha256");
        // Only S3 takes bodies that the signature does not cover.
        let is_covered = credential.service != "s3" || declared != Some(UNSIGNED);
        let hash = is_covered.then(|| payload.digits());
        let payload_hash = hash.as_ref().map_or(UNSIGNED, Hex::as_str);
        let payload_agrees = declared.is_none_or(|declared| declared == payload_hash);
        let form = Form { path: PathForm::of(credential.service), place: claim.place };
        let canonical = request.canonical(form, &claim.signed_headers, payload_hash);
        let string_to_sign = string_to_sign(&claim.amz_date, credential.scope, &canonical);
        let expected = key.borrow().sign(&string_to_sign);
        let given = claim.signature.as_bytes();
        let same = verify_slices_are_equal(expected.as_str().as_bytes(), given).is_ok();
        if same && payload_agrees {
            Ok(whose)
        } else {
            Err(SigV4Error::Mismatch { canonical, string_to_sign })
        }
    }
}

fn check_date(claim: &Claim<'_>, now: Timestamp) -> Result<(), SigV4Error> {
    let Some(date) = date::parse(&claim.amz_date) else {
        return Err(SigV4Error::Date(claim.amz_date.to_string()));
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
fn lifetime(claim: &Claim<'_>) -> Result<u64, SigV4Error> {
    let Some(text) = &claim.expires else { return Ok(SKEW_MILLIS) };
    match text.parse::<u64>() {
        Ok(seconds) if (1..=MAX_EXPIRES_SECONDS).contains(&seconds) => Ok(seconds * 1000),
        _ => Err(SigV4Error::Expires(text.to_string())),
    }
}
