//! What the test programs of this crate share: an empty API, and an import in one call.

#![allow(dead_code, reason = "no test program uses all of it")]

use std::collections::BTreeMap;

use stagedoor_base::{Entropy, Limits, ResourceId, Timestamp};
use stagedoor_model::{
    ApiKeySource, ApiTree, EndpointConfiguration, EndpointType, IpAddressType, Map, Resource, RestApi,
    SecurityPolicy,
};
use stagedoor_openapi::{Applied, BasePath, Diagnostic, ImportOptions, Mode, apply, parse};

/// How one document is imported.
#[derive(Debug, Clone, Copy)]
pub(crate) struct How {
    pub(crate) mode: Mode,
    pub(crate) base_path: BasePath,
    pub(crate) ignore_documentation: bool,
}

impl How {
    pub(crate) const OVERWRITE: Self =
        Self { mode: Mode::Overwrite, base_path: BasePath::Ignore, ignore_documentation: false };
    pub(crate) const MERGE: Self = Self { mode: Mode::Merge, ..Self::OVERWRITE };
}

/// An API as ImportRestApi starts from.
pub(crate) fn empty_tree() -> ApiTree {
    let root_resource_id = ResourceId::from("rootrootro");
    let root = Resource {
        id: root_resource_id.clone(),
        parent_id: None,
        path_part: String::new(),
        path: "/".to_owned(),
        methods: BTreeMap::new(),
    };
    let api = RestApi {
        id: "abcde12345".into(),
        name: String::new(),
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
        root_resource_id: root_resource_id.clone(),
        security_policy: SecurityPolicy::Tls10,
        endpoint_access_mode: None,
        warnings: Vec::new(),
        tags: Map::new(),
        declared_in: None,
    };
    ApiTree {
        api,
        resources: BTreeMap::from([(root_resource_id, root)]),
        models: BTreeMap::new(),
        validators: BTreeMap::new(),
        gateway_responses: BTreeMap::new(),
        authorizers: BTreeMap::new(),
        documentation_parts: BTreeMap::new(),
    }
}

/// Applies a document, or returns all that was found.
pub(crate) fn import_into(tree: &mut ApiTree, bytes: &[u8], how: How) -> Result<Applied, Vec<Diagnostic>> {
    let document = parse(bytes, "api.yaml")?;
    let options = ImportOptions {
        mode: how.mode,
        base_path: how.base_path,
        ignore_documentation: how.ignore_documentation,
        account: &"000000000000".into(),
        region: &"eu-west-1".into(),
        limits: &Limits::default(),
    };
    let before = tree.clone();
    apply(&document, tree, &options, &mut Entropy::new([5; 4])).map_err(|refusal| {
        assert_eq!(*tree, before, "a failed import changed the API");
        let errors = refusal.errors.iter().map(|error| document.error(error));
        errors.chain(refusal.warnings.iter().map(|warning| document.warning(warning))).collect()
    })
}
