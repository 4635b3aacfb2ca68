//! The invoke permissions that declared APIs need on declared functions, as SAM adds them: one visible statement for
//! each method that calls a function, and none for anything else.
//!
//! In: the APIs as they will be. Out: function policies.

use std::collections::BTreeMap;

use stagedoor_base::FunctionArn;
use stagedoor_model::{
    ApiTree, FunctionPolicy, FunctionTree, HttpMethod, Integration, Map, PolicyStatement, Resource,
};
use stagedoor_store::Change;

use super::Declaration;
use super::api::Plan;
use crate::ApiError;
use crate::context::Context;

/// Function name → qualifier → statements.
type Grants = BTreeMap<String, BTreeMap<Option<String>, Vec<PolicyStatement>>>;

pub(super) fn grant(ctx: &Context, declaration: &Declaration, plans: &[Plan]) -> Result<(), ApiError> {
    let mut grants = Grants::new();
    for (declared, plan) in declaration.apis.iter().zip(plans) {
        collect(ctx, &plan.tree, &declared.variables, &mut grants);
    }
    for function in &declaration.functions {
        put(ctx, &function.name, grants.remove(&function.name).unwrap_or_default())?;
    }
    Ok(())
}

fn collect(ctx: &Context, tree: &ApiTree, variables: &Map<String>, grants: &mut Grants) {
    for resource in tree.resources.values() {
        for method in resource.methods.values() {
            let called = method.integration.as_ref().and_then(|integration| called(integration, variables));
            let Some(arn) = called.filter(|arn| arn.scope == ctx.scope) else { continue };
            let statement = statement(ctx, tree, resource, method.http_method);
            grants.entry(arn.name).or_default().entry(arn.qualifier).or_default().push(statement);
        }
    }
}

/// The function that an integration calls on the declared stage.
fn called(integration: &Integration, variables: &Map<String>) -> Option<FunctionArn> {
    let mut uri = integration.uri.clone()?;
    for (name, value) in variables {
        uri = uri.replace(&format!("${{stageVariables.{name}}}"), value);
    }
    let (_, path) = uri.split_once(":lambda:path/")?;
    let form = |date: &str, operation: &str| path.strip_prefix(date)?.strip_suffix(operation);
    let function = form("2015-03-31/functions/", "/invocations")
        .or_else(|| form("2021-11-15/functions/", "/response-streaming-invocations"))?;
    FunctionArn::parse(function).ok()
}

fn statement(ctx: &Context, tree: &ApiTree, resource: &Resource, verb: HttpMethod) -> PolicyStatement {
    let scope = &ctx.scope;
    let api = &tree.api.id;
    let method = if verb == HttpMethod::Any { "*" } else { verb.as_str() };
    let path = wildcards(&resource.path);
    PolicyStatement {
        sid: format!("declared-{api}-{}-{verb}", resource.id),
        principal: "apigateway.amazonaws.com".to_owned(),
        action: "lambda:InvokeFunction".to_owned(),
        source_arn: Some(format!(
            "arn:aws:execute-api:{}:{}:{api}/*/{method}{path}",
            scope.region, scope.account
        )),
        source_account: None,
    }
}

/// A resource path with `*` for each variable.
fn wildcards(path: &str) -> String {
    let segment = |segment: &str| if segment.starts_with('{') { "*".to_owned() } else { segment.to_owned() };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

fn put(
    ctx: &Context,
    name: &str,
    wanted: BTreeMap<Option<String>, Vec<PolicyStatement>>,
) -> Result<(), ApiError> {
    ctx.retrying(|| {
        let Some(found) = ctx.store.function(&ctx.scope, name)? else { return Ok(()) };
        let mut after = found.value.clone();
        after.policies = policies(ctx, &found.value, &wanted);
        if after == found.value {
            return Ok(());
        }
        let change = Change::between_functions(&ctx.scope, &found.value, &after);
        ctx.commit(change.expecting(found.revision))
    })
}

/// Policies with these statements; one that says the same already stays as it is.
fn policies(
    ctx: &Context,
    function: &FunctionTree,
    wanted: &BTreeMap<Option<String>, Vec<PolicyStatement>>,
) -> BTreeMap<Option<String>, FunctionPolicy> {
    let policy = |qualifier: &Option<String>, statements: &Vec<PolicyStatement>| {
        let known = function.policies.get(qualifier).filter(|known| known.statements == *statements);
        known.cloned().unwrap_or_else(|| FunctionPolicy {
            function: function.function.name.clone(),
            qualifier: qualifier.clone(),
            statements: statements.clone(),
            revision_id: ctx.new_uuid(),
        })
    };
    wanted.iter().map(|(qualifier, list)| (qualifier.clone(), policy(qualifier, list))).collect()
}
