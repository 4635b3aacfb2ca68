//! One entity of every kind, with every field set.

use std::collections::BTreeMap;

use stagedoor_base::{
    AccountId, ApiId, ApiKeyId, DeploymentId, Region, ResourceId, Scope, StageName, Timestamp, UsagePlanId,
};
use stagedoor_model::{
    AccessKey, AccessLogSettings, Alias, ApiKey, ApiKeySource, ApiTree, AuthorizationType, Authorizer,
    AuthorizerType, CacheClusterSize, CanarySettings, ConnectionType, ContentHandling, Deployment,
    DocumentationLocation, DocumentationPart, DocumentationPartType, DocumentationVersion,
    EndpointAccessMode, EndpointConfiguration, EndpointType, EventInvokeConfig, FrozenDocumentation,
    Function, FunctionCode, FunctionConfiguration, FunctionLayer, FunctionPolicy, FunctionTree,
    FunctionVersion, GatewayResponse, GatewayResponseType, Group, HttpMethod, IamTree, Integration,
    IntegrationResponse, IntegrationType, IpAddressType, Layer, LayerTree, LayerVersion, LoggingLevel,
    ManagedPolicy, ManagedPolicyVersion, Map, Method, MethodResponse, MethodSetting, Model,
    PassthroughBehavior, Permissions, PlanQuota, PlanStage, PolicyStatement, QuotaPeriod, RequestValidator,
    Resource, RestApi, Role, Runtime, SecretText, SecurityPolicy, Snapshot, Stage, ThrottleSettings,
    TransferMode, UsagePlan, UsagePlanKey, User,
};

pub(crate) fn scope() -> Scope {
    Scope { account: AccountId::from("000000000000"), region: Region::from("eu-west-1") }
}

fn map(pairs: &[(&str, &str)]) -> Map<String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// An API with a root, one child with a full method, and one entity of every other kind.
pub(crate) fn tree(id: &str) -> ApiTree {
    let (root, child) = (ResourceId::from("rootrootro"), ResourceId::from("child1"));
    let resources = [
        Resource {
            id: root.clone(),
            parent_id: None,
            path_part: String::new(),
            path: "/".to_owned(),
            methods: BTreeMap::new(),
        },
        Resource {
            id: child,
            parent_id: Some(root.clone()),
            path_part: "{pet}".to_owned(),
            path: "/{pet}".to_owned(),
            methods: BTreeMap::from([(HttpMethod::Any, method())]),
        },
    ];
    let model = Model {
        id: "model1".to_owned(),
        name: "Pet".to_owned(),
        description: Some("a pet".to_owned()),
        schema: Some("{\n \"type\" : \"object\" }".to_owned()),
        content_type: "application/json".to_owned(),
    };
    let validator = RequestValidator {
        id: "valid1".to_owned(),
        name: Some("all".to_owned()),
        validate_request_body: true,
        validate_request_parameters: false,
    };
    let gateway_response = GatewayResponse {
        response_type: GatewayResponseType::Default4xx,
        status: Some(418),
        parameters: map(&[("gatewayresponse.header.x", "'1'")]),
        templates: map(&[("application/json", "{}")]),
    };
    let authorizer = Authorizer {
        uri: Some("arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations".to_owned()),
        result_ttl_seconds: Some(0),
        ..Authorizer::new("author".to_owned(), "door".to_owned(), AuthorizerType::Token)
    };
    let part = DocumentationPart {
        id: "part01".to_owned(),
        location: DocumentationLocation::of(DocumentationPartType::Api),
        properties: "{ \"description\" : \"ünïcode\" }".to_owned(),
    };
    ApiTree {
        api: api(id, root),
        resources: resources.into_iter().map(|resource| (resource.id.clone(), resource)).collect(),
        models: BTreeMap::from([(model.name.clone(), model)]),
        validators: BTreeMap::from([(validator.id.clone(), validator)]),
        gateway_responses: BTreeMap::from([(gateway_response.response_type, gateway_response)]),
        authorizers: BTreeMap::from([(authorizer.id.clone(), authorizer)]),
        documentation_parts: BTreeMap::from([(part.id.clone(), part)]),
    }
}

fn api(id: &str, root: ResourceId) -> RestApi {
    RestApi {
        id: ApiId::from(id),
        name: "pets".to_owned(),
        description: Some("ünïcode".to_owned()),
        created: Timestamp(1_795_352_155_042),
        version: Some("1".to_owned()),
        binary_media_types: vec!["image/png".to_owned()],
        minimum_compression_size: Some(0),
        api_key_source: ApiKeySource::Header,
        endpoint: EndpointConfiguration {
            endpoint_type: EndpointType::Regional,
            ip_address_type: IpAddressType::Ipv4,
            vpc_endpoint_ids: vec!["vpce-1".to_owned()],
        },
        policy: Some("{}".to_owned()),
        disable_execute_api_endpoint: true,
        root_resource_id: root,
        security_policy: SecurityPolicy::Tls12,
        endpoint_access_mode: Some(EndpointAccessMode::Basic),
        warnings: vec!["odd".to_owned()],
        tags: map(&[("z", "1"), ("a", "2")]),
        declared_in: Some("stagedoor.yaml".to_owned()),
    }
}

fn method() -> Method {
    Method {
        authorization_type: AuthorizationType::AwsIam,
        authorizer_id: Some("auth01".to_owned()),
        authorization_scopes: vec!["read".to_owned()],
        api_key_required: true,
        request_validator_id: Some("valid1".to_owned()),
        operation_name: Some("getPet".to_owned()),
        request_parameters: Map::from_iter([("method.request.path.pet".to_owned(), true)]),
        request_models: map(&[("application/json", "Pet")]),
        responses: BTreeMap::from([(
            200,
            MethodResponse {
                status: 200,
                parameters: Some(Map::from_iter([("method.response.header.x".to_owned(), false)])),
                models: Some(map(&[("application/json", "Pet")])),
            },
        )]),
        integration: Some(integration()),
        ..Method::open(HttpMethod::Any)
    }
}

fn integration() -> Integration {
    Integration {
        integration_type: IntegrationType::Http,
        http_method: Some("POST".to_owned()),
        uri: Some("http://localhost/".to_owned()),
        connection_type: ConnectionType::Internet,
        connection_id: Some("link".to_owned()),
        credentials: Some("arn:aws:iam::000000000000:role/r".to_owned()),
        request_parameters: map(&[("integration.request.path.pet", "method.request.path.pet")]),
        request_templates: Map::from_iter([
            ("text/plain".to_owned(), None),
            ("application/json".to_owned(), Some("{}".to_owned())),
        ]),
        passthrough_behavior: PassthroughBehavior::Never,
        content_handling: Some(ContentHandling::ConvertToText),
        timeout_millis: 29_000,
        cache_namespace: "child1".to_owned(),
        cache_key_parameters: vec!["method.request.path.pet".to_owned()],
        responses: BTreeMap::from([(
            200,
            IntegrationResponse {
                status: 200,
                selection_pattern: Some("2..".to_owned()),
                parameters: Some(map(&[("method.response.header.x", "'1'")])),
                templates: Some(Map::from_iter([("application/json".to_owned(), None)])),
                content_handling: None,
            },
        )]),
        insecure_skip_verification: Some(false),
        transfer_mode: TransferMode::Buffered,
        integration_target: Some("target".to_owned()),
    }
}

pub(crate) fn deployment(id: &str) -> Deployment {
    Deployment {
        id: DeploymentId::from(id),
        description: Some("first".to_owned()),
        created: Timestamp(1_795_352_155_042),
    }
}

pub(crate) fn documentation(version: &str) -> DocumentationVersion {
    DocumentationVersion {
        version: version.to_owned(),
        description: Some("first".to_owned()),
        created: Timestamp(1_795_352_155_042),
    }
}

pub(crate) fn frozen_documentation() -> FrozenDocumentation {
    FrozenDocumentation { parts: tree("pets").documentation_parts.into_values().collect() }
}

pub(crate) fn snapshot(id: &str) -> Snapshot {
    Snapshot::freeze(tree(id))
}

pub(crate) fn stage(name: &str, deployment: &str) -> Stage {
    Stage {
        name: StageName::from(name),
        deployment_id: DeploymentId::from(deployment),
        description: Some("live".to_owned()),
        client_certificate_id: Some("cert01".to_owned()),
        cache_cluster_enabled: true,
        cache_cluster_size: Some(CacheClusterSize::Gb0_5),
        method_settings: Map::from_iter([(
            "*/*".to_owned(),
            MethodSetting {
                logging_level: Some(LoggingLevel::Info),
                throttling_burst_limit: Some(-1),
                throttling_rate_limit: Some(0.5),
                ..MethodSetting::default()
            },
        )]),
        variables: map(&[("b", "1"), ("a", "2")]),
        documentation_version: Some("1".to_owned()),
        access_log: AccessLogSettings {
            destination_arn: Some("arn:aws:logs:eu-west-1:000000000000:log-group:a".to_owned()),
            format: Some("$context.requestId".to_owned()),
        },
        canary: Some(CanarySettings {
            deployment_id: DeploymentId::from(deployment),
            percent_traffic: 12.5,
            stage_variable_overrides: map(&[("a", "3")]),
            use_stage_cache: true,
        }),
        tracing_enabled: true,
        web_acl_arn: Some("acl".to_owned()),
        tags: map(&[("team", "pets")]),
        created: Timestamp(1),
        last_updated: Timestamp(2),
    }
}

fn version(number: &str, sha256_base64: &str) -> FunctionVersion {
    FunctionVersion {
        version: number.to_owned(),
        configuration: FunctionConfiguration {
            description: Some("says hello".to_owned()),
            role: "arn:aws:iam::000000000000:role/r".to_owned(),
            runtime: Runtime::Python { minor: 13 },
            handler: "app.handler".to_owned(),
            timeout_seconds: 3,
            memory_mb: 128,
            environment: map(&[("KEY", "value")]),
            layers: Vec::new(),
        },
        code: FunctionCode::Zip { sha256_base64: sha256_base64.to_owned(), size: 3, unpacked: 0 },
        last_modified: Timestamp(1_795_352_155_042),
        revision_id: "5f2b7d3e-0000-4000-8000-000000000000".to_owned(),
    }
}

/// A function whose `$LATEST` and version 1 have this code, with an alias and a policy each way.
pub(crate) fn function(name: &str, sha256_base64: &str) -> FunctionTree {
    let alias = Alias {
        function: name.to_owned(),
        name: "live".to_owned(),
        version: "1".to_owned(),
        description: Some("the one".to_owned()),
        revision_id: "r".to_owned(),
        additional: None,
    };
    let policy = |qualifier: Option<&str>| FunctionPolicy {
        function: name.to_owned(),
        qualifier: qualifier.map(str::to_owned),
        statements: vec![PolicyStatement {
            sid: "gateway".to_owned(),
            principal: "apigateway.amazonaws.com".to_owned(),
            action: "lambda:InvokeFunction".to_owned(),
            source_arn: Some("arn:aws:execute-api:*:*:*".to_owned()),
            source_account: Some("000000000000".to_owned()),
        }],
        revision_id: "r".to_owned(),
    };
    FunctionTree {
        function: Function {
            name: name.to_owned(),
            latest: version("$LATEST", sha256_base64),
            last_version: 1,
            tags: map(&[("a", "b")]),
            declared_in: None,
            reserved_concurrency: None,
            event_invoke: BTreeMap::new(),
            allows_recursion: false,
        },
        versions: BTreeMap::from([(1, version("1", sha256_base64))]),
        aliases: BTreeMap::from([(alias.name.clone(), alias)]),
        policies: [None, Some("live")]
            .map(|qualifier| (qualifier.map(str::to_owned), policy(qualifier)))
            .into_iter()
            .collect(),
    }
}

/// A layer with one version.
pub(crate) fn layer() -> LayerTree {
    let version = LayerVersion {
        version: 1,
        description: Some("d".to_owned()),
        license: Some("MIT".to_owned()),
        compatible_runtimes: vec!["python3.13".to_owned()],
        compatible_architectures: vec!["x86_64".to_owned()],
        sha256_base64: "sha".to_owned(),
        size: 13,
        unpacked_size: 99,
        created: Timestamp(1),
    };
    LayerTree {
        layer: Layer { name: "libs".to_owned(), last_version: 1 },
        versions: BTreeMap::from([(1, version)]),
    }
}

/// A function with everything that came after the first format.
pub(crate) fn function_with_layers() -> Function {
    let mut function = function("hello", "sha").function;
    let code = FunctionCode::Zip { sha256_base64: "sha".to_owned(), size: 13, unpacked: 99 };
    function.latest.configuration.layers = vec![
        FunctionLayer { arn: Some("arn".to_owned()), code },
        FunctionLayer { arn: None, code: FunctionCode::Directory { path: "/layer".to_owned() } },
    ];
    function.latest.code = FunctionCode::Remote { endpoint: "http://far".to_owned() };
    function.reserved_concurrency = Some(0);
    function.allows_recursion = true;
    let config = EventInvokeConfig {
        maximum_retry_attempts: Some(1),
        maximum_event_age_seconds: None,
        last_modified: Timestamp(2),
    };
    function.event_invoke = BTreeMap::from([("$LATEST".to_owned(), config)]);
    function
}

/// One of everything that IAM has.
pub(crate) fn identities() -> IamTree {
    let permissions = Permissions {
        inline: [("own".to_owned(), "{}".to_owned())].into(),
        attached: vec!["arn:aws:iam::aws:policy/ReadOnlyAccess".to_owned()],
    };
    let boundary = Some("arn:aws:iam::aws:policy/AdministratorAccess".to_owned());
    let tags = Map::from([("team".to_owned(), "a".to_owned())]);
    let declared_in = Some("stagedoor.yaml".to_owned());
    let (path, created) = ("/team/".to_owned(), Timestamp(1_795_352_155_042));
    let user = User {
        name: "anna".to_owned(),
        id: "AIDA1".to_owned(),
        path: path.clone(),
        created,
        groups: ["staff".to_owned()].into(),
        permissions: permissions.clone(),
        boundary: boundary.clone(),
        tags: tags.clone(),
        declared_in: declared_in.clone(),
    };
    let key = AccessKey {
        id: "AKIA0000000000000001".to_owned(),
        user: "anna".to_owned(),
        secret: "hush-hush".to_owned().into(),
        active: true,
        created,
        declared_in: declared_in.clone(),
    };
    let group = Group {
        name: "staff".to_owned(),
        id: "AGPA1".to_owned(),
        path: path.clone(),
        created,
        permissions: permissions.clone(),
        declared_in: declared_in.clone(),
    };
    let role = Role {
        name: "caller".to_owned(),
        id: "AROA1".to_owned(),
        path: path.clone(),
        created,
        description: Some("d".to_owned()),
        trust_policy: "{}".to_owned(),
        max_session_seconds: 3600,
        permissions,
        boundary,
        tags: tags.clone(),
        declared_in: declared_in.clone(),
    };
    let version = ManagedPolicyVersion { document: "{}".to_owned(), created };
    let policy = ManagedPolicy {
        name: "reader".to_owned(),
        id: "ANPA1".to_owned(),
        path,
        description: None,
        created,
        updated: created,
        versions: [(2, version)].into(),
        default_version: 2,
        last_version: 3,
        tags,
        declared_in,
    };
    IamTree {
        users: [(user.name.clone(), user)].into(),
        access_keys: [(key.id.clone(), key)].into(),
        groups: [(group.name.clone(), group)].into(),
        roles: [(role.name.clone(), role)].into(),
        policies: [(policy.name.clone(), policy)].into(),
    }
}

/// A key with every field set.
pub(crate) fn api_key() -> ApiKey {
    ApiKey {
        id: ApiKeyId::from("key0000001"),
        value: SecretText::from("a value of twenty or more".to_owned()),
        name: Some("anna's".to_owned()),
        description: Some("of anna".to_owned()),
        customer_id: Some("customer".to_owned()),
        enabled: true,
        stage_keys: vec![(ApiId::from("pets"), StageName::from("live"))],
        tags: map(&[("team", "blue")]),
        created: Timestamp(1_700_000_000_000),
        last_updated: Timestamp(1_700_000_001_000),
        declared_in: Some("stagedoor.yaml".to_owned()),
    }
}

/// A plan with every field set.
pub(crate) fn usage_plan() -> UsagePlan {
    let slow = ThrottleSettings { rate_limit: Some(0.5), burst_limit: Some(2) };
    UsagePlan {
        id: UsagePlanId::from("plan01"),
        name: "gold".to_owned(),
        description: Some("for those who pay".to_owned()),
        api_stages: vec![PlanStage {
            api: ApiId::from("pets"),
            stage: StageName::from("live"),
            throttle: [("/pets/GET".to_owned(), slow)].into_iter().collect(),
        }],
        throttle: Some(ThrottleSettings { rate_limit: Some(10.0), burst_limit: None }),
        quota: Some(PlanQuota { limit: 1000, offset: 1, period: QuotaPeriod::Week }),
        product_code: Some("product".to_owned()),
        tags: map(&[("team", "blue")]),
        declared_in: Some("stagedoor.yaml".to_owned()),
    }
}

/// A key in a plan, with every field set.
pub(crate) fn usage_plan_key() -> UsagePlanKey {
    UsagePlanKey {
        key: ApiKeyId::from("key0000001"),
        added: Timestamp(1_700_000_002_000),
        declared_in: Some("stagedoor.yaml".to_owned()),
    }
}
