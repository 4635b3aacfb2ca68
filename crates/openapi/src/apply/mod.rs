//! A document applied to an API.
//!
//! In: a [`Document`] and an [`ApiTree`]. Out: the changed tree with warnings, or every error; then the tree is as it
//! was. Each kind of element has its own file below.

mod api;
mod extensions;
mod gateway_responses;
mod integration;
mod method;
mod parameters;
mod paths;
mod responses;
mod schemas;
mod security;
mod validators;

use std::collections::BTreeSet;

use stagedoor_base::{AccountId, Entropy, Limits, Region, ResourceId};
use stagedoor_model::{ApiKeySource, ApiTree, HttpMethod};

use crate::node::Node;
use crate::{Diagnostic, Document, Level, Place, Version};

/// How long a chain of `$ref`s may be.
const MAX_REFERENCES: usize = 32;

/// What happens to elements of the API that the document does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// They stay.
    Merge,
    /// They go; resources with the same path keep their ids.
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
    /// Whether an element for documentation parts is passed over instead of refused: `ignore=documentation`.
    pub ignore_documentation: bool,
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
}

/// A method that a document defines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedMethod {
    pub resource_id: ResourceId,
    pub http_method: HttpMethod,
    pub place: Place,
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

impl Warning {
    /// The same for the author of the file.
    #[must_use]
    pub fn diagnostic(&self, file: &str) -> Diagnostic {
        let diagnostic = Diagnostic::error(file, self.place, &self.message);
        Diagnostic { level: Level::Warning, ..diagnostic }
    }
}

impl ImportError {
    /// The same for the author of the file.
    #[must_use]
    pub fn diagnostic(&self, file: &str) -> Diagnostic {
        Diagnostic::error(file, self.place, &self.message)
    }
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
) -> Result<Applied, Vec<ImportError>> {
    let root = with_variables(&document.root, options);
    let mut import = Import {
        root: &root,
        version: document.version,
        tree: tree.clone(),
        options,
        entropy,
        warnings: Vec::new(),
        errors: Vec::new(),
        methods: Vec::new(),
        touched: BTreeSet::new(),
        default_validator: None,
    };
    import.run();
    if !import.errors.is_empty() {
        return Err(import.errors);
    }
    *tree = import.tree;
    Ok(Applied { warnings: import.warnings, methods: import.methods })
}

/// The document with AWS's variables replaced; stage variables stay.
fn with_variables(root: &Node, options: &ImportOptions<'_>) -> Node {
    let mut root = root.clone();
    root.map_texts(&|text| {
        text.contains("${AWS::").then(|| {
            text.replace("${AWS::AccountId}", options.account.as_str())
                .replace("${AWS::Region}", options.region.as_str())
                .replace("${AWS::Partition}", "aws")
        })
    });
    root
}

/// One import on its way.
struct Import<'a> {
    root: &'a Node,
    version: Version,
    tree: ApiTree,
    options: &'a ImportOptions<'a>,
    entropy: &'a mut Entropy,
    warnings: Vec<Warning>,
    errors: Vec<ImportError>,
    methods: Vec<AppliedMethod>,
    /// Resources that the document names.
    touched: BTreeSet<ResourceId>,
    /// The id of the validator of methods that name none.
    default_validator: Option<String>,
}

impl<'a> Import<'a> {
    fn run(&mut self) {
        if self.options.mode == Mode::Overwrite {
            self.clear();
        }
        self.check_extensions();
        self.check_security_schemes();
        self.apply_info();
        self.apply_settings();
        self.apply_models();
        self.apply_validators();
        self.apply_gateway_responses();
        self.apply_paths();
        if self.options.mode == Mode::Overwrite {
            self.drop_untouched();
        }
        self.tree.api.warnings = self.warnings.iter().map(|warning| warning.message.clone()).collect();
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

    fn warn(&mut self, place: Place, message: impl Into<String>) {
        self.warnings.push(Warning { place, message: message.into() });
    }

    fn fail(&mut self, place: Place, message: impl Into<String>) {
        self.errors.push(ImportError { place, message: message.into() });
    }

    /// Follows `$ref`s inside the document.
    fn resolve(&mut self, node: &'a Node) -> Option<&'a Node> {
        let mut node = node;
        for _ in 0..MAX_REFERENCES {
            let Some(reference) = node.get("$ref").and_then(Node::as_text) else { return Some(node) };
            let Some(target) = reference.strip_prefix("#/").and_then(|pointer| at(self.root, pointer)) else {
                self.fail(node.place, format!("`$ref: {reference}` names nothing in this document"));
                return None;
            };
            node = target;
        }
        self.fail(node.place, "`$ref`s that go round in a circle");
        None
    }
}

/// The node at a JSON pointer without its leading `#/`.
fn at<'a>(root: &'a Node, pointer: &str) -> Option<&'a Node> {
    pointer.split('/').try_fold(root, |node, step| node.get(&step.replace("~1", "/").replace("~0", "~")))
}
