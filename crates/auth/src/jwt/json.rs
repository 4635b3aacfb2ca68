//! JSON without surprises: members keep their order and stand only once, and nothing is nested deeply.
//!
//! In: bytes. Out: a value, or nothing. A member that stands twice would mean one thing to us and another to whoever reads
//! the token next.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Deepest nesting; identity providers need three levels.
const MAX_DEPTH: usize = 16;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    Number(serde_json::Number),
    Text(Box<str>),
    List(Vec<Json>),
    Object(Vec<(Box<str>, Json)>),
}

impl Json {
    /// Parses a text that must be a value and nothing else.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut reader = serde_json::Deserializer::from_slice(bytes);
        let value = Nested(0).deserialize(&mut reader).ok()?;
        reader.end().ok().map(|()| value)
    }

    /// The members of an object.
    pub(super) fn into_members(self) -> Option<Vec<(Box<str>, Json)>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// A string's text.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A member of an object by its name.
pub(super) fn member<'m>(members: &'m [(Box<str>, Json)], name: &str) -> Option<&'m Json> {
    members.iter().find(|(known, _)| **known == *name).map(|(_, value)| value)
}

impl fmt::Display for Json {
    /// Compact JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

/// Reads a value at some depth.
struct Nested(usize);

impl Nested {
    fn inner<E: Error>(&self) -> Result<Self, E> {
        if self.0 == MAX_DEPTH { Err(E::custom("nested too deeply")) } else { Ok(Self(self.0 + 1)) }
    }
}

impl<'de> DeserializeSeed<'de> for Nested {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Nested {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        serde_json::Number::from_f64(value).map(Json::Number).ok_or_else(|| E::custom("no finite number"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.inner()?)? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut members: Vec<(Box<str>, Json)> = Vec::new();
        while let Some(name) = entries.next_key::<Box<str>>()? {
            members.push((name, entries.next_value_seed(self.inner()?)?));
        }
        match stand_once(&members) {
            true => Ok(Json::Object(members)),
            false => Err(A::Error::custom("a member stands twice")),
        }
    }
}

/// Whether no member stands twice. Comparing each with each would let a token of thousands hold its reader up.
fn stand_once(members: &[(Box<str>, Json)]) -> bool {
    differ(members.iter().map(|(name, _)| &**name).collect())
}

fn differ<T: Ord>(mut names: Vec<T>) -> bool {
    names.sort_unstable();
    names.windows(2).all(|pair| pair[0] != pair[1])
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::cmp::Ordering;

    use super::{Json, differ};

    fn printed(text: &str) -> Option<String> {
        Json::parse(text.as_bytes()).map(|value| value.to_string())
    }

    #[test]
    fn values_keep_their_order_and_meaning() {
        for (text, expected) in [
            (r#"{"b":1,"a":[true,null,"x"]}"#, Some(r#"{"b":1,"a":[true,null,"x"]}"#)),
            (" {} ", Some("{}")),
            (r#"[1.5,-2,18446744073709551615]"#, Some("[1.5,-2,18446744073709551615]")),
            (r#""\u0041\/""#, Some(r#""A/""#)),
            (r#"{"a":1,"a":2}"#, None),
            (r#"{"a":{"b":1,"\u0062":2}}"#, None),
            (r#"{"a":1}x"#, None),
            ("1e999", None),
            ("{'a':1}", None),
            ("", None),
            ("\u{feff}{}", None),
        ] {
            assert_eq!(printed(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn members_of_wide_objects_stand_once_too() {
        let wide = |last: usize| {
            let members = (0..3000).chain([last]).map(|name| format!(r#""m{name}":0"#));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        };
        assert!(printed(&wide(3000)).is_some());
        for last in [0, 1500, 2999] {
            assert!(printed(&wide(last)).is_none(), "{last}");
        }
    }

    /// A name that counts how often it is looked at.
    struct Counted<'c>(String, &'c Cell<usize>);

    impl Ord for Counted<'_> {
        fn cmp(&self, other: &Self) -> Ordering {
            self.1.set(self.1.get() + 1);
            self.0.cmp(&other.0)
        }
    }

    impl PartialOrd for Counted<'_> {
        fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
            Some(self.cmp(other))
        }
    }

    impl PartialEq for Counted<'_> {
        fn eq(&self, other: &Self) -> bool {
            self.cmp(other).is_eq()
        }
    }

    impl Eq for Counted<'_> {}

    #[test]
    fn wide_objects_cost_no_square_of_their_width() {
        // The most members for which a token has room. Sorting takes some 12 looks a name; each with each would be 1000.
        let looks = Cell::new(0);
        assert!(differ((0..2_000).map(|name| Counted(format!("m{}", name * 7 % 2_000), &looks)).collect()));
        assert!((2_000..2_000 * 60).contains(&looks.get()), "{}", looks.get());
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(printed(&nested(16)).is_some());
        assert!(printed(&nested(18)).is_none());
        assert!(printed(&"[".repeat(1_000_000)).is_none());
    }
}
