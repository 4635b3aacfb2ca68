//! Java's `toString`, and JSON for lists that print so.

use std::fmt::Write;

use super::{Kind, List, Map, Value};
use crate::error::Exceeded;

/// The longest text of [`Value::to_text`].
const MAX_TEXT: usize = 16 << 20;

impl Value {
    /// Appends Java's `toString`.
    ///
    /// # Errors
    /// When the value nests more than `depth` deep, or its text is very long.
    pub fn print(&self, out: &mut String, depth: u32) -> Result<(), Exceeded> {
        self.print_within(out, depth, out.len().saturating_add(MAX_TEXT))
    }

    /// Java's `toString`.
    ///
    /// # Errors
    /// When the value nests more than `depth` deep, or its text is very long.
    pub fn to_text(&self, depth: u32) -> Result<String, Exceeded> {
        let mut out = String::new();
        self.print(&mut out, depth)?;
        Ok(out)
    }

    /// Appends Java's `toString`, up to a length of the whole.
    pub(crate) fn print_within(&self, out: &mut String, depth: u32, limit: usize) -> Result<(), Exceeded> {
        Printer { out, depth, limit }.java(self)
    }
}

/// Values can hold others many times: length and depth bound the work.
struct Printer<'o> {
    out: &'o mut String,
    depth: u32,
    limit: usize,
}

impl Printer<'_> {
    fn java(&mut self, value: &Value) -> Result<(), Exceeded> {
        match value {
            Value::Null => self.out.push_str("null"),
            Value::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Value::Char(unit) => self.out.push(char::from_u32(u32::from(*unit)).unwrap_or('?')),
            Value::Int(value) => push_integer(self.out, i64::from(*value)),
            Value::Long(value) => push_integer(self.out, *value),
            Value::Float(value) => push_java_float(self.out, *value),
            Value::Double(value) => push_java_double(self.out, *value),
            Value::BigInteger(value) => push_display(self.out, &**value),
            Value::String(text) => self.out.push_str(text),
            Value::List(list) => self.deeper(|printer| printer.java_list(list))?,
            Value::Map(map) => self.deeper(|printer| printer.java_map(map))?,
            Value::Entry(entry) => self.deeper(|printer| printer.java_pair(&entry.key, &entry.value))?,
            Value::Iterator(_) => self.out.push_str("java.util.Iterator"),
            Value::Object(object) => object.print(self.out),
            Value::Block(_) => {}
        }
        self.check()
    }

    fn check(&self) -> Result<(), Exceeded> {
        if self.out.len() > self.limit { Err(Exceeded::Output) } else { Ok(()) }
    }

    fn deeper(&mut self, print: impl FnOnce(&mut Self) -> Result<(), Exceeded>) -> Result<(), Exceeded> {
        self.depth = self.depth.checked_sub(1).ok_or(Exceeded::Depth)?;
        print(self)?;
        self.depth += 1;
        Ok(())
    }

    fn java_list(&mut self, list: &List) -> Result<(), Exceeded> {
        match list.kind() {
            Kind::Json => self.json_list(list),
            // Java prints the class and an address here.
            Kind::Array => {
                self.out.push_str("[Ljava.lang.String;@0");
                Ok(())
            }
            Kind::List | Kind::Set | Kind::Collection => {
                self.items(list, ("[", ", ", "]"), |printer, item| match item {
                    Value::List(inner) if inner.is_same(list) => {
                        printer.out.push_str("(this Collection)");
                        printer.check()
                    }
                    item => printer.java(item),
                })
            }
        }
    }

    fn java_map(&mut self, map: &Map) -> Result<(), Exceeded> {
        self.out.push('{');
        for (index, (key, value)) in map.pairs().iter().enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            match value {
                Value::Map(inner) if inner.is_same(map) => {
                    self.java(&key.0)?;
                    self.out.push_str("=(this Map)");
                }
                value => self.java_pair(&key.0, value)?,
            }
        }
        self.out.push('}');
        Ok(())
    }

    fn java_pair(&mut self, key: &Value, value: &Value) -> Result<(), Exceeded> {
        self.java(key)?;
        self.out.push('=');
        self.java(value)
    }

    fn json(&mut self, value: &Value) -> Result<(), Exceeded> {
        match value {
            Value::String(text) => push_json_string(self.out, text),
            Value::List(list) => self.deeper(|printer| printer.json_list(list))?,
            Value::Map(map) => self.deeper(|printer| printer.json_map(map))?,
            Value::Char(_) | Value::Entry(_) | Value::Iterator(_) | Value::Object(_) | Value::Block(_) => {
                let mut text = String::new();
                value.print_within(&mut text, self.depth, self.limit)?;
                push_json_string(self.out, &text);
            }
            Value::Double(number) if !number.is_finite() => self.out.push_str("null"),
            Value::Float(number) if !number.is_finite() => self.out.push_str("null"),
            number_or_word => self.java(number_or_word)?,
        }
        self.check()
    }

    fn json_list(&mut self, list: &List) -> Result<(), Exceeded> {
        self.items(list, ("[", ",", "]"), Self::json)
    }

    fn json_map(&mut self, map: &Map) -> Result<(), Exceeded> {
        self.out.push('{');
        for (index, (key, value)) in map.pairs().iter().enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            let mut name = String::new();
            key.0.print_within(&mut name, self.depth, self.limit)?;
            push_json_string(self.out, &name);
            self.out.push(':');
            self.json(value)?;
        }
        self.out.push('}');
        Ok(())
    }

    fn items(
        &mut self,
        list: &List,
        (open, between, close): (&str, &str, &str),
        print: impl Fn(&mut Self, &Value) -> Result<(), Exceeded>,
    ) -> Result<(), Exceeded> {
        self.out.push_str(open);
        for (index, item) in list.items().iter().enumerate() {
            if index > 0 {
                self.out.push_str(between);
            }
            print(self, item)?;
        }
        self.out.push_str(close);
        Ok(())
    }
}

/// Escapes what json-smart's `JSONArray` escapes, which lists of parsed JSON are in Java.
fn push_json_string(out: &mut String, text: &str) {
    out.push('"');
    let mut plain = 0;
    for (at, char) in text.char_indices() {
        let escape = match char {
            '"' => "\\\"",
            '\\' => "\\\\",
            '/' => "\\/",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\u{8}' => "\\b",
            '\u{c}' => "\\f",
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2000}'..='\u{20ff}' => "",
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        plain = at + char.len_utf8();
        if escape.is_empty() {
            push_display(out, &format_args!("\\u{:04X}", u32::from(char)));
        } else {
            out.push_str(escape);
        }
    }
    out.push_str(&text[plain..]);
    out.push('"');
}

fn push_display(out: &mut String, value: &dyn std::fmt::Display) {
    // A String takes everything: there is no error to see.
    let _ = write!(out, "{value}");
}

fn push_integer(out: &mut String, value: i64) {
    let mut digits = [0u8; 20];
    let (mut at, mut rest) = (digits.len(), value.unsigned_abs());
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push('-');
    }
    digits[at..].iter().for_each(|digit| out.push(char::from(*digit)));
}

/// `Double.toString`: shortest digits that give the same double, at least one after the point, `E` for large and small.
pub(crate) fn push_java_double(out: &mut String, value: f64) {
    push_java_decimal(
        out,
        value,
        value == 0.0 || (1e-3..1e7).contains(&value.abs()),
        &format_args!("{value:e}"),
        &value,
    );
}

/// `Float.toString`
pub(crate) fn push_java_float(out: &mut String, value: f32) {
    let plain = value == 0.0 || (1e-3..1e7).contains(&value.abs());
    push_java_decimal(out, f64::from(value), plain, &format_args!("{value:e}"), &value);
}

fn push_java_decimal(
    out: &mut String,
    value: f64,
    is_plain: bool,
    scientific: &dyn std::fmt::Display,
    plain: &dyn std::fmt::Display,
) {
    if value.is_nan() {
        return out.push_str("NaN");
    }
    if value.is_infinite() {
        return out.push_str(if value > 0.0 { "Infinity" } else { "-Infinity" });
    }
    let begin = out.len();
    if is_plain {
        push_display(out, plain);
        if !out[begin..].contains('.') {
            out.push_str(".0");
        }
        return;
    }
    let text = scientific.to_string();
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    out.push_str(mantissa);
    if !mantissa.contains('.') {
        out.push_str(".0");
    }
    out.push('E');
    out.push_str(exponent);
}
