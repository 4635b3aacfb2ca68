//! Step 9: the client's reply from the integration's answer.

use bytes::Bytes;
use http::HeaderValue;
use http::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE};
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_program::{
    BodyTemplate, IntegrationPlan, NoSelection, Overrides, Record, ResponseMap, ResponsePlan, ResponseValue,
    response_header,
};

use super::map_parameters::{TOO_MANY_HEADERS, texts};
use super::{Answer, Reply, Routed, reply_headers};
use crate::content::{Content, ReplyConversion};
use crate::evaluate::{Extracted, Extraction, Sources};
use crate::integration::{http_proxy, lambda_proxy};
use crate::made_values::{MOST_HEADERS, header_value};
use crate::template::{Rendering, Side};
use crate::{Engine, HeaderList};

/// A reply, or what has to be done for one first. That is on the heap, so that the future of other calls stays small.
pub(crate) enum Mapped<'p> {
    Reply(Reply),
    Later(Box<Later<'p>>),
}

/// A reply that takes longer.
pub(crate) enum Later<'p> {
    /// The answer is too large for the data core to look into.
    Extract(Box<Extraction>, Answer),
    Render(Pending<'p>),
}

/// A reply whose body is still to be rendered.
pub(crate) struct Pending<'p> {
    plan: &'p ResponsePlan,
    headers: HeaderList,
    rendering: Box<Rendering>,
    conversion: ReplyConversion,
}

/// The answer of an integration whose responses are mapped.
struct Custom<'a> {
    /// What selection patterns are tried on.
    selector: &'a str,
    /// For the log.
    status: i32,
    /// None: it has none, like a MOCK.
    headers: Option<&'a HeaderList>,
    /// None: there is none at all, as of a MOCK.
    body: Option<Bytes>,
    /// Still in the coding that `Content-Encoding` names: nothing may convert it.
    encoded: bool,
}

pub(crate) fn map_response<'p>(
    routed: &Routed<'p>,
    answer: Answer,
    record: &Record,
) -> Result<Mapped<'p>, Cause> {
    match extraction(routed, &answer) {
        Some(extraction) => Ok(Mapped::Later(Box::new(Later::Extract(extraction, answer)))),
        None => with_extracted(routed, answer, Extracted::default(), record),
    }
}

fn with_extracted<'p>(
    routed: &Routed<'p>,
    answer: Answer,
    extracted: Extracted,
    record: &Record,
) -> Result<Mapped<'p>, Cause> {
    let mut digits = [0; 11];
    match answer {
        Answer::Mock(status) => {
            let selector = decimal(status, &mut digits);
            let custom = Custom { selector, status, headers: None, body: None, encoded: false };
            mapped(routed, custom, extracted, record)
        }
        Answer::Http { status, headers, body, encoded } => {
            let status = i32::from(status);
            let selector = decimal(status, &mut digits);
            let (headers, body) = (Some(&headers), Some(body));
            let custom = Custom { selector, status, headers, body, encoded };
            mapped(routed, custom, extracted, record)
        }
        Answer::Lambda(answer) => {
            let (selector, body) = (answer.error_message.as_str(), Some(answer.payload));
            let headers = Some(&answer.headers);
            let custom = Custom { selector, status: answer.status.into(), headers, body, encoded: false };
            mapped(routed, custom, extracted, record)
        }
        Answer::HttpProxy { status, headers, body, encoded } => {
            http_proxy::reply(routed, status, headers, body, encoded, record).map(Mapped::Reply)
        }
        Answer::LambdaProxy(reply) => lambda_proxy::reply(reply, record).map(Mapped::Reply),
        Answer::Streamed(streamed) => Ok(Mapped::Reply(streamed.reply())),
    }
}

impl Later<'_> {
    /// The whole reply.
    pub(crate) async fn finish(
        self: Box<Self>,
        engine: &Engine,
        routed: &Routed<'_>,
        record: &mut Record,
    ) -> Result<Reply, Cause> {
        match *self {
            Self::Render(pending) => pending.finish(engine, record).await,
            Self::Extract(extraction, answer) => {
                let extracted = extraction.run(engine).await?;
                match with_extracted(routed, answer, extracted, record)? {
                    Mapped::Reply(reply) => Ok(reply),
                    Mapped::Later(later) => Box::pin(later.finish(engine, routed, record)).await,
                }
            }
        }
    }
}

impl Pending<'_> {
    async fn finish(self, engine: &Engine, record: &mut Record) -> Result<Reply, Cause> {
        let body = self.rendering.run(engine, record).await?;
        let body = self.conversion.after_template(Content { body, binary: false })?;
        let reply = Reply { status: self.plan.status, headers: self.headers, body: body.into() };
        overridden(self.plan, reply, record)
    }
}

/// What mappings read of a reply that is too large for the data core.
fn extraction(routed: &Routed<'_>, answer: &Answer) -> Option<Box<Extraction>> {
    let body = match answer {
        Answer::Http { body, .. } => body,
        Answer::Lambda(answer) => &answer.payload,
        _ => return None,
    };
    let mappings = responses(&routed.method.integration).ok()?.entries.iter().flat_map(|plan| &plan.headers);
    let expressions = mappings.filter_map(|mapping| match &mapping.value {
        ResponseValue::Mapped(expression) => Some(expression),
        ResponseValue::Static(_) => None,
    });
    Extraction::of(body, expressions)
}

/// The integration responses of the method's integration.
fn responses(integration: &IntegrationPlan) -> Result<&ResponseMap, Cause> {
    match integration {
        IntegrationPlan::Mock(plan) => Ok(&plan.responses),
        IntegrationPlan::Http(plan) => Ok(&plan.responses),
        IntegrationPlan::Aws(plan) => Ok(&plan.responses),
        IntegrationPlan::Lambda(plan) => Ok(&plan.responses),
        IntegrationPlan::HttpProxy(_) | IntegrationPlan::LambdaProxy(_) | IntegrationPlan::Refused(_) => {
            Err(Cause::Internal("the answer is not of the method's integration".to_owned()))
        }
    }
}

/// A custom integration's answer through the integration response that fits.
fn mapped<'p>(
    routed: &Routed<'p>,
    answer: Custom<'_>,
    extracted: Extracted,
    record: &Record,
) -> Result<Mapped<'p>, Cause> {
    static NOTHING: Bytes = Bytes::new();
    let plan = select(responses(&routed.method.integration)?, answer.selector, answer.status)?;
    let body = answer.body.as_ref().unwrap_or(&NOTHING);
    let sources = Sources::of_reply(record, &routed.program.stage, answer.headers, body).with(extracted);
    let mut headers = mapped_headers(plan, &sources)?;
    let accept = record.head.header(ACCEPT);
    let template = plan.template(accept);
    if let Some((media_type, _)) = template {
        headers.push_missing(CONTENT_TYPE, media_type);
    }
    let conversion = conversion(routed, plan, &answer, accept);
    match template {
        None | Some((_, BodyTemplate::Passthrough)) => {
            let body = untemplated(answer, conversion, &mut headers)?;
            let reply = Reply { status: plan.status, headers, body: body.into() };
            overridden(plan, reply, record).map(Mapped::Reply)
        }
        Some((media_type, template)) => {
            templated(plan, (media_type.as_bytes(), template), answer, conversion, headers, record)
        }
    }
}

fn conversion(
    routed: &Routed<'_>,
    plan: &ResponsePlan,
    answer: &Custom<'_>,
    accept: Option<&str>,
) -> ReplyConversion {
    let types = &routed.program.deployment.binary_types;
    let payload = match (answer.headers, &answer.body) {
        (Some(headers), _) => headers.get(&CONTENT_TYPE).and_then(|value| value.to_str().ok()),
        // Functions answer with JSON.
        (None, Some(_)) => Some("application/json"),
        (None, None) => None,
    };
    ReplyConversion {
        payload_binary: types.matches(payload),
        accepts_binary: types.matches(accept),
        handling: plan.content_handling,
    }
}

/// The body as the backend sent it. A MOCK has none of its own.
fn untemplated(
    answer: Custom<'_>,
    conversion: ReplyConversion,
    headers: &mut HeaderList,
) -> Result<Bytes, Cause> {
    let Some(body) = answer.body else { return Ok(Bytes::new()) };
    if !answer.encoded {
        return conversion.convert(body);
    }
    if let Some(backend) = answer.headers {
        keep_coding(backend, headers);
    }
    Ok(body)
}

fn templated<'p>(
    plan: &'p ResponsePlan,
    (chosen_by, template): (&[u8], &BodyTemplate),
    answer: Custom<'_>,
    conversion: ReplyConversion,
    headers: HeaderList,
    record: &Record,
) -> Result<Mapped<'p>, Cause> {
    let content = conversion.before_template(answer.body.unwrap_or_default());
    // AWS cannot render a template over bytes.
    if content.binary || answer.encoded {
        let reason = "a template cannot read a binary body; contentHandling CONVERT_TO_TEXT makes it base64";
        return Err(Side::Response.failure(reason));
    }
    let body = match template {
        BodyTemplate::Vtl(template) => {
            let rendering = Rendering::new(Side::Response, template, content.body);
            let rendering = Box::new(rendering.chosen_by(chosen_by, record));
            let pending = Pending { plan, headers, rendering, conversion };
            return Ok(Mapped::Later(Box::new(Later::Render(pending))));
        }
        BodyTemplate::Static(text) => text.clone(),
        BodyTemplate::Broken(reason) => return Err(Side::Response.failure(&**reason)),
        BodyTemplate::Passthrough => content.body,
    };
    let body = conversion.after_template(Content { body, binary: false })?;
    let reply = Reply { status: plan.status, headers, body: body.into() };
    overridden(plan, reply, record).map(Mapped::Reply)
}

fn select<'m>(responses: &'m ResponseMap, selector: &str, status: i32) -> Result<&'m ResponsePlan, Cause> {
    let plan = responses.select(selector).map_err(|none| {
        Cause::Configuration(match none {
            NoSelection::NoMatch => ConfigurationError::NoOutputMapping(status),
            NoSelection::BrokenPattern(reason) => ConfigurationError::NotExecutable(reason.to_string()),
        })
    })?;
    if !plan.declared {
        let error = ConfigurationError::InvalidMethodResponse(plan.status.to_string());
        return Err(Cause::Configuration(error));
    }
    Ok(plan)
}

fn decimal(number: i32, digits: &mut [u8; 11]) -> &str {
    let (mut start, mut left) = (digits.len(), number.unsigned_abs());
    loop {
        start -= 1;
        digits[start] = b'0' + u8::try_from(left % 10).unwrap_or(0);
        left /= 10;
        if left == 0 {
            break;
        }
    }
    if number < 0 {
        start -= 1;
        digits[start] = b'-';
    }
    std::str::from_utf8(&digits[start..]).unwrap_or_default()
}

fn mapped_headers(plan: &ResponsePlan, sources: &Sources<'_>) -> Result<HeaderList, Cause> {
    let mut headers = reply_headers(plan.headers.len().min(MOST_HEADERS));
    for mapping in plan.headers.iter().take(MOST_HEADERS) {
        let value = match &mapping.value {
            ResponseValue::Static(value) => Some(value.clone()),
            ResponseValue::Mapped(expression) => match sources.value(expression)? {
                Some(value) => made(&value)?,
                None => None,
            },
        };
        if let Some(value) = value {
            headers.push(mapping.name.clone(), value);
        }
    }
    Ok(headers)
}

fn made(text: &str) -> Result<Option<HeaderValue>, Cause> {
    header_value(text).map_err(|reason| Side::Response.failure(reason))
}

/// An encoded body is of no use without the header that says so, mapped or not.
fn keep_coding(backend: &HeaderList, headers: &mut HeaderList) {
    headers.remove(&CONTENT_ENCODING);
    for coding in backend.get_all(&CONTENT_ENCODING) {
        headers.push(CONTENT_ENCODING, coding.clone());
    }
}

/// A reply with what templates set over it.
fn overridden(plan: &ResponsePlan, mut reply: Reply, record: &Record) -> Result<Reply, Cause> {
    let Some(overrides) = &record.overrides else { return Ok(reply) };
    reply.status = overrides.status().unwrap_or(reply.status);
    override_headers(plan, &mut reply.headers, overrides)?;
    Ok(reply)
}

/// AWS keeps a mapped header that is spelled in another way beside the override.
fn override_headers(
    plan: &ResponsePlan,
    headers: &mut HeaderList,
    overrides: &Overrides,
) -> Result<(), Cause> {
    for (name, value) in overrides.response_headers() {
        let Some(header) = response_header(name) else { continue };
        let beside = plan.headers.iter().any(|mapping| mapping.name == header && *mapping.spelled != *name);
        if !beside {
            headers.remove(&header);
        }
        let texts = texts(value);
        // A list may come from the client's body.
        if headers.len() + texts.len() > MOST_HEADERS {
            return Err(Side::Response.failure(TOO_MANY_HEADERS));
        }
        for text in texts {
            if let Some(value) = made(&text)? {
                headers.push(header.clone(), value);
            }
        }
    }
    Ok(())
}
