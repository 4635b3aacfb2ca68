//! Selection patterns: Java regular expressions that must match a whole text.
//!
//! Plain texts are compared; most others run on `regex`; look-around and back-references fall to `fancy-regex`.
//! Equal patterns of the process share one automaton.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

/// A compiled selection pattern.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// Alternatives without any operator in them.
    Plain(Box<[Box<str>]>),
    Regex(Arc<Automaton>),
    /// No regular expression that is known here.
    Broken(Arc<str>),
}

/// A compiled regular expression.
#[derive(Debug)]
pub enum Automaton {
    Linear(regex::Regex),
    Backtracking(fancy_regex::Regex),
}

static INTERNED: LazyLock<Mutex<HashMap<Box<str>, Weak<Automaton>>>> = LazyLock::new(Mutex::default);

impl Pattern {
    /// Compiles a pattern; what is no regular expression becomes [`Pattern::Broken`].
    #[must_use]
    pub fn compile(pattern: &str) -> Self {
        if pattern
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'|' | b' ' | b'-' | b'_'))
        {
            return Self::Plain(pattern.split('|').map(Box::from).collect());
        }
        interned(pattern).map_or_else(|| Self::Broken(pattern.into()), Self::Regex)
    }

    /// Whether the whole text matches. A backtracking search that exceeds its budget does not.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        match self {
            Self::Plain(alternatives) => alternatives.iter().any(|alternative| **alternative == *text),
            Self::Regex(automaton) => match &**automaton {
                Automaton::Linear(regex) => regex.is_match(text),
                Automaton::Backtracking(regex) => regex.is_match(text).unwrap_or(false),
            },
            Self::Broken(_) => false,
        }
    }
}

fn interned(pattern: &str) -> Option<Arc<Automaton>> {
    let mut pool = INTERNED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = pool.get(pattern).and_then(Weak::upgrade) {
        return Some(known);
    }
    let automaton = Arc::new(automaton(pattern)?);
    pool.retain(|_, known| known.strong_count() > 0);
    pool.insert(pattern.into(), Arc::downgrade(&automaton));
    Some(automaton)
}

fn automaton(pattern: &str) -> Option<Automaton> {
    let whole = format!(r"\A(?:{})\z", from_java(pattern));
    if let Ok(regex) = regex::RegexBuilder::new(&whole).size_limit(1 << 20).build() {
        return Some(Automaton::Linear(regex));
    }
    let regex = fancy_regex::RegexBuilder::new(&whole).backtrack_limit(100_000).build().ok()?;
    Some(Automaton::Backtracking(regex))
}

/// Java's spellings that the engines here do not read: `\Q…\E` and the ASCII sense of `\d`, `\w`, `\s`.
fn from_java(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escaped = &rest[at + 1..];
        if let Some(quoted) = escaped.strip_prefix('Q') {
            let (text, after) = quoted.split_once("\\E").unwrap_or((quoted, ""));
            out.push_str(&regex::escape(text));
            rest = after;
            continue;
        }
        let length = escaped.chars().next().map_or(0, char::len_utf8);
        out.push_str(match &escaped[..length] {
            "d" => "[0-9]",
            "D" => "[^0-9]",
            "w" => "[A-Za-z0-9_]",
            "W" => "[^A-Za-z0-9_]",
            "Z" => r"\n?\z",
            _ => &rest[at..=at + length],
        });
        rest = &escaped[length..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn matches_the_whole_text() {
        for (pattern, text, expected) in [
            ("200", "200", true),
            ("200", "2000", false),
            ("404|409", "409", true),
            (r"2\d{2}", "204", true),
            (r"4\d{2}|5\d{2}", "503", true),
            (r"4\d{2}|5\d{2}", "5030", false),
            (".*Exception.*", "a FooException b", true),
            (".*Exception.*", "x\nException", false),
            (r"(\n|.)+", "x\ny", true),
            (r"\Qa.b\E.", "a.bc", true),
            (r"\Qa.b\E.", "axbc", false),
            (r"(?!200)\d+", "404", true),
            (r"(?!200)\d+", "200", false),
            (r"[\d]{3}", "200", true),
            ("(", "(", false),
            (r"\", r"\", false),
        ] {
            assert_eq!(Pattern::compile(pattern).matches(text), expected, "{pattern} {text}");
        }
    }
}
