//! Step 8: the call itself. Buffers the whole answer, as AWS does.

use bytes::Bytes;
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_program::Record;

use super::{Call, Ticket};
use crate::integration::lambda_proxy::{self, ProxyReply};
use crate::{Engine, HeaderList, UpstreamFailure, UpstreamReply, UpstreamRequest};

/// What the integration answered.
#[derive(Debug)]
pub(crate) enum Answer {
    Mock(u16),
    Http { status: u16, headers: HeaderList, body: Bytes },
    HttpProxy { status: u16, headers: HeaderList, body: Bytes },
    LambdaProxy(ProxyReply),
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
                let UpstreamReply { status, headers, body } = upstream(engine, request, record).await?;
                Ok(Answer::Http { status, headers, body })
            }
            Call::HttpProxy(request) => {
                let UpstreamReply { status, headers, body } = upstream(engine, request, record).await?;
                Ok(Answer::HttpProxy { status, headers, body })
            }
            Call::LambdaProxy(request) => {
                let started = (engine.ports.elapsed)();
                let invoked = (engine.ports.invoke)(request).await;
                record.integration.latency = Some((engine.ports.elapsed)().saturating_sub(started));
                lambda_proxy::answer(invoked, record).map(Answer::LambdaProxy)
            }
        }
    }
}

fn upstream(
    engine: &Engine,
    request: UpstreamRequest,
    record: &mut Record,
) -> impl Future<Output = Result<UpstreamReply, Cause>> + Send {
    let started = (engine.ports.elapsed)();
    let answering = (engine.ports.upstream)(request);
    async move {
        let reply = answering.await;
        record.integration.latency = Some((engine.ports.elapsed)().saturating_sub(started));
        let reply = reply.map_err(cause)?;
        record.integration.service_status = Some(reply.status);
        Ok(reply)
    }
}

fn cause(failure: UpstreamFailure) -> Cause {
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
