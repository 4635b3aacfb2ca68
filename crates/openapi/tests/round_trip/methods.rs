//! Methods, what they call and what they answer.

use std::collections::BTreeMap;

use stagedoor_base::ResourceId;
use stagedoor_model::{
    AuthorizationType, Authorizer, AuthorizerType, ConnectionType, ContentHandling, HttpMethod, Integration,
    IntegrationResponse, IntegrationType, Map, Method, MethodResponse, PassthroughBehavior, TransferMode,
};
use stagedoor_openapi::ExportType;

use crate::generate::{Generator, MEDIA_TYPES, VERBS};

impl Generator {
    pub(super) fn put_methods(&mut self, id: &ResourceId) {
        for _ in 0..self.below(3) {
            let verb = self.one_of(&VERBS);
            let method = self.method(id, verb);
            self.tree.resources.get_mut(id).unwrap().methods.insert(verb, method);
        }
    }

    fn method(&mut self, id: &ResourceId, verb: HttpMethod) -> Method {
        let mut method = Method::open(verb);
        method.operation_name = self.maybe_text();
        method.api_key_required = self.once_in(3);
        if self.once_in(2) {
            method.request_validator_id = self.tree.validators.keys().next().cloned();
        }
        self.authorize(&mut method);
        for (location, name) in [("querystring", "q"), ("header", "X-H"), ("path", "own")] {
            if self.once_in(2) {
                let required = location == "path" || self.once_in(2);
                method.request_parameters.insert(format!("method.request.{location}.{name}"), required);
            }
        }
        method.request_models = self.request_models();
        method.responses = self.method_responses();
        if !self.once_in(6) {
            method.integration = Some(self.integration(id));
        }
        method
    }

    fn authorize(&mut self, method: &mut Method) {
        let known: Vec<Authorizer> = self.tree.authorizers.values().cloned().collect();
        if self.once_in(3) {
            method.authorization_type = AuthorizationType::AwsIam;
        } else if !known.is_empty() && self.once_in(2) {
            let authorizer = self.one_of(&known);
            method.authorizer_id = Some(authorizer.id);
            method.authorization_type = match authorizer.authorizer_type {
                AuthorizerType::Token | AuthorizerType::Request => AuthorizationType::Custom,
                AuthorizerType::CognitoUserPools => AuthorizationType::CognitoUserPools,
                AuthorizerType::Jwt => AuthorizationType::Jwt,
            };
            if method.authorization_type != AuthorizationType::Custom && self.once_in(2) {
                method.authorization_scopes = vec!["a/b".into(), "c".into()];
            }
        }
    }

    fn model_name(&mut self) -> Option<String> {
        let names: Vec<String> = self.tree.models.keys().cloned().collect();
        if names.is_empty() { None } else { Some(self.one_of(&names)) }
    }

    /// Swagger 2.0 has one body with one schema.
    fn request_models(&mut self) -> Map<String> {
        let Some(model) = self.model_name().filter(|_| self.once_in(2)) else {
            return Map::new();
        };
        let mut models: Map<String> = [("application/json".to_owned(), model.clone())].into_iter().collect();
        let other = if self.export_type == ExportType::Swagger { Some(model) } else { self.model_name() };
        models.extend(other.map(|other| ("text/plain".to_owned(), other)));
        models
    }

    /// Nor can documents tell required headers of responses from others, or empty maps from absent ones.
    fn method_responses(&mut self) -> BTreeMap<u16, MethodResponse> {
        let mut responses = BTreeMap::new();
        for status in [200, 404, 500].into_iter().take(self.below(4)) {
            let mut response = MethodResponse { status, parameters: None, models: None };
            if self.once_in(2) {
                let headers =
                    ["X-A", "Location"].map(|name| (format!("method.response.header.{name}"), false));
                response.parameters = Some(headers.into_iter().collect());
            }
            let model = self.model_name().filter(|_| self.once_in(2));
            response.models =
                model.map(|model| [("application/json".to_owned(), model)].into_iter().collect());
            responses.insert(status, response);
        }
        responses
    }

    fn integration(&mut self, id: &ResourceId) -> Integration {
        let integration_type = self.one_of(IntegrationType::ALL);
        let called = integration_type != IntegrationType::Mock;
        let linked = called && self.once_in(4);
        Integration {
            integration_type,
            http_method: called.then(|| "POST".to_owned()),
            uri: called.then(|| "http://${stageVariables.host}/{a}?b=c".to_owned()),
            connection_type: if linked { ConnectionType::VpcLink } else { ConnectionType::Internet },
            connection_id: if linked { Some("link1".to_owned()) } else { None },
            credentials: self.maybe_text(),
            request_parameters: self.texts("integration.request.header."),
            request_templates: self.templates(),
            passthrough_behavior: self.one_of(PassthroughBehavior::ALL),
            content_handling: self.content_handling(),
            timeout_millis: self.one_of(&[29_000, 50, 12_345]),
            cache_namespace: if self.once_in(3) { self.text() } else { id.to_string() },
            cache_key_parameters: if self.once_in(3) {
                vec!["method.request.querystring.q".into()]
            } else {
                Vec::new()
            },
            responses: self.integration_responses(),
            insecure_skip_verification: self.one_of(&[None, Some(true), Some(false)]),
            transfer_mode: self.one_of(TransferMode::ALL),
            integration_target: if linked { Some("arn:target".to_owned()) } else { None },
        }
    }

    fn content_handling(&mut self) -> Option<ContentHandling> {
        let handling = self.one_of(ContentHandling::ALL);
        if self.once_in(3) { Some(handling) } else { None }
    }

    fn texts(&mut self, prefix: &str) -> Map<String> {
        let count = self.below(3);
        (0..count).map(|index| (format!("{prefix}X-{index}"), self.text())).collect()
    }

    fn templates(&mut self) -> Map<Option<String>> {
        let mut templates = Map::new();
        for _ in 0..self.below(3) {
            let content_type = self.one_of(&MEDIA_TYPES).to_owned();
            let template = if self.once_in(5) { None } else { Some(self.text()) };
            templates.insert(content_type, template);
        }
        templates
    }

    fn integration_responses(&mut self) -> BTreeMap<u16, IntegrationResponse> {
        let mut responses = BTreeMap::new();
        let long = "x".repeat(2000);
        for (status, pattern) in
            [(200, None), (404, Some("4\\d{2}")), (500, Some(".*\"[Err]: #.*\n")), (503, Some(&long))]
        {
            if self.once_in(2) {
                continue;
            }
            let response = IntegrationResponse {
                status,
                selection_pattern: pattern.map(str::to_owned),
                parameters: Some(self.texts("method.response.header.")),
                templates: Some(self.templates()),
                content_handling: self.content_handling(),
            };
            responses.insert(status, response);
        }
        responses
    }
}
