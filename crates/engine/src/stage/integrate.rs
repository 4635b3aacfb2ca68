//! Step 8: the call itself. Buffers the whole answer, as AWS does, unless the method streams.

use bytes::Bytes;
use http::header::CONTENT_ENCODING;
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_program::{Event, Record};

use super::{Call, Ticket};
use crate::compute::INLINE;
use crate::integration::lambda_custom::{self, LambdaAnswer};
use crate::integration::lambda_proxy::{self, ProxyReply};
use crate::integration::streamed::{self, Streamed};
use crate::integration::{aws, service_reply};
use crate::{Engine, HeaderList, InvokeRequest, UpstreamFailure, UpstreamReply, UpstreamRequest, decompress};

/// What the integration answered.
#[derive(Debug)]
pub(crate) enum Answer {
    Mock(i32),
    /// An `encoded` body is still in the coding that `Content-Encoding` names: nothing may convert it.
    Http {
        status: u16,
        headers: HeaderList,
        body: Bytes,
        encoded: bool,
    },
    HttpProxy {
        status: u16,
        headers: HeaderList,
        body: Bytes,
        encoded: bool,
    },
    LambdaProxy(ProxyReply),
    Lambda(LambdaAnswer),
    Streamed(Streamed),
}

#[expect(
    clippy::manual_async_fn,
    reason = "an `async fn` would keep the request twice in every call's future"
)]
pub(crate) fn integrate(
    engine: &Engine,
    _ticket: Ticket,
    call: Call,
    record: &mut Record,
) -> impl Future<Output = Result<Answer, Cause>> + Send {
    async move {
        match call {
            Call::Mock(status) => {
                record.integration.service_status = Some(200);
                Ok(Answer::Mock(status))
            }
            Call::Http(request) => {
                let (reply, encoded) = upstream(engine, request, record).await?;
                let UpstreamReply { status, headers, body } = reply;
                Ok(Answer::Http { status, headers, body, encoded })
            }
            // On the heap, so that the future of other calls stays small.
            Call::HttpProxy(request) if streams(record) => {
                Box::pin(streamed::http_proxy(engine, request, record)).await.map(Answer::Streamed)
            }
            Call::LambdaProxy(request) if streams(record) => {
                Box::pin(streamed::lambda_proxy(engine, request, record)).await.map(Answer::Streamed)
            }
            Call::HttpProxy(request) => {
                let (reply, encoded) = upstream(engine, request, record).await?;
                let UpstreamReply { status, headers, body } = reply;
                Ok(Answer::HttpProxy { status, headers, body, encoded })
            }
            Call::LambdaProxy(request) => invoke(engine, request, record).await,
            Call::Aws(call) => {
                let (reply, encoded) = Box::pin(aws::call(engine, *call, record)).await?;
                let UpstreamReply { status, headers, body } = reply;
                Ok(Answer::Http { status, headers, body, encoded })
            }
            Call::Lambda(call) => {
                Box::pin(lambda_custom::call(engine, *call, record)).await.map(Answer::Lambda)
            }
        }
    }
}

/// Not an `async fn`, for the same reason.
fn invoke(
    engine: &Engine,
    request: InvokeRequest,
    record: &mut Record,
) -> impl Future<Output = Result<Answer, Cause>> + Send {
    record.integration.request_id = Some(request.request_id.clone());
    // For the log only, and on the heap, so that the future of other calls stays small.
    let version = record.trace.is_some().then(|| Box::new(request.version.clone()));
    let started = (engine.ports.elapsed)();
    let answering = (engine.ports.invoke)(request);
    async move {
        let invoked = answering.await;
        record.integration.latency = Some((engine.ports.elapsed)().saturating_sub(started));
        if let (Some(version), Ok(reply)) = (&version, &invoked) {
            service_reply::note(engine, record, version, reply);
        }
        let reply = if invoked.as_ref().is_ok_and(|reply| reply.payload.len() > INLINE) {
            Box::pin(lambda_proxy::large_answer(engine, invoked, record)).await
        } else {
            lambda_proxy::answer(invoked, record)
        };
        reply.map(Answer::LambdaProxy)
    }
}

fn streams(record: &Record) -> bool {
    record.method().is_some_and(|method| method.streams)
}

pub(crate) fn upstream(
    engine: &Engine,
    request: UpstreamRequest,
    record: &mut Record,
) -> impl Future<Output = Result<(UpstreamReply, bool), Cause>> + Send {
    let started = (engine.ports.elapsed)();
    let answering = (engine.ports.upstream)(request);
    async move {
        let reply = answering.await;
        record.integration.latency = Some((engine.ports.elapsed)().saturating_sub(started));
        let reply = reply.map_err(upstream_cause)?;
        record.integration.service_status = Some(reply.status);
        engine.note(record, || Event::Answered {
            status: Some(reply.status),
            headers: reply.headers.to_pairs(),
            body: reply.body.clone(),
        });
        if !reply.headers.contains(&CONTENT_ENCODING) {
            return Ok((reply, false));
        }
        // On the heap, so that the future of other calls stays small.
        Box::pin(decompress::reply(&engine.room, reply, record)).await
    }
}

pub(crate) fn upstream_cause(failure: UpstreamFailure) -> Cause {
    match failure {
        UpstreamFailure::Connect(reason) | UpstreamFailure::Broken(reason) => {
            Cause::IntegrationNetwork(reason)
        }
        UpstreamFailure::Timeout => Cause::IntegrationTimeout,
        UpstreamFailure::TooLarge => Cause::IntegrationResponseTooLarge,
        UpstreamFailure::CertificateHost { host, detail } => {
            Cause::Configuration(ConfigurationError::CertificateHost { host, detail })
        }
        UpstreamFailure::RefusedAddress(address) => {
            Cause::Configuration(ConfigurationError::RefusedAddress(address))
        }
        UpstreamFailure::BuffersFull => Cause::BuffersFull,
    }
}
