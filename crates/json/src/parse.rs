//! Strict JSON (RFC 8259), read in one pass.
//!
//! In: a text. Out: a [`Value`], or where and why it is none. Nesting is bounded, so neither reading a value nor dropping
//! it can exhaust the stack.

use std::fmt;

use crate::value::SMALL;
use crate::{Map, Number, Value};

/// How deep arrays and objects may nest; json-smart's own bound.
pub const MAX_DEPTH: usize = 400;

/// A text that is no JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{problem} at line {line} column {column}")]
pub struct ParseError {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    pub problem: Problem,
}

/// Why a text is no JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    EndsEarly,
    Unexpected(char),
    Number,
    Escape,
    ControlCharacter,
    Depth,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndsEarly => formatter.write_str("the text ends early"),
            Self::Unexpected(found) => write!(formatter, "unexpected {found:?}"),
            Self::Number => formatter.write_str("malformed number"),
            Self::Escape => formatter.write_str("malformed escape"),
            Self::ControlCharacter => formatter.write_str("unescaped control character in a string"),
            Self::Depth => write!(formatter, "nested deeper than {MAX_DEPTH} levels"),
        }
    }
}

impl ParseError {
    pub(crate) fn new(text: &str, at: usize, problem: Problem) -> Self {
        let before = &text.as_bytes()[..at.min(text.len())];
        let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        // Every byte but those that continue a character.
        let column = before[start..].iter().filter(|&&byte| byte & 0xC0 != 0x80).count() + 1;
        Self { line, column, problem }
    }
}

/// Reads one JSON value.
///
/// # Errors
/// [`ParseError`] when the text is anything else.
pub fn parse(text: &str) -> Result<Value, ParseError> {
    let mut reader = Reader { text, at: 0, depth: 0, members: Vec::new() };
    reader.document().map_err(|problem| ParseError::new(text, reader.at, problem))
}

/// Whether a text is a JSON number.
pub(crate) fn is_number(text: &str) -> bool {
    number_end(text.as_bytes(), 0) == Some(text.len())
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    /// Of all objects that are being read, outer ones first: each object's own table is made once, in its size.
    members: Vec<(Box<str>, Value)>,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Value, Problem> {
        let value = self.value()?;
        match self.peek() {
            None => Ok(value),
            Some(_) => Err(self.unexpected()),
        }
    }

    /// The next byte that is no blank.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.at)?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    fn unexpected(&self) -> Problem {
        self.text[self.at..].chars().next().map_or(Problem::EndsEarly, Problem::Unexpected)
    }

    fn value(&mut self) -> Result<Value, Problem> {
        match self.peek().ok_or(Problem::EndsEarly)? {
            b'"' => Ok(Value::String(self.string()?)),
            b'{' => self.nested(Self::object),
            b'[' => self.nested(Self::array),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err(self.unexpected()),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, Problem>) -> Result<Value, Problem> {
        if self.depth == MAX_DEPTH {
            return Err(Problem::Depth);
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Problem> {
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(self.unexpected());
        }
        self.at += word.len();
        Ok(value)
    }

    fn number(&mut self) -> Result<Value, Problem> {
        let end = number_end(self.text.as_bytes(), self.at).ok_or(Problem::Number)?;
        let literal = &self.text[self.at..end];
        if Number::is_beyond_java(literal) {
            return Err(Problem::Number);
        }
        self.at = end;
        Ok(Value::Number(Number::of_literal(literal)))
    }

    fn array(&mut self) -> Result<Value, Problem> {
        let mut items = Vec::new();
        if self.took(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value()?);
            if !self.took(b',') {
                self.take(b']')?;
                return Ok(Value::Array(items));
            }
        }
    }

    fn object(&mut self) -> Result<Value, Problem> {
        if self.took(b'}') {
            return Ok(Value::Object(Map::new()));
        }
        let (start, mut many) = (self.members.len(), None);
        loop {
            let (key, value) = self.member()?;
            match &mut many {
                Some(map) => Map::insert(map, key, value),
                None => self.members.push((key, value)),
            }
            if many.is_none() && self.members.len() - start > SMALL {
                many = Some(self.members.drain(start..).collect());
            }
            if !self.took(b',') {
                self.take(b'}')?;
                let map = many.unwrap_or_else(|| self.members.drain(start..).collect());
                return Ok(Value::Object(map));
            }
        }
    }

    fn member(&mut self) -> Result<(Box<str>, Value), Problem> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected());
        }
        let key = self.string()?;
        self.take(b':')?;
        Ok((key, self.value()?))
    }

    fn took(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn take(&mut self, wanted: u8) -> Result<(), Problem> {
        if self.took(wanted) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// A string whose opening quote is next.
    fn string(&mut self) -> Result<Box<str>, Problem> {
        let start = self.at + 1;
        let end = self.plain_end(start)?;
        self.at = end + 1;
        let first = &self.text[start..end];
        if self.text.as_bytes()[end] == b'"' {
            return Ok(first.into());
        }
        self.escaped_string(first.to_owned()).map(String::into_boxed_str)
    }

    /// The rest of a string, from behind a backslash.
    fn escaped_string(&mut self, mut text: String) -> Result<String, Problem> {
        loop {
            text.push(self.escape()?);
            let start = self.at;
            let end = self.plain_end(start)?;
            text.push_str(&self.text[start..end]);
            self.at = end + 1;
            if self.text.as_bytes()[end] == b'"' {
                return Ok(text);
            }
        }
    }

    /// Where the quote or backslash is that ends plain text.
    fn plain_end(&mut self, start: usize) -> Result<usize, Problem> {
        let rest = &self.text.as_bytes()[start..];
        let end = plain_length(rest);
        self.at = start + end;
        match rest.get(end) {
            None => Err(Problem::EndsEarly),
            Some(0..=0x1F) => Err(Problem::ControlCharacter),
            Some(_) => Ok(self.at),
        }
    }

    /// The character of an escape, from behind its backslash.
    fn escape(&mut self) -> Result<char, Problem> {
        let letter = *self.text.as_bytes().get(self.at).ok_or(Problem::EndsEarly)?;
        let plain = match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return Err(Problem::Escape),
        };
        self.at += 1;
        Ok(plain)
    }

    /// The character of `uXXXX`, or of two of these. Half a pair is `?`, which is what Java writes for one.
    fn unicode(&mut self) -> Result<char, Problem> {
        let unit = self.unit(self.at)?;
        self.at += 5;
        if !(0xD800..0xDC00).contains(&unit) {
            return Ok(char::from_u32(unit).unwrap_or('?'));
        }
        if !self.text.as_bytes()[self.at..].starts_with(b"\\u") {
            return Ok('?');
        }
        let low = self.unit(self.at + 1)?;
        if !(0xDC00..0xE000).contains(&low) {
            return Ok('?');
        }
        self.at += 6;
        Ok(char::from_u32(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)).unwrap_or('?'))
    }

    /// The number of a `uXXXX`.
    fn unit(&self, at: usize) -> Result<u32, Problem> {
        let digits = self.text.as_bytes().get(at + 1..at + 5).ok_or(Problem::EndsEarly)?;
        digits.iter().try_fold(0, |unit, &byte| {
            let digit = char::from(byte).to_digit(16).ok_or(Problem::Escape)?;
            Ok(unit * 16 + digit)
        })
    }
}

/// How many bytes there are before a quote, a backslash or a control character. Looks at eight at a time.
fn plain_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(chunk) = bytes[at..].first_chunk() {
        let ends = string_ends(u64::from_le_bytes(*chunk));
        if ends != 0 {
            return at + ends.trailing_zeros() as usize / 8;
        }
        at += chunk.len();
    }
    let rest = bytes[at..].iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1F));
    at + rest.count()
}

/// A word whose lowest set bit stands in the first of eight bytes that does not just belong to a string. Subtracting
/// borrows from higher bytes only, so nothing below that bit is set.
fn string_ends(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word & (ONES << 7);
    let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    equal(b'"') | equal(b'\\') | below(word, 0x20)
}

/// Where a JSON number ends that begins at a place.
fn number_end(bytes: &[u8], start: usize) -> Option<usize> {
    let digits = |at: usize| at + bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = start + usize::from(bytes.get(start) == Some(&b'-'));
    let mut end = digits(whole);
    if end == whole || (bytes[whole] == b'0' && end > whole + 1) {
        return None;
    }
    if bytes.get(end) == Some(&b'.') {
        let fraction = end + 1;
        end = digits(fraction);
        (end > fraction).then_some(())?;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let exponent = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        end = digits(exponent);
        (end > exponent).then_some(())?;
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::{MAX_DEPTH, parse, plain_length};

    #[test]
    fn reads_json() {
        for (text, expected) in [
            (
                " {\"b\" : [1, -2.50, true,false ,null], \"a\":{}} ",
                r#"{"b":[1,-2.5,true,false,null],"a":{}}"#,
            ),
            (r#"{"a":1,"b":2,"a":3}"#, r#"{"a":3,"b":2}"#),
            (r#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é""#, r#""\"\\/\b\f\n\r\té😀é""#),
            (r#""\ud83dx\udc00\ud83d\u0041""#, r#""?x??A""#),
            ("[]", "[]"),
            ("\"\"", "\"\""),
            ("12345678901234567890", "12345678901234567890"),
        ] {
            assert_eq!(parse(text).map(|value| value.to_string()), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn strings_end_at_any_byte() {
        for end in [b'"', b'\\', 0, 1, 0x1F] {
            for before in [b'a', b' ', b'!', b'#', b'[', b']', 0x7F, 0x80, 0xA2, 0xFF] {
                for (length, after) in (0..20).zip([before, b'"', 0].into_iter().cycle()) {
                    let bytes = [vec![before; length], vec![end, after, before, after]].concat();
                    for cut in length + 1..=bytes.len() {
                        assert_eq!(plain_length(&bytes[..cut]), length, "{bytes:?}");
                    }
                    assert_eq!(plain_length(&bytes[..length]), length, "{bytes:?}");
                }
            }
        }
    }

    #[test]
    fn objects_hold_their_own_members_however_they_nest() {
        let members = |from: usize, to: usize| -> String {
            (from..to).map(|n| format!("\"k{n}\":{n}")).collect::<Vec<_>>().join(",")
        };
        for (before, after) in [(0, 0), (3, 2), (15, 1), (16, 1), (17, 3), (40, 40)] {
            let inner = format!("{{{}}}", members(0, before.max(1)));
            let outer = [members(0, before), format!("\"in\":{inner}"), members(50, 50 + after)];
            let outer: Vec<_> = outer.into_iter().filter(|part| !part.is_empty()).collect();
            let text = format!("{{{}}}", outer.join(","));
            assert_eq!(parse(&text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn refuses_with_the_place() {
        for (text, expected) in [
            ("", "the text ends early at line 1 column 1"),
            ("{", "the text ends early at line 1 column 2"),
            ("{\n \"é\": x}", "unexpected 'x' at line 2 column 7"),
            ("[1,]", "unexpected ']' at line 1 column 4"),
            ("{'a':1}", "unexpected '\\'' at line 1 column 2"),
            ("[01]", "malformed number at line 1 column 2"),
            ("[1.]", "malformed number at line 1 column 2"),
            ("[1e]", "malformed number at line 1 column 2"),
            ("-", "malformed number at line 1 column 1"),
            ("[1.2345678e12345678901]", "malformed number at line 1 column 2"),
            ("nul", "unexpected 'n' at line 1 column 1"),
            ("\"a", "the text ends early at line 1 column 3"),
            ("\"\\u12\"", "the text ends early at line 1 column 3"),
            ("\"\\u12", "the text ends early at line 1 column 3"),
            ("\"\\x\"", "malformed escape at line 1 column 3"),
            ("\"\n\"", "unescaped control character in a string at line 1 column 2"),
            ("{} x", "unexpected 'x' at line 1 column 4"),
            ("some raw data", "unexpected 's' at line 1 column 1"),
        ] {
            assert_eq!(parse(text).map_err(|error| error.to_string()), Err(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse(&nested(MAX_DEPTH)).is_ok());
        let error = parse(&nested(MAX_DEPTH + 1)).unwrap_err();
        assert_eq!(error.to_string(), "nested deeper than 400 levels at line 1 column 401");
        assert!(parse(&"{\"a\":".repeat(2_000_000)).is_err());
    }
}
