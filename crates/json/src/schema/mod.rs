//! JSON Schema, draft 4, with the sentences and the order of the Java library that API Gateway validates with.
//!
//! In: schemas, the documents that they refer to, values. Out: what is wrong with a value, in sentences. It must not know
//! what is validated, nor fetch anything.
//!
//! A schema's own keywords are checked in alphabetical order, `format` last; the members of a container are looked at only
//! while nothing is wrong, sorted by name.

mod child;
mod compile;
mod ecma;
mod format;
mod keyword;
mod multiple;
mod read;
mod sentence;
mod types;
mod unique;
mod validate;

use std::sync::Arc;

use crate::Value;
use child::Children;
use keyword::Keyword;
pub use validate::{Problem as ValidationProblem, Work};

/// A compiled schema with all that it refers to.
#[derive(Debug)]
pub struct Schema {
    nodes: Box<[Node]>,
    root: Id,
}

/// A schema that cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct SchemaError {
    /// The document's URL, empty for the schema itself, and the JSON pointer within it.
    pub place: String,
    pub problem: SchemaProblem,
}

/// Why a schema cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaProblem {
    #[error("a schema must be an object")]
    NoObject,
    #[error("{0} must be {1}")]
    Keyword(&'static str, &'static str),
    #[error("the pattern {0:?} is no regular expression")]
    Pattern(String),
    #[error("$ref {0:?} leads nowhere")]
    Unresolved(String),
    #[error("$ref {0:?} leads back to itself")]
    Circle(String),
    #[error("the schemas are too many or too large")]
    TooLarge,
}

/// One of a schema's nodes.
type Id = u32;

/// A schema object.
#[derive(Debug, Default)]
struct Node {
    /// In the order in which they are checked.
    keywords: Box<[Keyword]>,
    children: Children,
}

impl Schema {
    /// Compiles a schema. `documents` gives what stands at a URL, which has no fragment.
    ///
    /// # Errors
    /// [`SchemaError`] when draft 4 does not allow the schema, or something that it refers to is missing.
    pub fn compile(
        schema: Arc<Value>,
        documents: &dyn Fn(&str) -> Option<Arc<Value>>,
    ) -> Result<Self, SchemaError> {
        compile::compile(schema, documents)
    }

    /// What is wrong with a value, in order; nothing when it is valid.
    ///
    /// # Errors
    /// [`ValidationProblem`] when that would take more work than allowed, or never end.
    pub fn validate(&self, value: &Value, work: Work) -> Result<Vec<String>, ValidationProblem> {
        validate::validate(self, value, work)
    }

    fn node(&self, id: Id) -> &Node {
        &self.nodes[id as usize]
    }
}

#[cfg(test)]
mod tests;
