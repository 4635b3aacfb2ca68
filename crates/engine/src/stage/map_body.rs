//! Step 7: the whole request to the integration.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_program::{
    BodyTemplate, Event, IntegrationPlan, MockPlan, Outgoing, ParameterMapping, Record, RequestTemplates,
    Selected,
};

use super::{Input, Parameters, Routed};
use crate::content::convert_request;
use crate::integration::aws::AwsCall;
use crate::integration::lambda_custom::LambdaCall;
use crate::template::{Rendering, Side};
use crate::{Engine, InvokeRequest, UpstreamRequest, integration};

/// A call ready to be made.
#[derive(Debug)]
pub(crate) enum Call {
    /// A MOCK's status.
    Mock(u16),
    Http(UpstreamRequest),
    HttpProxy(UpstreamRequest),
    LambdaProxy(InvokeRequest),
    /// Boxed, as the next: calls of the other kinds shall stay small.
    Aws(Box<AwsCall>),
    Lambda(Box<LambdaCall>),
}

impl Call {
    pub(crate) fn event(&self) -> Event {
        Event::Calling(match self {
            Self::Mock(status) => Outgoing::Mock(*status),
            Self::Http(request) | Self::HttpProxy(request) => outgoing(request),
            Self::Aws(call) => outgoing(&call.request),
            Self::Lambda(call) => call.outgoing(),
            Self::LambdaProxy(request) => {
                Outgoing::Function { arn: request.invoked.to_string(), payload: request.payload.clone() }
            }
        })
    }
}

fn outgoing(request: &UpstreamRequest) -> Outgoing {
    Outgoing::Http {
        method: request.method.to_string(),
        uri: format!("{}://{}{}", request.scheme, request.authority, request.path_and_query),
        headers: request.headers.to_pairs(),
        body: request.body.clone(),
    }
}

pub(crate) async fn map_body(
    engine: &Engine,
    routed: &Routed<'_>,
    mut parameters: Parameters,
    input: Input,
    record: &mut Record,
) -> Result<Call, Cause> {
    let body = match custom(&routed.method.integration) {
        None => Mapped::Body(input.body),
        Some(templates) => mapped(templates, input.body, routed, record)?,
    };
    let body = match body {
        Mapped::Render(rendering) => {
            let body = rendering.run(engine, record).await?;
            override_parameters(&mut parameters, &routed.method.integration, record)?;
            Mapped::Body(body)
        }
        ready => ready,
    };
    let call = call(engine, routed, parameters, body, record)?;
    // Noted here: a call that the pipeline itself had borrowed would stay in its future to the end.
    engine.note(record, || call.event());
    Ok(call)
}

/// The templates of an integration that has some.
fn custom(integration: &IntegrationPlan) -> Option<&RequestTemplates> {
    match integration {
        IntegrationPlan::Mock(plan) => Some(&plan.templates),
        IntegrationPlan::Http(plan) => Some(&plan.templates),
        IntegrationPlan::Aws(plan) => Some(&plan.templates),
        IntegrationPlan::Lambda(plan) => Some(&plan.templates),
        IntegrationPlan::HttpProxy(_) | IntegrationPlan::LambdaProxy(_) | IntegrationPlan::Refused(_) => None,
    }
}

/// A body on its way to the integration.
enum Mapped<'p> {
    Body(Bytes),
    /// A template that is always the same, and its place in the list.
    Static(&'p Bytes, usize),
    Render(Rendering),
}

fn mapped<'p>(
    templates: &'p RequestTemplates,
    body: Bytes,
    routed: &Routed<'_>,
    record: &Record,
) -> Result<Mapped<'p>, Cause> {
    let content_type = record.head.header(CONTENT_TYPE);
    let selected = templates.select(content_type);
    if selected == Selected::Unsupported {
        return Err(Cause::UnsupportedMediaType);
    }
    let binary = routed.program.deployment.binary_types.matches(content_type);
    let content = convert_request(body, binary, templates.content_handling)?;
    let Selected::Template(template, place) = selected else { return Ok(Mapped::Body(content.body)) };
    if content.binary {
        let reason = "a template cannot read a binary body; contentHandling CONVERT_TO_TEXT makes it base64";
        return Err(Side::Request.failure(reason));
    }
    match template {
        BodyTemplate::Static(text) => Ok(Mapped::Static(text, place)),
        BodyTemplate::Vtl(template) => {
            Ok(Mapped::Render(Rendering::new(Side::Request, template, content.body)))
        }
        BodyTemplate::Broken(reason) => Err(Side::Request.failure(&**reason)),
        BodyTemplate::Passthrough => Ok(Mapped::Body(content.body)),
    }
}

fn override_parameters(
    parameters: &mut Parameters,
    integration: &IntegrationPlan,
    record: &Record,
) -> Result<(), Cause> {
    let Some(overrides) = &record.overrides else { return Ok(()) };
    let (mappings, aws): (&[ParameterMapping], bool) = match integration {
        IntegrationPlan::Http(plan) => (&plan.backend.parameters, false),
        IntegrationPlan::Aws(plan) => (&plan.parameters, true),
        IntegrationPlan::Lambda(plan) => (&plan.parameters, true),
        _ => return Ok(()),
    };
    parameters.override_with(overrides, mappings, aws)
}

fn call(
    engine: &Engine,
    routed: &Routed<'_>,
    parameters: Parameters,
    body: Mapped<'_>,
    record: &Record,
) -> Result<Call, Cause> {
    let plan = &routed.method.integration;
    if let IntegrationPlan::Mock(plan) = plan {
        return mock(plan, &body).map(Call::Mock);
    }
    let body = match body {
        Mapped::Body(body) => body,
        Mapped::Static(text, _) => text.clone(),
        Mapped::Render(_) => return Err(Cause::Internal("a template is not rendered".to_owned())),
    };
    match plan {
        IntegrationPlan::Http(plan) => {
            integration::http::request(routed, &plan.backend, parameters, body, record).map(Call::Http)
        }
        IntegrationPlan::HttpProxy(plan) => {
            integration::http_proxy::request(routed, plan, parameters, body, record).map(Call::HttpProxy)
        }
        IntegrationPlan::LambdaProxy(plan) => {
            let invoke = integration::lambda_proxy::request(engine, routed, plan, &body, record)?;
            Ok(Call::LambdaProxy(invoke))
        }
        IntegrationPlan::Aws(plan) => {
            let call = integration::aws::request(engine, routed, plan, parameters, body, record)?;
            Ok(Call::Aws(Box::new(call)))
        }
        IntegrationPlan::Lambda(plan) => {
            let call = integration::lambda_custom::request(engine, routed, plan, &parameters, body, record)?;
            Ok(Call::Lambda(Box::new(call)))
        }
        IntegrationPlan::Refused(reason) => {
            Err(Cause::Configuration(ConfigurationError::NotExecutable(reason.to_string())))
        }
        IntegrationPlan::Mock(_) => Err(Cause::Internal("a MOCK is called".to_owned())),
    }
}

/// A MOCK's status: of static templates it is known beforehand.
fn mock(plan: &MockPlan, body: &Mapped<'_>) -> Result<u16, Cause> {
    let status = match body {
        Mapped::Static(_, place) => plan.statuses.get(*place).copied().flatten(),
        Mapped::Body(text) => integration::mock::status(text),
        Mapped::Render(_) => None,
    };
    status.ok_or(Cause::Configuration(ConfigurationError::MockStatusCode))
}
