//! Whether a caller may make a control call.
//!
//! In: a caller whose signature was right, and his call. Out: nothing, or the refusal in AWS's words. An account's root may
//! do everything in it; everybody else what his policies allow, and nothing when they cannot be evaluated. It must not know
//! what an operation does.

mod assume;
mod demand;
mod facts;
mod pass_role;

use std::sync::Arc;

use stagedoor_auth::policy::{
    Aws, AwsIdentity, Decision, Kind, Policies, Policy, Principal, Request, decide,
};
use stagedoor_base::{ApiId, StageName};
use stagedoor_model::{IamTree, Map};
use stagedoor_wire::{Matched, Operation};

pub(crate) use assume::{Assumption, may_assume, not_authorized_to_assume};
pub(crate) use demand::Demand;
use demand::{demanded, identity_tags};
use facts::{Facts, Given};
pub(crate) use pass_role::Passed;

use crate::caller::{Caller, Held, HeldPolicy, Who};
use crate::context::Context;
use crate::lambda::function_name;
use crate::{ApiError, ControlRequest, Source};

/// Refuses what the caller's policies do not allow. Says beside it what was asked for, where that is known.
pub(crate) fn authorize(
    ctx: &Context,
    matched: &Matched,
    request: &ControlRequest,
) -> Result<(Option<Demand>, Result<(), ApiError>), ApiError> {
    let identities = match matched.operation {
        Operation::Iam(_) => ctx.store.iam(&ctx.scope.account)?.value,
        _ => IamTree::default(),
    };
    let own = ctx.caller.arn();
    let mut demands = demanded(&ctx.scope, matched, request, &own, &identities);
    let given = Given::of(request, matched.operation);
    let tags = tags(ctx, matched, request, &identities)?;
    let facts = Facts::new(&given, ctx, request.source).about(request, tags);
    let allowed = demands.iter().try_for_each(|demand| permit(&ctx.caller, demand, &facts));
    Ok(((!demands.is_empty()).then(|| demands.swap_remove(0)), allowed))
}

/// Refuses a change that hands on a role which the caller may not pass.
pub(crate) fn pass_roles(ctx: &Context, source: Source, passed: &Passed) -> Result<(), ApiError> {
    if ctx.caller.policies.is_none() || passed.roles.is_empty() {
        return Ok(());
    }
    let identities = ctx.store.iam(&ctx.scope.account)?.value;
    let given = Given::passing(passed.service);
    passed.roles.iter().try_for_each(|arn| {
        let known = arn.rsplit('/').next().and_then(|name| identities.roles.get(name));
        let tags = known.map(|role| role.tags.clone()).unwrap_or_default();
        let facts = Facts::new(&given, ctx, source).tagged(tags);
        let demand = Demand { action: "iam:PassRole".to_owned(), resource: arn.clone() };
        permit(&ctx.caller, &demand, &facts)
    })
}

fn permit(caller: &Caller, demand: &Demand, facts: &Facts<'_>) -> Result<(), ApiError> {
    let Some(held) = &caller.policies else { return Ok(()) };
    let held = Compiled::of(held)?;
    as_principal(caller, |principal| {
        let Demand { action, resource } = demand;
        let request = Request { principal, action, resource, context: facts };
        match decide(&held.policies(), &request) {
            Decision::Allowed(_) => Ok(()),
            refusal => Err(ApiError::AccessDenied(sentence(&caller.arn(), demand, &refusal))),
        }
    })
}

/// A caller as policies see him.
fn as_principal<T>(caller: &Caller, ask: impl FnOnce(Principal<'_>) -> T) -> T {
    let (arn, role_arn, user_id) = (caller.arn(), caller.principal_arn(), caller.user_id());
    let tags: Vec<(String, String)> =
        caller.tags.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
    let identity = match &caller.who {
        Who::Root => AwsIdentity::Root,
        Who::User { name, .. } => AwsIdentity::User { name },
        Who::Role { .. } => AwsIdentity::Session { role_arn: &role_arn },
    };
    let principal = Principal::Aws(Aws {
        account: caller.account().as_str(),
        arn: &arn,
        identity,
        user_id: &user_id,
        tags: &tags,
        issued: caller.session_issued,
    });
    ask(principal)
}

/// A caller's policies, ready to be asked.
struct Compiled {
    identity: Vec<Arc<Policy>>,
    boundary: Option<Policy>,
    session: Option<Vec<Arc<Policy>>>,
}

impl Compiled {
    /// A policy that cannot be read might deny: nothing is allowed then.
    fn of(held: &Held) -> Result<Self, ApiError> {
        let all = |policies: &[HeldPolicy], kind| {
            policies
                .iter()
                .map(|policy| Ok(Arc::new(compiled(policy, kind)?)))
                .collect::<Result<Vec<_>, ApiError>>()
        };
        Ok(Self {
            identity: all(&held.identity, Kind::Identity)?,
            boundary: held.boundary.as_ref().map(|policy| compiled(policy, Kind::Boundary)).transpose()?,
            session: (!held.session.is_empty()).then(|| all(&held.session, Kind::Session)).transpose()?,
        })
    }

    fn policies(&self) -> Policies<'_> {
        Policies {
            identity: &self.identity,
            boundary: self.boundary.as_ref(),
            session: self.session.as_deref(),
            resource: None,
            unrestricted: false,
            same_account: true,
        }
    }
}

fn compiled(policy: &HeldPolicy, kind: Kind) -> Result<Policy, ApiError> {
    Policy::parse(&policy.document, kind).map(|it| it.named(&policy.name)).map_err(|error| {
        ApiError::AccessDenied(format!("The policy {} cannot be evaluated: {error}", policy.name))
    })
}

/// AWS's sentence for a refused call.
fn sentence(user: &str, demand: &Demand, refusal: &Decision<'_>) -> String {
    let Demand { action, resource } = demand;
    let because = match refusal {
        Decision::ExplicitDeny(which) => match which.source.as_str() {
            identity @ "identity-based policy" => format!("with an explicit deny in an {identity}"),
            other => format!("with an explicit deny in a {other}"),
        },
        Decision::ImplicitDeny(source) => {
            format!("because no {} allows the {action} action", source.as_str())
        }
        Decision::Allowed(_) => String::new(),
    };
    format!("User: {user} is not authorized to perform: {action} on resource: {resource} {because}")
}

/// The tags of the API, stage, API key, usage plan, function or identity that a call is about.
fn tags(
    ctx: &Context,
    matched: &Matched,
    request: &ControlRequest,
    identities: &IamTree,
) -> Result<Map<String>, ApiError> {
    let found = match matched.operation {
        Operation::ApiGateway(_) => match (matched.label("resource_arn"), matched.label("restapi_id")) {
            (Some(arn), _) => crate::tags::of(ctx, arn)?,
            (None, Some(api)) => tags_at(ctx, &ApiId::from(api), matched.label("stage_name"))?,
            (None, None) => metered_tags(ctx, matched)?,
        },
        Operation::Lambda(_) => {
            let text = matched.label("FunctionName").or_else(|| matched.label("Resource"));
            match text.and_then(|text| function_name(&ctx.scope, text)) {
                Some(name) => ctx.store.function(&ctx.scope, &name)?.map(|found| found.value.function.tags),
                None => None,
            }
        }
        Operation::Iam(op) => identity_tags(op.name(), request, (identities, &ctx.caller.tags)).cloned(),
        _ => None,
    };
    Ok(found.unwrap_or_default())
}

/// A key in a plan is the plan's.
fn metered_tags(ctx: &Context, matched: &Matched) -> Result<Option<Map<String>>, ApiError> {
    if let Some(plan) = matched.label("usageplanId") {
        return Ok(ctx.store.usage_plan(&ctx.scope, &plan.into())?.map(|found| found.value.tags));
    }
    let Some(key) = matched.label("api_Key") else { return Ok(None) };
    Ok(ctx.store.api_key(&ctx.scope, &key.into())?.map(|found| found.value.tags))
}

fn tags_at(ctx: &Context, api: &ApiId, stage: Option<&str>) -> Result<Option<Map<String>>, ApiError> {
    Ok(match stage.map(StageName::from) {
        Some(stage) => ctx.store.stage(&ctx.scope, api, &stage)?.map(|found| found.value.tags),
        None => ctx.store.api(&ctx.scope, api)?.map(|found| found.value.api.tags),
    })
}
