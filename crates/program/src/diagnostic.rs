//! What the author of a definition should know about how it will execute.

use std::fmt;

use stagedoor_model::HttpMethod;

/// One remark of the compiler. The program exists and runs regardless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The method concerned; none for remarks about the API or stage as a whole.
    pub method: Option<(HttpMethod, String)>,
    pub message: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.method {
            Some((verb, path)) => write!(f, "{verb} {path}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}
