//! Java regular expressions that must match a whole text: selection patterns, and what authorizers ask of tokens.
//!
//! Plain texts are compared; the rest is `java_regex`'s, whose work is bounded. Equal patterns of the process share one
//! automaton.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

use stagedoor_vtl::java_regex::{self, Purpose};

/// A compiled pattern.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// Alternatives without any operator in them.
    Plain(Box<[Box<str>]>),
    Regex(Arc<str>, Arc<java_regex::Pattern>),
    /// Not executable; the text says why.
    Broken(Arc<str>),
}

/// Those for texts that anybody may send, and the others.
type Interned = [HashMap<Box<str>, Weak<java_regex::Pattern>>; 2];

static INTERNED: LazyLock<Mutex<Interned>> = LazyLock::new(Mutex::default);

impl Pattern {
    /// Compiles a pattern; what is no regular expression becomes [`Pattern::Broken`].
    #[must_use]
    pub fn compile(pattern: &str) -> Self {
        Self::compile_for(pattern, Purpose::Whole)
    }

    /// The same for texts of strangers, who get little work done.
    #[must_use]
    pub fn compile_for_tokens(pattern: &str) -> Self {
        Self::compile_for(pattern, Purpose::WholeOfAnybody)
    }

    fn compile_for(pattern: &str, purpose: Purpose) -> Self {
        if pattern
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'|' | b' ' | b'-' | b'_'))
        {
            return Self::Plain(pattern.split('|').map(Box::from).collect());
        }
        match interned(pattern, purpose) {
            Ok(compiled) => Self::Regex(pattern.into(), compiled),
            Err(error) => {
                Self::Broken(format!("the pattern {pattern} is no regular expression: {error}").into())
            }
        }
    }

    /// Whether the whole text matches.
    ///
    /// # Errors
    /// Why that cannot be said: the pattern is broken, or takes too many steps on this text.
    pub fn matches(&self, text: &str) -> Result<bool, Arc<str>> {
        match self {
            Self::Plain(alternatives) => Ok(alternatives.iter().any(|alternative| **alternative == *text)),
            Self::Regex(pattern, compiled) => compiled
                .matches(text)
                .map_err(|_| format!("the pattern {pattern} takes too many steps on this text").into()),
            Self::Broken(reason) => Err(Arc::clone(reason)),
        }
    }
}

fn interned(pattern: &str, purpose: Purpose) -> Result<Arc<java_regex::Pattern>, java_regex::PatternError> {
    let mut pools = INTERNED.lock().unwrap_or_else(PoisonError::into_inner);
    let pool = &mut pools[usize::from(purpose == Purpose::Whole)];
    if let Some(known) = pool.get(pattern).and_then(Weak::upgrade) {
        return Ok(known);
    }
    let compiled = Arc::new(java_regex::Pattern::new(pattern, purpose)?);
    pool.retain(|_, known| known.strong_count() > 0);
    pool.insert(pattern.into(), Arc::downgrade(&compiled));
    Ok(compiled)
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
            ("^5..$", "503", true),
            (".*Exception.*", "a FooException b", true),
            (".*Exception.*", "x\nException", false),
            (r"(\n|.)+", "x\ny", true),
            (r"\Qa.b\E.", "a.bc", true),
            (r"\Qa.b\E.", "axbc", false),
            (r"(?!200)\d+", "404", true),
            (r"(?!200)\d+", "200", false),
            (r"[\d]{3}", "200", true),
            (r"(a+)+b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
        ] {
            assert_eq!(Pattern::compile(pattern).matches(text), Ok(expected), "{pattern} {text}");
        }
    }

    #[test]
    fn strangers_get_little_work_done() {
        let (pattern, text) = ("(a|a)+(?=b)c", "a".repeat(14));
        assert_eq!(Pattern::compile(pattern).matches(&text), Ok(false));
        assert!(Pattern::compile_for_tokens(pattern).matches(&text).is_err());
        let token = format!("Bearer {}", "a1-_.".repeat(2000));
        for ordinary in [r"Bearer (?!none)[-\w.]+", r"^Bearer (?=.*[0-9])(?:[^.]+\.)+$", r"Bearer .{8,}+"] {
            assert_eq!(Pattern::compile_for_tokens(ordinary).matches(&token), Ok(true), "{ordinary}");
        }
    }

    #[test]
    fn says_why_it_does_not_match() {
        let long = "a".repeat(5000);
        for (pattern, text, reason) in [
            ("(", "(", "is no regular expression: Unclosed group near index 1"),
            (r"\", r"\", "is no regular expression"),
            (r"(a|a)+(?=b)c", &*long, "takes too many steps on this text"),
        ] {
            let said = Pattern::compile(pattern).matches(text).expect_err(pattern);
            assert!(said.contains(reason), "{pattern}: {said}");
        }
    }
}
