//! Filters: whether a value is one of those wanted.
//!
//! In: a condition and a value. Out: whether it holds. Whatever cannot be compared does not hold.

use std::borrow::Cow;

use super::Found;
use super::compare::{Operand, Operator};
use super::find::{Stop, Work, exists, find_with};
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
            // From the value in question even when the path begins with `$`.
            Self::Exists { path, wanted } => {
                Ok(exists(&path.route, scene.root, scene.current, scene.work)? == *wanted)
            }
            Self::Compare { left, operator, right } => {
                let (left, right) = (left.operand(scene)?, right.operand(scene)?);
                operator.spend(&left, &right, scene.work)?;
                operator.holds(&left, &right).ok_or(Stop::Unfit)
            }
        }
    }
}

impl SubPath {
    fn operand<'v>(&self, scene: &Scene<'_, 'v>) -> Result<Operand<'v>, Stop> {
        let start = if self.from_root { scene.root } else { scene.current };
        match find_with(&self.route, scene.root, start, scene.work) {
            Ok(Found::Missing) | Err(Stop::NotFound) => Ok(Operand::Undefined),
            Ok(Found::Value(value)) => Ok(Operand::Value(value)),
            Ok(Found::List(items)) => {
                let items: Vec<_> = items.into_iter().map(Cow::into_owned).collect();
                Ok(Operand::Value(Cow::Owned(items.into())))
            }
            Err(stop) => Err(stop),
        }
    }
}

impl Term {
    fn operand<'t>(&'t self, scene: &Scene<'_, 't>) -> Result<Operand<'t>, Stop> {
        Ok(match self {
            Self::Path(path) => path.operand(scene)?,
            Self::Literal(value) => Operand::Value(Cow::Borrowed(value)),
            Self::Pattern(pattern) => Operand::Pattern(pattern),
            Self::Undefined => Operand::Undefined,
        })
    }
}
