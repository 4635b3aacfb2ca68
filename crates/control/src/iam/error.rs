//! Refusals of IAM in AWS's names and words.

use stagedoor_model::IamKind;

use crate::ApiError;

/// A refusal with this name.
pub(crate) fn failure(status: u16, code: &'static str, message: impl Into<String>) -> ApiError {
    ApiError::Iam { status, code, message: message.into() }
}

/// 404: nothing has this name.
pub(crate) fn no_such(kind: IamKind, name: &str) -> ApiError {
    failure(404, "NoSuchEntity", format!("The {} with name {name} cannot be found.", kind.as_str()))
}

/// 404 for a policy's ARN.
pub(super) fn no_such_policy(arn: &str) -> ApiError {
    failure(404, "NoSuchEntity", format!("Policy {arn} was not found."))
}

/// 409: the name is taken, maybe in another spelling.
pub(super) fn exists(kind: IamKind, name: &str) -> ApiError {
    let message = match kind {
        IamKind::User => format!("User with name {name} already exists."),
        IamKind::Group => format!("Group with name {name} already exists."),
        IamKind::Role => format!("Role with name {name} already exists."),
        IamKind::Policy => format!("A policy called {name} already exists. Duplicate names are not allowed."),
    };
    failure(409, "EntityAlreadyExists", message)
}

/// 409: something still belongs to the entity.
pub(super) fn conflict(first: &str) -> ApiError {
    failure(409, "DeleteConflict", format!("Cannot delete entity, must {first} first."))
}

/// 409: one more than a quota allows.
pub(super) fn quota(name: &str, limit: usize) -> ApiError {
    failure(409, "LimitExceeded", format!("Cannot exceed quota for {name}: {limit}"))
}

pub(super) fn invalid(message: impl Into<String>) -> ApiError {
    failure(400, "ValidationError", message)
}
