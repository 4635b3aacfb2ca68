//! Bytes into a [`Document`].
//!
//! In: JSON or YAML. Out: a tree with places, or what is wrong with the text. It must not know what an API is, except
//! that a document says `swagger: "2.0"`, `openapi: 3.0.x` or `openapi: 3.1.x`.

pub(crate) mod inside;
mod json;
mod yaml;

use std::collections::HashMap;

use crate::node::{Node, Value};
use crate::{Diagnostic, ImportError, Place, Warning};

/// How deep lists and objects may nest.
const MAX_DEPTH: usize = 100;
/// How many values a document may have, aliases expanded.
const MAX_NODES: usize = 1_000_000;
/// How large a document may be: several times what AWS takes, and little enough to be read at once.
const MAX_BYTES: usize = 32 * 1024 * 1024;
/// What a document begins with.
const FORMATS: &str = "a document begins with `swagger: \"2.0\"`, `openapi: 3.0.x` or `openapi: 3.1.x`";

/// A document that can be applied.
#[derive(Debug, Clone)]
pub struct Document {
    pub(crate) root: Node,
    pub(crate) version: Version,
    pub(crate) file: String,
    pub(crate) text: String,
}

/// The format of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    Swagger2,
    /// 3.0.x
    OpenApi3,
    /// 3.1.x
    OpenApi31,
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

    /// An error as the author of the file reads it.
    #[must_use]
    pub fn error(&self, error: &ImportError) -> Diagnostic {
        Diagnostic::error(&self.file, error.place, &error.message).with_source(&self.text)
    }

    /// A warning as the author of the file reads it.
    #[must_use]
    pub fn warning(&self, warning: &Warning) -> Diagnostic {
        Diagnostic::warning(&self.file, warning.place, &warning.message).with_source(&self.text)
    }
}

/// What the text breaks, where.
#[derive(Debug)]
struct Broken {
    place: Place,
    message: String,
    help: Option<&'static str>,
    /// Whether the text may still be valid in the other syntax.
    syntax: bool,
}

impl Broken {
    /// Text that this syntax does not have.
    fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into(), help: None, syntax: true }
    }

    /// What no syntax makes right.
    fn refused(place: Place, message: impl Into<String>) -> Self {
        Self { syntax: false, ..Self::new(place, message) }
    }

    fn help(self, help: &'static str) -> Self {
        Self { help: Some(help), ..self }
    }
}

/// Reads a document. The file name only serves messages.
///
/// # Errors
/// When the text is neither JSON nor YAML, or not a Swagger 2.0, OpenAPI 3.0 or OpenAPI 3.1 document.
pub fn parse(bytes: &[u8], file_name: &str) -> Result<Document, Vec<Diagnostic>> {
    let refuse = |broken: Broken| {
        let source = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_BYTES)]);
        let found = Diagnostic::error(file_name, broken.place, broken.message).with_source(unmarked(&source));
        vec![match broken.help {
            Some(help) => found.with_help(help),
            None => found,
        }]
    };
    let text = unmarked(text(bytes).map_err(refuse)?);
    let root = tree(text).map_err(refuse)?;
    let version = version(&root).map_err(|broken| refuse(broken.help(FORMATS)))?;
    Ok(Document { root, version, file: file_name.to_owned(), text: text.to_owned() })
}

/// A text without its byte order mark.
fn unmarked(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn text(bytes: &[u8]) -> Result<&str, Broken> {
    if bytes.len() > MAX_BYTES {
        return Err(Broken::refused(Place::START, format!("the document is larger than {MAX_BYTES} bytes")));
    }
    if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..] = bytes {
        return Err(Broken::refused(Place::START, "the document is UTF-16 or UTF-32")
            .help("save it with the encoding UTF-8"));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        Broken::refused(Place::after(&before), "a byte that is not UTF-8")
            .help("save the file with the encoding UTF-8")
    })
}

/// What begins with a brace is JSON, or a YAML flow mapping; JSON's complaint is the better one.
fn tree(text: &str) -> Result<Node, Broken> {
    if !text.trim_start().starts_with('{') {
        return yaml::read(text);
    }
    json::read(text).or_else(|broken| {
        if !broken.syntax {
            return Err(broken);
        }
        yaml::read(text).map_err(|of_yaml| if of_yaml.syntax { broken } else { of_yaml })
    })
}

fn version(root: &Node) -> Result<Version, Broken> {
    match &root.value {
        Value::Object(_) => {}
        Value::Null => return Err(Broken::refused(root.place, "the document is empty")),
        _ => return Err(Broken::refused(root.place, "the document is not an object")),
    }
    let given = |key: &str| root.entry(key).map(|entry| (entry.value.place, written(&entry.value)));
    let refused =
        |place, name, text: &str| Err(Broken::refused(place, format!("{name} {text} is not supported")));
    match (given("swagger"), given("openapi")) {
        (Some((_, text)), None) if text == "2.0" || text == "2" => Ok(Version::Swagger2),
        (None, Some((_, text))) if is_release(&text, "3.0") || text == "3" => Ok(Version::OpenApi3),
        (None, Some((_, text))) if is_release(&text, "3.1") => Ok(Version::OpenApi31),
        (Some(_), Some((place, _))) => Err(Broken::refused(place, "both `swagger` and `openapi` are given")),
        (Some((place, text)), _) => refused(place, "Swagger", &text),
        (None, Some((place, text))) => refused(place, "OpenAPI", &text),
        (None, None) => Err(Broken::refused(root.place, "neither `swagger` nor `openapi` is given")),
    }
}

/// Whether a version is this minor one, with or without a patch level.
fn is_release(text: &str, minor: &str) -> bool {
    text.strip_prefix(minor).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn written(node: &Node) -> String {
    node.scalar().unwrap_or_else(|| node.kind().to_owned())
}

/// Refuses a key that stands twice in one object: which one counts would be a guess.
fn check_unique(seen: &mut HashMap<String, Place>, key: &str, place: Place) -> Result<(), Broken> {
    match seen.insert(key.to_owned(), place) {
        None => Ok(()),
        Some(first) => Err(Broken::refused(
            place,
            format!("the key `{key}` stands here a second time; the first is on line {}", first.line),
        )),
    }
}

/// An object or list deeper than any API needs.
fn too_deep(place: Place) -> Broken {
    Broken::refused(place, format!("nested deeper than {MAX_DEPTH} levels"))
}
