//! Step 2: the resource and method that the call means.

use http::Method;
use stagedoor_auth::sigv4::{self, PayloadHash, Service, SignedRequest};
use stagedoor_base::Cause;
use stagedoor_program::{MethodPlan, Program, Record, ResourcePlan};

use super::Picked;
use crate::Engine;
use crate::access::{self, Identity};
use crate::request::METHOD_OVERRIDE;

/// A call whose method is found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Routed<'p> {
    pub(crate) program: &'p Program,
    pub(crate) resource: &'p ResourcePlan,
    pub(crate) method: &'p MethodPlan,
}

pub(crate) fn route<'p>(
    engine: &Engine,
    picked: &Picked<'p>,
    record: &mut Record,
) -> Result<Routed<'p>, Cause> {
    if let Some(method) = record.head.header(&METHOD_OVERRIDE).and_then(overriding) {
        record.head.method = method;
    }
    let deployment = &picked.program.deployment;
    let Some(found) = deployment.find(&record.head.method, record.head.path()) else {
        return Err(unmatched(engine, picked.program, record));
    };
    let routed = Routed {
        program: picked.program,
        resource: deployment.resource(found.resource),
        method: deployment.method(found.method),
    };
    record.route = Some(found);
    Ok(routed)
}

fn overriding(method: &str) -> Option<Method> {
    Method::from_bytes(method.as_bytes()).ok()
}

/// AWS asks the API's policy, and reads the signature of a call, before it says that nothing matches. Callers without a
/// signature lack a token.
fn unmatched(engine: &Engine, program: &Program, record: &Record) -> Cause {
    let Some(authorization) = record.head.header(http::header::AUTHORIZATION) else {
        return access::admit(program, record, Identity::Anonymous).err().unwrap_or(Cause::NoRoute);
    };
    match access::screen(program, record) {
        Err(refused) => refused,
        Ok(()) => misrouted(engine, authorization, record),
    }
}

/// What a call with a signature is told. Whether the signature is good does not matter any more.
fn misrouted(engine: &Engine, authorization: &str, record: &Record) -> Cause {
    let headers = [("authorization", authorization), ("host", record.head.domain_name())];
    let more = ["x-amz-date", "x-amz-security-token"].into_iter();
    let more = more.filter_map(|name| Some((name, record.head.header(name)?)));
    let headers: Vec<_> = headers.into_iter().chain(more).collect();
    let request = SignedRequest {
        method: record.head.method.as_str(),
        raw_path: record.head.target.path(),
        raw_query: record.head.query().unwrap_or(""),
        headers: &headers,
        payload: PayloadHash::Body(b""),
    };
    let service = Service { names: &["execute-api"], region: None };
    let now = record.head.received;
    let identities = engine.directory.identities();
    match sigv4::begin(&request, &service, now, |wanted| identities.candidate(wanted, now)) {
        Ok(_) | Err(sigv4::SigV4Error::Missing) => Cause::NoRoute,
        Err(error) if error.error_type() == "IncompleteSignatureException" => {
            Cause::IncompleteSignature(error.to_string())
        }
        Err(_) => Cause::UnknownAccessKey,
    }
}
