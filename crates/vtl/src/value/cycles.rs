//! Frees collections: deep ones without recursion, and those that hold themselves.

use std::collections::HashMap;
use std::rc::Rc;

use super::Value;

/// Drops values without recursion, however deep they nest.
pub(super) fn drop_flat(values: impl IntoIterator<Item = Value>) {
    let mut last: Vec<Value> = values.into_iter().filter(Value::is_container).collect();
    while let Some(value) = last.pop() {
        last.extend(value.take_members());
    }
}

impl Value {
    /// The collections inside of one that nobody else holds.
    fn take_members(self) -> Vec<Value> {
        match self {
            Self::List(list) if list.is_unique() => {
                std::mem::take(&mut *list.items_mut()).into_iter().filter(Self::is_container).collect()
            }
            Self::Map(map) if map.is_unique() => {
                let pairs = std::mem::take(&mut *map.pairs_mut());
                pairs.into_iter().flat_map(|(key, value)| [key.0, value]).filter(Self::is_container).collect()
            }
            Self::Entry(entry) => {
                Rc::into_inner(entry).map_or_else(Vec::new, |entry| vec![entry.key, entry.value])
            }
            _ => Vec::new(),
        }
    }

    fn members(&self) -> Vec<Value> {
        match self {
            Self::List(list) => list.items().iter().filter(|item| item.is_container()).cloned().collect(),
            Self::Map(map) => map
                .pairs()
                .iter()
                .flat_map(|(key, value)| [&key.0, value])
                .filter(|item| item.is_container())
                .cloned()
                .collect(),
            Self::Entry(entry) => vec![entry.key.clone(), entry.value.clone()],
            Self::Iterator(sequence) => vec![Value::List(sequence.borrow().list().clone())],
            _ => Vec::new(),
        }
    }

    fn address(&self) -> usize {
        match self {
            Self::List(list) => list.address(),
            Self::Map(map) => map.address(),
            Self::Entry(entry) => Rc::as_ptr(entry) as usize,
            Self::Iterator(sequence) => Rc::as_ptr(sequence).cast::<()>() as usize,
            _ => 0,
        }
    }

    fn clear(&self) {
        match self {
            Self::List(list) => drop(std::mem::take(&mut *list.items_mut())),
            Self::Map(map) => drop(std::mem::take(&mut *map.pairs_mut())),
            _ => {}
        }
    }
}

/// A collection on the way, and those of its members that were not looked at yet.
type Visit = (Value, Vec<Value>);

/// Empties collections so that none of these, nor what they hold, holds itself. Each one is looked at once.
pub(crate) fn cut_cycles(roots: Vec<Value>) {
    // Whether a collection is still on the way.
    let mut known = HashMap::new();
    let mut way: Vec<Visit> = vec![(Value::Null, roots)];
    while let Some((_, members)) = way.last_mut() {
        let Some(next) = members.pop() else {
            known.insert(way.pop().map_or(0, |(done, _)| done.address()), false);
            continue;
        };
        match known.get(&next.address()) {
            Some(true) => cut(&way),
            Some(false) => {}
            None => {
                known.insert(next.address(), true);
                way.push((next.clone(), next.members()));
            }
        }
    }
}

/// The last list or map of the way is part of the cycle: entries and iterators cannot be emptied.
fn cut(way: &[Visit]) {
    let last = way.iter().rev().find(|(value, _)| matches!(value, Value::List(_) | Value::Map(_)));
    last.iter().for_each(|(value, _)| value.clear());
}
