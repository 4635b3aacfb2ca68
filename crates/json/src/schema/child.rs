//! Which schemas apply to the members of an object and the items of an array.

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use super::Id;
use super::ecma::{Pattern, TooLong};

/// The schemas for what is inside a value.
#[derive(Debug, Default)]
pub(super) struct Children {
    pub(super) properties: IndexMap<Box<str>, Id, RandomState>,
    pub(super) patterns: Vec<(Pattern, Id)>,
    pub(super) additional_properties: Option<Id>,
    pub(super) items: Items,
}

/// The schemas for an array's items.
#[derive(Debug, Default)]
pub(super) enum Items {
    #[default]
    Any,
    All(Id),
    Each {
        first: Box<[Id]>,
        rest: Option<Id>,
    },
}

impl Children {
    /// Whether nothing applies to members of objects.
    pub(super) fn ignores_members(&self) -> bool {
        self.properties.is_empty() && self.patterns.is_empty() && self.additional_properties.is_none()
    }

    /// Calls `each` with every schema that applies to a member.
    pub(super) fn of_member<E: From<TooLong>>(
        &self,
        name: &str,
        mut each: impl FnMut(Id) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut named = false;
        if let Some(id) = self.properties.get(name) {
            named = true;
            each(*id)?;
        }
        for (pattern, id) in &self.patterns {
            if pattern.is_match(name)? {
                named = true;
                each(*id)?;
            }
        }
        match self.additional_properties {
            Some(id) if !named => each(id),
            _ => Ok(()),
        }
    }

    /// Whether `properties` or `patternProperties` speak of a member.
    pub(super) fn names(&self, member: &str) -> bool {
        self.properties.contains_key(member)
            || self.patterns.iter().any(|(pattern, _)| pattern.is_match(member).unwrap_or(false))
    }

    /// The schema that applies to an item.
    pub(super) fn of_item(&self, index: usize) -> Option<Id> {
        match &self.items {
            Items::Any => None,
            Items::All(id) => Some(*id),
            Items::Each { first, rest } => first.get(index).copied().or(*rest),
        }
    }
}
