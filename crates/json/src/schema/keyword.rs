//! What a schema asks of one value, keyword by keyword, besides what it asks of the value's members.

use std::cmp::Ordering;

use super::ecma::Pattern;
use super::format::Format;
use super::types::Types;
use super::{Id, Node, multiple, sentence, unique};
use crate::{Map, Number, Value};

/// A keyword with its value. `Ord` of the names is the order of the checks.
#[derive(Debug)]
pub(super) enum Keyword {
    /// Items beyond this many are forbidden.
    AdditionalItems(usize),
    /// Members that the schema does not name are forbidden.
    AdditionalProperties,
    AllOf(Box<[Id]>),
    AnyOf(Box<[Id]>),
    Dependencies(Dependencies),
    Enum(Box<[Value]>),
    MaxItems(u64),
    MaxLength(u64),
    MaxProperties(u64),
    Maximum(Bound),
    MinItems(u64),
    MinLength(u64),
    MinProperties(u64),
    Minimum(Bound),
    MultipleOf(Number),
    Not(Id),
    OneOf(Box<[Id]>),
    Pattern(Pattern),
    Required(Box<[Box<str>]>),
    Type(Types),
    UniqueItems,
    Format(Format),
}

/// Members, each with what its presence asks for.
pub(super) type Dependencies = Box<[(Box<str>, Dependency)]>;

/// What the presence of a member asks for.
#[derive(Debug)]
pub(super) enum Dependency {
    Members(Box<[Box<str>]>),
    Schema(Id),
}

/// `minimum` or `maximum`.
#[derive(Debug)]
pub(super) struct Bound {
    pub(super) limit: Number,
    pub(super) exclusive: bool,
}

/// What a check of one value alone says.
pub(super) enum Verdict {
    Good,
    Bad,
    /// An expression backtracked too far.
    TooLong,
}

impl From<bool> for Verdict {
    fn from(good: bool) -> Self {
        if good { Self::Good } else { Self::Bad }
    }
}

impl Keyword {
    /// Whether a value keeps the keyword, for keywords that need no other schema.
    pub(super) fn check(&self, node: &Node, value: &Value) -> Verdict {
        match value {
            _ if matches!(self, Self::Type(_) | Self::Enum(_)) => self.any_value(value).into(),
            Value::Array(items) => self.array(items).into(),
            Value::Object(members) => self.object(node, members).into(),
            Value::Number(number) => self.number(number).into(),
            Value::String(text) => self.string(text),
            Value::Null | Value::Bool(_) => Verdict::Good,
        }
    }

    fn any_value(&self, value: &Value) -> bool {
        match self {
            Self::Type(types) => types.contains(value),
            Self::Enum(values) => values.contains(value),
            _ => true,
        }
    }

    fn array(&self, items: &[Value]) -> bool {
        let count = items.len() as u64;
        match self {
            Self::AdditionalItems(most) => items.len() <= *most,
            Self::MaxItems(most) => count <= *most,
            Self::MinItems(least) => count >= *least,
            Self::UniqueItems => unique::all_differ(items),
            _ => true,
        }
    }

    fn object(&self, node: &Node, members: &Map) -> bool {
        let count = members.len() as u64;
        match self {
            Self::AdditionalProperties => members.keys().all(|name| node.children.names(name)),
            Self::MaxProperties(most) => count <= *most,
            Self::MinProperties(least) => count >= *least,
            Self::Required(names) => names.iter().all(|name| members.contains_key(name)),
            _ => true,
        }
    }

    fn number(&self, number: &Number) -> bool {
        let keeps = |bound: &Bound, wanted: Ordering| {
            let order = number.compare(&bound.limit);
            order == wanted || (order == Ordering::Equal && !bound.exclusive)
        };
        match self {
            Self::Maximum(bound) => keeps(bound, Ordering::Less),
            Self::Minimum(bound) => keeps(bound, Ordering::Greater),
            Self::MultipleOf(divisor) => multiple::is_multiple(number, divisor),
            _ => true,
        }
    }

    fn string(&self, text: &str) -> Verdict {
        match self {
            Self::MaxLength(most) => (length(text) <= *most).into(),
            Self::MinLength(least) => (length(text) >= *least).into(),
            Self::Pattern(pattern) => pattern.is_match(text).map_or(Verdict::TooLong, Verdict::from),
            Self::Format(format) => format.accepts(text).into(),
            _ => Verdict::Good,
        }
    }

    /// What is wrong with a value that [`Keyword::check`] found bad.
    pub(super) fn sentence(&self, node: &Node, value: &Value) -> String {
        match (self, value) {
            (Self::Type(types), _) => sentence::types(value, *types),
            (Self::Enum(values), _) => sentence::not_in_enum(value, values),
            (_, Value::Array(items)) => self.array_sentence(items.len()),
            (_, Value::Object(members)) => self.object_sentence(node, members),
            (_, Value::Number(number)) => self.number_sentence(number),
            (_, Value::String(text)) => self.string_sentence(text),
            (_, Value::Null | Value::Bool(_)) => String::new(),
        }
    }

    fn array_sentence(&self, count: usize) -> String {
        match self {
            Self::AdditionalItems(most) => sentence::too_many_items(*most, count),
            Self::MaxItems(most) => sentence::array_too_long(*most, count),
            Self::MinItems(least) => sentence::array_too_short(*least, count),
            _ => sentence::DUPLICATES.to_owned(),
        }
    }

    fn object_sentence(&self, node: &Node, members: &Map) -> String {
        match self {
            Self::AdditionalProperties => {
                sentence::not_allowed(members.keys().filter(|name| !node.children.names(name)))
            }
            Self::MaxProperties(most) => sentence::too_many_members(*most, members.len()),
            Self::MinProperties(least) => sentence::too_few_members(*least, members.len()),
            Self::Required(names) => {
                sentence::missing(names.iter().map(|name| &**name).filter(|name| !members.contains_key(name)))
            }
            _ => String::new(),
        }
    }

    fn number_sentence(&self, number: &Number) -> String {
        match self {
            Self::Maximum(Bound { limit, exclusive }) => sentence::too_large(limit, number, *exclusive),
            Self::Minimum(Bound { limit, exclusive }) => sentence::too_small(limit, number, *exclusive),
            Self::MultipleOf(divisor) => sentence::remainder(number, divisor),
            _ => String::new(),
        }
    }

    fn string_sentence(&self, text: &str) -> String {
        match self {
            Self::MaxLength(most) => sentence::text_too_long(text, length(text), *most),
            Self::MinLength(least) => sentence::text_too_short(text, length(text), *least),
            Self::Pattern(pattern) => sentence::no_match(pattern.source(), text),
            Self::Format(format) => format.sentence(text),
            _ => String::new(),
        }
    }
}

/// In code points.
fn length(text: &str) -> u64 {
    text.chars().count() as u64
}
