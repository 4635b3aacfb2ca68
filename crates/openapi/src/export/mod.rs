//! An API as an OpenAPI 3.0 or Swagger 2.0 document, as AWS writes it.
//!
//! In: a frozen [`ApiTree`], where it is served, and which extensions are asked for. Out: a document that prints itself as
//! JSON or YAML. It must not know storage, wire shapes, or who may read. Each kind of element has its own file below.
//!
//! A document with the extension `apigateway` says all that a document can say of an API: imported, it makes the same
//! entities again.

mod documentation;
mod integration;
mod parameters;
mod paths;
mod responses;
mod root;
mod schemas;
mod security;
mod yaml;

use serde_json::{Map, Value};
use stagedoor_base::{Limits, Timestamp};
use stagedoor_model::{ApiTree, DocumentationPart, HttpMethod};

use security::Schemes;

/// The format of an exported document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportType {
    /// OpenAPI 3.0.
    Oas30,
    /// Swagger 2.0.
    Swagger,
}

impl ExportType {
    /// The format with this name in URLs.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "oas30" => Some(Self::Oas30),
            "swagger" => Some(Self::Swagger),
            _ => None,
        }
    }

    /// Its name in URLs and file names.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Oas30 => "oas30",
            Self::Swagger => "swagger",
        }
    }
}

/// What a document says beyond the bare specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extensions {
    /// What methods call.
    pub integrations: bool,
    /// Who decides whether a call may pass.
    pub authorizers: bool,
    /// Everything else that API Gateway knows of the API.
    pub api_gateway: bool,
    /// What the Postman tool needs to sign calls.
    pub postman: bool,
}

impl Extensions {
    /// The extensions with these names; `apigateway` includes integrations and authorizers.
    ///
    /// # Errors
    /// The first name that is none.
    pub fn parse<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, &'a str> {
        let mut asked = Self::default();
        for name in names {
            match name {
                "integrations" => asked.integrations = true,
                "authorizers" => asked.authorizers = true,
                "apigateway" => {
                    (asked.integrations, asked.authorizers, asked.api_gateway) = (true, true, true)
                }
                "postman" => asked.postman = true,
                other => return Err(other),
            }
        }
        Ok(asked)
    }
}

/// The documentation version that goes into a document.
#[derive(Debug, Clone, Copy)]
pub struct ExportedDocumentation<'a> {
    pub version: &'a str,
    pub created: Timestamp,
    pub parts: &'a [DocumentationPart],
}

/// How to export an API.
#[derive(Debug, Clone, Copy)]
pub struct ExportOptions<'a> {
    pub export_type: ExportType,
    pub extensions: Extensions,
    /// The host name that the API answers on.
    pub host: &'a str,
    pub region: &'a str,
    pub stage: &'a str,
    pub documentation: Option<ExportedDocumentation<'a>>,
    pub limits: &'a Limits,
}

/// Why an API cannot be exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportError {
    /// A body that is described in other formats than JSON only.
    NonJsonBody { method: HttpMethod, path: String },
}

impl std::fmt::Display for ExportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self::NonJsonBody { method, path } = self;
        write!(f, "Only found non-JSON body models for {method} {path}")
    }
}

impl std::error::Error for ExportError {}

/// A document that was made of an API.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    root: Value,
}

impl Exported {
    /// The document as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        crate::pretty::pretty(&self.root)
    }

    /// The document as YAML.
    #[must_use]
    pub fn yaml(&self) -> String {
        yaml::document(&self.root)
    }
}

/// What the document calls the API's version: its own, or the time it was made.
#[must_use]
pub fn exported_version(tree: &ApiTree) -> String {
    tree.api.version.clone().unwrap_or_else(|| tree.api.created.to_string())
}

/// Makes a document of an API.
///
/// # Errors
/// [`ExportError`] when the API has something that no document can say.
pub fn export(tree: &ApiTree, options: &ExportOptions<'_>) -> Result<Exported, ExportError> {
    let export = Export { tree, options, schemes: Schemes::of(tree) };
    Ok(Exported { root: Value::Object(export.root()?) })
}

/// One export on its way.
struct Export<'a> {
    tree: &'a ApiTree,
    options: &'a ExportOptions<'a>,
    schemes: Schemes,
}

impl Export<'_> {
    fn is_swagger(&self) -> bool {
        self.options.export_type == ExportType::Swagger
    }

    fn extensions(&self) -> Extensions {
        self.options.extensions
    }
}

/// A JSON object that keeps its order.
type Object = Map<String, Value>;

/// Adds a member.
fn put(object: &mut Object, name: &str, value: impl Into<Value>) {
    object.insert(name.to_owned(), value.into());
}

/// Adds a member that may be absent.
fn put_some(object: &mut Object, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        put(object, name, value);
    }
}

/// An object of one member.
fn single(name: &str, value: impl Into<Value>) -> Value {
    let mut object = Object::new();
    put(&mut object, name, value);
    Value::Object(object)
}
