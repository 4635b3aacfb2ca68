//! Bytes into a [`Document`].
//!
//! In: JSON or YAML. Out: a tree with places, or what is wrong with the text. It must not know what an API is, except
//! that a document says `swagger: "2.0"` or `openapi: 3.0.x`.

mod json;
mod yaml;

use crate::node::Node;
use crate::{Diagnostic, Place};

/// How deep lists and objects may nest.
const MAX_DEPTH: usize = 100;
/// How many values a YAML document may have, aliases expanded.
const MAX_NODES: usize = 1_000_000;

/// A document that can be applied.
#[derive(Debug, Clone)]
pub struct Document {
    pub(crate) root: Node,
    pub(crate) version: Version,
    pub(crate) file: String,
}

/// The format of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    Swagger2,
    OpenApi3,
}

impl Document {
    /// The format it is written in.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// The name of the file it came from.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }
}

/// What the text breaks, where.
#[derive(Debug)]
struct Broken {
    place: Place,
    message: String,
}

impl Broken {
    fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into() }
    }
}

/// Reads a document. The file name only serves messages.
///
/// # Errors
/// When the text is neither JSON nor YAML, or not a Swagger 2.0 or OpenAPI 3.0 document.
pub fn parse(bytes: &[u8], file_name: &str) -> Result<Document, Vec<Diagnostic>> {
    let refuse = |broken: Broken| vec![Diagnostic::error(file_name, broken.place, broken.message)];
    let text = std::str::from_utf8(bytes)
        .map_err(|_| refuse(Broken::new(Place::START, "the document is not UTF-8")))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_json = text.trim_start().starts_with('{');
    let root = if is_json { json::read(text) } else { yaml::read(text) }.map_err(refuse)?;
    let version = version(&root).map_err(|broken| {
        vec![
            Diagnostic::error(file_name, broken.place, broken.message)
                .with_help("a document begins with `swagger: \"2.0\"` or `openapi: 3.0.x`"),
        ]
    })?;
    Ok(Document { root, version, file: file_name.to_owned() })
}

fn version(root: &Node) -> Result<Version, Broken> {
    if !root.is_object() {
        return Err(Broken::new(root.place, "the document is not an object"));
    }
    let given = |key: &str| root.entry(key).map(|entry| (entry.value.place, written(&entry.value)));
    match (given("swagger"), given("openapi")) {
        (Some((_, text)), None) if text == "2.0" || text == "2" => Ok(Version::Swagger2),
        (None, Some((_, text))) if text.starts_with("3.0") || text == "3" => Ok(Version::OpenApi3),
        (Some((place, text)), _) => Err(Broken::new(place, format!("Swagger {text} is not supported"))),
        (None, Some((place, text))) => Err(Broken::new(place, format!("OpenAPI {text} is not supported"))),
        (None, None) => Err(Broken::new(root.place, "neither `swagger` nor `openapi` is given")),
    }
}

fn written(node: &Node) -> String {
    node.scalar().unwrap_or_default()
}

/// Refuses a key that stands twice in one object: which one counts would be a guess.
fn check_unique(seen: &mut std::collections::HashSet<String>, key: &str, place: Place) -> Result<(), Broken> {
    if seen.insert(key.to_owned()) {
        return Ok(());
    }
    Err(Broken::new(place, format!("the key `{key}` stands here a second time")))
}

/// An object or list deeper than any API needs.
fn too_deep(place: Place) -> Broken {
    Broken::new(place, format!("nested deeper than {MAX_DEPTH} levels"))
}
