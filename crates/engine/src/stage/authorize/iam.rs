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
        self.0.to_str().ok()
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
    let signatory = pending.and_then(|pending| finish(engine, pending, PayloadHash::Body(&picked.body)));
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
            finish(engine, pending, hash)
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
    sigv4::begin(&request, &service, now, |wanted| identities.candidate(wanted, now))
}

fn finish(
    engine: &Engine,
    pending: Pending<'_>,
    payload: PayloadHash<'_>,
) -> Result<Arc<Signatory>, SigV4Error> {
    pending.finish(payload).map(|candidate| engine.directory.identities().proved(candidate))
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
    decided
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
