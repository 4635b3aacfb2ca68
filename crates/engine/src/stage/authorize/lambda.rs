//! CUSTOM: a function says whom it lets in.
//!
//! In: a call. Out: the caller that the function names, once its policy and the API's admit this very call. An answer is kept for
//! the identity that it was given for, until a stored moment, and its policy is evaluated anew for each call.

use std::sync::Arc;
use std::time::Duration;

use stagedoor_base::{Cause, ConfigurationError, FunctionArn, Timestamp};
use stagedoor_program::{
    AuthorizerAsks, AuthorizerCall, AuthorizerContext, CallerFacts, Event, LambdaAuthorizer, Record,
    StepFacts,
};

use super::lambda_answer::Decision;
use super::lambda_identity::{Identity, identity};
use super::{Caller, admit};
use crate::access::{self, method_arn};
use crate::integration::event::{request_event, token_event};
use crate::integration::lambda_proxy::{admitted_as, error_message};
use crate::stage::Routed;
use crate::verified::For;
use crate::{Engine, FunctionEntry, InvokeFailure, InvokeReply, InvokeRequest, ids, request};

/// As long as an integration may take.
const TIMEOUT: Duration = Duration::from_secs(29);

/// The caller, where nobody needs to be asked. What the API's policy denies anyway is not worth a call of the function.
pub(super) fn authorize(
    engine: &Engine,
    authorizer: &Arc<LambdaAuthorizer>,
    routed: &Routed<'_>,
    record: &mut Record,
) -> Result<Option<Caller>, Cause> {
    access::screen(routed.program, record)?;
    let identity = identity(authorizer, record)?;
    if !identity.keeps {
        return Ok(None);
    }
    let whom = For { stage: &routed.program.stage, authorizer };
    let Some(decision) = engine.directory.decisions().get(whom, &identity.text, record.head.received) else {
        return Ok(None);
    };
    if record.trace.is_some() {
        let identity = identity.text.into_owned();
        engine.note(record, || Event::Authorizing { authorizer: Arc::clone(&authorizer.id), identity });
    }
    let kept = StepFacts { status: Some(200), latency: Some(Duration::ZERO), error: None };
    let call = AuthorizerCall { step: kept, ..AuthorizerCall::default() };
    decide(engine, &decision, call, routed, record).map(Some)
}

/// The caller, once the function has answered.
pub(super) async fn ask(
    engine: &Engine,
    authorizer: &Arc<LambdaAuthorizer>,
    routed: &Routed<'_>,
    record: &mut Record,
) -> Result<Caller, Cause> {
    request::begin_trace(record);
    let started = (engine.ports.elapsed)();
    let epoch = engine.directory.decisions().epoch();
    let mut call = AuthorizerCall::default();
    let told = tell(engine, authorizer, routed, record, &mut call).await;
    call.step.latency = Some((engine.ports.elapsed)().saturating_sub(started));
    match told {
        Ok(decision) => {
            call.step.status = Some(200);
            let decision = Arc::new(decision);
            keep(engine, authorizer, routed, record, &decision, epoch);
            decide(engine, &decision, call, routed, record)
        }
        Err(cause) => {
            (call.step.status, call.step.error) = shown(&cause);
            record.caller = Some(Box::new(CallerFacts { call: Some(call), ..CallerFacts::default() }));
            Err(cause)
        }
    }
}

/// What the function says, never what it said earlier, nor what its policy says of this call.
pub(super) async fn consult(
    engine: &Engine,
    authorizer: &LambdaAuthorizer,
    routed: &Routed<'_>,
    record: &mut Record,
) -> Result<(), Cause> {
    request::begin_trace(record);
    identity(authorizer, record)?;
    let mut call = AuthorizerCall::default();
    let decision = tell(engine, authorizer, routed, record, &mut call).await?;
    let principal = decision.context.principal_id.as_deref().unwrap_or_default().to_owned();
    engine.note(record, || Event::Known { principal, kept: false });
    let authorizer = Some(AuthorizerContext::Lambda(Arc::clone(&decision.context)));
    record.caller = Some(Box::new(CallerFacts { authorizer, call: Some(call), ..CallerFacts::default() }));
    Ok(())
}

fn shown(cause: &Cause) -> (Option<u16>, Option<std::borrow::Cow<'static, str>>) {
    match cause {
        Cause::Unauthorized(_) => (Some(401), Some("Unauthorized".into())),
        Cause::Authorizer { line, .. } => (Some(500), Some(line.to_string().into())),
        _ => (Some(500), None),
    }
}

/// The function's answer.
async fn tell(
    engine: &Engine,
    authorizer: &LambdaAuthorizer,
    routed: &Routed<'_>,
    record: &mut Record,
    call: &mut AuthorizerCall,
) -> Result<Decision, Cause> {
    let request = request(engine, authorizer, routed, record)?;
    call.request_id = Some(request.request_id.as_str().into());
    let started = (engine.ports.elapsed)();
    let reply = (engine.ports.invoke)(request).await;
    call.integration_latency = (engine.ports.elapsed)().saturating_sub(started);
    let reply = reply.map_err(|failure| failed(&failure))?;
    call.integration_status = Some(200);
    note_answer(engine, record, &reply, call.integration_latency);
    if reply.function_error {
        return Err(refused(&error_message(&reply.payload)));
    }
    Decision::parse(&reply.payload).map_err(|malformed| unclear(&malformed.line, &malformed.detail))
}

/// The invocation, once the function's policy admits the authorizer.
fn request(
    engine: &Engine,
    authorizer: &LambdaAuthorizer,
    routed: &Routed<'_>,
    record: &mut Record,
) -> Result<InvokeRequest, Cause> {
    let identity = identity(authorizer, record)?;
    let payload = event(authorizer, &identity, routed, record);
    let identity = record.trace.is_some().then(|| identity.text.into_owned());
    let (function, invoked) = function(engine, authorizer, routed, record)?;
    if let Some(identity) = identity {
        engine.note(record, || Event::Authorizing { authorizer: Arc::clone(&authorizer.id), identity });
        let (arn, payload) = (invoked.to_string(), payload.clone().into());
        engine.note(record, || Event::Asking { arn, payload });
    }
    Ok(InvokeRequest {
        version: function.choose().clone(),
        function,
        invoked,
        payload: payload.into(),
        request_id: String::from_utf8_lossy(&ids::uuid()).into_owned(),
        trace_id: record.trace_id.clone(),
        client_context: None,
        timeout: TIMEOUT,
    })
}

fn event(
    authorizer: &LambdaAuthorizer,
    identity: &Identity<'_>,
    routed: &Routed<'_>,
    record: &Record,
) -> Vec<u8> {
    let arn = method_arn(routed.program, record);
    match &authorizer.asks {
        AuthorizerAsks::Token { .. } => token_event(&arn, &identity.text),
        AuthorizerAsks::Request { .. } => request_event(routed, &arn, record),
    }
}

fn function(
    engine: &Engine,
    authorizer: &LambdaAuthorizer,
    routed: &Routed<'_>,
    record: &Record,
) -> Result<(Arc<FunctionEntry>, FunctionArn), Cause> {
    let deployment = &routed.program.deployment;
    let (scope, api) = (&deployment.scope, &deployment.api_id);
    let source =
        format!("arn:aws:execute-api:{}:{}:{api}/authorizers/{}", scope.region, scope.account, authorizer.id);
    let called = (&authorizer.function, authorizer.credentials.as_ref());
    admitted_as(engine, routed, &Caller::default(), called, &source, record).map_err(|cause| match cause {
        Cause::Configuration(ConfigurationError::FunctionPermission { add_permission }) => {
            let detail = format!("authorizer {}. Grant them with: {add_permission}", authorizer.name);
            unclear("Invalid permissions on Lambda function", &detail)
        }
        Cause::Configuration(ConfigurationError::InvalidFunction(arn)) => {
            unclear(ERROR, &format!("authorizer {}: there is no Lambda function {arn}", authorizer.name))
        }
        Cause::Configuration(ConfigurationError::InvokeDenied { who, function, reason }) => {
            let detail = format!("authorizer {}. {who} may not invoke {function}: {reason}", authorizer.name);
            unclear("Invalid permissions on Lambda function", &detail)
        }
        Cause::Configuration(
            ConfigurationError::RoleNotAssumable { role, reason }
            | ConfigurationError::NoRoleCredentials { role, reason },
        ) => unclear(ERROR, &format!("authorizer {} cannot be called as {role}: {reason}", authorizer.name)),
        other => other,
    })
}

const ERROR: &str = "Authorizer error";

fn unclear(line: &str, detail: &str) -> Cause {
    Cause::Authorizer { line: line.into(), detail: detail.into() }
}

fn failed(failure: &InvokeFailure) -> Cause {
    let detail = match failure {
        InvokeFailure::Timeout => format!("the function gave no answer within {} s", TIMEOUT.as_secs()),
        InvokeFailure::Throttled => "the function runs as often as it may".to_owned(),
        InvokeFailure::NotFound(arn) => format!("there is no Lambda function {arn}"),
        InvokeFailure::TooLarge => "the event exceeds Lambda's payload limit".to_owned(),
        InvokeFailure::Failed(reason) => reason.clone(),
    };
    unclear(ERROR, &detail)
}

/// A function that fails with exactly this word says that it does not know the caller.
fn refused(message: &str) -> Cause {
    match message {
        "Unauthorized" => Cause::Unauthorized("the authorizer's function says Unauthorized".into()),
        other => unclear(ERROR, &format!("the function failed: {other}")),
    }
}

fn note_answer(engine: &Engine, record: &mut Record, reply: &InvokeReply, latency: Duration) {
    engine.note(record, || Event::Told { payload: reply.payload.clone(), latency });
}

/// What was forgotten on demand while the function ran stays forgotten.
fn keep(
    engine: &Engine,
    authorizer: &Arc<LambdaAuthorizer>,
    routed: &Routed<'_>,
    record: &Record,
    decision: &Arc<Decision>,
    epoch: u64,
) {
    let (decisions, now) = (engine.directory.decisions(), record.head.received);
    let Ok(identity) = identity(authorizer, record) else { return };
    if identity.keeps && decisions.epoch() == epoch {
        let whom = For { stage: &routed.program.stage, authorizer };
        let took = (engine.ports.elapsed)().saturating_sub(record.head.started);
        let ttl = u64::try_from((took + authorizer.ttl).as_millis()).unwrap_or(u64::MAX);
        let until = Timestamp(now.0.saturating_add(ttl));
        decisions.keep(whom, &identity.text, until, decision, decision.bytes);
    }
}

/// Whether the answer, new or kept, lets this call in.
fn decide(
    engine: &Engine,
    decision: &Decision,
    call: AuthorizerCall,
    routed: &Routed<'_>,
    record: &mut Record,
) -> Result<Caller, Cause> {
    let principal = &decision.context.principal_id;
    let kept = call.request_id.is_none();
    engine.note(record, || Event::Known { principal: principal.as_deref().unwrap_or_default().into(), kept });
    let admitted = admit(routed, record, access::Identity::Authorizer(&decision.policy));
    // A refusal needs no name.
    let decided = match (admitted, principal) {
        (Ok(_), None) => Err(unclear(ERROR, "the answer has no principalId")),
        (admitted, _) => admitted,
    };
    let authorize = match &decided {
        Ok(_) => StepFacts { status: Some(200), ..StepFacts::default() },
        Err(Cause::AccessDenied { message, .. }) => {
            StepFacts { status: Some(403), error: Some(message.clone().into()), ..StepFacts::default() }
        }
        Err(_) => StepFacts { status: Some(500), ..StepFacts::default() },
    };
    let authorizer = Some(AuthorizerContext::Lambda(Arc::clone(&decision.context)));
    let call = Some(call);
    record.caller = Some(Box::new(CallerFacts { authorizer, authorize, call, ..CallerFacts::default() }));
    decided
}
