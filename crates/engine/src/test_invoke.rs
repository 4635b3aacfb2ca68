//! `TestInvokeMethod`: one method of an API as edited, executed past everything that asks who calls.
//!
//! In: the edited API's program, the method, the request. Out: the reply and the record with its steps. It is no call of the
//! data plane: no sink hears of it.

use std::sync::Arc;

use bytes::Bytes;
use http::HeaderName;
use http::header::CONTENT_TYPE;
use stagedoor_base::{Cause, ResourceId};
use stagedoor_program::{Event, Head, Outcome, Program, Record};

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
        let result = pipeline::rest::run(self, &program, &mut record, Ok(body), Some(pass)).await;
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

/// AWS shows the headers that the API made, and on a failure only its type.
fn trim(reply: &mut Outbound, record: &Record) {
    reply.headers.remove(request::REQUEST_ID);
    reply.headers.remove(EXTENDED_REQUEST_ID);
    if record.error.is_some() {
        reply.headers.remove(CONTENT_TYPE);
    }
}
