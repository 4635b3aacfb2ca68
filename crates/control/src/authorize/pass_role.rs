//! The roles that a change hands on to a service: whoever names one acts through it later, so he must be allowed to pass it.
//!
//! In: an entity before and after a change. Out: the roles that are used anew in it. It must not know who calls.

use std::collections::{BTreeMap, BTreeSet};

use stagedoor_model::{ApiTree, Authorizer, FunctionTree, Integration};

/// Roles of one entity, for one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passed {
    /// `iam:PassedToService`.
    pub(crate) service: &'static str,
    pub(crate) roles: BTreeSet<String>,
}

impl Passed {
    /// What integrations and authorizers of an API act through, where they are new or do something else than before:
    /// whoever says what is done with a role uses it.
    pub(crate) fn by_api(before: Option<&ApiTree>, after: &ApiTree) -> Self {
        let (was, is) = (before.map(uses_of_roles).unwrap_or_default(), uses_of_roles(after));
        let new = is.iter().filter(|(place, used)| was.get(place) != Some(used));
        Self::new("apigateway.amazonaws.com", new.map(|(_, (role, _))| (*role).to_owned()))
    }

    /// What a function runs as.
    pub(crate) fn by_function(before: Option<&FunctionTree>, after: &FunctionTree) -> Self {
        let role = |tree: &FunctionTree| tree.function.latest.configuration.role.clone();
        let (was, is) = (before.map(role), role(after));
        Self::new("lambda.amazonaws.com", Some(is).filter(|is| was.as_ref() != Some(is)))
    }

    pub(crate) fn to_gateway(role: Option<&String>) -> Self {
        Self::new("apigateway.amazonaws.com", role.cloned())
    }

    fn new(service: &'static str, roles: impl IntoIterator<Item = String>) -> Self {
        Self { service, roles: roles.into_iter().collect() }
    }
}

/// What acts through a role.
#[derive(PartialEq)]
enum User<'a> {
    Integration(&'a Integration),
    Authorizer(&'a Authorizer),
}

/// Place → (role, what uses it). Credentials that are no role, such as `arn:aws:iam::*:user/*`, hand nothing on: they are
/// the caller's own.
fn uses_of_roles(tree: &ApiTree) -> BTreeMap<(&str, &str), (&str, User<'_>)> {
    let methods = tree.resources.values().flat_map(|resource| {
        resource.methods.iter().map(move |(verb, method)| ((resource.id.as_str(), verb.as_str()), method))
    });
    let integrations = methods.filter_map(|(place, method)| {
        let integration = method.integration.as_ref()?;
        Some((place, (integration.credentials.as_deref()?, User::Integration(integration))))
    });
    let authorizers = tree.authorizers.iter().filter_map(|(id, authorizer)| {
        Some((
            ("authorizers", id.as_str()),
            (authorizer.credentials.as_deref()?, User::Authorizer(authorizer)),
        ))
    });
    integrations.chain(authorizers).filter(|(_, (role, _))| role.contains(":role/")).collect()
}
