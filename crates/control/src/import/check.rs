//! Holds what a document defined to the rules of the single operations.
//!
//! In: an API and the methods that a document defined. Out: the operations' own sentences, each with the action, verb
//! and path in front.

use stagedoor_model::{ApiTree, Method, Resource};
use stagedoor_openapi::{AppliedMethod, ImportError, Place};

use crate::context::Context;
use crate::integration::Rules;
use crate::{
    ApiError, gateway_response, integration, integration_response, method, method_response, model, rest_api,
};

/// Everything that is wrong.
pub(super) fn problems(ctx: &Context, tree: &ApiTree, methods: &[AppliedMethod]) -> Vec<ImportError> {
    let mut messages = of_api(ctx, tree);
    for defined in methods {
        let Some(resource) = tree.resources.get(&defined.resource_id) else { continue };
        let Some(method) = resource.methods.get(&defined.http_method) else { continue };
        messages.extend(of_method(ctx, tree, resource, method).map(|message| (message, defined.place)));
    }
    messages.into_iter().map(|(message, place)| ImportError { message, place }).collect()
}

fn of_api(ctx: &Context, tree: &ApiTree) -> Vec<(String, Place)> {
    let start = Place { line: 1, column: 1 };
    let models = tree.models.values().filter_map(|model| {
        let error = model::checked_schema(model.schema.as_deref()).err()?;
        Some(format!("Unable to create model for '{}': {error}", model.name))
    });
    let responses = tree.gateway_responses.values().filter_map(|response| {
        let error = gateway_response::check(response).err()?;
        Some(format!("Unable to put gateway response '{}': {error}", response.response_type))
    });
    let settings = rest_api::check(ctx, &tree.api).err().map(|error| error.to_string());
    let total = model::check_total(tree, &ctx.limits).err().map(|error| error.to_string());
    settings.into_iter().chain(total).chain(models).chain(responses).map(|message| (message, start)).collect()
}

/// The first rule that a method or a part of it breaks; a part's sentence names the action that would have made it.
fn of_method(ctx: &Context, tree: &ApiTree, resource: &Resource, method: &Method) -> Option<String> {
    let verb = method.http_method;
    let wrap = |action: &str, error: &ApiError| {
        format!("Unable to {action} on '{verb}' for resource at path '{}': {error}", resource.path)
    };
    if let Err(error) = method::validate(method, tree) {
        return Some(wrap("put method", &error));
    }
    for response in method.responses.values() {
        if let Err(error) = method_response::validate(response, tree) {
            return Some(wrap("put method response", &error));
        }
    }
    let given = method.integration.as_ref()?;
    if let Err(error) = integration::validate(given, method, Rules::of(ctx)) {
        return Some(wrap("put integration", &error));
    }
    for response in given.responses.values() {
        let rules = (&given.responses, ctx.limits.template_bytes);
        if let Err(error) = integration_response::validate(response, method, rules.0, rules.1) {
            return Some(wrap("put integration response", &error));
        }
    }
    None
}
