//! Holds what a document defined to the rules of the single operations.
//!
//! In: an API, and what a document defined of it, where. Out: the operations' own sentences, each with the action and what
//! it was about in front.

use std::collections::BTreeMap;

use stagedoor_base::ResourceId;
use stagedoor_model::{ApiTree, HttpMethod, Integration, IntegrationResponse, Method, Resource};
use stagedoor_openapi::{AppliedMethod, Element, ImportError, Place};

use crate::context::Context;
use crate::deployment::{NO_INTEGRATION, NO_METHODS};
use crate::integration::{Rules, mapping};
use crate::{
    ApiError, authorizer, documentation_part, gateway_response, integration, integration_response, method,
    method_response, model, rest_api,
};

/// Everything that is wrong.
pub(super) fn problems(
    ctx: &Context,
    tree: &ApiTree,
    methods: &[AppliedMethod],
    places: &BTreeMap<Element, Place>,
) -> Vec<ImportError> {
    let mut checking = Checking { ctx, tree, places, found: Vec::new() };
    checking.api();
    checking.entities();
    methods.iter().for_each(|defined| checking.method(defined));
    checking.found
}

/// What keeps an API from being deployed, each method by its name, where CreateDeployment says only that there is one.
pub(super) fn undeployable(tree: &ApiTree, methods: &[AppliedMethod]) -> Vec<ImportError> {
    let at = |id: &ResourceId, verb: HttpMethod| {
        let defined = methods.iter().find(|it| it.resource_id == *id && it.http_method == verb);
        defined.map_or(Place::START, |it| it.place)
    };
    let all = tree.resources.values().flat_map(|resource| {
        resource
            .methods
            .values()
            .map(move |method| (resource, method))
            .filter(|(_, it)| it.integration.is_none())
    });
    let mut found: Vec<ImportError> = all
        .map(|(resource, method)| ImportError {
            message: format!(
                "{NO_INTEGRATION} '{}' for resource at path '{}'",
                method.http_method, resource.path
            ),
            place: at(&resource.id, method.http_method),
        })
        .collect();
    found.sort_by_key(|error| error.place);
    if tree.resources.values().all(|resource| resource.methods.is_empty()) {
        found.push(ImportError { message: NO_METHODS.to_owned(), place: Place::START });
    }
    found
}

/// The rules at work.
struct Checking<'c> {
    ctx: &'c Context,
    tree: &'c ApiTree,
    places: &'c BTreeMap<Element, Place>,
    found: Vec<ImportError>,
}

impl Checking<'_> {
    fn say(&mut self, place: Place, message: String) {
        self.found.push(ImportError { message, place });
    }

    fn place(&self, element: &Element) -> Place {
        self.places.get(element).copied().unwrap_or(Place::START)
    }

    fn api(&mut self) {
        let parts = self.tree.documentation_parts.len();
        let settings = if self.places.contains_key(&Element::Policy) {
            Element::Policy
        } else {
            Element::SecurityPolicy
        };
        let checks = [
            (rest_api::check(self.ctx, &self.tree.api), self.place(&settings)),
            (model::check_total(self.tree, &self.ctx.limits), Place::START),
            (documentation_part::check_total(self.ctx, parts), Place::START),
            (authorizer::check_total(self.ctx, self.tree.authorizers.len()), Place::START),
        ];
        for (check, place) in checks {
            if let Err(error) = check {
                self.say(place, error.to_string());
            }
        }
    }

    fn entities(&mut self) {
        let tree = self.tree;
        for model in tree.models.values() {
            if let Err(error) = model::checked_schema(model.schema.as_deref()) {
                let place = self.place(&Element::Model(model.name.clone()));
                self.say(place, format!("Unable to create model for '{}': {error}", model.name));
            }
        }
        for response in tree.gateway_responses.values() {
            if let Err(error) = gateway_response::check(response) {
                let place = self.place(&Element::GatewayResponse(response.response_type));
                let message = format!("Unable to put gateway response '{}': {error}", response.response_type);
                self.say(place, message);
            }
        }
        for given in tree.authorizers.values() {
            if let Err(error) = authorizer::check(given, &self.ctx.scope.account) {
                let place = self.place(&Element::Authorizer(given.name.clone()));
                self.say(place, format!("Unable to create authorizer '{}': {error}", given.name));
            }
        }
    }

    /// The first rule that a method or a part of it breaks.
    fn method(&mut self, defined: &AppliedMethod) {
        let Some(resource) = self.tree.resources.get(&defined.resource_id) else { return };
        let Some(method) = resource.methods.get(&defined.http_method) else { return };
        if let Err((action, place, error)) = self.broken_rule(defined, method) {
            self.say(place, wrapped(action, resource, method, &error));
        }
    }

    /// The action that would have made the wrong part, its place, and the operation's refusal.
    fn broken_rule(
        &self,
        defined: &AppliedMethod,
        method: &Method,
    ) -> Result<(), (&'static str, Place, ApiError)> {
        let at = defined.place;
        let at_parameter = || {
            let mut places = defined.parameters.iter();
            places.find(|(key, _)| !mapping::is_method_parameter(key)).map(|(_, place)| *place)
        };
        method::validate(method, self.tree)
            .map_err(|error| ("put method", at_parameter().unwrap_or(at), error))?;
        for response in method.responses.values() {
            method_response::validate(response, self.tree)
                .map_err(|error| ("put method response", at, error))?;
        }
        let Some(given) = &method.integration else { return Ok(()) };
        let at = defined.integration.unwrap_or(at);
        integration::validate(given, method, Rules::of(self.ctx))
            .map_err(|error| ("put integration", at, error))?;
        for response in given.responses.values() {
            let at = defined.integration_responses.get(&response.status).copied().unwrap_or(at);
            self.integration_response(response, given, method)
                .map_err(|error| ("put integration response", at, error))?;
        }
        Ok(())
    }

    /// The console writes responses of proxies without a method response, and its exports are to be imported again.
    fn integration_response(
        &self,
        response: &IntegrationResponse,
        integration: &Integration,
        method: &Method,
    ) -> Result<(), ApiError> {
        let rules = self.ctx.limits.template_bytes;
        integration_response::validate(response, method, &integration.responses, rules)?;
        if integration.is_proxy() || method.responses.contains_key(&response.status) {
            return Ok(());
        }
        Err(method_response::unknown())
    }
}

fn wrapped(action: &str, resource: &Resource, method: &Method, error: &ApiError) -> String {
    format!(
        "Unable to {action} on '{}' for resource at path '{}': {error}",
        method.http_method, resource.path
    )
}
