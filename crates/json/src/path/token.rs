//! The parts of a parsed path.

use super::filter::Condition;
use super::function::Call;

/// A path as the finder follows it.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) steps: Box<[Step]>,
    /// At most one value can be found.
    pub(super) definite: bool,
}

#[derive(Debug)]
pub(super) struct Step {
    pub(super) token: Token,
    /// Everything before this step is definite: what it needs and does not find is an error then.
    pub(super) after_definite: bool,
}

#[derive(Debug)]
pub(super) enum Token {
    /// One key, or several: as the last step these make one object of what is there.
    Keys(Box<[Box<str>]>),
    Indexes(Box<[i64]>),
    Slice(Slice),
    Wildcard,
    /// `..`: the next step applies to everything below.
    Scan,
    Filter(Box<Condition>),
    Function(Box<Call>),
}

/// `[from:to]`; at least one of them is there, or neither.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slice {
    pub(super) from: Option<i64>,
    pub(super) to: Option<i64>,
}

impl Route {
    pub(super) fn new(tokens: Vec<Token>) -> Self {
        let count = tokens.len();
        let mut definite = true;
        let steps = tokens.into_iter().enumerate().map(|(at, token)| {
            let after_definite = definite;
            definite &= token.is_definite(at + 1 == count);
            Step { token, after_definite }
        });
        let steps = steps.collect();
        Self { steps, definite }
    }
}

impl Token {
    fn is_definite(&self, last: bool) -> bool {
        match self {
            Self::Keys(keys) => keys.len() == 1 || last,
            Self::Indexes(indexes) => indexes.len() == 1,
            Self::Function(_) => true,
            Self::Slice(_) | Self::Wildcard | Self::Scan | Self::Filter(_) => false,
        }
    }
}
