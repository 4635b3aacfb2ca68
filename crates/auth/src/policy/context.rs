//! Condition keys and what a request answers for them.

use std::fmt::{self, Write};
use std::net::IpAddr;

use stagedoor_base::Timestamp;

use super::principal::Principal;

/// What a request says for one condition key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// The request has no such key.
    Absent,
    /// Nobody here can tell. A statement that asks fails closed: an Allow does not match, a Deny does.
    Unknown,
    Text(&'a str),
    Many(&'a [&'a str]),
    Bool(bool),
    Time(Timestamp),
    Number(i64),
    Address(IpAddr),
}

/// The condition keys of a request, without those of its principal.
pub trait Context {
    /// The value of a key, which is in lower case.
    fn get(&self, key: &str) -> Value<'_>;
}

/// No condition keys at all.
#[derive(Debug, Clone, Copy)]
pub struct NoContext;

impl Context for NoContext {
    fn get(&self, _: &str) -> Value<'_> {
        Value::Absent
    }
}

/// A few keys with one text each; the case of the keys does not count.
#[derive(Debug, Clone, Copy)]
pub struct Pairs<'a>(pub &'a [(&'a str, &'a str)]);

impl Context for Pairs<'_> {
    fn get(&self, key: &str) -> Value<'_> {
        let found = self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(key));
        found.map_or(Value::Absent, |(_, text)| Value::Text(text))
    }
}

/// All keys of a request: the principal's own and those of its context.
#[derive(Clone, Copy)]
pub(super) struct Keys<'r> {
    principal: Principal<'r>,
    context: &'r dyn Context,
}

impl<'r> Keys<'r> {
    pub(super) fn new(principal: Principal<'r>, context: &'r dyn Context) -> Self {
        Self { principal, context }
    }

    /// A key that is known not to be the principal's.
    pub(super) fn get_of_context(&self, key: &str) -> Value<'r> {
        self.context.get(key)
    }

    pub(super) fn get(&self, key: &str) -> Value<'r> {
        match self.principal.key(key) {
            Some(value) => value,
            None => self.context.get(key),
        }
    }
}

/// Room for the text of a value that is none.
pub(super) struct TextBuffer {
    bytes: [u8; 48],
    length: usize,
}

impl Default for TextBuffer {
    fn default() -> Self {
        Self { bytes: [0; 48], length: 0 }
    }
}

impl Write for TextBuffer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

impl TextBuffer {
    fn print(&mut self, value: impl fmt::Display) -> Option<&str> {
        write!(self, "{value}").ok()?;
        std::str::from_utf8(&self.bytes[..self.length]).ok()
    }
}

impl<'a> Value<'a> {
    /// The text of a value that is one; none for lists and for what is not there.
    pub(super) fn as_single_text<'b>(self, buffer: &'b mut TextBuffer) -> Option<&'b str>
    where
        'a: 'b,
    {
        match self {
            Self::Absent | Self::Unknown | Self::Many(_) => None,
            Self::Text(text) => Some(text),
            Self::Bool(value) => buffer.print(value),
            Self::Time(time) => buffer.print(time),
            Self::Number(number) => buffer.print(number),
            Self::Address(address) => buffer.print(address),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use stagedoor_base::Timestamp;

    use super::{TextBuffer, Value};

    #[test]
    fn values_have_texts() {
        let long: IpAddr = "1111:2222:3333:4444:5555:6666:7777:8888".parse().unwrap();
        for (value, expected) in [
            (Value::Absent, None),
            (Value::Unknown, None),
            (Value::Many(&["a"]), None),
            (Value::Text("a"), Some("a")),
            (Value::Bool(true), Some("true")),
            (Value::Time(Timestamp(1_795_351_555_000)), Some("2026-11-22T12:45:55Z")),
            (Value::Number(-7), Some("-7")),
            (Value::Address(long), Some("1111:2222:3333:4444:5555:6666:7777:8888")),
        ] {
            assert_eq!(value.as_single_text(&mut TextBuffer::default()), expected, "{value:?}");
        }
    }
}
