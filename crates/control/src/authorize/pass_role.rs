//! The roles that a change hands on to a service: whoever names one acts through it later, so he must be allowed to pass it.
//!
//! In: an entity before and after a change. Out: the roles that are new in it. It must not know who calls.

use std::collections::BTreeSet;

use stagedoor_model::{ApiTree, FunctionTree};

/// Roles of one entity, for one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passed {
    /// `iam:PassedToService`.
    pub(crate) service: &'static str,
    pub(crate) roles: BTreeSet<String>,
}

impl Passed {
    /// What integrations and authorizers of an API act through.
    pub(crate) fn by_api(before: Option<&ApiTree>, after: &ApiTree) -> Self {
        Self::new(
            "apigateway.amazonaws.com",
            before.map(roles_of_api).unwrap_or_default(),
            roles_of_api(after),
        )
    }

    /// What a function runs as.
    pub(crate) fn by_function(before: Option<&FunctionTree>, after: &FunctionTree) -> Self {
        Self::new("lambda.amazonaws.com", before.map(role_of).unwrap_or_default(), role_of(after))
    }

    pub(crate) fn to_gateway(role: Option<&String>) -> Self {
        Self::new("apigateway.amazonaws.com", BTreeSet::new(), role.into_iter().cloned().collect())
    }

    fn new(service: &'static str, before: BTreeSet<String>, after: BTreeSet<String>) -> Self {
        Self { service, roles: after.difference(&before).cloned().collect() }
    }
}

/// Credentials that are no role, such as `arn:aws:iam::*:user/*`, hand nothing on: they are the caller's own.
fn roles_of_api(tree: &ApiTree) -> BTreeSet<String> {
    let methods = tree.resources.values().flat_map(|resource| resource.methods.values());
    let integrations = methods.filter_map(|method| method.integration.as_ref()?.credentials.clone());
    let authorizers = tree.authorizers.values().filter_map(|authorizer| authorizer.credentials.clone());
    integrations.chain(authorizers).filter(|arn| arn.contains(":role/")).collect()
}

fn role_of(tree: &FunctionTree) -> BTreeSet<String> {
    BTreeSet::from([tree.function.latest.configuration.role.clone()])
}
