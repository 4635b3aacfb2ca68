//! `$foreach`: what a template may ask of the loop that it is in.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use crate::error::CallError;
use crate::host::Object;
use crate::limits::Meter;
use crate::value::{Map, Value};

/// The loop that runs.
#[derive(Debug)]
pub(super) struct Scope {
    me: Weak<Scope>,
    outer: Value,
    index: Cell<i32>,
    has_next: Cell<bool>,
    /// What the template itself puts there.
    own: RefCell<Option<Map>>,
}

impl Scope {
    pub(super) fn inside(outer: Value) -> Rc<Self> {
        Rc::new_cyclic(|me| Self {
            me: me.clone(),
            outer,
            index: Cell::new(0),
            has_next: Cell::new(false),
            own: RefCell::default(),
        })
    }

    pub(super) fn advance(&self, index: i32, has_next: bool) {
        self.index.set(index);
        self.has_next.set(has_next);
    }

    fn own(&self, name: &str) -> Option<Value> {
        self.own.borrow().as_ref().and_then(|own| own.get(name))
    }
}

impl Object for Scope {
    fn property(&self, name: &str, meter: &mut Meter) -> Result<Option<Value>, CallError> {
        Ok(match name {
            "index" => Some(Value::Int(self.index.get())),
            "count" => Some(Value::Int(self.index.get().saturating_add(1))),
            "hasNext" => Some(Value::Bool(self.has_next.get())),
            "first" => Some(Value::Bool(self.index.get() == 0)),
            "last" => Some(Value::Bool(!self.has_next.get())),
            "parent" if matches!(self.outer, Value::Object(_)) => Some(self.outer.clone()),
            "topmost" => match &self.outer {
                Value::Object(outer) => outer.property(name, meter)?,
                _ => self.me.upgrade().map(|me| Value::Object(me)),
            },
            name => self.own(name),
        })
    }

    fn set_property(&self, name: &str, value: &Value, _: &mut Meter) -> bool {
        self.own.borrow_mut().get_or_insert_default().put(Value::from(name), value.clone());
        true
    }

    fn call(&self, name: &str, arguments: &[Value], meter: &mut Meter) -> Result<Option<Value>, CallError> {
        let getter = match name {
            "getIndex" => "index",
            "getCount" => "count",
            "hasNext" | "getHasNext" => "hasNext",
            "isFirst" => "first",
            "isLast" => "last",
            "getParent" => "parent",
            "getTopmost" => "topmost",
            _ => return Ok(None),
        };
        if arguments.is_empty() { self.property(getter, meter) } else { Ok(None) }
    }

    fn print(&self, out: &mut String) {
        out.push_str("{}");
    }
}
