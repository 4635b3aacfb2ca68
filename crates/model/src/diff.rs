//! What differs between two APIs, in AWS's words.
//!
//! In: two trees, such as the one that a stage runs and the one that a deployment would freeze. Out: the elements that only
//! one of them has, and the fields that differ in those that both have. Elements are told apart by their names and paths,
//! never by ids. What a deployment does not freeze (documentation, tags) is not compared.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::{
    ApiTree, Authorizer, GatewayResponse, Integration, IntegrationResponse, Map, Method, MethodResponse,
    Model, RequestValidator, Resource, RestApi,
};

/// The kinds of elements, in the order in which they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ElementKind {
    Api,
    Model,
    RequestValidator,
    Authorizer,
    GatewayResponse,
    Resource,
    Method,
}

impl ElementKind {
    /// What it is called in lists.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Model => "model",
            Self::RequestValidator => "request validator",
            Self::Authorizer => "authorizer",
            Self::GatewayResponse => "gateway response",
            Self::Resource => "resource",
            Self::Method => "method",
        }
    }
}

/// An element of an API by its name or path; methods also have a verb.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Element {
    pub kind: ElementKind,
    /// Empty for the API itself.
    pub name: String,
    /// Empty for all but methods.
    pub verb: &'static str,
}

/// `method GET /pets`, `model Pet`, `api`.
impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.as_str())?;
        let words = [self.verb, &self.name].into_iter().filter(|word| !word.is_empty());
        words.into_iter().try_for_each(|word| write!(f, " {word}"))
    }
}

/// A field whose value differs; none where the field is not set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// AWS's name, with the names above it: `integration.requestTemplates.application/json`.
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// How an element differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Added,
    Removed,
    Changed(Vec<FieldChange>),
}

/// One element that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub element: Element,
    pub change: Change,
}

/// Everything that differs, by kind, name and verb.
#[must_use]
pub fn diff(before: &ApiTree, after: &ApiTree) -> Vec<Difference> {
    let (before, after) = (elements(before), elements(after));
    let all: BTreeSet<&Element> = before.keys().chain(after.keys()).collect();
    let difference = |element: &Element| {
        let change = match (before.get(element), after.get(element)) {
            (Some(before), Some(after)) if before == after => return None,
            (Some(before), Some(after)) => Change::Changed(field_changes(before, after)),
            (None, _) => Change::Added,
            (_, None) => Change::Removed,
        };
        Some(Difference { element: element.clone(), change })
    };
    all.into_iter().filter_map(difference).collect()
}

fn field_changes(before: &Fields, after: &Fields) -> Vec<FieldChange> {
    let fields: BTreeSet<&String> = before.0.keys().chain(after.0.keys()).collect();
    let change = |field: &String| FieldChange {
        field: field.clone(),
        before: before.0.get(field).cloned(),
        after: after.0.get(field).cloned(),
    };
    fields.into_iter().map(change).filter(|change| change.before != change.after).collect()
}

/// The fields of an element that are set, by AWS's name.
#[derive(Debug, Default, PartialEq, Eq)]
struct Fields(BTreeMap<String, String>);

impl Fields {
    fn set(&mut self, field: impl Into<String>, value: impl fmt::Display) {
        self.0.insert(field.into(), value.to_string());
    }

    fn some(&mut self, field: impl Into<String>, value: Option<impl fmt::Display>) {
        if let Some(value) = value {
            self.set(field, value);
        }
    }

    fn list(&mut self, field: &str, values: &[String]) {
        if !values.is_empty() {
            self.set(field, values.join(", "));
        }
    }

    fn map<V: fmt::Display>(&mut self, field: &str, values: &Map<V>) {
        values.iter().for_each(|(name, value)| self.set(format!("{field}.{name}"), value));
    }

    fn templates(&mut self, field: &str, templates: &Map<Option<String>>) {
        for (content_type, template) in templates {
            self.set(format!("{field}.{content_type}"), template.as_deref().unwrap_or_default());
        }
    }
}

fn elements(tree: &ApiTree) -> BTreeMap<Element, Fields> {
    let named = |kind, name: &str| Element { kind, name: name.to_owned(), verb: "" };
    let mut all = BTreeMap::from([(named(ElementKind::Api, ""), api(&tree.api))]);
    all.extend(tree.models.values().map(|it| (named(ElementKind::Model, &it.name), model(it))));
    let validators = tree.validators.values();
    all.extend(
        validators.map(|it| (named(ElementKind::RequestValidator, validator_name(it)), validator(it))),
    );
    let authorizers = tree.authorizers.values();
    all.extend(authorizers.map(|it| (named(ElementKind::Authorizer, &it.name), authorizer(it))));
    let responses = tree.gateway_responses.values();
    all.extend(
        responses
            .map(|it| (named(ElementKind::GatewayResponse, it.response_type.as_str()), gateway_response(it))),
    );
    for resource in tree.resources.values() {
        all.insert(named(ElementKind::Resource, &resource.path), Fields::default());
        for (verb, it) in &resource.methods {
            let kind = ElementKind::Method;
            let element = Element { kind, name: resource.path.clone(), verb: verb.as_str() };
            all.insert(element, method(tree, resource, it));
        }
    }
    all
}

// Every field is named below, so that none can be added to an entity and forgotten here.

fn api(api: &RestApi) -> Fields {
    let RestApi {
        id: _,
        name,
        description,
        created: _,
        version,
        binary_media_types,
        minimum_compression_size,
        api_key_source,
        endpoint,
        policy,
        disable_execute_api_endpoint,
        root_resource_id: _,
        security_policy,
        endpoint_access_mode,
        warnings: _,
        tags: _,
        declared_in: _,
    } = api;
    let mut fields = Fields::default();
    fields.set("name", name);
    fields.some("description", description.as_ref());
    fields.some("version", version.as_ref());
    fields.list("binaryMediaTypes", binary_media_types);
    fields.some("minimumCompressionSize", *minimum_compression_size);
    fields.set("apiKeySource", api_key_source);
    fields.set("endpointConfiguration.types", endpoint.endpoint_type);
    fields.set("endpointConfiguration.ipAddressType", endpoint.ip_address_type);
    fields.list("endpointConfiguration.vpcEndpointIds", &endpoint.vpc_endpoint_ids);
    fields.some("policy", policy.as_ref());
    fields.set("disableExecuteApiEndpoint", disable_execute_api_endpoint);
    fields.set("securityPolicy", security_policy);
    fields.some("endpointAccessMode", *endpoint_access_mode);
    fields
}

fn model(model: &Model) -> Fields {
    let Model { id: _, name: _, description, schema, content_type } = model;
    let mut fields = Fields::default();
    fields.some("description", description.as_ref());
    fields.some("schema", schema.as_ref());
    fields.set("contentType", content_type);
    fields
}

/// Validators need no name.
fn validator_name(validator: &RequestValidator) -> &str {
    validator.name.as_deref().unwrap_or(&validator.id)
}

fn validator(validator: &RequestValidator) -> Fields {
    let RequestValidator { id: _, name: _, validate_request_body, validate_request_parameters } = validator;
    let mut fields = Fields::default();
    fields.set("validateRequestBody", validate_request_body);
    fields.set("validateRequestParameters", validate_request_parameters);
    fields
}

fn authorizer(authorizer: &Authorizer) -> Fields {
    let shown_auth_type = authorizer.shown_auth_type();
    let Authorizer {
        id: _,
        name: _,
        authorizer_type,
        provider_arns,
        auth_type: _,
        uri,
        credentials,
        identity_source,
        identity_validation_expression,
        result_ttl_seconds,
        jwt,
    } = authorizer;
    let mut fields = Fields::default();
    fields.set("type", authorizer_type);
    fields.list("providerARNs", provider_arns);
    fields.some("authType", shown_auth_type);
    fields.some("authorizerUri", uri.as_ref());
    fields.some("authorizerCredentials", credentials.as_ref());
    fields.some("identitySource", identity_source.as_ref());
    fields.some("identityValidationExpression", identity_validation_expression.as_ref());
    fields.some("authorizerResultTtlInSeconds", *result_ttl_seconds);
    fields.some("jwtConfiguration", jwt.as_ref().map(|jwt| format!("{jwt:?}")));
    fields
}

fn gateway_response(response: &GatewayResponse) -> Fields {
    let GatewayResponse { response_type: _, status, parameters, templates } = response;
    let mut fields = Fields::default();
    fields.some("statusCode", *status);
    fields.map("responseParameters", parameters);
    fields.map("responseTemplates", templates);
    fields
}

fn method(tree: &ApiTree, resource: &Resource, method: &Method) -> Fields {
    let Method {
        http_method: _,
        sequence: _,
        authorization_type,
        authorizer_id,
        authorization_scopes,
        api_key_required,
        request_validator_id,
        operation_name,
        request_parameters,
        request_models,
        responses,
        integration: called,
    } = method;
    let authorizer = authorizer_id.as_ref().and_then(|id| tree.authorizers.get(id));
    let validator = request_validator_id.as_ref().and_then(|id| tree.validators.get(id));
    let mut fields = Fields::default();
    fields.set("authorizationType", authorization_type);
    fields.some("authorizer", authorizer.map(|authorizer| &authorizer.name));
    fields.list("authorizationScopes", authorization_scopes);
    fields.set("apiKeyRequired", api_key_required);
    fields.some("requestValidator", validator.map(validator_name));
    fields.some("operationName", operation_name.as_ref());
    fields.map("requestParameters", request_parameters);
    fields.map("requestModels", request_models);
    responses.values().for_each(|response| method_response(response, &mut fields));
    if let Some(called) = called {
        integration(resource, called, &mut fields);
    }
    fields
}

fn method_response(response: &MethodResponse, fields: &mut Fields) {
    let MethodResponse { status, parameters, models } = response;
    let own = format!("methodResponses.{status}");
    fields.set(&own, "declared");
    parameters.iter().for_each(|map| fields.map(&format!("{own}.responseParameters"), map));
    models.iter().for_each(|map| fields.map(&format!("{own}.responseModels"), map));
}

fn integration(resource: &Resource, integration: &Integration, fields: &mut Fields) {
    let Integration {
        integration_type,
        http_method,
        uri,
        connection_type,
        connection_id,
        credentials,
        request_parameters,
        request_templates,
        passthrough_behavior,
        content_handling,
        timeout_millis,
        cache_namespace,
        cache_key_parameters,
        responses,
        insecure_skip_verification,
        transfer_mode,
        integration_target,
    } = integration;
    fields.set("integration.type", integration_type);
    fields.some("integration.httpMethod", http_method.as_ref());
    fields.some("integration.uri", uri.as_ref());
    fields.set("integration.connectionType", connection_type);
    fields.some("integration.connectionId", connection_id.as_ref());
    fields.some("integration.credentials", credentials.as_ref());
    fields.map("integration.requestParameters", request_parameters);
    fields.templates("integration.requestTemplates", request_templates);
    fields.set("integration.passthroughBehavior", passthrough_behavior);
    fields.some("integration.contentHandling", *content_handling);
    fields.set("integration.timeoutInMillis", timeout_millis);
    // By default the namespace is the resource's id, and ids are not compared.
    let chosen = Some(cache_namespace).filter(|namespace| *namespace != resource.id.as_str());
    fields.some("integration.cacheNamespace", chosen);
    fields.list("integration.cacheKeyParameters", cache_key_parameters);
    fields.some("integration.tlsConfig.insecureSkipVerification", *insecure_skip_verification);
    fields.set("integration.responseTransferMode", transfer_mode);
    fields.some("integration.integrationTarget", integration_target.as_ref());
    responses.values().for_each(|response| integration_response(response, fields));
}

fn integration_response(response: &IntegrationResponse, fields: &mut Fields) {
    let IntegrationResponse { status, selection_pattern, parameters, templates, content_handling } = response;
    let own = format!("integration.integrationResponses.{status}");
    // No pattern and an empty one are both the default.
    fields.set(format!("{own}.selectionPattern"), selection_pattern.as_deref().unwrap_or_default());
    parameters.iter().for_each(|map| fields.map(&format!("{own}.responseParameters"), map));
    templates.iter().for_each(|map| fields.templates(&format!("{own}.responseTemplates"), map));
    fields.some(format!("{own}.contentHandling"), *content_handling);
}

#[cfg(test)]
mod tests;
