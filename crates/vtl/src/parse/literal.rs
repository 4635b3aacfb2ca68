//! Numbers and strings.

use super::blocks::End;
use super::{Parse, Parser};
use crate::syntax::{Expr, Node};
use crate::value::BigInteger;

impl Parser<'_> {
    pub(super) fn number(&mut self) -> Parse<Expr> {
        let begin = self.at;
        let digits_at = begin + usize::from(self.peek() == Some(b'-'));
        let is_digit = |byte: u8| byte.is_ascii_digit();
        let whole = self.run_of(digits_at, is_digit);
        let mut end = digits_at + whole;
        let mut is_whole = true;
        // `1..3` is a range, not the fraction `1.`
        if self.byte(end) == Some(b'.') && self.byte(end + 1) != Some(b'.') {
            let fraction = self.run_of(end + 1, is_digit);
            if whole + fraction > 0 {
                end += 1 + fraction;
                is_whole = false;
            }
        }
        if is_whole && whole == 0 {
            return self.expected("a value");
        }
        let exponent = self.exponent(end);
        self.at = end + exponent;
        let text = &self.text[begin..self.at];
        Ok(if is_whole && exponent == 0 {
            whole_number(text)
        } else {
            Expr::Double(text.parse().unwrap_or(f64::NAN))
        })
    }

    /// The length of an exponent at `at`, 0 if there is none.
    fn exponent(&self, at: usize) -> usize {
        if !matches!(self.byte(at), Some(b'e' | b'E')) {
            return 0;
        }
        let sign = usize::from(matches!(self.byte(at + 1), Some(b'+' | b'-')));
        let digits = self.run_of(at + 1 + sign, |byte| byte.is_ascii_digit());
        if digits == 0 { 0 } else { 1 + sign + digits }
    }

    /// The text between quotes that open here. Two quotes stand for one; a backslash escapes nothing.
    fn quoted(&mut self, quote: u8) -> Parse<String> {
        let begin = self.at + 1;
        let mut at = begin;
        let mut last = None;
        while let Some(length) = self.text.as_bytes()[at..].iter().position(|byte| *byte == quote) {
            last = Some(at + length);
            at += length + 1;
            if self.byte(at) != Some(quote) {
                break;
            }
            at += 1;
        }
        let Some(end) = last else {
            return self.fail(format!("the string has no closing {}", char::from(quote)));
        };
        self.at = end + 1;
        let mark = char::from(quote);
        Ok(self.text[begin..end].replace(&format!("{mark}{mark}"), &mark.to_string()))
    }

    pub(super) fn single_quoted(&mut self) -> Parse<Expr> {
        let text = self.quoted(b'\'')?;
        Ok(Expr::Text(self.tables.constant(&text)))
    }

    /// A string that is a template itself, if it has anything to render.
    pub(super) fn double_quoted(&mut self) -> Parse<Expr> {
        let begin = self.at;
        let quoted = self.quoted(b'"')?;
        let Some(mut text) = unescape(&quoted) else {
            return self.fail_at(begin, "'\\u' in a string needs four hexadecimal digits");
        };
        if !text.contains(['$', '#']) {
            return Ok(Expr::Text(self.tables.constant(&text)));
        }
        // Velocity appends a character, so that a '$' or '#' at the end is text, and takes it away again.
        text.push(if text.contains("##") { '\n' } else { ' ' });
        let nodes = self.inner_template(&text, begin)?;
        Ok(Expr::Template(nodes.into()))
    }

    fn inner_template(&mut self, text: &str, begin: usize) -> Parse<Vec<Node>> {
        let origin = Some(self.spot(begin));
        let mut parser = Parser { text, at: 0, run: 0, lone_hash: 0, ended: 0, origin, tables: self.tables };
        let (mut nodes, end) = parser.nodes()?;
        if end != End::Text {
            return parser.fail(format!("'{}' in a string ends nothing", end.name()));
        }
        if text.ends_with(' ') {
            drop_last_blank(&mut nodes);
        }
        Ok(nodes)
    }
}

fn whole_number(text: &str) -> Expr {
    if let Ok(value) = text.parse() {
        return Expr::Int(value);
    }
    match (text.parse(), BigInteger::parse(text)) {
        (Ok(value), _) => Expr::Long(value),
        (Err(_), Some(value)) => Expr::Big(Box::new(value)),
        (Err(_), None) => Expr::Double(f64::NAN),
    }
}

fn drop_last_blank(nodes: &mut Vec<Node>) {
    let Some(Node::Text(text)) = nodes.last_mut() else { return };
    match text.strip_suffix(' ').map(Box::from) {
        Some(shorter) if !<Box<str> as AsRef<str>>::as_ref(&shorter).is_empty() => *text = shorter,
        Some(_) => drop(nodes.pop()),
        None => {}
    }
}

/// Replaces `\uXXXX`, the only escape that strings have.
fn unescape(text: &str) -> Option<String> {
    if !text.contains("\\u") {
        return Some(text.to_owned());
    }
    let mut units = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\u") {
        units.extend(rest[..at].encode_utf16());
        let digits = rest.get(at + 2..at + 6)?;
        units.push(u16::from_str_radix(digits, 16).ok()?);
        rest = &rest[at + 6..];
    }
    units.extend(rest.encode_utf16());
    Some(String::from_utf16_lossy(&units))
}
