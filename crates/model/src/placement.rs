//! Where resources may stand below each other. Calls and imports ask the same question.

use std::fmt;

use stagedoor_base::ResourceId;

use crate::{ApiTree, Resource};

/// Why a resource may not stand where it is to stand. Its text is AWS's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misplaced {
    /// No path part.
    Unnamed,
    /// A path part with characters that path parts do not have.
    PathPart,
    /// The parent, with this path part, takes the whole rest of a path.
    BelowGreedy(String),
    /// A sibling has this path part.
    Taken(String),
    /// A sibling with this path part is a variable too.
    SecondVariable(String),
}

impl ApiTree {
    /// Whether a resource with this path part may stand below `parent`, among the siblings that count.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check_place(
        &self,
        parent: &ResourceId,
        path_part: &str,
        counts: impl Fn(&Resource) -> bool,
    ) -> Result<(), Misplaced> {
        if path_part.is_empty() {
            return Err(Misplaced::Unnamed);
        }
        if !Resource::is_path_part(path_part) {
            return Err(Misplaced::PathPart);
        }
        if let Some(above) = self.resources.get(parent).filter(|above| above.is_greedy()) {
            return Err(Misplaced::BelowGreedy(above.path_part.clone()));
        }
        let siblings = || self.children(parent).filter(|sibling| counts(sibling));
        if siblings().any(|sibling| sibling.path_part == path_part) {
            return Err(Misplaced::Taken(path_part.to_owned()));
        }
        let is_variable = |text: &str| text.starts_with('{');
        match siblings().find(|sibling| is_variable(&sibling.path_part)) {
            Some(sibling) if is_variable(path_part) => {
                Err(Misplaced::SecondVariable(sibling.path_part.clone()))
            }
            _ => Ok(()),
        }
    }
}

impl Resource {
    /// Whether it stands for the whole rest of a path: `{name+}`.
    #[must_use]
    pub fn is_greedy(&self) -> bool {
        self.path_part.ends_with("+}")
    }
}

impl fmt::Display for Misplaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unnamed => f.write_str("Resource's path part must be specified"),
            Self::PathPart => f.write_str(
                "Resource's path part only allow a-zA-Z0-9._-: and curly braces at the beginning and the end and an \
                 optional plus sign before the closing brace.",
            ),
            Self::BelowGreedy(part) => {
                write!(f, "Cannot create a child of a resource with a greedy path variable: {part}")
            }
            Self::Taken(part) => {
                write!(f, "Another resource with the same parent already has this name: {part}")
            }
            Self::SecondVariable(part) => write!(
                f,
                "A sibling ({part}) of this resource already has a variable path part -- only one is allowed"
            ),
        }
    }
}
