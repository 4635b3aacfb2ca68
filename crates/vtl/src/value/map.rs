//! Maps that keep the order of insertion.

use std::cell::{Ref, RefCell, RefMut};
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use indexmap::{Equivalent, IndexMap};

use super::Value;

/// The pairs of a map in their order.
pub type Pairs = IndexMap<Key, Value, foldhash::fast::RandomState>;

/// A value as key: equal when Java's `equals` says so.
#[derive(Debug, Clone)]
pub struct Key(pub Value);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.java_equals(&other.0)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Value::String(text) => text.hash(state),
            other => other.hash_code().hash(state),
        }
    }
}

impl Equivalent<Key> for str {
    fn equivalent(&self, key: &Key) -> bool {
        key.0.as_str() == Some(self)
    }
}

/// A shared `java.util.LinkedHashMap`.
#[derive(Debug, Clone, Default)]
pub struct Map(Rc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    pairs: RefCell<Pairs>,
}

impl Map {
    #[must_use]
    pub fn new(pairs: Pairs) -> Self {
        Self(Rc::new(Shared { pairs: RefCell::new(pairs) }))
    }

    /// The pairs. The borrow must end before anything else of the template runs.
    #[must_use]
    pub fn pairs(&self) -> Ref<'_, Pairs> {
        self.0.pairs.borrow()
    }

    /// The pairs, to be changed. The borrow must end before anything else of the template runs.
    #[must_use]
    pub fn pairs_mut(&self) -> RefMut<'_, Pairs> {
        self.0.pairs.borrow_mut()
    }

    /// The value of a name; `None` when there is no such key.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        self.pairs().get(name).cloned()
    }

    /// The value of a key; `None` when there is no such key.
    #[must_use]
    pub fn get_value(&self, key: &Value) -> Option<Value> {
        match key {
            Value::String(name) => self.get(name),
            _ => self.pairs().get(&Key(key.clone())).cloned(),
        }
    }

    /// Sets a key, and gives the value that it had.
    pub fn put(&self, key: Value, value: Value) -> Option<Value> {
        self.pairs_mut().insert(Key(key), value)
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.pairs().len()
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
        let pairs = std::mem::take(self.pairs.get_mut());
        super::cycles::drop_flat(pairs.into_iter().flat_map(|(key, value)| [key.0, value]));
    }
}
