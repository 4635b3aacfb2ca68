//! Pairs of trees, and what differs between them.

use std::collections::BTreeMap;

use stagedoor_base::{ResourceId, Timestamp};

use super::diff;
use crate::diff::Change;
use crate::{
    ApiKeySource, ApiTree, ConnectionType, EndpointConfiguration, EndpointType, HttpMethod, Integration,
    IntegrationType, IpAddressType, Map, Method, PassthroughBehavior, RequestValidator, Resource, RestApi,
    SecurityPolicy, TransferMode,
};

/// A tree with one mocked method, its ids beginning with `prefix`.
fn tree(prefix: &str) -> ApiTree {
    let root = ResourceId::from(format!("{prefix}root"));
    let mut method = Method::open(HttpMethod::Get);
    method.request_validator_id = Some(format!("{prefix}validator"));
    method.integration = Some(Integration {
        integration_type: IntegrationType::Mock,
        http_method: None,
        uri: None,
        connection_type: ConnectionType::Internet,
        connection_id: None,
        credentials: None,
        request_parameters: Map::new(),
        request_templates: Map::new(),
        passthrough_behavior: PassthroughBehavior::WhenNoMatch,
        content_handling: None,
        timeout_millis: 29_000,
        cache_namespace: root.to_string(),
        cache_key_parameters: Vec::new(),
        responses: BTreeMap::new(),
        insecure_skip_verification: None,
        transfer_mode: TransferMode::Buffered,
        integration_target: None,
    });
    let resource = Resource {
        id: root.clone(),
        parent_id: None,
        path_part: String::new(),
        path: "/".to_owned(),
        methods: BTreeMap::from([(HttpMethod::Get, method)]),
    };
    let validator = RequestValidator {
        id: format!("{prefix}validator"),
        name: Some("all".to_owned()),
        validate_request_body: true,
        validate_request_parameters: true,
    };
    ApiTree {
        api: api(prefix, root.clone()),
        resources: BTreeMap::from([(root, resource)]),
        models: BTreeMap::new(),
        validators: BTreeMap::from([(validator.id.clone(), validator)]),
        gateway_responses: BTreeMap::new(),
        authorizers: BTreeMap::new(),
        documentation_parts: BTreeMap::new(),
    }
}

fn api(prefix: &str, root_resource_id: ResourceId) -> RestApi {
    RestApi {
        id: format!("{prefix}api").into(),
        name: "shop".to_owned(),
        description: None,
        created: Timestamp(0),
        version: None,
        binary_media_types: Vec::new(),
        minimum_compression_size: None,
        api_key_source: ApiKeySource::Header,
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

fn root(tree: &mut ApiTree) -> &mut Resource {
    tree.resources.values_mut().next().unwrap()
}

fn method(tree: &mut ApiTree) -> &mut Method {
    root(tree).methods.get_mut(&HttpMethod::Get).unwrap()
}

fn check(edit: impl Fn(&mut ApiTree), expected: &[&str]) {
    let mut after = tree("b");
    edit(&mut after);
    let lines: Vec<String> = diff(&tree("a"), &after).into_iter().flat_map(lines).collect();
    assert_eq!(lines, expected);
}

fn lines(difference: super::Difference) -> Vec<String> {
    let element = difference.element;
    match difference.change {
        Change::Added => vec![format!("+ {element}")],
        Change::Removed => vec![format!("- {element}")],
        Change::Changed(fields) => {
            let line =
                |it: super::FieldChange| format!("~ {element} {}: {:?} {:?}", it.field, it.before, it.after);
            fields.into_iter().map(line).collect()
        }
    }
}

#[test]
fn ids_do_not_differ() {
    check(|_| {}, &[]);
}

#[test]
fn fields_of_the_api() {
    let edit = |tree: &mut ApiTree| {
        tree.api.description = Some("all".to_owned());
        tree.api.binary_media_types = vec!["image/png".to_owned(), "image/gif".to_owned()];
    };
    check(
        edit,
        &[
            r#"~ api binaryMediaTypes: None Some("image/png, image/gif")"#,
            r#"~ api description: None Some("all")"#,
        ],
    );
}

#[test]
fn methods_come_and_go() {
    let edit = |tree: &mut ApiTree| {
        let method = root(tree).methods.remove(&HttpMethod::Get).unwrap();
        root(tree).methods.insert(HttpMethod::Any, method);
    };
    check(edit, &["+ method ANY /", "- method GET /"]);
}

#[test]
fn validators_are_compared_by_name() {
    check(
        |tree| method(tree).request_validator_id = None,
        &[r#"~ method GET / requestValidator: Some("all") None"#],
    );
    let rename = |tree: &mut ApiTree| {
        tree.validators.values_mut().for_each(|validator| validator.name = Some("some".to_owned()));
    };
    check(
        rename,
        &[
            "- request validator all",
            "+ request validator some",
            r#"~ method GET / requestValidator: Some("all") Some("some")"#,
        ],
    );
}

#[test]
fn a_namespace_of_ones_own_counts() {
    check(
        |tree| {
            let integration = method(tree).integration.as_mut().unwrap();
            integration.cache_namespace = "own".to_owned();
            integration.request_templates.insert("text/plain".to_owned(), Some("x".to_owned()));
        },
        &[
            r#"~ method GET / integration.cacheNamespace: None Some("own")"#,
            r#"~ method GET / integration.requestTemplates.text/plain: None Some("x")"#,
        ],
    );
}
