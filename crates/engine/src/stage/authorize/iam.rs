//! AWS_IAM: who signed, and whether its policies and the API's let it in.
//!
//! In: a call and its body as received. Out: the caller, or AWS's refusal. It must not know what policies say.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use http::header::AUTHORIZATION;
use stagedoor_auth::sigv4::{self, PayloadHash, Service, SigV4Error, SignedRequest, SigningKey};
use stagedoor_base::Cause;
use stagedoor_program::{CallerFacts, Record, StepFacts};

use super::{Caller, admit};
use crate::Engine;
use crate::access::{self, Identity};
use crate::compute::INLINE;
use crate::identities::{Candidate, Signatory};
use crate::stage::{Picked, Routed};

/// A header's value as it was sent; the few that count are read as text.
#[derive(Debug, Clone, Copy)]
struct Sent<'r>(&'r HeaderValue);

impl<'r> sigv4::HeaderValue<'r> for Sent<'r> {
    fn text(self) -> Option<&'r str> {
        std::str::from_utf8(self.0.as_bytes()).ok()
    }
}

type Pending<'r> = sigv4::Pending<'r, Sent<'r>, Arc<SigningKey>, Candidate>;

/// Large bodies are hashed elsewhere.
pub(super) fn authorize(
    engine: &Engine,
    picked: &Picked<'_>,
    routed: &Routed<'_>,
    record: &mut Record,
) -> Result<Option<Caller>, Cause> {
    if picked.body.len() > INLINE {
        return Ok(None);
    }
    let started = (engine.ports.elapsed)();
    let headers = headers(record);
    let pending = begin(engine, routed, record, &headers);
    let payload = PayloadHash::Body(&picked.body);
    let signatory = pending.and_then(|pending| finish(engine, record, routed, pending, payload));
    drop(headers);
    permit(engine, routed, record, signatory, started).map(Some)
}

pub(super) async fn ask(
    engine: &Engine,
    picked: &Picked<'_>,
    routed: &Routed<'_>,
    record: &mut Record,
) -> Result<Caller, Cause> {
    let started = (engine.ports.elapsed)();
    let headers = headers(record);
    let signatory = match begin(engine, routed, record, &headers) {
        Err(error) => Err(error),
        Ok(pending) => {
            let body = picked.body.clone();
            let hash = engine.compute(0, move || PayloadHash::Body(&body).taken()).await?;
            finish(engine, record, routed, pending, hash)
        }
    };
    drop(headers);
    permit(engine, routed, record, signatory, started)
}

fn headers(record: &Record) -> Vec<(&str, Sent<'_>)> {
    record.head.headers.iter().map(|(name, value)| (name.as_str(), Sent(value))).collect()
}

fn begin<'r>(
    engine: &Engine,
    routed: &Routed<'_>,
    record: &'r Record,
    headers: &'r [(&'r str, Sent<'r>)],
) -> Result<Pending<'r>, SigV4Error> {
    let request = SignedRequest {
        method: record.head.method.as_str(),
        raw_path: record.head.target.path(),
        raw_query: record.head.query().unwrap_or(""),
        headers,
        payload: PayloadHash::Body(b""),
    };
    let region = routed.program.deployment.scope.region.as_str();
    let service = Service { names: &["execute-api"], region: Some(region) };
    let now = record.head.received;
    let identities = engine.directory.identities();
    let signed = engine.ports.received(record);
    sigv4::begin(&request, &service, signed, |wanted| identities.candidate(wanted, now))
}

fn finish(
    engine: &Engine,
    record: &Record,
    routed: &Routed<'_>,
    pending: Pending<'_>,
    payload: PayloadHash<'_>,
) -> Result<Arc<Signatory>, SigV4Error> {
    let candidate = pending.finish(payload)?;
    check_path(record, routed)?;
    Ok(engine.directory.identities().proved(candidate))
}

/// Many paths have the canonical form that was signed. A presigned URL of `/public` must not serve to call
/// `/admin/../public`, which is another method here; empty segments may stand where they lead to the same one.
fn check_path(record: &Record, routed: &Routed<'_>) -> Result<(), SigV4Error> {
    let whole = record.head.target.path();
    if !sigv4::may_shrink(whole) {
        return Ok(());
    }
    let path = record.head.path();
    let signed = path.split('/').filter(|segment| !segment.is_empty());
    let signed = signed.fold(String::with_capacity(path.len()), |signed, segment| signed + "/" + segment);
    let has_dots = whole.split('/').any(|segment| matches!(segment, "." | ".."));
    let found =
        routed.program.deployment.find(&record.head.method, if signed.is_empty() { "/" } else { &signed });
    let same = match (&found, &record.route) {
        (Some(found), Some(route)) => (found.resource, found.method) == (route.resource, route.method),
        _ => false,
    };
    if same && !has_dots { Ok(()) } else { Err(SigV4Error::OtherPath) }
}

/// Notes who signed, and asks the policies.
fn permit(
    engine: &Engine,
    routed: &Routed<'_>,
    record: &mut Record,
    signatory: Result<Arc<Signatory>, SigV4Error>,
    started: Duration,
) -> Result<Caller, Cause> {
    let verified = (engine.ports.elapsed)();
    let latency = verified.saturating_sub(started);
    let signatory = match signatory {
        Ok(signatory) => signatory,
        Err(error) => {
            let authenticate = failed(error.to_string(), latency);
            record.caller = Some(Box::new(CallerFacts { authenticate, ..CallerFacts::default() }));
            return Err(cause(error));
        }
    };
    let decided = match signatory.signed() {
        Ok(signed) => admit(routed, record, Identity::Signed(&signed)),
        Err(reason) => Err(access::unreadable(routed.program, record, &signatory.by.user_arn, &reason)),
    };
    let latency_of_policies = (engine.ports.elapsed)().saturating_sub(verified);
    let authorize = match &decided {
        Ok(_) => passed(latency_of_policies),
        Err(Cause::AccessDenied { message, .. }) => failed(message.clone(), latency_of_policies),
        Err(_) => StepFacts { status: Some(500), latency: Some(latency_of_policies), error: None },
    };
    record.caller = Some(Box::new(CallerFacts {
        identity: Some(Arc::clone(&signatory.by)),
        authenticate: passed(latency),
        authorize,
        ..CallerFacts::default()
    }));
    // AWS keeps the signature to itself: neither functions nor backends see it.
    record.head.headers.remove(&AUTHORIZATION);
    decided.map(|_| Caller(Some(signatory)))
}

fn passed(latency: Duration) -> StepFacts {
    StepFacts { status: Some(200), latency: Some(latency), error: None }
}

/// One line of the message: log formats have one per call.
fn failed(mut message: String, latency: Duration) -> StepFacts {
    message.truncate(message.find('\n').unwrap_or(message.len()));
    StepFacts { status: Some(403), latency: Some(latency), error: Some(message.into()) }
}

fn cause(error: SigV4Error) -> Cause {
    match error {
        SigV4Error::Missing => Cause::NotSigned,
        SigV4Error::ExpiredToken => Cause::ExpiredSessionToken,
        SigV4Error::UnknownKey => Cause::UnknownAccessKey,
        other if other.error_type() == "IncompleteSignatureException" => {
            Cause::IncompleteSignature(other.to_string())
        }
        other => Cause::InvalidSignature(other.to_string()),
    }
}
