//! A document applied to an API.
//!
//! In: a [`Document`] and an [`ApiTree`]. Out: the changed tree with warnings, or every error; then the tree is as it
//! was. Each kind of element has its own file below.

mod api;
mod authorizers;
mod described;
mod documentation;
mod extensions;
mod gateway_responses;
mod integration;
mod method;
mod parameters;
mod paths;
mod reading;
mod responses;
pub(crate) mod schema_words;
mod schemas;
mod security;
mod templates;
mod validators;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use stagedoor_base::{AccountId, Entropy, Limits, Region, ResourceId};
use stagedoor_model::{ApiKeySource, ApiTree, GatewayResponseType, HttpMethod};

use crate::node::Node;
use crate::{Document, Place, Version};
use described::Descriptions;
pub use documentation::{ExtractedPart, documentation_parts};
use reading::Reading;

/// What happens to elements of the API that the document does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// They stay.
    Merge,
    /// They go; resources with the same path keep their ids, and so do entities with the same name.
    Overwrite,
}

/// What happens to the base path that the document names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BasePath {
    Ignore,
    /// Its segments become resources above all paths.
    Prepend,
    /// The same without its first segment.
    Split,
}

/// How to apply a document.
#[derive(Debug, Clone, Copy)]
pub struct ImportOptions<'a> {
    pub mode: Mode,
    pub base_path: BasePath,
    /// Whether documentation parts stay as they are, whatever the document says: `ignore=documentation`.
    pub ignore_documentation: bool,
    /// Whether mapping templates must parse. AWS takes them as they are; the author of a file wants to hear of them.
    pub check_templates: bool,
    /// `${AWS::AccountId}`.
    pub account: &'a AccountId,
    /// `${AWS::Region}`.
    pub region: &'a Region,
    pub limits: &'a Limits,
}

/// What was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    pub warnings: Vec<Warning>,
    /// The methods that the document defines, to be checked by the rules of PutMethod and PutIntegration.
    pub methods: Vec<AppliedMethod>,
    /// Where the document defines what else has rules.
    pub places: BTreeMap<Element, Place>,
}

/// An entity or setting that a document defines outside of its paths.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Element {
    /// By name.
    Model(String),
    /// By name.
    Authorizer(String),
    GatewayResponse(GatewayResponseType),
    Endpoint,
    Policy,
    SecurityPolicy,
}

/// A method that a document defines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedMethod {
    pub resource_id: ResourceId,
    pub http_method: HttpMethod,
    pub place: Place,
    /// Where its request parameters stand, by key.
    pub parameters: BTreeMap<String, Place>,
    /// Where its integration stands.
    pub integration: Option<Place>,
    /// Where its integration responses stand, by status.
    pub integration_responses: BTreeMap<u16, Place>,
}

/// Something that was left out of the import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    pub message: String,
    pub place: Place,
}

/// Something that makes the import fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    pub message: String,
    pub place: Place,
}

/// Why a document was not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// At least one.
    pub errors: Vec<ImportError>,
    pub warnings: Vec<Warning>,
}

/// Applies a document. The tree changes only when all of it can be applied.
///
/// # Errors
/// Everything in the document that cannot be applied.
pub fn apply(
    document: &Document,
    tree: &mut ApiTree,
    options: &ImportOptions<'_>,
    entropy: &mut Entropy,
) -> Result<Applied, Refusal> {
    let root = with_variables(&document.root, options);
    let mut import = Import {
        reading: Reading::new(&root),
        text: &document.text,
        version: document.version,
        tree: tree.clone(),
        options,
        entropy,
        methods: Vec::new(),
        places: BTreeMap::new(),
        schemas: BTreeSet::new(),
        replaced_models: BTreeMap::new(),
        generated_models: HashMap::new(),
        inlined: 0,
        descriptions: Descriptions::default(),
        touched: BTreeSet::new(),
        default_validator: None,
    };
    import.run();
    let Reading { mut errors, mut warnings, .. } = import.reading;
    errors.sort_by_key(|error| error.place);
    warnings.sort_by_key(|warning| warning.place);
    // What several elements refer to is read several times.
    warnings.dedup();
    errors.dedup();
    if !errors.is_empty() {
        return Err(Refusal { errors, warnings });
    }
    *tree = import.tree;
    tree.api.warnings = warnings.iter().map(|warning| warning.message.clone()).collect();
    Ok(Applied { warnings, methods: import.methods, places: import.places })
}

/// The document with AWS's variables replaced; stage variables stay.
fn with_variables<'d>(root: &'d Node, options: &ImportOptions<'_>) -> Cow<'d, Node> {
    let has_variable = |text: &str| text.contains("${AWS::");
    if !root.any_text(&has_variable) {
        return Cow::Borrowed(root);
    }
    let mut root = root.clone();
    root.map_texts(&|text| {
        has_variable(text).then(|| {
            text.replace("${AWS::AccountId}", options.account.as_str())
                .replace("${AWS::Region}", options.region.as_str())
                .replace("${AWS::Partition}", "aws")
        })
    });
    Cow::Owned(root)
}

/// One import on its way.
struct Import<'a> {
    reading: Reading<'a>,
    /// The document as it is written.
    text: &'a str,
    version: Version,
    tree: ApiTree,
    options: &'a ImportOptions<'a>,
    entropy: &'a mut Entropy,
    methods: Vec<AppliedMethod>,
    places: BTreeMap<Element, Place>,
    /// Names of the models that the document's schemas become.
    schemas: BTreeSet<String>,
    /// The models of before, when the document replaces all of them.
    replaced_models: BTreeMap<String, stagedoor_model::Model>,
    /// Names that imports made up, by the schema; empty until an operation has a schema of its own.
    generated_models: HashMap<String, String>,
    /// How many values references into the middle of schemas have brought.
    inlined: usize,
    /// Texts about elements, to become documentation parts.
    descriptions: Descriptions,
    /// Resources that the document names.
    touched: BTreeSet<ResourceId>,
    /// The id of the validator of methods that name none.
    default_validator: Option<String>,
}

impl<'a> Import<'a> {
    fn run(&mut self) {
        if self.overwrites() {
            self.clear();
        }
        self.check_words();
        self.apply_info();
        self.apply_settings();
        self.apply_models();
        self.apply_validators();
        self.apply_authorizers();
        self.apply_gateway_responses();
        self.apply_paths();
        if self.overwrites() {
            self.drop_untouched();
        }
        if !self.options.ignore_documentation {
            self.apply_documentation();
        }
    }

    /// Whether what the document lacks goes away.
    fn overwrites(&self) -> bool {
        self.options.mode == Mode::Overwrite
    }

    fn root(&self) -> &'a Node {
        self.reading.root
    }

    /// Forgets what the document has to bring itself.
    fn clear(&mut self) {
        self.tree.resources.values_mut().for_each(|resource| resource.methods.clear());
        self.tree.gateway_responses.clear();
        let api = &mut self.tree.api;
        (api.description, api.version, api.minimum_compression_size) = (None, None, None);
        (api.policy, api.disable_execute_api_endpoint) = (None, false);
        api.binary_media_types.clear();
        api.api_key_source = ApiKeySource::Header;
    }

    /// Removes resources that neither the document names nor anything it names is below.
    fn drop_untouched(&mut self) {
        let root = self.tree.api.root_resource_id.clone();
        let touched = std::mem::take(&mut self.touched);
        self.tree.resources.retain(|id, _| *id == root || touched.contains(id));
    }
}
