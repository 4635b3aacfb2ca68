//! Step 2: the resource and method that the call means.

use http::Method;
use stagedoor_auth::sigv4::{self, PayloadHash, Service, SignedRequest};
use stagedoor_base::Cause;
use stagedoor_program::{MethodPlan, Program, Record, ResourcePlan};

use super::Picked;
use crate::request::METHOD_OVERRIDE;

/// A call whose method is found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Routed<'p> {
    pub(crate) program: &'p Program,
    pub(crate) resource: &'p ResourcePlan,
    pub(crate) method: &'p MethodPlan,
}

pub(crate) fn route<'p>(picked: &Picked<'p>, record: &mut Record) -> Result<Routed<'p>, Cause> {
    if let Some(method) = record.head.header(&METHOD_OVERRIDE).and_then(overriding) {
        record.head.method = method;
    }
    let deployment = &picked.program.deployment;
    let Some(found) = deployment.find(&record.head.method, record.head.path()) else {
        return Err(unmatched(record));
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

/// AWS reads the signature of a call before it says that nothing matches; callers without one lack a token.
fn unmatched(record: &Record) -> Cause {
    let Some(authorization) = record.head.header(http::header::AUTHORIZATION) else { return Cause::NoRoute };
    let headers = [("authorization", authorization), ("host", record.head.domain_name())];
    let date = record.head.header("x-amz-date").map(|date| ("x-amz-date", date));
    let headers: Vec<_> = headers.into_iter().chain(date).collect();
    let request = SignedRequest {
        method: record.head.method.as_str(),
        raw_path: record.head.target.path(),
        raw_query: record.head.query().unwrap_or(""),
        headers: &headers,
        payload: PayloadHash::Body(b""),
    };
    let service = Service { names: &["execute-api"], region: None };
    match sigv4::verify(&request, &service, record.head.received, |_| None) {
        Err(error) if error.error_type() == "IncompleteSignatureException" => {
            Cause::IncompleteSignature(error.to_string())
        }
        Err(sigv4::SigV4Error::Missing) => Cause::NoRoute,
        _ => Cause::UnknownAccessKey,
    }
}
