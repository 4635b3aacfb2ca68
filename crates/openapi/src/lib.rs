//! Swagger 2.0, OpenAPI 3.0 and 3.1 documents with `x-amazon-apigateway-*` extensions: applied to an API, and made of one.
//!
//! In: a document's bytes, JSON or YAML. Out: a changed [`ApiTree`](stagedoor_model::ApiTree), or everything that is
//! wrong, each with its line and column. It must not know storage, wire shapes, or the rules of single operations such as
//! PutIntegration: who applies a document checks the [`Applied::methods`] by those rules.
//!
//! ```
//! # use stagedoor_base::{Entropy, Limits};
//! # use stagedoor_model::ApiTree;
//! use stagedoor_openapi::{BasePath, Diagnostic, ImportOptions, Mode, apply, parse};
//!
//! fn import(file: &[u8], tree: &mut ApiTree, limits: &Limits) -> Result<Vec<String>, Vec<Diagnostic>> {
//!     let document = parse(file, "api.yaml")?;
//!     let options = ImportOptions {
//!         mode: Mode::Overwrite,
//!         base_path: BasePath::Ignore,
//!         ignore_documentation: false,
//!         check_templates: true,
//!         account: &"000000000000".into(),
//!         region: &"us-east-1".into(),
//!         limits,
//!     };
//!     let applied = apply(&document, tree, &options, &mut Entropy::new([1, 2, 3, 4]))
//!         .map_err(|refusal| refusal.errors.iter().map(|error| document.error(error)).collect::<Vec<_>>())?;
//!     Ok(applied.warnings.into_iter().map(|warning| warning.message).collect())
//! }
//! ```

mod apply;
mod diagnostic;
mod export;
mod node;
mod pretty;
mod read;

pub use apply::{
    Applied, AppliedMethod, BasePath, Element, ExtractedPart, ImportError, ImportOptions, Mode, Refusal,
    Warning, apply, documentation_parts,
};
pub use diagnostic::{Diagnostic, Excerpt, Level, Place};
pub use export::{
    ExportError, ExportOptions, ExportType, Exported, ExportedDocumentation, Extensions, export,
    exported_version,
};
pub use read::{Document, Version, parse};
