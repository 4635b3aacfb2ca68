//! Step 7: the whole request to the integration.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_program::{
    BodyTemplate, Event, IntegrationPlan, MockPlan, Outgoing, Record, Rendered, RequestTemplates, Selected,
};

use super::map_parameters::mappings;
use super::{Caller, Input, Parameters, Routed};
use crate::compute::INLINE;
use crate::content::convert_request;
use crate::integration::aws::AwsCall;
use crate::integration::event::{EventBody, is_binary, quoted};
use crate::integration::lambda_custom::LambdaCall;
use crate::template::{Rendering, Side};
use crate::{Engine, InvokeRequest, UpstreamRequest, integration};

/// A call ready to be made.
#[derive(Debug)]
pub(crate) enum Call {
    /// A MOCK's status.
    Mock(i32),
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

/// The body on its way to the integration.
pub(crate) fn map_body<'p>(
    routed: &Routed<'p>,
    input: Input,
    record: &Record,
) -> Result<MappedBody<'p>, Cause> {
    match custom(&routed.method.integration) {
        None => Ok(untouched(input.body, routed, record)),
        Some(templates) => mapped(templates, input.body, routed, record),
    }
}

/// What no template reads. A function's event shows it as a string, which takes long for a large one.
fn untouched<'p>(body: Bytes, routed: &Routed<'p>, record: &Record) -> MappedBody<'p> {
    let is_event = matches!(routed.method.integration, IntegrationPlan::LambdaProxy(_));
    if !is_event || body.len() <= INLINE {
        return MappedBody::Ready(body);
    }
    MappedBody::Quote(body, is_binary(routed, record))
}

/// The call with everything in it.
pub(crate) fn prepare(
    engine: &Engine,
    routed: &Routed<'_>,
    caller: &Caller,
    mut parameters: Parameters,
    body: MappedBody<'_>,
    record: &mut Record,
) -> Result<Call, Cause> {
    if let Some(overrides) = &record.overrides {
        let integration = &routed.method.integration;
        let aws = matches!(integration, IntegrationPlan::Aws(_) | IntegrationPlan::Lambda(_));
        parameters.override_with(overrides, mappings(integration), aws)?;
    }
    if record.trace.is_some() {
        note_static(engine, routed, &body, record);
    }
    let call = call(engine, routed, caller, parameters, body, record)?;
    // Noted here: a call that the pipeline itself had borrowed would stay in its future to the end.
    engine.note(record, || call.event());
    Ok(call)
}

/// Shows the choice of a template in which nothing is evaluated.
fn note_static(engine: &Engine, routed: &Routed<'_>, body: &MappedBody<'_>, record: &mut Record) {
    let (MappedBody::Static(text, place), Some(templates)) = (body, custom(&routed.method.integration))
    else {
        return;
    };
    let media_type = templates.entries[*place].0.as_ref().into();
    let (side, made) = (Side::Request.name(), text.len());
    let step = Rendered { side, media_type, took: None, read: 0, made, overrides: None };
    engine.note(record, || Event::Rendered(step));
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
pub(crate) enum MappedBody<'p> {
    Ready(Bytes),
    /// A template that is always the same, and its place in the list.
    Static(&'p Bytes, usize),
    /// On the heap, so that the future of other calls stays small.
    Render(Box<Rendering>),
    /// A large body for an event, and whether it stands there as base64.
    Quote(Bytes, bool),
    /// The same as a JSON string.
    Quoted(Bytes),
}

impl MappedBody<'_> {
    /// The same without anything left to render.
    pub(crate) async fn render(self, engine: &Engine, record: &mut Record) -> Result<Self, Cause> {
        match self {
            Self::Render(rendering) => Box::pin(rendering.run(engine, record)).await.map(Self::Ready),
            Self::Quote(body, binary) => {
                let length = body.len();
                let quoted = Box::pin(engine.compute(length, move || quoted(&body, binary))).await?;
                Ok(Self::Quoted(quoted.into()))
            }
            ready => Ok(ready),
        }
    }
}

fn mapped<'p>(
    templates: &'p RequestTemplates,
    body: Bytes,
    routed: &Routed<'_>,
    record: &Record,
) -> Result<MappedBody<'p>, Cause> {
    let content_type = record.head.header(CONTENT_TYPE);
    let selected = templates.select(content_type);
    if selected == Selected::Unsupported {
        return Err(Cause::UnsupportedMediaType);
    }
    let binary = routed.program.deployment.binary_types.matches(content_type);
    let content = convert_request(body, binary, templates.content_handling)?;
    let Selected::Template(template, place) = selected else { return Ok(MappedBody::Ready(content.body)) };
    if content.binary {
        let reason = "a template cannot read a binary body; contentHandling CONVERT_TO_TEXT makes it base64";
        return Err(Side::Request.failure(reason));
    }
    match template {
        BodyTemplate::Static(text) => Ok(MappedBody::Static(text, place)),
        BodyTemplate::Vtl(template) => {
            let rendering = Rendering::new(Side::Request, template, content.body);
            let chosen = rendering.chosen_by(templates.entries[place].0.as_bytes(), record);
            Ok(MappedBody::Render(Box::new(chosen)))
        }
        BodyTemplate::Broken(reason) => Err(Side::Request.failure(&**reason)),
        BodyTemplate::Passthrough => Ok(MappedBody::Ready(content.body)),
    }
}

fn call(
    engine: &Engine,
    routed: &Routed<'_>,
    caller: &Caller,
    parameters: Parameters,
    body: MappedBody<'_>,
    record: &Record,
) -> Result<Call, Cause> {
    let plan = &routed.method.integration;
    if let IntegrationPlan::Mock(plan) = plan {
        return mock(plan, &body).map(Call::Mock);
    }
    let body = match body {
        MappedBody::Ready(body) => body,
        MappedBody::Static(text, _) => text.clone(),
        MappedBody::Quoted(json) => {
            return call_with_event(engine, routed, caller, EventBody::Quoted(&json), record);
        }
        MappedBody::Render(_) | MappedBody::Quote(..) => {
            return Err(Cause::Internal("a body is not ready".to_owned()));
        }
    };
    match plan {
        IntegrationPlan::Http(plan) => {
            integration::http::request(routed, &plan.backend, parameters, body, record).map(Call::Http)
        }
        IntegrationPlan::HttpProxy(plan) => {
            integration::http_proxy::request(routed, plan, parameters, body, record).map(Call::HttpProxy)
        }
        IntegrationPlan::LambdaProxy(_) => {
            call_with_event(engine, routed, caller, EventBody::Raw(&body), record)
        }
        IntegrationPlan::Aws(plan) => {
            let call = integration::aws::request(engine, routed, caller, plan, parameters, body, record)?;
            Ok(Call::Aws(Box::new(call)))
        }
        IntegrationPlan::Lambda(plan) => {
            let call =
                integration::lambda_custom::request(engine, routed, caller, plan, &parameters, body, record)?;
            Ok(Call::Lambda(Box::new(call)))
        }
        IntegrationPlan::Refused(reason) => {
            Err(Cause::Configuration(ConfigurationError::NotExecutable(reason.to_string())))
        }
        IntegrationPlan::Mock(_) => Err(Cause::Internal("a MOCK is called".to_owned())),
    }
}

/// A call of a function that gets the whole request.
fn call_with_event(
    engine: &Engine,
    routed: &Routed<'_>,
    caller: &Caller,
    body: EventBody<'_>,
    record: &Record,
) -> Result<Call, Cause> {
    let IntegrationPlan::LambdaProxy(plan) = &routed.method.integration else {
        return Err(Cause::Internal("an event for what is no function".to_owned()));
    };
    integration::lambda_proxy::request(engine, routed, caller, plan, body, record).map(Call::LambdaProxy)
}

/// A MOCK's status: of static templates it is known beforehand.
fn mock(plan: &MockPlan, body: &MappedBody<'_>) -> Result<i32, Cause> {
    let status = match body {
        MappedBody::Static(_, place) => plan.statuses.get(*place).copied().flatten(),
        MappedBody::Ready(text) => integration::mock::status(text),
        _ => None,
    };
    status.ok_or(Cause::Configuration(ConfigurationError::MockStatusCode))
}
