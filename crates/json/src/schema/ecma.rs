//! Regular expressions of ECMA 262, 5th edition, which is what draft 4 means by `pattern`.
//!
//! In: an expression. Out: whether it matches somewhere in a text. It is written anew for Rust's engines.

pub(super) use crate::regular::TooLong;
use crate::regular::{Bounds, Regular};

const BOUNDS: Bounds = Bounds { backtracking: 100_000, size: 1 << 20 };
/// `\s`, to stand within brackets.
const SPACES: &str = r"\t-\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";
const LINE_ENDS: &str = r"\n\r\u{2028}\u{2029}";

#[derive(Debug)]
pub(super) struct Pattern {
    source: Box<str>,
    regular: Regular,
}

impl Pattern {
    /// None when the expression is malformed or too large.
    pub(super) fn new(source: &str) -> Option<Self> {
        Some(Self { source: source.into(), regular: Regular::new(&rewrite(source), BOUNDS)? })
    }

    pub(super) fn source(&self) -> &str {
        &self.source
    }

    pub(super) fn is_match(&self, text: &str) -> Result<bool, TooLong> {
        self.regular.is_match(text)
    }
}

/// The expression in the syntax of Rust's engines. What is malformed stays so.
fn rewrite(source: &str) -> String {
    let mut writer = Writer { rest: source, out: String::with_capacity(source.len() + 16) };
    while let Some(next) = writer.take() {
        writer.atom(next);
    }
    writer.out
}

struct Writer<'s> {
    rest: &'s str,
    out: String,
}

impl Writer<'_> {
    fn take(&mut self) -> Option<char> {
        let next = self.rest.chars().next()?;
        self.rest = &self.rest[next.len_utf8()..];
        Some(next)
    }

    fn takes(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn literal(&mut self, character: char) {
        if character.is_ascii_punctuation() {
            self.out.push('\\');
        }
        self.out.push(character);
    }

    fn atom(&mut self, next: char) {
        match next {
            '\\' => self.escape(),
            '[' => self.class(),
            '.' => self.out.push_str(&format!("[^{LINE_ENDS}]")),
            // A brace that is no quantifier is a character.
            '{' if !is_quantifier(self.rest) => self.out.push_str(r"\{"),
            '{' => {
                self.out.push('{');
                while let Some(digit) = self.take() {
                    self.out.push(digit);
                    if digit == '}' {
                        return;
                    }
                }
            }
            '}' | ']' | '#' | '&' | '~' | '-' | ' ' => self.literal(next),
            _ => self.out.push(next),
        }
    }

    fn escape(&mut self) {
        let Some(next) = self.take() else { return self.out.push('\\') };
        match next {
            'd' => self.out.push_str("[0-9]"),
            'D' => self.out.push_str("[^0-9]"),
            'w' => self.out.push_str("[0-9A-Za-z_]"),
            'W' => self.out.push_str("[^0-9A-Za-z_]"),
            's' => self.out.push_str(&format!("[{SPACES}]")),
            'S' => self.out.push_str(&format!("[^{SPACES}]")),
            'b' => self.out.push_str(r"(?-u:\b)"),
            'B' => self.out.push_str(r"(?-u:\B)"),
            '1'..='9' => {
                self.out.push('\\');
                self.out.push(next);
            }
            _ => self.character(next),
        }
    }

    /// `[…]`; an expression that ends within one stays open, and is refused.
    fn class(&mut self) {
        let negated = self.takes("^");
        if self.takes("]") {
            // `[]` matches nothing, `[^]` everything.
            return self.out.push_str(if negated { r"[\s\S]" } else { r"[^\s\S]" });
        }
        self.out.push_str(if negated { "[^" } else { "[" });
        while let Some(next) = self.take() {
            match next {
                ']' => return self.out.push(']'),
                '\\' => self.class_escape(),
                '-' => self.out.push('-'),
                _ => self.literal(next),
            }
        }
    }

    fn class_escape(&mut self) {
        let Some(next) = self.take() else { return };
        match next {
            'd' => self.out.push_str("0-9"),
            'D' => self.out.push_str("[^0-9]"),
            'w' => self.out.push_str("0-9A-Za-z_"),
            'W' => self.out.push_str("[^0-9A-Za-z_]"),
            's' => self.out.push_str(SPACES),
            'S' => self.out.push_str(&format!("[^{SPACES}]")),
            'b' => self.out.push_str(r"\x08"),
            _ => self.character(next),
        }
    }

    /// An escape that stands for one character; what has no meaning is the character itself.
    fn character(&mut self, next: char) {
        match next {
            'n' | 'r' | 't' | 'f' | 'v' => {
                self.out.push('\\');
                self.out.push(next);
            }
            '0' => self.out.push_str(r"\x00"),
            'x' => self.hex(2, 'x'),
            'u' => self.hex(4, 'u'),
            'c' => match self.rest.chars().next().filter(char::is_ascii_alphabetic) {
                Some(letter) => {
                    self.take();
                    self.out.push_str(&format!(r"\x{:02X}", u32::from(letter) % 32));
                }
                None => self.out.push('c'),
            },
            _ => self.literal(next),
        }
    }

    fn hex(&mut self, digits: usize, letter: char) {
        let code = self.rest.get(..digits).and_then(|text| u32::from_str_radix(text, 16).ok());
        match code {
            Some(code) => {
                self.rest = &self.rest[digits..];
                self.out.push_str(&format!(r"\x{{{code:X}}}"));
            }
            None => self.out.push(letter),
        }
    }
}

/// Whether `{` is followed by what makes it a quantifier.
fn is_quantifier(rest: &str) -> bool {
    let Some((inside, _)) = rest.split_once('}') else { return false };
    let (least, most) = inside.split_once(',').unwrap_or((inside, "0"));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !least.is_empty() && digits(least) && digits(most)
}

#[cfg(test)]
mod tests {
    use super::{Pattern, TooLong};

    #[test]
    fn expressions_are_read_as_javascript_does() {
        for (source, text, expected) in [
            ("^a", "ab", true),
            ("b", "abc", true),
            ("^$", "", true),
            ("a$", "a\n", false),
            (r"^\d+$", "٣", false),
            (r"^\w$", "é", false),
            (r"^\s$", "\u{feff}", true),
            ("^.$", "\u{2028}", false),
            ("^.$", "é", true),
            (r"^\/a\-b$", "/a-b", true),
            ("^[a[b&&~~--]+$", "[a&~", true),
            ("^[]$", "a", false),
            ("^[^]$", "\n", true),
            ("^a{2,3}$", "aaa", true),
            ("^a{,3}$", "a{,3}", true),
            ("^{a}$", "{a}", true),
            (r"^\x41\u0042\cJ\0$", "AB\n\0", true),
            (r"^[\w.-]+@[\d\s]+$", "a.b-c@1 2", true),
            (r"^(a)\1$", "aa", true),
            ("^(?!b)a", "ab", true),
            ("^(?=.*[0-9]).{3,}$", "ab1", true),
            (r"\bfoo\b", "éfooé", true),
            (r"[\b]", "\u{8}", true),
            (r"^\p$", "p", true),
            ("a b#c", "a b#c", true),
            (r"^\S+$", "a b", false),
        ] {
            assert_eq!(
                Pattern::new(source).map(|pattern| pattern.is_match(text)),
                Some(Ok(expected)),
                "{source} {text:?}"
            );
        }
    }

    #[test]
    fn bad_expressions_are_refused_and_long_ones_end() {
        for source in ["(", "[a", "*", r"(?<a", &"(a{1000}){1000}".repeat(3)] {
            assert!(Pattern::new(source).is_none(), "{source}");
        }
        let linear = Pattern::new("^(a+)+$").unwrap();
        assert_eq!(linear.is_match(&("a".repeat(10_000) + "b")), Ok(false));
        let backtracking = Pattern::new(r"^(a|a)*\1c$").unwrap();
        assert_eq!(backtracking.is_match(&("a".repeat(64) + "b")), Err(TooLong));
    }
}
