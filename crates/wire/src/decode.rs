//! JSON values into typed members, as the Coral framework of AWS does it: a value of a wrong type ends the call at
//! once, broken constraints are collected.
//!
//! In: a [`Value`] and the path to it. Out: a typed value, [`Mismatch`], or sentences in the [`Context`].
//! It must not know the other parts of a request than the JSON given.

use base64::Engine as _;
use serde_json::Value;

use crate::check::{Check, printed};
use crate::{Map, Time};

/// Why a request is refused before any rule of the service was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invalid {
    /// Constraints of the model are not met; the sentence names all of them.
    Validation(String),
    /// The body is not JSON, or a value has a wrong type.
    Serialization(String),
}

impl std::fmt::Display for Invalid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Validation(message) | Self::Serialization(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Invalid {}

/// A value of a wrong type: AWS's sentence.
#[derive(Debug)]
pub struct Mismatch(pub(crate) String);

/// Where the decoder stands, and the constraints found broken so far.
#[derive(Debug, Default)]
pub(crate) struct Context {
    path: Vec<Step>,
    broken: Vec<String>,
    /// All values are texts, whatever they mean: the call is a form.
    textual: bool,
}

/// One step of the path to a member.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// The name of the whole body.
    Input(String),
    Member(&'static str),
    Entry(String),
    /// Counted from 1.
    Index(usize),
}

impl Context {
    pub(crate) fn new(textual: bool) -> Self {
        Self { textual, ..Self::default() }
    }

    pub(crate) fn enter(&mut self, step: Step) {
        self.path.push(step);
    }

    pub(crate) fn leave(&mut self) {
        self.path.pop();
    }

    pub(crate) fn check(&mut self, value: &Value, checks: &[Check]) {
        for sentence in checks.iter().filter_map(|check| check.broken(value)) {
            let entry = format!(
                "Value '{}' at '{}' failed to satisfy constraint: {sentence}",
                printed(value),
                self.shown()
            );
            self.broken.push(entry);
        }
    }

    pub(crate) fn missing(&mut self) {
        let entry =
            format!("Value null at '{}' failed to satisfy constraint: Member must not be null", self.shown());
        self.broken.push(entry);
    }

    /// The refusal that names every broken constraint.
    pub(crate) fn verdict(self) -> Result<(), Invalid> {
        let noun = match self.broken.len() {
            0 => return Ok(()),
            1 => "error",
            _ => "errors",
        };
        let count = self.broken.len();
        let message = format!("{count} validation {noun} detected: {}", self.broken.join("; "));
        Err(Invalid::Validation(message))
    }

    fn shown(&self) -> String {
        let mut steps = Vec::with_capacity(self.path.len());
        for step in &self.path {
            match step {
                Step::Input(name) => steps.push(name.clone()),
                Step::Member(name) => steps.push(lower_first(name)),
                Step::Entry(key) => steps.extend([key.clone(), "member".to_owned()]),
                Step::Index(index) => steps.extend([index.to_string(), "member".to_owned()]),
            }
        }
        steps.join(".")
    }
}

fn lower_first(name: &str) -> String {
    let mut characters = name.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + characters.as_str())
}

/// A type that a JSON value becomes.
pub(crate) trait FromJson: Sized {
    /// The value of a member that arrives as text in a path, query or header.
    fn lift(texts: &[&str]) -> Value {
        texts.first().map_or(Value::Null, |text| Value::from(*text))
    }

    /// The value of a member that arrives as text in a form.
    fn from_form(text: &str) -> Value {
        Self::lift(&[text])
    }

    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch>;
}

/// The members of one JSON object.
pub(crate) struct Members<'v, 'c> {
    object: &'v serde_json::Map<String, Value>,
    context: &'c mut Context,
}

impl<'v, 'c> Members<'v, 'c> {
    pub(crate) fn of(value: &'v Value, context: &'c mut Context) -> Result<Self, Mismatch> {
        match value {
            Value::Object(object) => Ok(Self { object, context }),
            other => Err(unexpected(other, "structure")),
        }
    }

    /// An optional member; `null` is absent.
    pub(crate) fn get<T: FromJson>(
        &mut self,
        name: &'static str,
        checks: &[Check],
    ) -> Result<Option<T>, Mismatch> {
        let value = self.object.get(name).filter(|value| !value.is_null());
        let Some(value) = value else { return Ok(None) };
        let meant = match value {
            Value::String(text) if self.context.textual => Some(T::from_form(text)),
            _ => None,
        };
        let value = meant.as_ref().unwrap_or(value);
        self.context.enter(Step::Member(name));
        self.context.check(value, checks);
        let decoded = T::from_json(value, self.context);
        self.context.leave();
        decoded.map(Some)
    }

    /// A required member; the default stands in while the rest is looked at.
    pub(crate) fn need<T: FromJson + Default>(
        &mut self,
        name: &'static str,
        checks: &[Check],
    ) -> Result<T, Mismatch> {
        let found = self.get(name, checks)?;
        if found.is_none() {
            self.context.enter(Step::Member(name));
            self.context.missing();
            self.context.leave();
        }
        Ok(found.unwrap_or_default())
    }
}

/// AWS's sentence for a value that cannot become the wanted type.
fn unexpected(value: &Value, wanted: &str) -> Mismatch {
    let class = match value {
        Value::Object(_) => {
            return Mismatch("Start of structure or map found where not expected.".to_owned());
        }
        Value::Array(_) => return Mismatch("Start of list found where not expected.".to_owned()),
        Value::Null => return Mismatch(format!("null can not be converted to an {wanted}")),
        Value::Bool(_) => "java.lang.Boolean",
        Value::Number(_) => "com.amazon.coral.value.json.numbers.TruncatingBigNumber",
        Value::String(_) => "java.lang.String",
    };
    Mismatch(match wanted {
        "structure" | "map" => "Expected map or null".to_owned(),
        "list" => "Expected list or null".to_owned(),
        _ => format!("class {class} can not be converted to an {wanted}"),
    })
}

impl FromJson for String {
    fn from_json(value: &Value, _: &mut Context) -> Result<Self, Mismatch> {
        value.as_str().map(str::to_owned).ok_or_else(|| unexpected(value, "String"))
    }
}

impl FromJson for bool {
    fn lift(texts: &[&str]) -> Value {
        match texts.first().copied() {
            Some(text) if text.eq_ignore_ascii_case("true") => Value::Bool(true),
            Some(text) if text.eq_ignore_ascii_case("false") => Value::Bool(false),
            _ => String::lift(texts),
        }
    }

    fn from_json(value: &Value, _: &mut Context) -> Result<Self, Mismatch> {
        value.as_bool().ok_or_else(|| unexpected(value, "Boolean"))
    }
}

fn lift_number(texts: &[&str]) -> Value {
    let number = texts.first().and_then(|text| text.parse::<serde_json::Number>().ok());
    number.map_or_else(|| String::lift(texts), Value::Number)
}

/// A number without its fraction; AWS's numbers truncate.
fn truncated(value: &Value) -> Result<i64, Mismatch> {
    let whole = value.as_i64().or_else(|| value.as_f64().map(|number| number as i64));
    whole.ok_or_else(|| unexpected(value, "Integer"))
}

impl FromJson for i32 {
    fn lift(texts: &[&str]) -> Value {
        lift_number(texts)
    }

    fn from_json(value: &Value, _: &mut Context) -> Result<Self, Mismatch> {
        let whole = truncated(value)?;
        Ok(Self::try_from(whole).unwrap_or(if whole < 0 { Self::MIN } else { Self::MAX }))
    }
}

impl FromJson for i64 {
    fn lift(texts: &[&str]) -> Value {
        lift_number(texts)
    }

    fn from_json(value: &Value, _: &mut Context) -> Result<Self, Mismatch> {
        truncated(value)
    }
}

impl FromJson for f64 {
    fn lift(texts: &[&str]) -> Value {
        lift_number(texts)
    }

    fn from_json(value: &Value, _: &mut Context) -> Result<Self, Mismatch> {
        value.as_f64().ok_or_else(|| unexpected(value, "Double"))
    }
}

impl FromJson for Time {
    fn from_json(value: &Value, _: &mut Context) -> Result<Self, Mismatch> {
        let seconds = value.as_f64().ok_or_else(|| unexpected(value, "Timestamp"))?;
        Ok(Self((seconds * 1000.0) as i64))
    }
}

/// A blob inside JSON is base64.
impl FromJson for Vec<u8> {
    fn from_json(value: &Value, _: &mut Context) -> Result<Self, Mismatch> {
        let text = value.as_str().ok_or_else(|| unexpected(value, "Blob"))?;
        base64::engine::general_purpose::STANDARD
            .decode(text)
            .map_err(|_| Mismatch("Unable to decode base64 data".to_owned()))
    }
}

/// What may stand in a list; bytes may not, so that `Vec<u8>` stays a blob.
pub(crate) trait Item: FromJson {}
impl Item for String {}

impl<T: Item> FromJson for Vec<T> {
    fn lift(texts: &[&str]) -> Value {
        texts.iter().map(|text| Value::from(*text)).collect()
    }

    /// Clients send an empty list as an empty text.
    fn from_form(text: &str) -> Value {
        if text.is_empty() { Value::Array(Vec::new()) } else { Value::from(text) }
    }

    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let Value::Array(items) = value else { return Err(unexpected(value, "list")) };
        let mut decoded = Self::with_capacity(items.len());
        for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_null()) {
            context.enter(Step::Index(index + 1));
            decoded.push(T::from_json(item, context)?);
            context.leave();
        }
        Ok(decoded)
    }
}

impl<T: FromMapValue> FromJson for Map<T> {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let Value::Object(entries) = value else { return Err(unexpected(value, "map")) };
        let mut decoded = Self::with_capacity(entries.len());
        for (key, item) in entries {
            context.enter(Step::Entry(key.clone()));
            if let Some(item) = T::from_entry(item, context)? {
                decoded.insert(key.clone(), item);
            }
            context.leave();
        }
        Ok(decoded)
    }
}

/// A value of a map; `Option` keeps entries that are `null`, all others drop them.
pub(crate) trait FromMapValue: Sized {
    fn from_entry(value: &Value, context: &mut Context) -> Result<Option<Self>, Mismatch>;
}

impl<T: FromJson> FromMapValue for T {
    fn from_entry(value: &Value, context: &mut Context) -> Result<Option<Self>, Mismatch> {
        if value.is_null() { Ok(None) } else { T::from_json(value, context).map(Some) }
    }
}

/// Only as the value of a map: a template given as `null`.
impl FromMapValue for Option<String> {
    fn from_entry(value: &Value, context: &mut Context) -> Result<Option<Self>, Mismatch> {
        if value.is_null() {
            Ok(Some(None))
        } else {
            String::from_json(value, context).map(|text| Some(Some(text)))
        }
    }
}
