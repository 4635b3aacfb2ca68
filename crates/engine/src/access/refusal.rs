//! Refusals in AWS's words: the client reads whose kind of policy refuses, the owner's log which statement.

use stagedoor_auth::policy::{Decision, Source};
use stagedoor_base::Cause;

use super::{INVOKE, Identity, MethodArn};

/// The refusal of a decision that does not allow the call.
pub(super) fn refusal(
    identity: Identity<'_>,
    arn: &MethodArn,
    action: &str,
    decision: &Decision<'_>,
) -> Cause {
    let why = match decision {
        Decision::ExplicitDeny(which) => format!(" with an explicit deny in {}", article(which.source)),
        // AWS gives callers of Lambda authorizers no reason then.
        Decision::ImplicitDeny(_) if matches!(identity, Identity::Authorizer(_)) => String::new(),
        Decision::ImplicitDeny(source) => {
            format!(" because no {} allows the {action} action", source.as_str())
        }
        Decision::Allowed(_) => String::new(),
    };
    let by_api = matches!(decision, Decision::ExplicitDeny(which) if which.source == Source::Resource);
    let who = match identity {
        Identity::Authorizer(_) if !by_api => "User is not authorized to access this resource".to_owned(),
        Identity::Authorizer(_) | Identity::Anonymous => on("anonymous", arn, action),
        Identity::Signed(signed) => on(signed.principal.arn, arn, action),
    };
    Cause::AccessDenied { message: who + &why, reason: decision.to_string() }
}

/// The refusal of a caller whose policies cannot be read. AWS never stores such policies.
pub(super) fn unreadable(user: &str, arn: &MethodArn, reason: &str) -> Cause {
    Cause::AccessDenied { message: on(user, arn, INVOKE), reason: reason.to_owned() }
}

fn on(user: &str, arn: &MethodArn, action: &str) -> String {
    format!("User: {user} is not authorized to perform: {action} on resource: {}", arn.masked())
}

fn article(source: Source) -> String {
    let article = if source == Source::Identity { "an" } else { "a" };
    format!("{article} {}", source.as_str())
}
