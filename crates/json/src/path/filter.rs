//! Filters: whether a value is one of those wanted.
//!
//! In: a condition and a value. Out: whether it holds. Whatever cannot be compared does not hold.

use std::borrow::Cow;

use super::Found;
use super::compare::{Operand, Operator};
use super::find::{Stop, Work, find_with};
use super::pattern::Pattern;
use super::token::Route;
use crate::Value;

/// The inside of `[?( … )]`.
#[derive(Debug)]
pub(super) enum Condition {
    Any(Vec<Condition>),
    All(Vec<Condition>),
    Not(Box<Condition>),
    /// A path alone, or with `!` before it.
    Exists {
        path: SubPath,
        wanted: bool,
    },
    Compare {
        left: Term,
        operator: Operator,
        right: Term,
    },
}

/// A path in a filter: from the value in question, or from the document.
#[derive(Debug)]
pub(super) struct SubPath {
    pub(super) route: Route,
    pub(super) from_root: bool,
}

/// One side of a comparison.
#[derive(Debug)]
pub(super) enum Term {
    Path(SubPath),
    Literal(Value),
    Pattern(Pattern),
    Undefined,
}

/// What a filter looks at.
#[derive(Debug)]
pub(super) struct Scene<'s, 'v> {
    pub(super) root: &'v Value,
    pub(super) current: &'v Value,
    pub(super) work: &'s Work,
}

impl Condition {
    pub(super) fn holds(&self, scene: &Scene<'_, '_>) -> Result<bool, Stop> {
        match self {
            Self::Any(conditions) => {
                for condition in conditions {
                    if condition.holds(scene)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Self::All(conditions) => {
                for condition in conditions {
                    if !condition.holds(scene)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Self::Not(condition) => Ok(!condition.holds(scene)?),
            // An indefinite path always gives a list, so it is always there.
            Self::Exists { path, wanted } => Ok(path.value(scene)?.is_some() == *wanted),
            Self::Compare { left, operator, right } => {
                let (left, right) = (left.operand(scene)?, right.operand(scene)?);
                scene.work.spend(left.weight() + right.weight())?;
                Ok(operator.holds(&left, &right))
            }
        }
    }
}

impl SubPath {
    fn value<'v>(&self, scene: &Scene<'_, 'v>) -> Result<Option<Cow<'v, Value>>, Stop> {
        let start = if self.from_root { scene.root } else { scene.current };
        match find_with(&self.route, scene.root, start, scene.work) {
            Ok(Found::Missing) | Err(Stop::NotFound | Stop::Failed) => Ok(None),
            Ok(Found::Value(value)) => Ok(Some(value)),
            Ok(list @ Found::List(_)) => Ok(list.into_value().map(Cow::Owned)),
            Err(Stop::Work) => Err(Stop::Work),
        }
    }
}

impl Term {
    fn operand<'t>(&'t self, scene: &Scene<'_, 't>) -> Result<Operand<'t>, Stop> {
        Ok(match self {
            Self::Path(path) => path.value(scene)?.map_or(Operand::Undefined, Operand::Value),
            Self::Literal(value) => Operand::Value(Cow::Borrowed(value)),
            Self::Pattern(pattern) => Operand::Pattern(pattern),
            Self::Undefined => Operand::Undefined,
        })
    }
}
