//! Whether all items of an array differ, in time that grows with the array, not with its square.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::fast::RandomState;

use super::multiple::Scaled;
use crate::Value;

/// Up to this many items are compared each with each.
const FEW: usize = 8;

pub(super) fn all_differ(items: &[Value]) -> bool {
    if items.len() <= FEW {
        return items.iter().enumerate().all(|(index, item)| !items[..index].contains(item));
    }
    let state = RandomState::default();
    let mut seen: HashMap<u64, Vec<&Value>, RandomState> =
        HashMap::with_capacity_and_hasher(items.len(), RandomState::default());
    items.iter().all(|item| {
        let alike = seen.entry(hash(item, &state)).or_default();
        let differs = !alike.contains(&item);
        alike.push(item);
        differs
    })
}

/// Equal values have equal hashes: numbers by value, objects whatever their order.
fn hash(value: &Value, state: &RandomState) -> u64 {
    let mut hasher = state.build_hasher();
    match value {
        Value::Null => 0_u8.hash(&mut hasher),
        Value::Bool(truth) => truth.hash(&mut hasher),
        Value::Number(number) => Scaled::of(&number.literal()).hash(&mut hasher),
        Value::String(text) => text.hash(&mut hasher),
        Value::Array(items) => items.iter().for_each(|item| hash(item, state).hash(&mut hasher)),
        Value::Object(members) => {
            let member = |(name, value): (&str, &Value)| state.hash_one((name, hash(value, state)));
            members.iter().map(member).fold(0_u64, u64::wrapping_add).hash(&mut hasher);
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::all_differ;
    use crate::parse;

    #[test]
    fn items_are_compared_by_value() {
        let filler = "1,2,3,4,5,6,7,8,9,10";
        for (items, expected) in [
            ("\"a\", \"b\"", true),
            ("\"a\", \"a\"", false),
            ("100, 100.0", false),
            ("100, 1e2", false),
            ("0, -0.0", false),
            ("{\"a\": 1, \"b\": 2}, {\"b\": 2.0, \"a\": 1}", false),
            ("{\"a\": 1}, {\"a\": 1, \"b\": 2}", true),
            ("[20, 21], [21, 20]", true),
            ("true, \"true\", null, false", true),
            ("[], {}, [[]], \"\"", true),
        ] {
            for text in [format!("[{items}]"), format!("[{filler},{items}]")] {
                let value = parse(&text).unwrap();
                assert_eq!(all_differ(value.as_array().unwrap()), expected, "{text}");
            }
        }
    }
}
