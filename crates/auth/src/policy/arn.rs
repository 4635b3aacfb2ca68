//! ARNs with wildcards, part by part.

use super::context::Keys;
use super::pattern::{Pattern, Syntax};
use crate::text::{cut, pieces};

/// The parts of an ARN; the sixth has the rest.
const PARTS: usize = 6;

/// A pattern of `ArnLike`, and of `ArnEquals`, which AWS defines to behave the same.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ArnPattern(Box<[Pattern]>);

impl ArnPattern {
    pub(super) fn compile(text: &str, variables: bool) -> Self {
        let syntax = Syntax { wildcards: true, variables };
        Self(parts(text, variables).into_iter().map(|part| Pattern::compile(part, syntax)).collect())
    }

    /// Whether it has a variable whose value nobody can tell.
    pub(super) fn is_unknown(&self, keys: &Keys<'_>) -> bool {
        self.0.iter().any(|part| part.is_unknown(keys))
    }

    /// A wildcard never reaches into the next part; inside the sixth it matches across `/` and `:`.
    pub(super) fn matches(&self, text: &str, keys: &Keys<'_>) -> Option<bool> {
        if self.0.len() != PARTS || pieces(text, b':').take(PARTS).count() != PARTS {
            return Some(false);
        }
        by_parts(&self.0, text, keys)
    }
}

/// An entry of `Resource`.
///
/// AWS says that a `*` stays within its part of an ARN, but that one at a part's end may reach across colons. Callers choose
/// what stands in the sixth part of an API's ARN, colons included. So there are two readings, and a statement takes the one
/// that lets less pass: an Allow goes part by part, a Deny matches the whole text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ResourcePattern {
    whole: Pattern,
    /// None: all before the sixth part is plain text, so that both readings are the same.
    parts: Option<Box<[Pattern]>>,
}

impl ResourcePattern {
    pub(super) fn compile(text: &str, variables: bool) -> Self {
        let syntax = Syntax { wildcards: true, variables };
        let whole = Pattern::compile(text, syntax);
        let same = whole.is_literal_through_colons(PARTS - 1);
        let split =
            || parts(text, variables).into_iter().map(|part| Pattern::compile(part, syntax)).collect();
        Self { parts: (!same).then(split), whole }
    }

    /// Whether it has a variable whose value nobody can tell.
    pub(super) fn is_unknown(&self, keys: &Keys<'_>) -> bool {
        self.whole.is_unknown(keys)
    }

    pub(super) fn matches(&self, text: &str, strict: bool, keys: &Keys<'_>) -> Option<bool> {
        match &self.parts {
            // The last part of an incomplete ARN covers what is left.
            Some(parts) if strict => by_parts(parts, text, keys),
            _ => self.whole.matches(text, keys),
        }
    }
}

fn by_parts(patterns: &[Pattern], text: &str, keys: &Keys<'_>) -> Option<bool> {
    let (last, before) = patterns.split_last()?;
    let mut rest = text;
    for pattern in before {
        let Some((part, after)) = cut(rest, b':') else { return Some(false) };
        if !pattern.matches(part, keys)? {
            return Some(false);
        }
        rest = after;
    }
    last.matches(rest, keys)
}

/// Splits at the first five colons outside variables.
fn parts(text: &str, variables: bool) -> Vec<&str> {
    let (mut found, mut start, mut inside) = (Vec::with_capacity(PARTS), 0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' if variables && text[..at].ends_with('$') && text[at..].contains('}') => inside = true,
            b'}' => inside = false,
            b':' if !inside && found.len() < PARTS - 1 => {
                found.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&text[start..]);
    found
}

#[cfg(test)]
mod tests {
    use super::super::context::{Keys, Pairs};
    use super::super::principal::Principal;
    use super::{ArnPattern, ResourcePattern};

    const CALL: &str = "arn:aws:execute-api:us-east-1:000000000000:abc/test/GET/pets/{id}";
    const CRAFTED: &str = "arn:aws:execute-api:us-east-1:999999999999:xyz/s/GET/a:000000000000:abc/x";

    fn keys(check: impl FnOnce(&Keys<'_>) -> Option<bool>) -> Option<bool> {
        check(&Keys::new(Principal::Anonymous, &Pairs(&[("saml:sub", "ann")])))
    }

    #[test]
    fn conditions_compare_part_by_part() {
        for (pattern, expected) in [
            (CALL, true),
            ("arn:aws:execute-api:us-east-1:000000000000:abc/*/*", true),
            ("arn:aws:execute-api:us-east-1:000000000000:abc/*/GET/pets/*", true),
            ("arn:aws:execute-api:*:*:abc/test/?ET/*", true),
            ("arn:aws:execute-api:us-east-1:000000000000:other/*/*", false),
            ("arn:aws:execute-api:us-east-1:111111111111:abc/*", false),
            ("arn:aws:execute-api:us-east-1:*", false),
            ("*", false),
            ("", false),
        ] {
            let found = keys(|keys| ArnPattern::compile(pattern, true).matches(CALL, keys));
            assert_eq!(found, Some(expected), "{pattern}");
        }
        assert_eq!(keys(|keys| ArnPattern::compile(CALL, true).matches("abc", keys)), Some(false));
    }

    #[test]
    fn resources_have_a_strict_and_a_wide_reading() {
        for (pattern, text, strict, wide) in [
            ("*", CALL, true, true),
            (CALL, CALL, true, true),
            ("arn:aws:execute-api:*:*:*", CALL, true, true),
            ("arn:aws:execute-api:us-east-1:*", CALL, true, true),
            ("arn:aws:execute-api:*:000000000000:abc/*", CALL, true, true),
            ("arn:aws:execute-api:*:000000000000:abc/*", CRAFTED, false, true),
            ("arn:aws:execute-api:*:abc/*", CALL, false, true),
            ("arn:aws:execute-api:us-east-1:000000000000:abc/*/pets/*", CALL, true, true),
            ("arn:aws:execute-api:us-east-1", CALL, false, false),
            ("arn:aws:iam::*:user/${saml:sub}", "arn:aws:iam::1:user/ann", true, true),
            ("arn:aws:iam::*:user/${saml:sub}", "arn:aws:iam::1:user/bob", false, false),
        ] {
            let compiled = ResourcePattern::compile(pattern, true);
            let found = |reading| keys(|keys| compiled.matches(text, reading, keys));
            assert_eq!((found(true), found(false)), (Some(strict), Some(wide)), "{pattern} ~ {text}");
        }
    }
}
