//! Making a signature in the `Authorization` header.

use stagedoor_base::Timestamp;

use super::canonical::{ALGORITHM, Form, PathForm, Place, SignedRequest, string_to_sign};
use super::key::{Secret, SigningKey, TERMINATOR};

/// In whose name, and for which service, a request is signed.
#[derive(Debug, Clone, Copy)]
pub struct Signer<'a> {
    pub access_key: &'a str,
    pub secret: &'a Secret,
    pub session_token: Option<&'a str>,
    pub region: &'a str,
    pub service: &'a str,
}

/// The headers that sign a request; add them to those it has. Every header given is signed.
#[must_use]
pub fn sign(request: &SignedRequest<'_>, signer: &Signer<'_>, now: Timestamp) -> Vec<(&'static str, String)> {
    let amz_date = now.amz();
    let mut added = vec![("x-amz-date", amz_date.clone())];
    added.extend(signer.session_token.map(|token| ("x-amz-security-token", token.to_owned())));

    let mut headers = request.headers.to_vec();
    headers.extend(added.iter().map(|(name, value)| (*name, value.as_str())));
    let mut names: Vec<String> = headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    names.sort_unstable();
    names.dedup();
    let names = names.join(";");

    let whole = SignedRequest { headers: &headers, ..*request };
    let payload_hash = match request.header("x-amz-content-sha256") {
        Some(declared) => declared.to_owned(),
        None => request.payload.hex(),
    };
    let date = &amz_date[..8];
    let scope = format!("{date}/{}/{}/{TERMINATOR}", signer.region, signer.service);
    let form = Form { path: PathForm::of(signer.service), place: Place::Header };
    let canonical = whole.canonical(form, &names, &payload_hash);
    let text = string_to_sign(&amz_date, &scope, &canonical);
    let signature = SigningKey::derive(signer.secret, date, signer.region, signer.service).sign(&text);
    let authorization = format!(
        "{ALGORITHM} Credential={}/{scope}, SignedHeaders={names}, Signature={}",
        signer.access_key,
        signature.as_str()
    );
    added.push(("authorization", authorization));
    added
}
