//! Permissions: the resource policy of a function, a version or an alias, statement by statement.

use stagedoor_model::{FunctionPolicy, FunctionTree, PolicyStatement};
use stagedoor_wire::lambda as wire;

use super::check_revision;
use super::function::LATEST;
use super::name::FunctionName;
use crate::ApiError;
use crate::context::Context;

pub(crate) fn add_permission(
    ctx: &Context,
    request: wire::AddPermissionRequest,
) -> Result<wire::AddPermissionResponse, ApiError> {
    let name = FunctionName::parse(&ctx.scope, &request.function_name, request.qualifier.as_deref())?;
    refuse_unsupported(&request)?;
    check_principal(&request.principal)?;
    let statement = PolicyStatement {
        sid: request.statement_id,
        principal: request.principal,
        action: request.action,
        source_arn: request.source_arn,
        source_account: request.source_account,
    };
    ctx.edit_function(&name, None, |tree| {
        check_target(tree, &name)?;
        let policy = tree.policies.entry(name.qualifier.clone()).or_insert_with(|| FunctionPolicy {
            function: name.name.clone(),
            qualifier: name.qualifier.clone(),
            statements: Vec::new(),
            revision_id: String::new(),
        });
        check_revision(request.revision_id.as_deref(), &policy.revision_id)?;
        if policy.statements.iter().any(|known| known.sid == statement.sid) {
            return Err(ApiError::conflict(format!(
                "The statement id ({}) provided already exists. Please provide a new statement id, or remove the \
                 existing statement.",
                statement.sid
            )));
        }
        policy.statements.push(statement.clone());
        policy.revision_id = ctx.new_uuid();
        Ok(())
    })?;
    Ok(wire::AddPermissionResponse { statement: Some(document(&statement, &name).to_string()) })
}

pub(crate) fn remove_permission(
    ctx: &Context,
    request: wire::RemovePermissionRequest,
) -> Result<(), ApiError> {
    let name = FunctionName::parse(&ctx.scope, &request.function_name, request.qualifier.as_deref())?;
    ctx.edit_function(&name, None, |tree| {
        let Some(policy) = tree.policies.get_mut(&name.qualifier) else {
            return Err(ApiError::not_found("No policy is associated with the given resource."));
        };
        check_revision(request.revision_id.as_deref(), &policy.revision_id)?;
        let before = policy.statements.len();
        policy.statements.retain(|statement| statement.sid != request.statement_id);
        if policy.statements.len() == before {
            return Err(ApiError::not_found(format!(
                "Statement {} is not found in resource policy.",
                request.statement_id
            )));
        }
        policy.revision_id = ctx.new_uuid();
        if policy.statements.is_empty() {
            tree.policies.remove(&name.qualifier);
        }
        Ok(())
    })
}

pub(crate) fn get_policy(
    ctx: &Context,
    request: wire::GetPolicyRequest,
) -> Result<wire::GetPolicyResponse, ApiError> {
    let name = FunctionName::parse(&ctx.scope, &request.function_name, request.qualifier.as_deref())?;
    let found = ctx.store.function(&ctx.scope, &name.name)?;
    let absent = || ApiError::not_found("The resource you requested does not exist.");
    let tree = found.ok_or_else(absent)?.value;
    let policy = tree.policies.get(&name.qualifier).ok_or_else(absent)?;
    let statements: Vec<_> = policy.statements.iter().map(|statement| document(statement, &name)).collect();
    let document = serde_json::json!({"Version": "2012-10-17", "Id": "default", "Statement": statements});
    Ok(wire::GetPolicyResponse {
        policy: Some(document.to_string()),
        revision_id: Some(policy.revision_id.clone()),
    })
}

/// A condition that is not kept would make the grant wider than it was meant.
fn refuse_unsupported(request: &wire::AddPermissionRequest) -> Result<(), ApiError> {
    let given = [
        ("FunctionUrlAuthType", request.function_url_auth_type.is_some()),
        ("InvokedViaFunctionUrl", request.invoked_via_function_url.is_some()),
        ("EventSourceToken", request.event_source_token.is_some()),
        ("PrincipalOrgID", request.principal_org_id.is_some()),
    ];
    match given.iter().find(|(_, given)| *given) {
        Some((member, _)) => Err(ApiError::bad_request(format!("{member} is not supported here."))),
        None => Ok(()),
    }
}

fn check_principal(principal: &str) -> Result<(), ApiError> {
    let known = principal == "*"
        || is_account(principal)
        || principal.starts_with("arn:")
        || principal.split('.').count() > 1 && !principal.ends_with('.');
    known.then_some(()).ok_or_else(|| {
        ApiError::bad_request("The provided principal was invalid. Please check the principal and try again.")
    })
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A policy hangs on the function, a published version or an alias.
fn check_target(tree: &FunctionTree, name: &FunctionName) -> Result<(), ApiError> {
    match name.qualifier.as_deref() {
        Some(LATEST) => {
            Err(ApiError::bad_request("We currently do not support adding policies for $LATEST."))
        }
        qualifier => tree.resolve(qualifier).map(|_| ()).ok_or_else(|| name.not_found()),
    }
}

/// The statement as IAM writes it.
fn document(statement: &PolicyStatement, name: &FunctionName) -> serde_json::Value {
    let principal = match statement.principal.as_str() {
        "*" => "*".into(),
        account if is_account(account) => {
            serde_json::json!({"AWS": format!("arn:aws:iam::{account}:root")})
        }
        arn if arn.starts_with("arn:") => serde_json::json!({"AWS": arn}),
        service => serde_json::json!({"Service": service}),
    };
    let mut document = serde_json::json!({
        "Sid": statement.sid,
        "Effect": "Allow",
        "Principal": principal,
        "Action": statement.action,
        "Resource": name.arn().to_string(),
    });
    let mut conditions = serde_json::Map::new();
    if let Some(arn) = &statement.source_arn {
        conditions.insert("ArnLike".to_owned(), serde_json::json!({"AWS:SourceArn": arn}));
    }
    if let Some(account) = &statement.source_account {
        conditions.insert("StringEquals".to_owned(), serde_json::json!({"AWS:SourceAccount": account}));
    }
    if !conditions.is_empty() {
        document["Condition"] = conditions.into();
    }
    document
}
