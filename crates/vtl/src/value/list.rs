//! Lists, sets, arrays and other collections that are no maps.

use std::cell::{Ref, RefCell, RefMut};
use std::rc::Rc;

use super::Value;

/// Which collection of Java it is. It decides methods and printing, not storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `java.util.ArrayList`
    List,
    /// A list that prints as JSON.
    Json,
    /// An array; its size is fixed.
    Array,
    /// A set, such as `keySet` gives.
    Set,
    /// A collection without order, such as `values` gives.
    Collection,
}

impl Kind {
    /// Whether items have places: sets and plain collections have none.
    #[must_use]
    pub fn has_order(self) -> bool {
        matches!(self, Self::List | Self::Json | Self::Array)
    }

    /// Whether it is a `java.util.List`.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(self, Self::List | Self::Json)
    }
}

/// A shared collection.
#[derive(Debug, Clone)]
pub struct List(Rc<Shared>);

#[derive(Debug)]
struct Shared {
    kind: Kind,
    items: RefCell<Vec<Value>>,
}

impl List {
    #[must_use]
    pub fn new(kind: Kind, items: Vec<Value>) -> Self {
        Self(Rc::new(Shared { kind, items: RefCell::new(items) }))
    }

    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The items. The borrow must end before anything else of the template runs.
    #[must_use]
    pub fn items(&self) -> Ref<'_, Vec<Value>> {
        self.0.items.borrow()
    }

    /// The items, to be changed. The borrow must end before anything else of the template runs.
    #[must_use]
    pub fn items_mut(&self) -> RefMut<'_, Vec<Value>> {
        self.0.items.borrow_mut()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.items().len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether both are the same object.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    pub(super) fn is_unique(&self) -> bool {
        Rc::strong_count(&self.0) == 1
    }

    pub(super) fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as usize
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        super::cycles::drop_flat(std::mem::take(self.items.get_mut()));
    }
}

/// Items one after the other, as `#foreach` and iterators take them.
#[derive(Debug, Clone)]
pub struct Sequence {
    items: List,
    next: usize,
}

impl Sequence {
    pub(super) fn list(&self) -> &List {
        &self.items
    }

    /// Walks over a list, as it is whenever the next item is taken.
    #[must_use]
    pub fn of(items: List) -> Self {
        Self { items, next: 0 }
    }

    #[must_use]
    pub fn has_next(&self) -> bool {
        self.next < self.items.len()
    }
}

impl Iterator for Sequence {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        let item = self.items.items().get(self.next).cloned()?;
        self.next += 1;
        Some(item)
    }
}
