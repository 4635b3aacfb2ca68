//! Java's `toString`, and JSON for lists that print so.

use std::fmt::Write;

use super::{Kind, List, Map, Value};
use crate::error::Exceeded;

impl Value {
    /// Appends Java's `toString`.
    ///
    /// # Errors
    /// When the value nests more than `depth` deep.
    pub fn print(&self, out: &mut String, depth: u32) -> Result<(), Exceeded> {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Char(unit) => out.push(char::from_u32(u32::from(*unit)).unwrap_or('?')),
            Self::Int(value) => push_integer(out, i64::from(*value)),
            Self::Long(value) => push_integer(out, *value),
            Self::Float(value) => push_java_float(out, *value),
            Self::Double(value) => push_java_double(out, *value),
            Self::BigInteger(value) => push_display(out, &**value),
            Self::String(text) => out.push_str(text),
            Self::List(list) => return print_list(list, out, depth),
            Self::Map(map) => return print_map(map, out, depth),
            Self::Entry(entry) => {
                let depth = depth.checked_sub(1).ok_or(Exceeded::Depth)?;
                entry.key.print(out, depth)?;
                out.push('=');
                entry.value.print(out, depth)?;
            }
            Self::Iterator(_) => out.push_str("java.util.Iterator"),
            Self::Object(object) => object.print(out),
        }
        Ok(())
    }

    /// Appends the value as JSON, compact.
    ///
    /// # Errors
    /// When the value nests more than `depth` deep.
    pub fn print_json(&self, out: &mut String, depth: u32) -> Result<(), Exceeded> {
        match self {
            Self::String(text) => push_json_string(out, text),
            Self::List(list) => {
                let depth = depth.checked_sub(1).ok_or(Exceeded::Depth)?;
                print_items(list, out, ("[", ",", "]"), |item, out| item.print_json(out, depth))?;
            }
            Self::Map(map) => print_json_map(map, out, depth)?,
            Self::Null
            | Self::Bool(_)
            | Self::Int(_)
            | Self::Long(_)
            | Self::Float(_)
            | Self::Double(_)
            | Self::BigInteger(_) => self.print(out, depth)?,
            Self::Char(_) | Self::Entry(_) | Self::Iterator(_) | Self::Object(_) => {
                let mut text = String::new();
                self.print(&mut text, depth)?;
                push_json_string(out, &text);
            }
        }
        Ok(())
    }

    /// Java's `toString`.
    ///
    /// # Errors
    /// When the value nests more than `depth` deep.
    pub fn to_text(&self, depth: u32) -> Result<String, Exceeded> {
        let mut out = String::new();
        self.print(&mut out, depth)?;
        Ok(out)
    }
}

fn print_list(list: &List, out: &mut String, depth: u32) -> Result<(), Exceeded> {
    let below = depth.checked_sub(1).ok_or(Exceeded::Depth)?;
    match list.kind() {
        Kind::Json => Value::List(list.clone()).print_json(out, depth),
        // Java prints the class and an address here.
        Kind::Array => {
            out.push_str("[Ljava.lang.String;@0");
            Ok(())
        }
        Kind::List | Kind::Set | Kind::Collection => {
            print_items(list, out, ("[", ", ", "]"), |item, out| match item {
                Value::List(inner) if inner.is_same(list) => {
                    out.push_str("(this Collection)");
                    Ok(())
                }
                item => item.print(out, below),
            })
        }
    }
}

fn print_items(
    list: &List,
    out: &mut String,
    (open, between, close): (&str, &str, &str),
    mut print: impl FnMut(&Value, &mut String) -> Result<(), Exceeded>,
) -> Result<(), Exceeded> {
    out.push_str(open);
    for (index, item) in list.items().iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        print(item, out)?;
    }
    out.push_str(close);
    Ok(())
}

fn print_map(map: &Map, out: &mut String, depth: u32) -> Result<(), Exceeded> {
    let depth = depth.checked_sub(1).ok_or(Exceeded::Depth)?;
    out.push('{');
    for (index, (key, value)) in map.pairs().iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        key.0.print(out, depth)?;
        out.push('=');
        match value {
            Value::Map(inner) if inner.is_same(map) => out.push_str("(this Map)"),
            value => value.print(out, depth)?,
        }
    }
    out.push('}');
    Ok(())
}

fn print_json_map(map: &Map, out: &mut String, depth: u32) -> Result<(), Exceeded> {
    let depth = depth.checked_sub(1).ok_or(Exceeded::Depth)?;
    out.push('{');
    for (index, (key, value)) in map.pairs().iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        push_json_string(out, &key.0.to_text(depth)?);
        out.push(':');
        value.print_json(out, depth)?;
    }
    out.push('}');
    Ok(())
}

fn push_json_string(out: &mut String, text: &str) {
    out.push('"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(&text[plain..at]);
        plain = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            0x08 => out.push_str("\\b"),
            0x0c => out.push_str("\\f"),
            other => push_display(out, &format_args!("\\u{other:04X}")),
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
