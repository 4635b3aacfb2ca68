//! Reading the inside of a filter.
//!
//! In: a cursor on `@.a == 1 && !@.b || @.c in ['x']`. Out: a [`Condition`], or the first mistake.

use super::compare::Operator;
use super::cursor::{Cursor, Failure};
use super::filter::{Condition, SubPath, Term};
use super::parse::{route, unescaped};
use super::pattern::Pattern;
use crate::lenient::read_lenient;
use crate::{Number, Value};

/// How deep parentheses and negations may nest.
const MAX_DEPTH: usize = 50;

/// Reads a condition to the end of the text.
pub(super) fn condition(cursor: &mut Cursor<'_>, nesting: usize) -> Result<Condition, Failure> {
    let condition = any(cursor, Depth { nesting, parentheses: 0 })?;
    cursor.skip_blanks();
    if cursor.is_over() { Ok(condition) } else { cursor.fail("expected the end of the filter") }
}

/// What stands around a piece of a filter.
#[derive(Clone, Copy)]
struct Depth {
    /// Filters.
    nesting: usize,
    parentheses: usize,
}

fn any(cursor: &mut Cursor<'_>, depth: Depth) -> Result<Condition, Failure> {
    let mut conditions = vec![all(cursor, depth)?];
    while cursor.took_text("||") {
        conditions.push(all(cursor, depth)?);
    }
    Ok(one_or(conditions, Condition::Any))
}

fn all(cursor: &mut Cursor<'_>, depth: Depth) -> Result<Condition, Failure> {
    let mut conditions = vec![single(cursor, depth)?];
    while cursor.took_text("&&") {
        conditions.push(single(cursor, depth)?);
    }
    Ok(one_or(conditions, Condition::All))
}

fn one_or(mut conditions: Vec<Condition>, many: fn(Vec<Condition>) -> Condition) -> Condition {
    match conditions.pop() {
        Some(only) if conditions.is_empty() => only,
        last => {
            conditions.extend(last);
            many(conditions)
        }
    }
}

fn single(cursor: &mut Cursor<'_>, depth: Depth) -> Result<Condition, Failure> {
    if depth.parentheses > MAX_DEPTH {
        return cursor.fail("the filter is nested too deeply");
    }
    let deeper = Depth { parentheses: depth.parentheses + 1, ..depth };
    if cursor.took_significant(b'!') {
        cursor.skip_blanks();
        if !matches!(cursor.peek(), Some(b'@' | b'$')) {
            return Ok(Condition::Not(Box::new(single(cursor, deeper)?)));
        }
        return comparison(cursor, depth, false);
    }
    if cursor.took_significant(b'(') {
        let inner = any(cursor, deeper)?;
        if !cursor.took_significant(b')') {
            return cursor.fail("a parenthesis is not closed");
        }
        return Ok(inner);
    }
    comparison(cursor, depth, true)
}

/// A comparison, or a path alone; `wanted` is false behind a `!`.
fn comparison(cursor: &mut Cursor<'_>, depth: Depth, wanted: bool) -> Result<Condition, Failure> {
    let left = term(cursor, depth.nesting)?;
    let before = *cursor;
    if let Some(operator) = operator(cursor) {
        let right = term(cursor, depth.nesting)?;
        return Ok(Condition::Compare { left, operator, right });
    }
    *cursor = before;
    match left {
        Term::Path(path) => Ok(Condition::Exists { path, wanted }),
        _ => cursor.fail("expected an operator"),
    }
}

fn operator(cursor: &mut Cursor<'_>) -> Option<Operator> {
    cursor.skip_blanks();
    let start = cursor.at;
    if is_operator(cursor.peek()?) {
        while cursor.peek().is_some_and(is_operator) {
            cursor.at += 1;
        }
    } else {
        while cursor.peek().is_some_and(|byte| byte != b' ') {
            cursor.at += 1;
        }
    }
    Operator::named(cursor.slice(start, cursor.at))
}

fn is_operator(byte: u8) -> bool {
    matches!(byte, b'<' | b'>' | b'=' | b'~' | b'!')
}

fn term(cursor: &mut Cursor<'_>, nesting: usize) -> Result<Term, Failure> {
    cursor.skip_blanks();
    match cursor.peek() {
        None => cursor.fail("the filter ends early"),
        Some(b'@' | b'$') => sub_path(cursor, nesting).map(Term::Path),
        Some(b'\'' | b'"') => string(cursor),
        Some(b'/') => pattern(cursor),
        Some(b'{' | b'[') => json(cursor),
        Some(_) => word(cursor),
    }
}

/// A path reaches to a blank, an operator or a parenthesis that is not its own.
fn sub_path(cursor: &mut Cursor<'_>, nesting: usize) -> Result<SubPath, Failure> {
    let start = cursor.at;
    let from_root = cursor.peek() == Some(b'$');
    cursor.at += 1;
    while let Some(byte) = cursor.peek() {
        match byte {
            b'[' => match cursor.closing_bracket(cursor.at, true) {
                Some(end) => cursor.at = end + 1,
                None => return cursor.fail("a bracket is not closed"),
            },
            // A function without arguments.
            b'(' if cursor.byte(cursor.at + 1) == Some(b')') => cursor.at += 2,
            b' ' | b')' => break,
            byte if is_operator(byte) => break,
            _ => cursor.at += 1,
        }
    }
    let text = cursor.slice(start, cursor.at);
    let route = route(text, nesting + 1).map_err(|(at, reason)| (start + at, reason))?;
    Ok(SubPath { route, from_root })
}

fn string(cursor: &mut Cursor<'_>) -> Result<Term, Failure> {
    let Some(end) = cursor.closing_quote(cursor.at) else { return cursor.fail("a string is not closed") };
    let text = unescaped(cursor.slice(cursor.at + 1, end));
    cursor.at = end + 1;
    Ok(Term::Literal(text.into()))
}

fn pattern(cursor: &mut Cursor<'_>) -> Result<Term, Failure> {
    let start = cursor.at;
    let Some(end) = cursor.closing_quote(start) else {
        return cursor.fail("a regular expression is not closed");
    };
    cursor.at = end + 1;
    while cursor.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
        cursor.at += 1;
    }
    let pattern = Pattern::new(cursor.slice(start + 1, end), cursor.slice(end + 1, cursor.at));
    pattern.map(Term::Pattern).ok_or((start, "malformed regular expression"))
}

fn json(cursor: &mut Cursor<'_>) -> Result<Term, Failure> {
    let start = cursor.at;
    let Some(end) = cursor.closing_bracket(start, false) else {
        return cursor.fail("a bracket is not closed");
    };
    cursor.at = end + 1;
    let value = read_lenient(cursor.slice(start, end + 1)).map_err(|_| (start, "malformed JSON"))?;
    Ok(Term::Literal(value))
}

fn word(cursor: &mut Cursor<'_>) -> Result<Term, Failure> {
    let start = cursor.at;
    while cursor.peek().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.'))
    {
        cursor.at += 1;
    }
    let value = match cursor.slice(start, cursor.at) {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" => Value::Null,
        "undefined" => return Ok(Term::Undefined),
        number => match Number::decimal(number) {
            Some(number) => Value::Number(number),
            None => return Err((start, "expected a path, a number, a string, true, false or null")),
        },
    };
    Ok(Term::Literal(value))
}
