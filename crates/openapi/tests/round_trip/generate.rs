//! Random APIs from a seed, with the texts that break writers: quotes, line breaks, other scripts, look-alikes of numbers.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use stagedoor_base::{Entropy, ResourceId, Timestamp};
use stagedoor_model::{
    ApiKeySource, ApiTree, Authorizer, AuthorizerType, DocumentationLocation, DocumentationPart,
    DocumentationPartType, EndpointConfiguration, EndpointType, GatewayResponse, GatewayResponseType,
    HttpMethod, IpAddressType, JwtAdditionalClaim, JwtAlgorithm, JwtClaimFormat, JwtConfiguration, JwtIssuer,
    LocationField, Map, Model, RequestValidator, Resource, RestApi, SecurityPolicy,
};
use stagedoor_openapi::ExportType;

const TEXTS: [&str; 30] = [
    "plain",
    "two words",
    "null",
    "true",
    "No",
    "~",
    "12",
    "0x1F",
    "1e3",
    "2026-11-22",
    "12:30:45",
    ".5",
    "- dash",
    "key: value",
    "text # no comment",
    "'single' \"double\" `back`",
    "C:\\path\\n",
    "*alias &anchor !tag",
    "{flow: [1, 2]}",
    "%percent @at |pipe >fold",
    " leading and trailing ",
    "line one\nline two",
    "ends in one\nbreak\n",
    "ends in\nthree\n\n\n",
    "  indented\nfirst line",
    "#set($x = 1)\n\n  {\"a\": \"$x\"}\n",
    "tab\there\r\nand a carriage return",
    "žluťoučký kůň, 日本語, 🚪",
    "\u{7f}\u{85}\u{a0}\u{2028}\u{feff}",
    "${stageVariables.name} $context.requestId",
];
pub(crate) const MEDIA_TYPES: [&str; 4] = ["application/json", "text/plain", "application/vnd.a+json", "*/*"];
pub(crate) const VERBS: [HttpMethod; 8] = [
    HttpMethod::Get,
    HttpMethod::Put,
    HttpMethod::Post,
    HttpMethod::Delete,
    HttpMethod::Patch,
    HttpMethod::Options,
    HttpMethod::Head,
    HttpMethod::Any,
];

/// An API with nothing but its root.
pub(crate) fn empty_tree() -> ApiTree {
    let root_resource_id = ResourceId::from("rootrootro");
    let root = Resource {
        id: root_resource_id.clone(),
        parent_id: None,
        path_part: String::new(),
        path: "/".to_owned(),
        methods: BTreeMap::new(),
    };
    ApiTree {
        api: api(root_resource_id.clone()),
        resources: BTreeMap::from([(root_resource_id, root)]),
        models: BTreeMap::new(),
        validators: BTreeMap::new(),
        gateway_responses: BTreeMap::new(),
        authorizers: BTreeMap::new(),
        documentation_parts: BTreeMap::new(),
    }
}

fn api(root_resource_id: ResourceId) -> RestApi {
    RestApi {
        id: "abcde12345".into(),
        name: "before".to_owned(),
        description: None,
        created: Timestamp(0),
        version: Some("1".to_owned()),
        binary_media_types: Vec::new(),
        minimum_compression_size: None,
        api_key_source: ApiKeySource::Header,
        // Where an API is served is a parameter of its import, not a part of its document.
        endpoint: EndpointConfiguration {
            endpoint_type: EndpointType::Edge,
            ip_address_type: IpAddressType::Ipv4,
            vpc_endpoint_ids: Vec::new(),
        },
        policy: None,
        disable_execute_api_endpoint: false,
        root_resource_id,
        security_policy: SecurityPolicy::Tls10,
        endpoint_access_mode: None,
        warnings: Vec::new(),
        tags: Map::new(),
        declared_in: None,
    }
}

/// The tree without what AWS's documents cannot say:
/// - how a schema and a policy are spaced, and `$schema`;
/// - that a model's description is not in its schema: imports take it from there;
/// - an API without a version: its document has the time that it was made;
/// - a variable of the path that its methods do not declare: imports declare it.
pub(crate) fn sayable(tree: &ApiTree) -> ApiTree {
    let mut tree = tree.clone();
    let respaced =
        |text: &String| serde_json::from_str::<Value>(text).map_or(text.clone(), |json| json.to_string());
    tree.api.policy = tree.api.policy.as_ref().map(respaced);
    tree.api.version.get_or_insert_with(|| tree.api.created.to_string());
    for model in tree.models.values_mut() {
        let mut schema: Value = serde_json::from_str(model.schema.as_deref().unwrap()).unwrap();
        if let Some(object) = schema.as_object_mut() {
            object.shift_remove("$schema");
            if let Some(description) = &model.description {
                object.entry("description").or_insert(description.as_str().into());
            }
            object.sort_keys();
        }
        model.schema = Some(schema.to_string());
    }
    for resource in tree.resources.values_mut() {
        let path = resource.path.clone();
        for method in resource.methods.values_mut() {
            for variable in variables(&path) {
                method.request_parameters.insert(format!("method.request.path.{variable}"), true);
            }
        }
    }
    tree
}

fn variables(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| Some(part.strip_prefix('{')?.strip_suffix('}')?.trim_end_matches('+')))
}

/// Makes one API.
pub(crate) struct Generator {
    entropy: Entropy,
    pub(crate) export_type: ExportType,
    pub(crate) tree: ApiTree,
}

impl Generator {
    pub(crate) fn new(seed: u64, export_type: ExportType) -> Self {
        Self { entropy: Entropy::new([seed, 7, 7, 7]), export_type, tree: empty_tree() }
    }

    pub(crate) fn tree(mut self) -> ApiTree {
        self.api();
        self.models();
        self.validators();
        self.authorizers();
        self.gateway_responses();
        self.resources();
        self.documentation();
        self.tree
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.entropy.next_u64() % bound as u64).unwrap()
    }

    pub(crate) fn once_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    pub(crate) fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    pub(crate) fn text(&mut self) -> String {
        self.one_of(&TEXTS).to_owned()
    }

    pub(crate) fn maybe_text(&mut self) -> Option<String> {
        if self.once_in(2) { Some(self.text()) } else { None }
    }

    fn id(&mut self) -> String {
        self.entropy.id(6)
    }

    fn api(&mut self) {
        let name = self.text();
        let description = self.maybe_text();
        let version = self.maybe_text();
        let size = self.once_in(2).then_some(1000);
        let disabled = self.once_in(3);
        let endpoints =
            if self.once_in(3) { vec!["vpce-1".to_owned(), "vpce-2".to_owned()] } else { Vec::new() };
        let policy = self.once_in(2).then(|| r#"{ "Version":"2012-10-17", "Statement": [] }"#.to_owned());
        let (key, value) = (self.text(), self.text());
        let api = &mut self.tree.api;
        (api.name, api.description, api.version) = (name, description, version);
        (api.minimum_compression_size, api.disable_execute_api_endpoint) = (size, disabled);
        (api.endpoint.vpc_endpoint_ids, api.policy) = (endpoints, policy);
        api.binary_media_types = vec!["image/png".to_owned(), "*/*".to_owned()];
        api.tags.insert(key, value);
        if self.once_in(2) {
            self.tree.api.api_key_source = ApiKeySource::Authorizer;
        }
        if self.once_in(3) {
            self.tree.api.security_policy = SecurityPolicy::Tls12;
        }
    }

    fn models(&mut self) {
        for index in 0..self.below(4) {
            let name = format!("Model{index}");
            let schema = self.schema(3);
            let schema = if self.once_in(2) { schema.to_string() } else { format!("{schema:#}") };
            let model = Model {
                id: self.id(),
                name: name.clone(),
                description: self.maybe_text(),
                schema: Some(schema),
                content_type: "application/json".to_owned(),
            };
            self.tree.models.insert(name, model);
        }
    }

    fn schema(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 2 } else { 5 }) {
            0 => json!({"type": "string", "enum": [self.text(), "b"], "default": {"$ref": "data"}}),
            1 => json!({"type": "integer", "minimum": 1.5, "title": self.text()}),
            2 => json!({"type": "array", "items": self.schema(depth - 1), "maxItems": 3}),
            3 => json!({"$ref": "https://apigateway.amazonaws.com/restapis/abcde12345/models/Model0"}),
            _ => json!({
                "$schema": "http://json-schema.org/draft-04/schema#",
                "type": "object",
                "required": ["$ref"],
                "properties": {"$ref": self.schema(depth - 1), "a b": self.schema(depth - 1), "empty": {}},
            }),
        }
    }

    fn validators(&mut self) {
        for index in 0..self.below(4) {
            let id = self.id();
            let validator = RequestValidator {
                id: id.clone(),
                name: Some(format!("validator {index}")),
                validate_request_body: self.once_in(2),
                validate_request_parameters: self.once_in(2),
            };
            self.tree.validators.insert(id, validator);
        }
    }

    fn authorizers(&mut self) {
        for name in ["one", "two: #", "api_key", "sigv4"].into_iter().take(self.below(5)) {
            let kind = self.one_of(AuthorizerType::ALL);
            let mut authorizer = Authorizer::new(self.id(), name.to_owned(), kind);
            authorizer.auth_type = if self.once_in(2) { Some("oauth2".to_owned()) } else { None };
            authorizer.result_ttl_seconds = if self.once_in(2) { Some(60) } else { None };
            authorizer.identity_source = Some("method.request.header.X-Token".to_owned());
            match kind {
                AuthorizerType::CognitoUserPools => {
                    authorizer.provider_arns = vec!["arn:a".into(), "arn:b".into()]
                }
                AuthorizerType::Jwt => authorizer.jwt = Some(self.jwt()),
                _ => {
                    authorizer.uri =
                        Some("arn:aws:apigateway:us-east-1:lambda:path/x/invocations".to_owned());
                    authorizer.credentials = self.maybe_text();
                    authorizer.identity_validation_expression = self.maybe_text();
                }
            }
            if kind == AuthorizerType::Request {
                let sources = "method.request.header.A, context.identity.sourceIp";
                authorizer.identity_source = if self.once_in(3) { None } else { Some(sources.to_owned()) };
            }
            self.tree.authorizers.insert(authorizer.id.clone(), authorizer);
        }
    }

    fn jwt(&mut self) -> JwtConfiguration {
        let claim = JwtAdditionalClaim {
            claim_name: self.text(),
            format: JwtClaimFormat::SingleString,
            required: self.one_of(&[None, Some(true)]),
            expected_values: if self.once_in(2) { vec![self.text()] } else { Vec::new() },
        };
        let issuer = JwtIssuer {
            issuer: "https://issuer".to_owned(),
            audiences: vec![self.text()],
            additional_claims: if self.once_in(2) { vec![claim] } else { Vec::new() },
        };
        JwtConfiguration {
            issuers: vec![issuer],
            default_algorithms: vec![JwtAlgorithm::Rs256, JwtAlgorithm::Es512],
        }
    }

    fn gateway_responses(&mut self) {
        for _ in 0..self.below(4) {
            let kind = self.one_of(GatewayResponseType::ALL);
            let mut response = GatewayResponse::built_in(kind);
            response.status = if self.once_in(2) { Some(418) } else { None };
            if self.once_in(2) {
                response.parameters.insert("gatewayresponse.header.X".to_owned(), "'a'".to_owned());
                let template = self.text();
                response.templates.insert("text/plain".to_owned(), template);
            }
            self.tree.gateway_responses.insert(kind, response);
        }
    }

    fn resources(&mut self) {
        let root = self.tree.api.root_resource_id.clone();
        self.put_methods(&root);
        let mut parents = vec![root];
        for _ in 0..self.below(7) {
            let parent = self.one_of(&parents);
            let part = self.one_of(&["pets", "a.b_c-d", "v1", "{id}", "{proxy+}", "null", "x:y,z"]);
            let taken = self.tree.children(&parent).any(|child| {
                child.path_part == part || child.path_part.starts_with('{') && part.starts_with('{')
            });
            // A variable has one place in a path.
            let path = self.tree.resources[&parent].path.clone();
            if taken || path.contains(part) {
                continue;
            }
            let id = ResourceId::from(self.id());
            let resource = Resource {
                id: id.clone(),
                parent_id: Some(parent),
                path_part: part.to_owned(),
                path: String::new(),
                methods: BTreeMap::new(),
            };
            self.tree.resources.insert(id.clone(), resource);
            self.tree.refresh_paths(&id);
            self.put_methods(&id);
            if !part.ends_with("+}") {
                parents.push(id);
            }
        }
    }

    fn documentation(&mut self) {
        let resources: Vec<(String, Vec<HttpMethod>)> = self
            .tree
            .resources
            .values()
            .map(|resource| (resource.path.clone(), resource.methods.keys().copied().collect()))
            .collect();
        let mut seen = BTreeSet::new();
        for _ in 0..self.below(6) {
            let mut location = DocumentationLocation::of(self.one_of(DocumentationPartType::ALL));
            let (path, verbs) = self.one_of(&resources);
            let verb = verbs.first().map_or("*", |verb| verb.as_str());
            for field in location.part_type.fields() {
                let text = match field {
                    LocationField::Path => self.one_of(&[path.clone(), "/".to_owned()]),
                    LocationField::Method => self.one_of(&[verb, "*"]).to_owned(),
                    LocationField::StatusCode => self.one_of(&["200", "*"]).to_owned(),
                    LocationField::Name => self.one_of(&["q", "X-A", "Model0", "one"]).to_owned(),
                };
                *slot(&mut location, *field) = Some(text);
            }
            if !seen.insert(location.clone()) {
                continue;
            }
            let properties =
                json!({"description": self.text(), "summary": self.text(), "own": [1, null]}).to_string();
            let part = DocumentationPart { id: self.id(), location, properties };
            self.tree.documentation_parts.insert(part.id.clone(), part);
        }
    }
}

fn slot(location: &mut DocumentationLocation, field: LocationField) -> &mut Option<String> {
    match field {
        LocationField::Path => &mut location.path,
        LocationField::Method => &mut location.method,
        LocationField::StatusCode => &mut location.status_code,
        LocationField::Name => &mut location.name,
    }
}
