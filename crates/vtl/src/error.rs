//! What can be wrong with a template or with its rendering.

use std::borrow::Cow;

/// Why a text is no template; line and column count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {problem}")]
pub struct ParseError {
    pub line: u32,
    pub column: u32,
    pub problem: Cow<'static, str>,
}

/// Why a rendering ended; line and column say where in the template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {problem}")]
pub struct RenderError {
    pub line: u32,
    pub column: u32,
    pub problem: Problem,
}

/// What ended a rendering.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("{0}")]
    Exceeded(#[from] Exceeded),
    #[error("the method '{method}' failed: {message}")]
    Method { method: Box<str>, message: Box<str> },
    #[error("{0}")]
    Template(Box<str>),
}

/// A limit that a rendering passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Exceeded {
    #[error("the template takes too many steps")]
    Fuel,
    #[error("the template nests or recurses too deeply")]
    Depth,
    #[error("the output of the template is too large")]
    Output,
    #[error("the values that the template makes are too large")]
    Memory,
    #[error("the template takes too long")]
    Time,
}

/// Why a method of a value gave no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// What Java would throw; ends the rendering.
    #[error("{0}")]
    Thrown(Box<str>),
    #[error("{0}")]
    Exceeded(#[from] Exceeded),
}

impl CallError {
    /// An exception with this text.
    #[must_use]
    pub fn thrown(text: impl Into<Box<str>>) -> Self {
        Self::Thrown(text.into())
    }

    /// The error of a rendering, in the words of the method that was called.
    #[must_use]
    pub(crate) fn of_method(self, method: &str) -> Problem {
        match self {
            Self::Thrown(message) => Problem::Method { method: method.into(), message },
            Self::Exceeded(limit) => Problem::Exceeded(limit),
        }
    }
}
