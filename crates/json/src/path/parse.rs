//! Reading a path.
//!
//! In: its text. Out: a [`Route`], or the first mistake.

use super::PathError;
use super::cursor::{Cursor, Failure, error};
use super::filter::Condition;
use super::function::{Argument, Call, Function};
use super::read_filter;
use super::token::{Route, Slice, Token};
use crate::lenient::read_lenient;

/// How deep filters may stand in paths that stand in filters.
const MAX_NESTING: usize = 3;
/// No value nests deeper than twice this, so a longer path would find nothing; and the finder recurses.
const MAX_STEPS: usize = 400;

/// Far longer than any path that somebody wrote; texts of calls can be paths too.
const MAX_LENGTH: usize = 64 * 1024;

/// Parses a whole path.
pub(super) fn path(text: &str) -> Result<Route, PathError> {
    let trimmed = text.trim_end();
    if trimmed.len() > MAX_LENGTH {
        return Err(error("", (0, "the path is too long")));
    }
    let prefixed;
    let rooted = if trimmed.starts_with(['$', '@']) || trimmed.is_empty() {
        trimmed
    } else {
        prefixed = format!("$.{trimmed}");
        &prefixed
    };
    route(rooted, 0).map_err(|failure| error(rooted, failure))
}

/// Parses a path that begins with `$` or `@`; `nesting` counts the filters around it.
pub(super) fn route(text: &str, nesting: usize) -> Result<Route, Failure> {
    let mut cursor = Cursor { text, at: 0 };
    if nesting > MAX_NESTING {
        return cursor.fail("filters are nested too deeply");
    }
    if !cursor.took(b'$') && !cursor.took(b'@') {
        return cursor.fail("a path begins with $ or @");
    }
    if text.ends_with('.') {
        return Err((text.len() - 1, "a path must not end with a dot"));
    }
    if !cursor.is_over() && !matches!(cursor.peek(), Some(b'.' | b'[')) {
        return cursor.fail("a dot or a bracket is missing");
    }
    let mut tokens = Vec::new();
    while !cursor.is_over() {
        next(&mut cursor, &mut tokens, nesting)?;
        if tokens.len() > MAX_STEPS {
            return cursor.fail("the path has too many steps");
        }
    }
    Ok(Route::new(tokens))
}

fn next(cursor: &mut Cursor<'_>, tokens: &mut Vec<Token>, nesting: usize) -> Result<(), Failure> {
    if cursor.took(b'.') {
        if cursor.took(b'.') {
            tokens.push(Token::Scan);
        }
        if cursor.peek() == Some(b'.') {
            return cursor.fail("a name is missing between dots");
        }
    }
    let token = match cursor.peek() {
        None => return cursor.fail("the path ends early"),
        Some(b'[') => {
            let token = bracket(cursor, nesting)?;
            skip_last(cursor);
            token
        }
        Some(b'*') => {
            cursor.at += 1;
            skip_last(cursor);
            Token::Wildcard
        }
        Some(_) => name(cursor, nesting)?,
    };
    tokens.push(token);
    Ok(())
}

/// A single last character behind a bracket or a wildcard is not looked at, whatever it is.
fn skip_last(cursor: &mut Cursor<'_>) {
    let mut rest = cursor.rest().chars();
    if rest.next().is_some() && rest.next().is_none() {
        cursor.at = cursor.text.len();
    }
}

/// A name behind a dot, which is a key or a function.
fn name(cursor: &mut Cursor<'_>, nesting: usize) -> Result<Token, Failure> {
    let start = cursor.at;
    loop {
        match cursor.peek() {
            None | Some(b'.' | b'[') => {
                let key = cursor.slice(start, cursor.at);
                return Ok(Token::Keys([key.into()].into()));
            }
            Some(b' ') => return cursor.fail("a name with a blank must be written in brackets and quotes"),
            Some(b'(') => return function(cursor, start, nesting),
            Some(_) => cursor.at += 1,
        }
    }
}

fn function(cursor: &mut Cursor<'_>, start: usize, nesting: usize) -> Result<Token, Failure> {
    let name = cursor.slice(start, cursor.at);
    let Some(function) = Function::named(name) else { return Err((start, "unknown function")) };
    let open = cursor.at;
    let Some(close) = cursor.closing_bracket(open, false) else {
        return cursor.fail("a parenthesis is not closed");
    };
    cursor.at = open + 1;
    let mut inner = cursor.until(close);
    let arguments = arguments(&mut inner, nesting)?;
    cursor.at = close + 1;
    if arguments.is_empty() && !cursor.is_over() {
        return cursor.fail("nothing can follow a function without arguments");
    }
    Ok(Token::Function(Box::new(Call { function, arguments })))
}

/// Paths, numbers, double-quoted strings and objects, separated by commas.
fn arguments(cursor: &mut Cursor<'_>, nesting: usize) -> Result<Box<[Argument]>, Failure> {
    let mut arguments = Vec::new();
    cursor.skip_blanks();
    while !cursor.is_over() {
        let start = cursor.at;
        argument_end(cursor)?;
        let text = cursor.slice(start, cursor.at).trim();
        arguments.push(argument(text, start, nesting)?);
        if cursor.took(b',') {
            cursor.skip_blanks();
        }
    }
    Ok(arguments.into())
}

fn argument_end(cursor: &mut Cursor<'_>) -> Result<(), Failure> {
    loop {
        match cursor.peek() {
            None | Some(b',') => return Ok(()),
            Some(b'"' | b'\'') => match cursor.closing_quote(cursor.at) {
                Some(end) => cursor.at = end + 1,
                None => return cursor.fail("a string is not closed"),
            },
            Some(b'(' | b'[' | b'{') => match cursor.closing_bracket(cursor.at, false) {
                Some(end) => cursor.at = end + 1,
                None => return cursor.fail("a bracket is not closed"),
            },
            Some(_) => cursor.at += 1,
        }
    }
}

fn argument(text: &str, start: usize, nesting: usize) -> Result<Argument, Failure> {
    match text.as_bytes().first() {
        Some(b'$' | b'@') => {
            let from_root = text.starts_with('$');
            let route = route(text, nesting + 1).map_err(|(at, reason)| (start + at, reason))?;
            Ok(Argument::Path { route, from_root })
        }
        Some(b'"' | b'{' | b'[' | b'-' | b'0'..=b'9') => {
            let value = read_lenient(text).map_err(|_| (start, "malformed argument"))?;
            Ok(Argument::Value(value))
        }
        _ => Err((start, "malformed argument")),
    }
}

fn bracket(cursor: &mut Cursor<'_>, nesting: usize) -> Result<Token, Failure> {
    let mut inner = *cursor;
    inner.at += 1;
    inner.skip_blanks();
    let token = match inner.peek() {
        Some(b'\'' | b'"') => keys(&mut inner)?,
        Some(b'*') => {
            inner.at += 1;
            Token::Wildcard
        }
        Some(b'?') => filter(&mut inner, nesting)?,
        Some(b'-' | b':' | b'0'..=b'9') => numbers(&mut inner)?,
        _ => return inner.fail("expected a quoted name, an index, a wildcard or a filter"),
    };
    if !inner.took_significant(b']') {
        return inner.fail("a bracket is not closed");
    }
    cursor.at = inner.at;
    Ok(token)
}

fn keys(cursor: &mut Cursor<'_>) -> Result<Token, Failure> {
    let quote = cursor.peek();
    let mut keys = Vec::new();
    loop {
        cursor.skip_blanks();
        if cursor.peek() != quote {
            return cursor.fail("expected a quoted name");
        }
        let Some(end) = cursor.closing_quote(cursor.at) else { return cursor.fail("a string is not closed") };
        keys.push(unescaped(cursor.slice(cursor.at + 1, end)).into());
        cursor.at = end + 1;
        if !cursor.took_significant(b',') {
            return Ok(Token::Keys(keys.into()));
        }
    }
}

/// A string's text without its escapes; a backslash before any other character is dropped.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        plain.push(if c == '\\' { escaped(&mut rest) } else { c });
    }
    plain
}

fn escaped(rest: &mut std::str::Chars<'_>) -> char {
    match rest.next() {
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('u') => {
            let digits = rest.as_str().get(..4).unwrap_or("");
            let unit = u32::from_str_radix(digits, 16).ok();
            rest.by_ref().take(digits.len()).for_each(drop);
            unit.and_then(char::from_u32).unwrap_or('?')
        }
        Some(other) => other,
        None => '\\',
    }
}

/// Indexes or a slice.
fn numbers(cursor: &mut Cursor<'_>) -> Result<Token, Failure> {
    let start = cursor.at;
    while matches!(cursor.peek(), Some(b'0'..=b'9' | b'-' | b':' | b',' | b' ')) {
        cursor.at += 1;
    }
    let text = cursor.slice(start, cursor.at).trim();
    let token =
        if text.contains(':') { slice(text).map(Token::Slice) } else { indexes(text).map(Token::Indexes) };
    token.ok_or((start, "malformed index or slice"))
}

fn indexes(text: &str) -> Option<Box<[i64]>> {
    text.split(',').map(index).collect()
}

/// As Java's int.
fn index(text: &str) -> Option<i64> {
    text.trim().parse::<i32>().ok().map(i64::from)
}

/// Blanks are not allowed; a third part is not looked at.
fn slice(text: &str) -> Option<Slice> {
    let mut parts = text.split(':').map(|text| match text {
        "" => Some(None),
        text => text.parse::<i32>().ok().map(|bound| Some(i64::from(bound))),
    });
    let slice = Slice { from: parts.next()??, to: parts.next()?? };
    (slice.from.is_some() || slice.to.is_some()).then_some(slice)
}

/// `?(…)`
fn filter(cursor: &mut Cursor<'_>, nesting: usize) -> Result<Token, Failure> {
    cursor.at += 1;
    cursor.skip_blanks();
    if cursor.peek() != Some(b'(') {
        return cursor.fail("a filter is written [?( … )]");
    }
    let Some(close) = cursor.closing_bracket(cursor.at, true) else {
        return cursor.fail("a parenthesis is not closed");
    };
    cursor.at += 1;
    let mut inner = cursor.until(close);
    let condition: Condition = read_filter::condition(&mut inner, nesting)?;
    cursor.at = close + 1;
    Ok(Token::Filter(Box::new(condition)))
}
