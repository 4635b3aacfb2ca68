//! JSONPath as Jayway's library understands it.
//!
//! In: the text of a path, parsed once; values. Out: what the path finds there. A path is *definite* when it can name at
//! most one place (keys, indexes); then it finds a value or nothing. All others find a list, which may be empty. A
//! function computes a value.
//!
//! Not covered by the RFC for JSONPath, but by what the library does: see the differential tests.

mod compare;
mod cursor;
mod filter;
mod find;
mod function;
mod parse;
mod pattern;
mod read_filter;
mod token;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::print::push_items;
use crate::{Slashes, Value, push_json};
use find::Stop;
use token::Route;

/// A parsed path. Made once, used for many values, cheap to clone.
#[derive(Clone)]
pub struct Path {
    text: Arc<str>,
    route: Arc<Route>,
}

/// A text that is no path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason} at character {at} of the path {path}")]
pub struct PathError {
    pub path: String,
    /// From 1.
    pub at: usize,
    pub reason: &'static str,
}

/// Why a path could not be followed; what is merely not there is [`Found::Missing`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FindError {
    #[error("the path finds too much: more than {0} values and pieces of text were looked at")]
    Work(u64),
}

/// What a path found.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<'v> {
    /// Nothing is there. Only for paths that are definite, or whose definite beginning is not there.
    Missing,
    /// What a definite path found, or a function computed. It may be `null`.
    Value(Cow<'v, Value>),
    /// What an indefinite path found.
    List(Vec<Cow<'v, Value>>),
}

impl Path {
    /// Parses a path. What begins with neither `$` nor `@` gets `$.` in front.
    ///
    /// # Errors
    /// [`PathError`] with the place of the mistake.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        let route = parse::path(text)?;
        Ok(Self { text: text.into(), route: Arc::new(route) })
    }

    /// The text it was parsed from.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it finds at most one value.
    #[must_use]
    pub fn is_definite(&self) -> bool {
        self.route.definite
    }

    /// What is at this path.
    ///
    /// # Errors
    /// [`FindError`] when looking would take too long.
    pub fn find<'v>(&self, value: &'v Value) -> Result<Found<'v>, FindError> {
        match find::find(&self.route, value, value) {
            Ok(found) => Ok(found),
            Err(Stop::NotFound | Stop::Outside | Stop::Failed | Stop::Unfit) => Ok(Found::Missing),
            Err(Stop::Work) => Err(FindError::Work(find::MAX_WORK)),
        }
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Path({})", self.text)
    }
}

impl PartialEq for Path {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Path {}

impl Found<'_> {
    /// As one value, lists as arrays; none when nothing was found.
    #[must_use]
    pub fn into_value(self) -> Option<Value> {
        match self {
            Self::Missing => None,
            Self::Value(value) => Some(value.into_owned()),
            Self::List(items) => Some(Value::Array(items.into_iter().map(Cow::into_owned).collect())),
        }
    }

    /// Appends it as compact JSON; nothing when nothing was found.
    pub fn push_json(&self, slashes: Slashes, out: &mut String) {
        match self {
            Self::Missing => {}
            Self::Value(value) => push_json(value, slashes, out),
            Self::List(items) => push_items(items.iter().map(AsRef::as_ref), slashes, out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FindError, Path};
    use crate::{MAX_DEPTH, parse};

    #[test]
    fn mistakes_have_a_place() {
        for (path, expected) in [
            (
                "$.é.[x]",
                "expected a quoted name, an index, a wildcard or a filter at character 6 of the path $.é.[x]",
            ),
            (
                "a b",
                "a name with a blank must be written in brackets and quotes at character 4 of the path $.a b",
            ),
            ("$.a.", "a path must not end with a dot at character 4 of the path $.a."),
            ("$[?(@.a == )]", "the filter ends early at character 12 of the path $[?(@.a == )]"),
            ("$[?(@.a ~ 1)]", "expected the end of the filter at character 9 of the path $[?(@.a ~ 1)]"),
            ("$.a.nosuch()", "unknown function at character 5 of the path $.a.nosuch()"),
        ] {
            assert_eq!(Path::parse(path).unwrap_err().to_string(), expected);
        }
    }

    #[test]
    fn paths_are_definite_or_not() {
        for (path, definite) in [
            ("$", true),
            ("$.a[0]['b'].length()", true),
            ("$['a','b']", true),
            ("$['a','b'].c", false),
            ("$.a[0,1]", false),
            ("$.a[0:1]", false),
            ("$..a", false),
            ("$.*", false),
            ("$.a[?(@.b)]", false),
        ] {
            assert_eq!(Path::parse(path).unwrap().is_definite(), definite, "{path}");
        }
    }

    #[test]
    fn what_is_deep_or_long_ends() {
        let deep = parse(&("[".repeat(MAX_DEPTH) + &"]".repeat(MAX_DEPTH))).unwrap();
        let objects = parse(&("{\"a\":".repeat(MAX_DEPTH - 1) + "{}" + &"}".repeat(MAX_DEPTH - 1))).unwrap();
        for path in [
            "$..*".to_owned(),
            "$..*..*..*".to_owned(),
            "$..[?(@..[?(@..[0])])]".to_owned(),
            "$..[?($..[?($..[0])])]".to_owned(),
            "$..a.length()".to_owned(),
            "$".to_owned() + &".a".repeat(MAX_DEPTH),
            "$".to_owned() + &"..a".repeat(150),
            "$".to_owned() + &"[0]".repeat(MAX_DEPTH),
            "$".to_owned() + &".append($)".repeat(150),
        ] {
            let path = Path::parse(&path).unwrap();
            for value in [&deep, &objects] {
                let _ = path.find(value).map(|found| found.into_value());
            }
        }
        for path in [
            "$".to_owned() + &".a".repeat(MAX_DEPTH + 1),
            "$".to_owned() + &"..[?(@".repeat(5000),
            "$[?".to_owned() + &"(".repeat(50_000),
            "$[?(".to_owned() + &"!(".repeat(10_000) + "@.a" + &")".repeat(10_002) + "]",
            "$.a.concat(".to_owned() + &"$.concat(".repeat(5000),
            "$.".to_owned() + &"a".repeat(70_000),
        ] {
            assert!(Path::parse(&path).is_err());
        }
    }

    #[test]
    fn work_is_bounded() {
        let item = r#"{"s":"aaaaaaaaaaaaaaaaaaaaaaaaaaaa","l":[1,2,3,4,5,6,7,8]}"#;
        let list = format!(
            "{{\"l\":[{}0],\"long\":\"{}\"}}",
            format!("{item},").repeat(20_000),
            "x".repeat(1 << 20)
        );
        let value = parse(&list).unwrap();
        for path in [
            "$..*..*..*",
            "$.l[?($.l anyof $.l)]",
            "$.l[?($.long == $.long)]",
            "$.l[?(@.s =~ /(?=a)(a+)+b/)]",
            "$.l[?($.l == $.l)]",
            "$.l[*].concat($.long)",
            "$.l[*]['s','l'].append($.long)",
            "$['l','long']['l','long']",
            "$.l[?($..s)]",
        ] {
            match Path::parse(path).unwrap().find(&value) {
                Err(FindError::Work(_)) => {}
                Ok(found) => assert!(
                    found.into_value().is_none_or(|value| value.to_string().len() < 1 << 26),
                    "{path}"
                ),
            }
        }
        let deep = parse(&("[".repeat(MAX_DEPTH) + &"]".repeat(MAX_DEPTH))).unwrap();
        assert!(matches!(Path::parse("$..*..*..*").unwrap().find(&deep), Err(FindError::Work(_))));
    }
}
