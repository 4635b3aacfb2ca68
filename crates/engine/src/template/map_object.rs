//! A map whose values are made when somebody asks for them.

use std::cell::OnceCell;
use std::fmt;
use std::rc::Rc;

use stagedoor_vtl::{CallError, Key, Kind, List, Map, Meter, Object, Pairs, Sequence, Value};

use super::scene::Scene;

/// Names and values of one kind, read from the call.
#[derive(Clone, Copy)]
pub(super) struct Source {
    /// All names in their order.
    pub(super) names: fn(&Scene) -> Vec<Rc<str>>,
    /// The value of a name; none when there is none of this name. Null is a value.
    pub(super) value: fn(&Scene, &str) -> Option<Value>,
}

/// A map of the call's.
pub(super) struct MapObject {
    scene: Rc<Scene>,
    source: Source,
    /// All of it, once a method needs that.
    whole: OnceCell<Map>,
}

impl MapObject {
    pub(super) fn new(scene: Rc<Scene>, source: Source) -> Self {
        Self { scene, source, whole: OnceCell::new() }
    }

    fn get(&self, name: &str) -> Option<Value> {
        match self.whole.get() {
            Some(map) => map.get(name),
            None => (self.source.value)(&self.scene, name),
        }
    }

    fn whole(&self) -> Value {
        let make = || {
            let names = (self.source.names)(&self.scene).into_iter();
            let pairs = names.map(|name| {
                let value = (self.source.value)(&self.scene, &name).unwrap_or_default();
                (Key(Value::String(name)), value)
            });
            Map::new(pairs.collect::<Pairs>())
        };
        Value::Map(self.whole.get_or_init(make).clone())
    }
}

impl fmt::Debug for MapObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MapObject").finish_non_exhaustive()
    }
}

impl Object for MapObject {
    fn property(&self, name: &str, _: &mut Meter) -> Result<Option<Value>, CallError> {
        Ok(self.get(name))
    }

    fn set_property(&self, name: &str, value: &Value, meter: &mut Meter) -> bool {
        let whole = self.whole();
        meter.adopted(&whole, value);
        if let Value::Map(map) = whole {
            map.put(name.into(), value.clone());
        }
        true
    }

    fn call(&self, name: &str, arguments: &[Value], meter: &mut Meter) -> Result<Option<Value>, CallError> {
        match (name, arguments) {
            ("get", [Value::String(key)]) => Ok(self.get(key)),
            _ => self.whole().call(name, arguments, meter),
        }
    }

    fn sequence(&self) -> Option<Sequence> {
        let Value::Map(map) = self.whole() else { return None };
        let values = map.pairs().values().cloned().collect();
        Some(Sequence::of(List::new(Kind::Collection, values)))
    }

    fn print(&self, out: &mut String) {
        // Names and texts only: neither deep nor long.
        let _ = self.whole().print(out, 8);
    }
}
