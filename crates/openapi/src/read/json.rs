//! Strict JSON with places.

use std::collections::HashMap;

use super::{Broken, MAX_DEPTH, MAX_NODES, check_unique, too_deep};
use crate::Place;
use crate::node::{Entry, Node, Value, is_json_number};

pub(super) fn read(text: &str) -> Result<Node, Broken> {
    let mut cursor = Cursor { text, offset: 0, place: Place::START, values: 0 };
    cursor.skip_space();
    let root = cursor.value(0)?;
    cursor.skip_space();
    match cursor.peek() {
        None => Ok(root),
        Some(_) => Err(cursor.broken("text after the end of the document")),
    }
}

struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    place: Place,
    /// How many were read.
    values: usize,
}

impl<'t> Cursor<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.offset).copied()
    }

    fn rest(&self) -> &'t str {
        &self.text[self.offset..]
    }

    fn broken(&self, message: &str) -> Broken {
        Broken::new(self.place, message)
    }

    /// Steps over the next bytes, which end at a character's end.
    fn skip(&mut self, bytes: usize) {
        for character in self.text[self.offset..self.offset + bytes].chars() {
            if character == '\n' {
                self.place = Place { line: self.place.line + 1, column: 1 };
            } else {
                self.place.column += 1;
            }
        }
        self.offset += bytes;
    }

    fn skip_space(&mut self) {
        let space =
            self.rest().bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        self.skip(space);
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.skip(1);
        }
        found
    }

    fn value(&mut self, depth: usize) -> Result<Node, Broken> {
        let place = self.place;
        if depth > MAX_DEPTH {
            return Err(too_deep(place));
        }
        self.values += 1;
        if self.values > MAX_NODES {
            return Err(Broken::refused(place, "too many values"));
        }
        let value = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Value::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(_) => self.word()?,
            None => return Err(self.broken("the document ends inside a value")),
        };
        Ok(Node::new(place, value))
    }

    fn object(&mut self, depth: usize) -> Result<Value, Broken> {
        self.skip(1);
        let (mut entries, mut seen) = (Vec::new(), HashMap::new());
        self.skip_space();
        if self.take(b'}') {
            return Ok(Value::Object(entries));
        }
        loop {
            self.skip_space();
            let place = self.place;
            if self.peek() != Some(b'"') {
                return Err(self.broken("a key in double quotes is expected"));
            }
            let key = self.string()?;
            check_unique(&mut seen, &key, place)?;
            self.skip_space();
            if !self.take(b':') {
                return Err(self.broken("`:` is expected after a key"));
            }
            self.skip_space();
            entries.push(Entry { key, place, value: self.value(depth + 1)? });
            if self.ends(b'}')? {
                return Ok(Value::Object(entries));
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Broken> {
        self.skip(1);
        let mut items = Vec::new();
        self.skip_space();
        if self.take(b']') {
            return Ok(Value::List(items));
        }
        loop {
            self.skip_space();
            items.push(self.value(depth + 1)?);
            if self.ends(b']')? {
                return Ok(Value::List(items));
            }
        }
    }

    /// Whether the object or list ends here; else a comma is stepped over.
    fn ends(&mut self, end: u8) -> Result<bool, Broken> {
        self.skip_space();
        if self.take(end) {
            return Ok(true);
        }
        if self.take(b',') {
            return Ok(false);
        }
        Err(self.broken(&format!("`,` or `{}` is expected", char::from(end))))
    }

    fn string(&mut self) -> Result<String, Broken> {
        let mut escaped = false;
        let end = self.rest().bytes().skip(1).position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        let Some(end) = end else { return Err(self.broken("a text without end")) };
        let quoted = &self.rest()[..end + 2];
        let text = serde_json::from_str(quoted)
            .map_err(|_| self.broken("a text with an invalid escape or control character"))?;
        self.skip(quoted.len());
        Ok(text)
    }

    fn number(&mut self) -> Result<Value, Broken> {
        let length = self
            .rest()
            .bytes()
            .take_while(|byte| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9'));
        let text = &self.rest()[..length.count()];
        if !is_json_number(text) {
            return Err(self.broken("an invalid number"));
        }
        self.skip(text.len());
        Ok(Value::Number(text.to_owned()))
    }

    fn word(&mut self) -> Result<Value, Broken> {
        let length = self.rest().bytes().take_while(u8::is_ascii_alphanumeric).count();
        let value = match &self.rest()[..length] {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => return Err(self.broken("not a JSON value")),
        };
        self.skip(length);
        Ok(value)
    }
}
