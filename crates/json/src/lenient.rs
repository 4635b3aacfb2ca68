//! Reading what json-smart reads in its permissive mode, which is what AWS does with the output of MOCK templates.
//!
//! In: a text. Out: a value, or where reading ended. Strings may be bare or in single quotes, commas may be too many,
//! what follows the value does not matter; but brackets close, and a key has a colon.

use crate::parse::{MAX_DEPTH, ParseError, Problem};
use crate::{Map, Number, Value};

/// The integer `statusCode` of an object that a MOCK template rendered; none when AWS refuses the text.
#[must_use]
pub fn mock_status(text: &str) -> Option<i32> {
    let value = read_lenient(text).ok()?;
    let status = value.get("statusCode")?.as_number()?.as_i64()?;
    i32::try_from(status).ok()
}

/// Reads a value as json-smart does in its permissive mode. A text without any structure is a string.
///
/// # Errors
/// [`ParseError`] when a bracket or quote stays open, or a key has no value.
pub fn read_lenient(text: &str) -> Result<Value, ParseError> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    reader.value(|_| false).map_err(|problem| ParseError::new(text, reader.at, problem))
}

/// Whether a byte ends a bare string.
type Stop = fn(u8) -> bool;

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no blank.
    fn peek(&mut self) -> Option<u8> {
        while matches!(self.byte(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        self.byte()
    }

    fn unexpected(&self) -> Problem {
        self.text[self.at..].chars().next().map_or(Problem::EndsEarly, Problem::Unexpected)
    }

    fn value(&mut self, stop: Stop) -> Result<Value, Problem> {
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"' | b'\'') => Ok(self.string()?.into()),
            Some(b':' | b'}' | b']') => Err(self.unexpected()),
            Some(b'-' | b'0'..=b'9') => self.number(stop),
            _ => Ok(match self.bare(stop) {
                "null" => Value::Null,
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                text => text.into(),
            }),
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

    fn array(&mut self) -> Result<Value, Problem> {
        let mut items = Vec::new();
        loop {
            match self.peek().ok_or(Problem::EndsEarly)? {
                b']' => {
                    self.at += 1;
                    return Ok(Value::Array(items));
                }
                b',' => self.at += 1,
                b':' | b'}' => return Err(self.unexpected()),
                _ => items.push(self.value(|byte| matches!(byte, b',' | b']'))?),
            }
        }
    }

    fn object(&mut self) -> Result<Value, Problem> {
        let mut map = Map::new();
        loop {
            match self.peek().ok_or(Problem::EndsEarly)? {
                b'}' => {
                    self.at += 1;
                    return Ok(Value::Object(map));
                }
                b',' => self.at += 1,
                b':' | b']' | b'[' | b'{' => return Err(self.unexpected()),
                _ => {
                    let key = self.key()?;
                    map.insert(key.into(), self.value(|byte| matches!(byte, b',' | b'}'))?);
                    if !matches!(self.peek(), Some(b',' | b'}')) {
                        return Err(self.unexpected());
                    }
                }
            }
        }
    }

    /// A key with its colon.
    fn key(&mut self) -> Result<String, Problem> {
        let key = match self.byte() {
            Some(b'"' | b'\'') => self.string()?,
            _ => self.bare(|byte| byte == b':').to_owned(),
        };
        if self.peek() != Some(b':') {
            return Err(self.unexpected());
        }
        self.at += 1;
        Ok(key)
    }

    /// A text without quotes, to the next stop, without the blanks around it.
    fn bare(&mut self, stop: Stop) -> &'t str {
        let start = self.at;
        self.skip_bare(stop);
        trimmed(&self.text[start..self.at])
    }

    fn skip_bare(&mut self, stop: Stop) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|&byte| stop(byte)).unwrap_or(rest.len());
    }

    fn digits(&mut self) {
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
    }

    /// A number, or a bare text that only begins like one.
    fn number(&mut self, stop: Stop) -> Result<Value, Problem> {
        let start = self.at;
        self.at += 1;
        self.digits();
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits();
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits();
        }
        let literal = &self.text[start..self.at];
        let over = self.peek().is_none_or(stop);
        if !over || literal.ends_with(['e', 'E']) {
            self.skip_bare(stop);
            return Ok(trimmed(&self.text[start..self.at]).into());
        }
        match literal {
            "-" => Ok(Value::from(0)),
            literal if literal.parse::<f64>().is_ok() && !Number::is_beyond_java(literal) => {
                Ok(Value::Number(Number::of_literal(literal)))
            }
            _ => Err(Problem::Number),
        }
    }

    /// A string in whichever quotes.
    fn string(&mut self) -> Result<String, Problem> {
        let start = self.at + 1;
        let quote = self.text.as_bytes()[self.at];
        let rest = &self.text.as_bytes()[start..];
        let Some(length) = rest.iter().position(|&byte| byte == quote) else {
            self.at = self.text.len();
            return Err(Problem::EndsEarly);
        };
        let plain = &self.text[start..start + length];
        self.at = start;
        if plain.contains('\\') {
            return self.escaped_string(char::from(quote));
        }
        self.at += length + 1;
        Ok(plain.to_owned())
    }

    /// Unknown escapes vanish, and so do control characters where there are escapes.
    fn escaped_string(&mut self, quote: char) -> Result<String, Problem> {
        let mut text = String::new();
        loop {
            match self.next().ok_or(Problem::EndsEarly)? {
                c if c == quote => return Ok(text),
                '\\' => text.extend(self.escape()?),
                '\0'..='\u{1F}' | '\u{7F}' => {}
                c => text.push(c),
            }
        }
    }

    fn next(&mut self) -> Option<char> {
        let c = self.text[self.at..].chars().next()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn escape(&mut self) -> Result<Option<char>, Problem> {
        Ok(match self.next().ok_or(Problem::EndsEarly)? {
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'x' => char::from_u32(self.hex(2)?),
            'u' => Some(self.unicode()?),
            c @ ('\'' | '"' | '/' | '\\') => Some(c),
            _ => None,
        })
    }

    /// Half of a surrogate pair is `?`, which is what Java writes for one.
    fn unicode(&mut self) -> Result<char, Problem> {
        let unit = self.hex(4)?;
        if (0xD800..0xDC00).contains(&unit) && self.text[self.at..].starts_with("\\u") {
            let before = self.at;
            self.at += 2;
            let low = self.hex(4)?;
            if (0xDC00..0xE000).contains(&low) {
                let code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                return Ok(char::from_u32(code).unwrap_or('?'));
            }
            self.at = before;
        }
        Ok(char::from_u32(unit).unwrap_or('?'))
    }

    fn hex(&mut self, digits: usize) -> Result<u32, Problem> {
        let text = self.text.get(self.at..self.at + digits).ok_or(Problem::Escape)?;
        if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Problem::Escape);
        }
        self.at += digits;
        u32::from_str_radix(text, 16).map_err(|_| Problem::Escape)
    }
}

/// As Java's `trim`: everything up to the blank goes.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c| c <= ' ')
}

#[cfg(test)]
mod tests {
    use super::{mock_status, read_lenient};

    #[test]
    fn a_mock_status_is_accepted_and_refused_as_by_aws() {
        for text in [
            r#"{"statusCode": 200}"#,
            "{statusCode: 200}",
            "{'statusCode': 200}",
            "{statusCode: 200,super{ f}oo: [ba r]}",
            r#"{"statusCode": 200 ,, }"#,
            "{'statusCode': 200, '': ''}",
            "{statusCode: 200, null: null}",
            " \n{\"a\": {\"b\": [1, \"}\"]}, \"statusCode\": 200}\n",
            "{statusCode: 404, statusCode: 200}",
            "{statusCode: 0200}",
            "{,statusCode: 200,}",
            "{statusCode: 200} and more",
        ] {
            assert_eq!(mock_status(text), Some(200), "{text}");
        }
        for (text, expected) in [("{statusCode: -1}", -1), ("{statusCode: 70000}", 70_000)] {
            assert_eq!(mock_status(text), Some(expected), "{text}");
        }
        for text in [
            r#"{"statusCode": "200"}"#,
            "statusCode: 200",
            "{statusCode: 200, {foo: [ba r]}",
            r#"{"statusCode': 200 }"#,
            "{'statusCode: 200 }",
            r#"{"statusCode": 200"#,
            "{statusCode: 200.0}",
            "{statusCode: 2e2}",
            "{statusCode: 200 OK}",
            "{statusCode: null}",
            "{statusCode: [200]}",
            "[{statusCode: 200}]",
            "{statusCode 200}",
            "{\"statusCode\" 200}",
            "{\"a\": {\"statusCode\": 200}}",
            "{statusCode: 99999999999999999999}",
            "{}",
            "",
            "{}x",
        ] {
            assert_eq!(mock_status(text), None, "{text}");
        }
    }

    #[test]
    fn reads_what_is_barely_json() {
        for (text, expected) in [
            ("some raw data", r#""some raw data""#),
            ("{a:b c, 'd' : \"e\"}", r#"{"a":"b c","d":"e"}"#),
            ("[1,,2,]", "[1,2]"),
            ("{,}", "{}"),
            ("[1.,-,-.5,+1,.5,1.0.0,0x10]", r#"[1.0,0,-0.5,"+1",".5","1.0.0","0x10"]"#),
            ("[tru, true, nul, null ]", r#"["tru",true,"nul",null]"#),
            (r#"'it\'s \q\x41\u00e9'"#, r#""it's Aé""#),
            ("{\"a\":1}x", r#"{"a":1}"#),
            ("", r#""""#),
            ("{a:{b:c d:e}}", r#"{"a":{"b":"c d:e"}}"#),
            ("00012", "12"),
        ] {
            assert_eq!(read_lenient(text).map(|value| value.to_string()), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn refuses_what_stays_open_and_numbers_without_digits() {
        for text in [
            "{",
            "[",
            "{a",
            "{a:",
            "{a:1",
            "[1",
            "\"a",
            "'a\"",
            "[}",
            "{]",
            ":",
            "]",
            "{a:1 [",
            "-.",
            "1E-",
            "\"\\u12\"",
        ] {
            assert!(read_lenient(text).is_err(), "{text}");
        }
        assert!(read_lenient(&"[".repeat(1_000_000)).is_err());
        assert!(read_lenient(&"{a:".repeat(1_000_000)).is_err());
    }
}
