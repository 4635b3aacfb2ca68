//! Characters and character classes of Java's patterns.
//!
//! In: the reader at a class or an escape. Out: what the engines read, with the case folding of Java's flags written out.

use std::fmt::Write;

use super::PatternError;
use super::property;
use super::translate::{Flags, Reader};

/// What stands for characters: one, or a class's content.
pub(super) enum Items {
    One(char),
    /// What can stand within brackets.
    Class(String),
}

impl Items {
    /// A class of no character.
    pub(super) fn nothing() -> String {
        "[a&&b]".to_owned()
    }

    /// As an atom of its own.
    pub(super) fn written(&self, flags: Flags) -> String {
        match self {
            Self::One(one) => letter(*one, flags),
            Self::Class(content) => folded(format!("[{content}]"), flags),
        }
    }
}

/// One character as an atom.
pub(super) fn letter(letter: char, flags: Flags) -> String {
    if flags.folds_all() {
        return folded(escaped(letter), flags);
    }
    if flags.insensitive && letter.is_ascii_alphabetic() {
        return format!("[{}{}]", letter.to_ascii_lowercase(), letter.to_ascii_uppercase());
    }
    escaped(letter)
}

fn folded(text: String, flags: Flags) -> String {
    if flags.folds_all() { format!("(?i:{text})") } else { text }
}

/// A character that means itself, in and out of brackets.
fn escaped(letter: char) -> String {
    if letter.is_ascii() && !letter.is_ascii_alphanumeric() {
        return format!("\\x{{{:x}}}", u32::from(letter));
    }
    letter.to_string()
}

/// `[…]`, from its opening bracket.
pub(super) fn class(reader: &mut Reader) -> Result<String, PatternError> {
    let class = brackets(reader)?;
    Ok(folded(class, reader.flags))
}

fn brackets(reader: &mut Reader) -> Result<String, PatternError> {
    reader.deeper()?;
    reader.at += 1;
    let negated = reader.take('^');
    let mut operands = vec![String::new()];
    let mut first = true;
    loop {
        let Some(next) = reader.peek() else {
            return Err(reader.error("Unclosed character class"));
        };
        match next {
            ']' if !first => break,
            '&' if reader.ahead(1) == Some('&') => {
                reader.at += 2;
                operands.push(String::new());
            }
            _ if reader.flags.comments && reader.skip_comment() => continue,
            _ => {
                let content = operands.last_mut().map_or_else(String::new, std::mem::take);
                let content = operand(reader, content)?;
                if let Some(last) = operands.last_mut() {
                    *last = content;
                }
            }
        }
        first = false;
    }
    reader.at += 1;
    reader.shallower();
    // Java leaves an operand without anything in it out.
    let mut operands = operands.into_iter().filter(|operand| !operand.is_empty());
    let mut out = String::from(if negated { "[^" } else { "[" });
    let _ = write!(out, "{}", operands.next().unwrap_or_default());
    operands.for_each(|operand| {
        let _ = write!(out, "&&[{operand}]");
    });
    out.push(']');
    Ok(out)
}

/// One item of a class: nested brackets, an escape, a range or a character.
fn operand(reader: &mut Reader, mut content: String) -> Result<String, PatternError> {
    if reader.peek() == Some('[') {
        content.push_str(&brackets(reader)?);
        return Ok(content);
    }
    if reader.peek() == Some('\\') && reader.ahead(1) == Some('Q') {
        quoted(reader, &mut content);
        return Ok(content);
    }
    match item(reader)? {
        Items::Class(class) => content.push_str(&class),
        Items::One(low) if is_range(reader) => {
            reader.at += 1;
            match item(reader)? {
                Items::One(high) if low <= high => push_range(&mut content, low, high, reader.flags),
                _ => return Err(reader.error("Illegal character range")),
            }
        }
        Items::One(one) => push_range(&mut content, one, one, reader.flags),
    }
    Ok(content)
}

/// Whether a `-` makes a range with what follows; at the end it is a character.
fn is_range(reader: &Reader) -> bool {
    reader.peek() == Some('-') && !matches!(reader.ahead(1), None | Some(']' | '['))
}

fn item(reader: &mut Reader) -> Result<Items, PatternError> {
    match reader.peek() {
        None => Err(reader.error("Unclosed character class")),
        Some('\\') => escape(reader, true),
        Some(one) => {
            reader.at += 1;
            Ok(Items::One(one))
        }
    }
}

fn quoted(reader: &mut Reader, content: &mut String) {
    reader.at += 2;
    while let Some(next) = reader.peek() {
        reader.at += 1;
        if next == '\\' && reader.take('E') {
            break;
        }
        push_range(content, next, next, reader.flags);
    }
}

/// A range, with the other case of the ASCII letters in it when cases do not count.
fn push_range(content: &mut String, low: char, high: char, flags: Flags) {
    let _ = write!(content, "{}-{}", escaped(low), escaped(high));
    if !flags.insensitive || flags.folds_all() {
        return;
    }
    for (first, last) in [('a', 'z'), ('A', 'Z')] {
        let (low, high) = (low.max(first), high.min(last));
        if low <= high {
            let other = |letter: char| char::from(letter as u8 ^ 0x20);
            let _ = write!(content, "{}-{}", other(low), other(high));
        }
    }
}

/// What a backslash begins, when it stands for characters.
pub(super) fn escape(reader: &mut Reader, in_class: bool) -> Result<Items, PatternError> {
    reader.at += 1;
    let Some(letter) = reader.peek() else {
        return Err(reader.error(if in_class { "Unclosed character class" } else { "Unexpected end" }));
    };
    reader.at += 1;
    let one = match letter {
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        'f' => '\u{c}',
        'a' => '\u{7}',
        'e' => '\u{1b}',
        'c' => control(reader)?,
        '0' => octal(reader)?,
        'x' => hexadecimal(reader)?,
        'u' => unicode(reader)?,
        'p' | 'P' => return property::property(reader, letter == 'P').map(Items::Class),
        _ => match predefined(letter, reader.flags) {
            Some(class) => return Ok(Items::Class(class.to_owned())),
            None if letter.is_ascii_alphanumeric() => {
                return Err(reader.error("Illegal/unsupported escape sequence"));
            }
            None => letter,
        },
    };
    Ok(Items::One(one))
}

fn predefined(letter: char, flags: Flags) -> Option<&'static str> {
    if flags.unicode_class
        && let Some(class) = unicode_class(letter)
    {
        return Some(class);
    }
    Some(match letter {
        'd' => "0-9",
        'D' => "[^0-9]",
        'w' => "A-Za-z0-9_",
        'W' => "[^A-Za-z0-9_]",
        's' => r"\t-\r\x{20}",
        'S' => r"[^\t-\r\x{20}]",
        'h' => r"\x{20}\t\x{a0}\x{1680}\x{180e}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}",
        'H' => r"[^\x{20}\t\x{a0}\x{1680}\x{180e}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}]",
        'v' => r"\n-\r\x{85}\x{2028}\x{2029}",
        'V' => r"[^\n-\r\x{85}\x{2028}\x{2029}]",
        _ => return None,
    })
}

/// Under the flag `U`.
fn unicode_class(letter: char) -> Option<&'static str> {
    Some(match letter {
        'd' => r"\p{Nd}",
        'D' => r"\P{Nd}",
        'w' => r"\w",
        'W' => r"\W",
        's' => r"\s",
        'S' => r"\S",
        _ => return None,
    })
}

/// `\cX`
fn control(reader: &mut Reader) -> Result<char, PatternError> {
    let letter = reader.peek().and_then(|letter| char::from_u32(u32::from(letter) ^ 64));
    let letter = letter.ok_or_else(|| reader.error("Illegal control escape sequence"))?;
    reader.at += 1;
    Ok(letter)
}

/// `\0n`, `\0nn`, `\0mnn`
fn octal(reader: &mut Reader) -> Result<char, PatternError> {
    let mut value = 0;
    let mut digits = 0;
    while let Some(digit) = reader.peek().and_then(|next| next.to_digit(8)).filter(|_| digits < 3) {
        if value * 8 + digit > 0o377 {
            break;
        }
        value = value * 8 + digit;
        digits += 1;
        reader.at += 1;
    }
    match char::from_u32(value).filter(|_| digits > 0) {
        Some(letter) => Ok(letter),
        None => Err(reader.error("Illegal octal escape sequence")),
    }
}

/// `\xhh`, `\x{h…h}`
fn hexadecimal(reader: &mut Reader) -> Result<char, PatternError> {
    let braces = reader.take('{');
    let value = digits(reader, if braces { 6 } else { 2 });
    let complete = if braces { reader.take('}') } else { value.is_some_and(|(_, count)| count == 2) };
    let letter = value.filter(|_| complete).and_then(|(value, _)| char::from_u32(value));
    letter.ok_or_else(|| reader.error("Illegal hexadecimal escape sequence"))
}

/// `\uhhhh`, also two of them for one character.
fn unicode(reader: &mut Reader) -> Result<char, PatternError> {
    let wrong = PatternError::Syntax { reason: "Illegal Unicode escape sequence", at: reader.at };
    let (first, 4) = digits(reader, 4).ok_or_else(|| wrong.clone())? else {
        return Err(wrong);
    };
    if let Some(letter) = char::from_u32(first) {
        return Ok(letter);
    }
    let low = (reader.take('\\') && reader.take('u')).then(|| digits(reader, 4)).flatten();
    let pair = low.map(|(low, _)| [first as u16, low as u16]);
    pair.and_then(|pair| char::decode_utf16(pair).next()?.ok()).ok_or(wrong)
}

/// The value of up to so many hexadecimal digits, and how many there are.
fn digits(reader: &mut Reader, most: usize) -> Option<(u32, usize)> {
    let (mut value, mut count) = (0, 0);
    while let Some(digit) = reader.peek().and_then(|next| next.to_digit(16)).filter(|_| count < most) {
        value = value * 16 + digit;
        count += 1;
        reader.at += 1;
    }
    (count > 0).then_some((value, count))
}
