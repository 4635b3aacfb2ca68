//! Step 7: the whole request to the integration.

use bytes::Bytes;
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_program::{Event, IntegrationPlan, Outgoing, Record, RequestTemplates, Selected};

use super::{Input, Parameters, Routed};
use crate::evaluate::as_text;
use crate::{Engine, InvokeRequest, UpstreamRequest, integration};

/// A call ready to be made.
#[derive(Debug)]
pub(crate) enum Call {
    /// A MOCK's status.
    Mock(u16),
    Http(UpstreamRequest),
    HttpProxy(UpstreamRequest),
    LambdaProxy(InvokeRequest),
}

impl Call {
    pub(crate) fn event(&self) -> Event {
        Event::Calling(match self {
            Self::Mock(status) => Outgoing::Mock(*status),
            Self::Http(request) | Self::HttpProxy(request) => Outgoing::Http {
                method: request.method.to_string(),
                uri: format!("{}://{}{}", request.scheme, request.authority, request.path_and_query),
                headers: request.headers.to_pairs(),
                body: request.body.clone(),
            },
            Self::LambdaProxy(request) => {
                Outgoing::Function { arn: request.invoked.to_string(), payload: request.payload.clone() }
            }
        })
    }
}

pub(crate) fn map_body(
    engine: &Engine,
    routed: &Routed<'_>,
    parameters: Parameters,
    input: Input,
    record: &mut Record,
) -> Result<Call, Cause> {
    let call = call(engine, routed, parameters, input, record)?;
    // Noted here: a call that the pipeline itself had borrowed would stay in its future to the end.
    engine.note(record, || call.event());
    Ok(call)
}

fn call(
    engine: &Engine,
    routed: &Routed<'_>,
    parameters: Parameters,
    input: Input,
    record: &Record,
) -> Result<Call, Cause> {
    match &routed.method.integration {
        IntegrationPlan::Mock(plan) => integration::mock::call(plan, &input.body, record).map(Call::Mock),
        IntegrationPlan::Http(plan) => {
            let body = templated(&plan.templates, input.body, routed, record)?;
            integration::http::request(routed, &plan.backend, parameters, body, record).map(Call::Http)
        }
        IntegrationPlan::HttpProxy(plan) => {
            integration::http_proxy::request(routed, plan, parameters, input.body, record)
                .map(Call::HttpProxy)
        }
        IntegrationPlan::LambdaProxy(plan) => {
            let invoke = integration::lambda_proxy::request(engine, routed, plan, &input.body, record)?;
            Ok(Call::LambdaProxy(invoke))
        }
        IntegrationPlan::Refused(reason) => {
            Err(Cause::Configuration(ConfigurationError::NotExecutable(reason.to_string())))
        }
    }
}

/// The body for a non-proxy backend.
fn templated(
    templates: &RequestTemplates,
    body: Bytes,
    routed: &Routed<'_>,
    record: &Record,
) -> Result<Bytes, Cause> {
    let content_type = record.head.header(http::header::CONTENT_TYPE);
    let binary = routed.program.deployment.binary_types.matches(content_type);
    match templates.select(content_type) {
        // AWS cannot render a template over bytes.
        Selected::Static(..) if binary && !body.is_empty() => {
            Err(Cause::Configuration(ConfigurationError::RequestTransform))
        }
        Selected::Static(text, _) => Ok(text.clone()),
        Selected::Passthrough if binary => Ok(body),
        Selected::Passthrough => Ok(as_text(body)),
        Selected::Refused(reason) => {
            Err(Cause::Configuration(ConfigurationError::NotExecutable(reason.to_string())))
        }
        Selected::Unsupported => Err(Cause::UnsupportedMediaType),
    }
}
