//! Regular expressions in filters, `/…/flags`.
//!
//! In: the expression as Java writes it. Out: whether it matches a whole text. A text for which it backtracks too far does not
//! match.

use crate::regular::{Bounds, Regular};

const BOUNDS: Bounds = Bounds { backtracking: 20_000, size: 1 << 18 };

#[derive(Debug)]
pub(super) struct Pattern {
    source: Box<str>,
    regular: Regular,
}

impl Pattern {
    /// Compiles an expression with its flags; none when it is malformed or too large.
    pub(super) fn new(expression: &str, flags: &str) -> Option<Self> {
        let flags: String = flags.chars().map(inline_flag).collect::<Option<_>>()?;
        let whole = match flags.as_str() {
            "" => format!(r"\A(?:{expression})\z"),
            flags => format!(r"(?{flags})\A(?:{expression})\z"),
        };
        Some(Self { source: expression.into(), regular: Regular::new(&whole, BOUNDS)? })
    }

    pub(super) fn is_backtracking(&self) -> bool {
        self.regular.is_backtracking()
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        self.regular.is_match(text).unwrap_or(false)
    }
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
