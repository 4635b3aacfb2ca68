//! What the test programs of this crate share: an empty API, and an import in one call.

#![allow(dead_code, reason = "no test program uses all of it")]

use stagedoor_base::{Entropy, Limits, Timestamp};
use stagedoor_model::{ApiTree, RestApi};
use stagedoor_openapi::{Applied, BasePath, Diagnostic, ImportOptions, Mode, apply, parse};

/// How one document is imported.
#[derive(Debug, Clone, Copy)]
pub(crate) struct How {
    pub(crate) mode: Mode,
    pub(crate) base_path: BasePath,
    pub(crate) ignore_documentation: bool,
    pub(crate) check_templates: bool,
}

impl How {
    pub(crate) const OVERWRITE: Self = Self {
        mode: Mode::Overwrite,
        base_path: BasePath::Ignore,
        ignore_documentation: false,
        check_templates: true,
    };
    pub(crate) const MERGE: Self = Self { mode: Mode::Merge, ..Self::OVERWRITE };
}

/// An API as ImportRestApi starts from.
pub(crate) fn empty_tree() -> ApiTree {
    ApiTree::bare(RestApi::unnamed("abcde12345".into(), "rootrootro".into(), Timestamp(0)))
}

/// Applies a document, or returns all that was found.
pub(crate) fn import_into(tree: &mut ApiTree, bytes: &[u8], how: How) -> Result<Applied, Vec<Diagnostic>> {
    let document = parse(bytes, "api.yaml")?;
    let options = ImportOptions {
        mode: how.mode,
        base_path: how.base_path,
        ignore_documentation: how.ignore_documentation,
        check_templates: how.check_templates,
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
