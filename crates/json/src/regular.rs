//! A compiled regular expression, in the engine that can read it.
//!
//! In: an expression in the syntax of Rust's engines. Out: whether it matches somewhere in a text. What the linear engine
//! cannot read goes to the one that backtracks, with a bound. Which syntax an author wrote is not known here.

/// What an expression may use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// Steps back within one match.
    pub(crate) backtracking: usize,
    /// Bytes of its compiled form.
    pub(crate) size: usize,
}

#[derive(Debug)]
pub(crate) enum Regular {
    Linear(regex::Regex),
    Backtracking(Box<fancy_regex::Regex>),
}

/// An expression went back further than it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLong;

impl Regular {
    /// None when the expression is malformed or too large.
    pub(crate) fn new(expression: &str, bounds: Bounds) -> Option<Self> {
        match regex::RegexBuilder::new(expression).size_limit(bounds.size).build() {
            Ok(regex) => Some(Self::Linear(regex)),
            Err(_) => backtracking(expression, bounds).map(|regex| Self::Backtracking(Box::new(regex))),
        }
    }

    pub(crate) fn is_backtracking(&self) -> bool {
        matches!(self, Self::Backtracking(_))
    }

    pub(crate) fn is_match(&self, text: &str) -> Result<bool, TooLong> {
        match self {
            Self::Linear(regex) => Ok(regex.is_match(text)),
            Self::Backtracking(regex) => regex.is_match(text).map_err(|_| TooLong),
        }
    }
}

fn backtracking(expression: &str, bounds: Bounds) -> Option<fancy_regex::Regex> {
    let mut builder = fancy_regex::RegexBuilder::new(expression);
    builder.backtrack_limit(bounds.backtracking).delegate_size_limit(bounds.size).build().ok()
}
