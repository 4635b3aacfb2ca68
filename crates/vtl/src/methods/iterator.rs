//! `java.util.Iterator`.

use std::cell::RefCell;

use super::{Outcome, thrown};
use crate::value::{Sequence, Value};

pub(super) fn call(sequence: &RefCell<Sequence>, name: &str, arguments: &[Value]) -> Outcome {
    match (name, arguments) {
        ("hasNext", []) => Ok(Some(Value::Bool(sequence.borrow().has_next()))),
        ("next", []) => match sequence.borrow_mut().next() {
            Some(item) => Ok(Some(item)),
            None => thrown("NoSuchElementException: the iterator is at its end"),
        },
        _ => Ok(None),
    }
}
