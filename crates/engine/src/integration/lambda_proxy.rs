//! AWS_PROXY: a function gets the whole request as an event and answers with the whole reply.

use std::sync::Arc;

use stagedoor_base::{Cause, ConfigurationError, ExecuteApiArn, FunctionArn};
use stagedoor_program::{Credentials, FunctionTarget, HttpMethod, LambdaPlan, Record};

use super::event::{EventBody, event};
use super::http_proxy::remap;
use super::in_name;
pub(crate) use super::proxy_reply::ProxyReply;
use super::uri_value::render;
use crate::content::decode;
use crate::stage::{Caller, Reply, Routed};
use crate::{Engine, FunctionEntry, HeaderList, InvokeFailure, InvokeReply, InvokeRequest, ids};

/// The invocation, once the function's policy admits it.
pub(crate) fn request(
    engine: &Engine,
    routed: &Routed<'_>,
    caller: &Caller,
    plan: &LambdaPlan,
    body: EventBody<'_>,
    record: &Record,
) -> Result<InvokeRequest, Cause> {
    if let Some(method) = &plan.wrong_method {
        return Err(Cause::Configuration(ConfigurationError::FunctionMethod(method.to_string())));
    }
    let (function, invoked) =
        admitted(engine, routed, caller, &plan.function, plan.credentials.as_ref(), record)?;
    Ok(InvokeRequest {
        version: function.choose().clone(),
        function,
        invoked,
        payload: event(routed, body, record).into(),
        request_id: String::from_utf8_lossy(&ids::uuid()).into_owned(),
        trace_id: record.trace_id.clone(),
        client_context: None,
        timeout: plan.timeout,
    })
}

/// The function that an integration names, once its policy admits the method, or the identity in whose name it is called may
/// invoke it.
pub(super) fn admitted(
    engine: &Engine,
    routed: &Routed<'_>,
    caller: &Caller,
    target: &FunctionTarget,
    credentials: Option<&Credentials>,
    record: &Record,
) -> Result<(Arc<FunctionEntry>, FunctionArn), Cause> {
    admitted_as(engine, routed, caller, (target, credentials), &source_arn(routed), record)
}

/// The function that a URI names, once its policy admits whoever this ARN names, or the identity in whose name it is called
/// may invoke it.
pub(crate) fn admitted_as(
    engine: &Engine,
    routed: &Routed<'_>,
    caller: &Caller,
    (target, credentials): (&FunctionTarget, Option<&Credentials>),
    source: &str,
    record: &Record,
) -> Result<(Arc<FunctionEntry>, FunctionArn), Cause> {
    let invoked = function(routed, target)?;
    let Some(entry) = engine.directory.function(&invoked) else {
        return Err(Cause::Configuration(ConfigurationError::InvalidFunction(invoked.to_string())));
    };
    if let Some(credentials) = credentials {
        in_name::may_invoke(engine, routed, (caller, credentials), (&entry, &invoked), source, record)?;
        return Ok((entry, invoked));
    }
    if !entry.admits(source, routed.program.deployment.scope.account.as_str()) {
        let add_permission = add_permission(&invoked, source);
        return Err(Cause::Configuration(ConfigurationError::FunctionPermission { add_permission }));
    }
    Ok((entry, invoked))
}

fn function(routed: &Routed<'_>, target: &FunctionTarget) -> Result<FunctionArn, Cause> {
    match target {
        FunctionTarget::Fixed(arn) => Ok(arn.clone()),
        FunctionTarget::Variable(uri) => {
            let text = render(uri, &routed.program.stage);
            FunctionArn::parse(&text)
                .map_err(|invalid| Cause::Configuration(ConfigurationError::InvalidFunction(invalid.0)))
        }
    }
}

/// The ARN that AWS presents to the function's policy: the method as defined, the resource with its braces.
pub(super) fn source_arn(routed: &Routed<'_>) -> String {
    let deployment = &routed.program.deployment;
    let method = match routed.method.verb {
        HttpMethod::Any => "*",
        verb => verb.as_str(),
    };
    let stage = &routed.program.stage.name;
    let (scope, api, path) = (&deployment.scope, &deployment.api_id, &*routed.resource.path);
    ExecuteApiArn { scope, api, stage, method, path }.to_string()
}

fn add_permission(function: &FunctionArn, source_arn: &str) -> String {
    let qualifier =
        function.qualifier.as_ref().map(|name| format!(" --qualifier {name}")).unwrap_or_default();
    format!(
        "aws lambda add-permission --region {} --function-name {}{qualifier} --statement-id apigateway --action lambda:InvokeFunction --principal apigateway.amazonaws.com --source-arn '{source_arn}'",
        function.scope.region, function.name
    )
}

/// What the invocation amounts to.
pub(crate) fn answer(
    invoked: Result<InvokeReply, InvokeFailure>,
    record: &mut Record,
) -> Result<ProxyReply, Cause> {
    let payload = payload(invoked, record)?;
    understood(ProxyReply::parse(&payload), record)
}

/// The same for a payload that takes the data core too long to read: base64 is decoded there, too.
pub(crate) async fn large_answer(
    engine: &Engine,
    invoked: Result<InvokeReply, InvokeFailure>,
    record: &mut Record,
) -> Result<ProxyReply, Cause> {
    let payload = payload(invoked, record)?;
    let (bytes, length) = (accepts_bytes(record), payload.len());
    let read = move || {
        let mut reply = ProxyReply::parse(&payload)?;
        if bytes && reply.base64 {
            // What is no base64 stays as it is, and is refused where it would have been decoded.
            if let Ok(body) = decode(&reply.body) {
                (reply.body, reply.base64) = (body, false);
            }
        }
        Ok(reply)
    };
    understood(engine.compute(length, read).await?, record)
}

/// The payload of an invocation that went well.
fn payload(invoked: Result<InvokeReply, InvokeFailure>, record: &mut Record) -> Result<bytes::Bytes, Cause> {
    let reply = invoked.map_err(cause)?;
    record.integration.service_status = Some(200);
    if reply.function_error {
        return Err(Cause::FunctionError(error_message(&reply.payload)));
    }
    Ok(reply.payload)
}

fn understood(reply: Result<ProxyReply, String>, record: &mut Record) -> Result<ProxyReply, Cause> {
    let reply = reply.map_err(Cause::MalformedProxyResponse)?;
    record.integration.status = Some(reply.status);
    Ok(reply)
}

/// Whether the client takes bytes for an answer.
fn accepts_bytes(record: &Record) -> bool {
    let accepted = record.head.header(http::header::ACCEPT);
    record.program.as_ref().is_some_and(|program| program.deployment.binary_types.matches(accepted))
}

pub(super) fn cause(failure: InvokeFailure) -> Cause {
    match failure {
        InvokeFailure::Timeout => Cause::IntegrationTimeout,
        InvokeFailure::Throttled => Cause::FunctionThrottled,
        InvokeFailure::NotFound(arn) => Cause::Configuration(ConfigurationError::InvalidFunction(arn)),
        InvokeFailure::TooLarge => Cause::Internal("the event exceeds Lambda's payload limit".to_owned()),
        InvokeFailure::Failed(reason) => Cause::Internal(reason),
    }
}

pub(crate) fn error_message(payload: &[u8]) -> String {
    let value: Option<serde_json::Value> = serde_json::from_slice(payload).ok();
    let message = value.as_ref().and_then(|value| value.get("errorMessage")?.as_str());
    message.map_or_else(|| String::from_utf8_lossy(payload).into_owned(), str::to_owned)
}

/// The reply to the client. Base64 is decoded only for clients that accept bytes.
pub(crate) fn reply(reply: ProxyReply, record: &Record) -> Result<Reply, Cause> {
    let body = if reply.base64 && accepts_bytes(record) { decode(&reply.body)? } else { reply.body };
    let mut headers = HeaderList::from(reply.headers);
    remap(&mut headers, false);
    Ok(Reply { status: reply.status, headers, body: body.into() })
}
