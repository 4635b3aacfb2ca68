//! In whose name AWS is called: API Gateway's own, a role's, or that of whoever signed the call.
//!
//! In: what the definition names. Out: whether that identity is to be had, and whether it may invoke a function. What a role
//! may do at a service of AWS is that service's to say.

use std::sync::Arc;

use stagedoor_auth::policy::{
    Aws, AwsIdentity, Context, Decision, Outcome, Policies, Principal, Request, Value, decide,
};
use stagedoor_base::{Cause, ConfigurationError, FunctionArn, Timestamp};
use stagedoor_program::{Credentials, Record};

use super::uri_value::render;
use crate::access::Signed;
use crate::identities::{Holder, HolderKind, Signatory};
use crate::stage::{Caller, Routed};
use crate::{Engine, FunctionEntry};

const GATEWAY: &str = "apigateway.amazonaws.com";
const INVOKE: &str = "lambda:InvokeFunction";
/// What AWS calls the session in which it acts for a role.
const SESSION: &str = "BackplaneAssumeRoleSession";

/// What AWS says of a call that API Gateway makes in somebody's name.
struct Calling<'a> {
    now: Timestamp,
    account: &'a str,
    source: &'a str,
}

impl Context for Calling<'_> {
    fn get(&self, key: &str) -> Value<'_> {
        match key {
            "aws:currenttime" => Value::Time(self.now),
            "aws:epochtime" => i64::try_from(self.now.epoch_seconds()).map_or(Value::Unknown, Value::Number),
            "aws:securetransport" => Value::Bool(true),
            "aws:sourceaccount" => Value::Text(self.account),
            "aws:sourcearn" => Value::Text(self.source),
            // AWS's own addresses, which nobody here has.
            "aws:sourceip" | "aws:useragent" | "aws:vpcsourceip" | "aws:sourcevpc" | "aws:sourcevpce" => {
                Value::Unknown
            }
            _ => Value::Absent,
        }
    }
}

/// Whether the identity that a definition names may invoke a function, by its own policies or by the function's.
pub(crate) fn may_invoke(
    engine: &Engine,
    routed: &Routed<'_>,
    (caller, credentials): (&Caller, &Credentials),
    (entry, invoked): (&FunctionEntry, &FunctionArn),
    source: &str,
    record: &Record,
) -> Result<(), Cause> {
    let context = calling(routed, source, record);
    match credentials {
        Credentials::Caller => {
            let signer = signer(caller)?;
            let signed = signer.signed().map_err(|reason| unreadable(&signer.by.user_arn, &reason))?;
            invoke(&signed, (entry, invoked), &context)
        }
        Credentials::Role(arn) => {
            let arn = render(arn, &routed.program.stage);
            let role = engine.directory.identities().role(&arn).ok_or_else(|| unknown(&arn))?;
            trust(&role, &context)?;
            let name = format!("arn:aws:sts::{}:assumed-role/{}/{SESSION}", role.account, role.name);
            let user_id = format!("{}:{SESSION}", role.id);
            let signed = role.signed(Aws {
                account: &role.account,
                arn: &name,
                identity: AwsIdentity::Session { role_arn: &role.arn },
                user_id: &user_id,
                tags: &role.tags,
                issued: Some(record.head.received),
            });
            invoke(&signed.map_err(|reason| unreadable(&arn, &reason))?, (entry, invoked), &context)
        }
    }
}

/// Whoever signed the call.
pub(super) fn signer(caller: &Caller) -> Result<Arc<Signatory>, Cause> {
    caller.name().ok_or_else(|| {
        let reason = "nobody signed the call; the method's authorizationType has to be AWS_IAM".to_owned();
        let role = "arn:aws:iam::*:user/*".to_owned();
        Cause::Configuration(ConfigurationError::NoRoleCredentials { role, reason })
    })
}

/// Refuses a role that is kept here and does not trust API Gateway. Of others, AWS's STS is asked.
pub(super) fn check_trust(
    engine: &Engine,
    routed: &Routed<'_>,
    role: &str,
    source: &str,
    record: &Record,
) -> Result<(), Cause> {
    match engine.directory.identities().role(role) {
        Some(role) => trust(&role, &calling(routed, source, record)),
        None => Ok(()),
    }
}

fn calling<'a>(routed: &Routed<'a>, source: &'a str, record: &Record) -> Calling<'a> {
    let account = routed.program.deployment.scope.account.as_str();
    Calling { now: record.head.received, account, source }
}

fn trust(role: &Holder, context: &Calling<'_>) -> Result<(), Cause> {
    let refused = |reason: &str| {
        let role = role.arn.to_string();
        Cause::Configuration(ConfigurationError::RoleNotAssumable { role, reason: reason.to_owned() })
    };
    let HolderKind::Role { trust } = &role.kind else { return Err(refused("it is no role")) };
    let policy = trust.as_ref().map_err(|reason| refused(reason))?;
    let principal = Principal::Service(GATEWAY);
    let asked = Request { principal, action: "sts:AssumeRole", resource: &role.arn, context };
    match policy.evaluate(&asked) {
        Outcome::Allow(_) => Ok(()),
        Outcome::ExplicitDeny(_) | Outcome::NoMatch => {
            Err(refused("its trust policy does not let apigateway.amazonaws.com assume it"))
        }
    }
}

fn invoke(
    signed: &Signed<'_>,
    (entry, invoked): (&FunctionEntry, &FunctionArn),
    context: &Calling<'_>,
) -> Result<(), Cause> {
    let resource = invoked.to_string();
    let policies = Policies {
        identity: signed.identity,
        boundary: signed.boundary,
        session: signed.session,
        resource: Some(&entry.policy),
        unrestricted: signed.unrestricted,
        same_account: signed.principal.account == invoked.scope.account.as_str(),
    };
    let principal = Principal::Aws(signed.principal);
    let decision = decide(&policies, &Request { principal, action: INVOKE, resource: &resource, context });
    if let Decision::Allowed(_) = decision {
        return Ok(());
    }
    let who = signed.principal.arn.to_owned();
    Err(Cause::Configuration(ConfigurationError::InvokeDenied {
        who,
        function: resource,
        reason: decision.to_string(),
    }))
}

fn unknown(arn: &str) -> Cause {
    let reason = "there is no such role here".to_owned();
    Cause::Configuration(ConfigurationError::RoleNotAssumable { role: arn.to_owned(), reason })
}

fn unreadable(who: &str, reason: &str) -> Cause {
    let (role, reason) = (who.to_owned(), reason.to_owned());
    Cause::Configuration(ConfigurationError::NoRoleCredentials { role, reason })
}
