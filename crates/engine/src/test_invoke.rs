//! `TestInvokeMethod`: one method of an API as edited, executed past everything that asks who calls; and
//! `TestInvokeAuthorizer`: nothing but who calls.
//!
//! In: the edited API's program, the method, the request. Out: the reply and the record with its steps. It is no call of the
//! data plane: no sink hears of it.

use std::sync::Arc;

use bytes::Bytes;
use http::HeaderName;
use http::header::CONTENT_TYPE;
use stagedoor_base::{Cause, ResourceId};
use stagedoor_program::{Event, Head, Outcome, Program, Record};

use crate::pipeline::rest::Door;
use crate::stage::TestPass;
use crate::{Body, Engine, Outbound, ids, pipeline, request, stage};

const EXTENDED_REQUEST_ID: HeaderName = HeaderName::from_static("x-amz-apigw-id");
/// As much as AWS buffers of a streamed reply.
const REPLY: usize = 10_485_760;

/// The request of a test.
#[derive(Debug)]
pub struct TestCall {
    /// Its path gives the path parameters their values.
    pub head: Head,
    pub body: Bytes,
    pub resource: ResourceId,
}

/// What came of a test.
#[derive(Debug)]
pub struct TestReply {
    pub reply: Outbound,
    pub body: Bytes,
    /// With its trace.
    pub record: Record,
}

impl Engine {
    /// Executes a method, with the stage that [`stagedoor_program::StageView::test`] makes. None: the resource has no method
    /// for the verb.
    pub async fn test(&self, program: Arc<Program>, call: TestCall) -> Option<TestReply> {
        let TestCall { head, body, resource } = call;
        let mut record =
            Record::open(head, Some(Arc::clone(&program)), ids::request_id(None), ids::extended_request_id());
        let pass = TestPass::to(&program, &resource, &mut record)?;
        record.trace = Some(Box::default());
        let result = pipeline::rest::run(self, Door::Test(&program, pass), &mut record, Ok(body)).await;
        let mut reply = stage::respond(result, Some(&program), &mut record);
        let made = std::mem::replace(&mut reply.body, Bytes::new().into());
        let streams = matches!(made, Body::Stream(_));
        let body = match made.collect(REPLY).await {
            Ok(body) => {
                record.trace.iter_mut().filter(|_| streams).for_each(|trace| trace.complete(&body));
                body
            }
            Err(failure) => {
                let broken = Err(Cause::IntegrationNetwork(failure.to_string()));
                reply = stage::respond(broken, Some(&program), &mut record);
                reply.body.as_whole().clone()
            }
        };
        trim(&mut reply, &record);
        record.outcome = Outcome::Answered;
        record.response_length = body.len() as u64;
        record.latency = (self.ports.elapsed)().saturating_sub(record.head.started);
        let headers = reply.headers.to_pairs();
        self.note(&mut record, || Event::Replied { headers });
        Some(TestReply { reply, body, record })
    }
}

/// What an authorizer said to a test.
#[derive(Debug)]
pub struct Consulted {
    /// The status that a client would have got; none: the authorizer said who calls.
    pub refused: Option<u16>,
    /// What its function answered.
    pub answer: Option<Bytes>,
    /// With its trace.
    pub record: Record,
}

impl Engine {
    /// Asks the authorizer of a method. None: the resource has no method for the verb.
    pub async fn consult(&self, program: Arc<Program>, call: TestCall) -> Option<Consulted> {
        let TestCall { head, body, resource } = call;
        let mut record =
            Record::open(head, Some(Arc::clone(&program)), ids::request_id(None), ids::extended_request_id());
        let pass = TestPass::to(&program, &resource, &mut record)?;
        record.trace = Some(Box::default());
        let said = pass.consult(self, &program, &mut record, body).await;
        let refused = said.err().map(|cause| {
            let reply = stage::respond(Err(cause), Some(&program), &mut record);
            reply.status.as_u16()
        });
        record.outcome = Outcome::Answered;
        record.latency = (self.ports.elapsed)().saturating_sub(record.head.started);
        let steps = record.trace.as_ref().map(|trace| trace.steps()).unwrap_or_default();
        let answer = steps.iter().find_map(|step| match &step.event {
            Event::Told { payload, .. } => Some(payload.clone()),
            _ => None,
        });
        Some(Consulted { refused, answer, record })
    }
}

/// AWS shows the headers that the API made, and on a failure only its type.
fn trim(reply: &mut Outbound, record: &Record) {
    reply.headers.remove(request::REQUEST_ID);
    reply.headers.remove(EXTENDED_REQUEST_ID);
    if record.error.is_some() {
        reply.headers.remove(CONTENT_TYPE);
    }
}
