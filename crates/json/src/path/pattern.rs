//! Regular expressions in filters, `/…/flags`.
//!
//! In: the expression as Java writes it. Out: whether it matches a whole text. What the linear engine cannot read goes to
//! the one that backtracks, with a bound; a text that exceeds it does not match.

use regex::RegexBuilder;

/// How far an expression may backtrack.
const MAX_BACKTRACKING: usize = 20_000;
/// How large a compiled expression may be, in bytes.
const MAX_SIZE: usize = 1 << 18;

#[derive(Debug)]
pub(super) struct Pattern {
    source: Box<str>,
    engine: Engine,
}

#[derive(Debug)]
enum Engine {
    Linear(regex::Regex),
    Backtracking(Box<fancy_regex::Regex>),
}

impl Pattern {
    /// Compiles an expression with its flags; none when it is malformed or too large.
    pub(super) fn new(expression: &str, flags: &str) -> Option<Self> {
        let flags: String = flags.chars().map(inline_flag).collect::<Option<_>>()?;
        let whole = match flags.as_str() {
            "" => format!(r"\A(?:{expression})\z"),
            flags => format!(r"(?{flags})\A(?:{expression})\z"),
        };
        let linear = RegexBuilder::new(&whole).size_limit(MAX_SIZE).build();
        let engine = match linear {
            Ok(regex) => Engine::Linear(regex),
            Err(_) => Engine::Backtracking(Box::new(backtracking(&whole)?)),
        };
        Some(Self { source: expression.into(), engine })
    }

    pub(super) fn is_backtracking(&self) -> bool {
        matches!(self.engine, Engine::Backtracking(_))
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        match &self.engine {
            Engine::Linear(regex) => regex.is_match(text),
            Engine::Backtracking(regex) => regex.is_match(text).unwrap_or(false),
        }
    }
}

fn backtracking(expression: &str) -> Option<fancy_regex::Regex> {
    let mut builder = fancy_regex::RegexBuilder::new(expression);
    builder.backtrack_limit(MAX_BACKTRACKING).delegate_size_limit(MAX_SIZE).build().ok()
}

/// Java's flags as they are written inside an expression.
fn inline_flag(flag: char) -> Option<char> {
    match flag {
        'i' | 'm' | 's' | 'u' | 'x' => Some(flag),
        // Unicode character classes, and Unix lines: what the engines do anyway.
        'U' | 'd' => Some('u'),
        _ => None,
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}
