//! Texts with wildcards and policy variables, compiled to bytes.
//!
//! Three bytes that no UTF-8 text contains stand for `*`, `?` and a variable, so that a variable's value can never become
//! a wildcard.

use super::context::{Keys, TextBuffer, Value};
use super::wild::{ONE, STAR, wild};

const VARIABLE: u8 = 0xfd;

/// What of a text has a meaning beyond itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Syntax {
    /// `*` and `?`.
    pub(super) wildcards: bool,
    /// `${…}`; from version 2012-10-17 on.
    pub(super) variables: bool,
}

/// A compiled text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pattern {
    code: Box<[u8]>,
    /// How many bytes at the start are plain text.
    prefix: usize,
    /// No shorter text matches.
    shortest: usize,
    variables: Box<[Variable]>,
}

/// `${key, 'default'}`
#[derive(Debug, Clone, PartialEq)]
struct Variable {
    /// In lower case.
    key: Box<str>,
    default: Option<Box<str>>,
}

impl Pattern {
    pub(super) fn compile(text: &str, syntax: Syntax) -> Self {
        let (mut code, mut variables) = (Vec::with_capacity(text.len()), Vec::new());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if let Some((inside, after)) = variable(rest).filter(|_| syntax.variables) {
                push_variable(inside, &mut code, &mut variables);
                rest = after;
                continue;
            }
            match first {
                '*' if syntax.wildcards => code.push(STAR),
                '?' if syntax.wildcards => code.push(ONE),
                _ => code.extend_from_slice(&rest.as_bytes()[..first.len_utf8()]),
            }
            rest = &rest[first.len_utf8()..];
        }
        let prefix = code.iter().position(|&byte| byte >= VARIABLE).unwrap_or(code.len());
        let shortest = code.iter().filter(|&&byte| byte != STAR && byte != VARIABLE).count();
        Self { code: code.into(), prefix, shortest, variables: variables.into() }
    }

    /// Actions have wildcards and no case.
    pub(super) fn action(text: &str) -> Self {
        Self::compile(&text.to_ascii_lowercase(), Syntax { wildcards: true, variables: false })
    }

    /// Whether the text matches. None: a variable has no value here.
    pub(super) fn matches(&self, text: &str, keys: &Keys<'_>) -> Option<bool> {
        if self.variables.is_empty() {
            return Some(self.matches_plainly(text));
        }
        let mut buffer = Expanded::default();
        self.expand(keys, &mut buffer)?;
        Some(wild(buffer.bytes(), text.as_bytes()))
    }

    fn matches_plainly(&self, text: &str) -> bool {
        let text = text.as_bytes();
        if self.prefix == self.code.len() {
            return *text == *self.code;
        }
        text.len() >= self.shortest
            && text[..self.prefix] == self.code[..self.prefix]
            && wild(&self.code[self.prefix..], &text[self.prefix..])
    }

    /// Whether an action matches, whatever its case. Actions are ASCII.
    pub(super) fn matches_action(&self, action: &str) -> bool {
        if self.prefix == self.code.len() {
            return self.code.eq_ignore_ascii_case(action.as_bytes());
        }
        let mut lower = [0; 128];
        let Some(lower) = lower.get_mut(..action.len()) else { return false };
        lower.copy_from_slice(action.as_bytes());
        lower.make_ascii_lowercase();
        wild(&self.code, lower)
    }

    /// Whether it has a variable whose value nobody can tell.
    pub(super) fn is_unknown(&self, keys: &Keys<'_>) -> bool {
        self.variables.iter().any(|variable| matches!(keys.get(&variable.key), Value::Unknown))
    }

    /// Whether the texts are the same but for case. Only for patterns without wildcards.
    pub(super) fn same_ignoring_case(&self, text: &str, keys: &Keys<'_>) -> Option<bool> {
        let mut buffer = Expanded::default();
        self.expand(keys, &mut buffer)?;
        let own = std::str::from_utf8(buffer.bytes()).ok()?;
        let lower = own.chars().flat_map(char::to_lowercase);
        Some(own.eq_ignore_ascii_case(text) || lower.eq(text.chars().flat_map(char::to_lowercase)))
    }

    /// Whether the first so many parts of an ARN are plain text.
    pub(super) fn is_literal_through_colons(&self, count: usize) -> bool {
        self.code[..self.prefix].iter().filter(|&&byte| byte == b':').count() >= count
    }

    fn expand(&self, keys: &Keys<'_>, buffer: &mut Expanded) -> Option<()> {
        let mut code = &*self.code;
        for variable in &self.variables {
            let place = code.iter().position(|&byte| byte == VARIABLE)?;
            buffer.push(&code[..place]);
            code = &code[place + 1..];
            let mut text = TextBuffer::default();
            let value = keys.get(&variable.key);
            // A default stands for what is absent, not for what nobody can tell.
            let default = variable.default.as_deref().filter(|_| !matches!(value, Value::Unknown));
            buffer.push(value.as_single_text(&mut text).or(default)?.as_bytes());
        }
        buffer.push(code);
        Some(())
    }
}

fn variable(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("${")?.split_once('}')
}

fn push_variable(inside: &str, code: &mut Vec<u8>, variables: &mut Vec<Variable>) {
    match inside {
        "*" | "?" | "$" => code.extend_from_slice(inside.as_bytes()),
        _ => {
            let (key, default) = match inside.split_once(',') {
                Some((key, default)) => (key, Some(default.trim().trim_matches('\'').into())),
                None => (inside, None),
            };
            code.push(VARIABLE);
            variables.push(Variable { key: key.trim().to_ascii_lowercase().into(), default });
        }
    }
}

/// A pattern with its variables replaced; on the stack unless it is long.
struct Expanded {
    near: [u8; 512],
    length: usize,
    far: Vec<u8>,
}

impl Default for Expanded {
    fn default() -> Self {
        Self { near: [0; 512], length: 0, far: Vec::new() }
    }
}

impl Expanded {
    fn push(&mut self, bytes: &[u8]) {
        let end = self.length + bytes.len();
        match self.near.get_mut(self.length..end) {
            Some(place) if self.far.is_empty() => {
                place.copy_from_slice(bytes);
                self.length = end;
            }
            _ => {
                if self.far.is_empty() {
                    self.far.extend_from_slice(&self.near[..self.length]);
                }
                self.far.extend_from_slice(bytes);
            }
        }
    }

    fn bytes(&self) -> &[u8] {
        if self.far.is_empty() { &self.near[..self.length] } else { &self.far }
    }
}

#[cfg(test)]
mod tests {
    use super::super::context::{Keys, Pairs};
    use super::super::principal::Principal;
    use super::{Pattern, Syntax};

    const BOTH: Syntax = Syntax { wildcards: true, variables: true };

    fn matches(pattern: &str, text: &str, syntax: Syntax) -> Option<bool> {
        let context = Pairs(&[("k", "v"), ("wild", "*"), ("MiXed", "m"), ("long", LONG)]);
        let keys = Keys::new(Principal::Anonymous, &context);
        Pattern::compile(pattern, syntax).matches(text, &keys)
    }

    const LONG: &str = concat!(
        "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
        "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
        "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
    );

    #[test]
    fn wildcards() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("*", "a/b:c", true),
            ("a*c", "abbc", true),
            ("a*c", "abcd", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("a?c", "aéc", true),
            ("*?c", "éc", true),
            ("*??", "é", false),
            ("*??", "éx", true),
            ("*?x*", "éx", true),
            ("*/*/GET/pets", "api/test/GET/pets", true),
            ("a*b*c", "a--b--b--c", true),
            ("*ab", "aab", true),
            ("*ab*", "xxaxab", true),
            ("*abc", "ababc", true),
            ("*a?c*d", "abbabcd", true),
            ("", "", true),
            ("", "a", false),
            ("a**", "a", true),
            ("**a", "a", true),
            ("a*", "b", false),
            ("?*", "", false),
            ("a*a", "a", false),
            ("a*?", "a", false),
            ("a*?", "aé", true),
            ("*?é", "é", false),
            ("*é?", "aéé", true),
            ("*é??", "aéé", false),
            ("*??*", "é", false),
            ("*??*", "éa", true),
            ("a*?b*c", "abbxc", true),
            ("a*?b*c", "abxc", false),
            ("*?*?", "é", false),
            ("*?*?", "éé", true),
        ] {
            assert_eq!(matches(pattern, text, BOTH), Some(expected), "{pattern} ~ {text}");
        }
    }

    #[test]
    fn variables_are_text_whatever_they_hold() {
        for (pattern, text, expected) in [
            ("a/${k}/*", "a/v/x", Some(true)),
            ("a/${k}/*", "a/w/x", Some(false)),
            ("${K}", "v", Some(true)),
            ("${mixed}", "m", Some(true)),
            ("${wild}", "anything", Some(false)),
            ("${wild}", "*", Some(true)),
            ("${none}", "", None),
            ("${none, 'd e'}!", "d e!", Some(true)),
            ("${none,'x'}${k}", "xv", Some(true)),
            ("${*}", "*", Some(true)),
            ("${*}", "a", Some(false)),
            ("${?}${$}", "?$", Some(true)),
            ("${$}{k}", "${k}", Some(true)),
            ("${k", "${k", Some(true)),
        ] {
            assert_eq!(matches(pattern, text, BOTH), expected, "{pattern} ~ {text}");
        }
        let twice = format!("<{LONG}{LONG}v>");
        assert_eq!(matches("<${long}${long}${k}>", &twice, BOTH), Some(true), "beyond the buffer");
        assert_eq!(matches("<${long}${long}?>", &twice, BOTH), Some(true));
    }

    #[test]
    fn what_has_no_meaning_is_text() {
        let none = Syntax { wildcards: false, variables: false };
        assert_eq!(matches("a*${k}?", "a*${k}?", none), Some(true));
        assert_eq!(matches("a*", "ab", none), Some(false));
    }

    #[test]
    fn actions_have_no_case() {
        for (pattern, action, expected) in [
            ("lambda:invoke*", "lambda:InvokeFunction", true),
            ("Execute-API:INVOKE", "execute-api:Invoke", true),
            ("*", "execute-api:Invoke", true),
            ("execute-api:?nvoke", "execute-api:Invoke", true),
            ("execute-api:", "execute-api:Invoke", false),
        ] {
            assert_eq!(Pattern::action(pattern).matches_action(action), expected, "{pattern} ~ {action}");
        }
        assert!(!Pattern::action("*").matches_action(&"x".repeat(200)), "no action is that long");
    }

    #[test]
    fn case_is_ignored_beyond_ascii() {
        let keys = Keys::new(Principal::Anonymous, &super::super::NoContext);
        let same = |one: &str, other| {
            Pattern::compile(one, Syntax { wildcards: false, variables: true })
                .same_ignoring_case(other, &keys)
        };
        assert_eq!(same("ÄB", "äb"), Some(true));
        assert_eq!(same("ab", "AB"), Some(true));
        assert_eq!(same("ab", "AC"), Some(false));
        assert_eq!(same("${none}", "AC"), None);
    }
}
