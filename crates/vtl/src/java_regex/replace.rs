//! `replaceAll`, `replaceFirst` and `split` as `java.util.regex.Matcher` and `Pattern` do them.

use super::{Found, Pattern, TooManySteps};

/// Why nothing was replaced; the texts are Java's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplaceError {
    /// The text takes too many steps.
    #[error(transparent)]
    TooManySteps(#[from] TooManySteps),
    /// `$` without a group after it.
    #[error("Illegal group reference")]
    IllegalReference,
    /// A backslash at the end.
    #[error("character to be escaped is missing")]
    NothingEscaped,
    /// A number without such a group.
    #[error("No group {0}")]
    NoGroup(usize),
    /// A name without such a group.
    #[error("No group with name {{{0}}}")]
    NoGroupNamed(Box<str>),
    /// More than the caller has room for.
    #[error("the result is too long")]
    TooLong,
}

/// A piece of a replacement.
enum Piece {
    Text(String),
    Group(usize),
}

impl Pattern {
    /// Replaces the matches (at most `count`) by what the replacement says, `$1` and `${name}` being groups.
    ///
    /// # Errors
    /// When the replacement is wrong and something matches, the text takes too many steps or all searches together too long, or
    /// the result is longer than `room`.
    pub fn replace(
        &self,
        text: &str,
        replacement: &str,
        count: usize,
        room: usize,
        in_time: &dyn Fn() -> bool,
    ) -> Result<String, ReplaceError> {
        let mut out = String::new();
        let mut copied = 0;
        let mut pieces = None;
        let mut matches = Matches { pattern: self, text, next: Some(0), in_time, searches: 0 };
        for _ in 0..count {
            let Some(found) = matches.next()? else { break };
            let (start, end) = found.whole();
            out.push_str(&text[copied..start]);
            copied = end;
            // Java reads the replacement only once something matches.
            if pieces.is_none() {
                pieces = Some(self.pieces(replacement)?);
            }
            for piece in pieces.iter().flatten() {
                out.push_str(match piece {
                    Piece::Text(text) => text,
                    Piece::Group(number) => found.group(*number, text),
                });
            }
            if out.len() > room {
                return Err(ReplaceError::TooLong);
            }
        }
        out.push_str(&text[copied..]);
        Ok(out)
    }

    /// Splits the text at the matches. Limit 0: at all, without empty texts at the end; below: with them; above: at most so
    /// many parts.
    ///
    /// # Errors
    /// When the text takes too many steps, or all searches together too long.
    pub fn split<'t>(
        &self,
        text: &'t str,
        limit: i32,
        in_time: &dyn Fn() -> bool,
    ) -> Result<Vec<&'t str>, TooManySteps> {
        let most = usize::try_from(limit).ok().filter(|most| *most > 0);
        let mut parts = Vec::new();
        let mut copied = 0;
        let mut matches = Matches { pattern: self, text, next: Some(0), in_time, searches: 0 };
        while most.is_none_or(|most| parts.len() + 1 < most) {
            let Some(found) = matches.next()? else { break };
            let (start, end) = found.whole();
            // Nothing that matches at the very start makes no empty first part.
            if end == 0 {
                continue;
            }
            parts.push(&text[copied..start]);
            copied = end;
        }
        if copied == 0 && parts.is_empty() {
            return Ok(vec![text]);
        }
        parts.push(&text[copied..]);
        if limit == 0 {
            let kept = parts.iter().rposition(|part| !part.is_empty()).map_or(0, |last| last + 1);
            parts.truncate(kept);
        }
        Ok(parts)
    }

    fn pieces(&self, replacement: &str) -> Result<Vec<Piece>, ReplaceError> {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = replacement;
        while let Some(at) = rest.find(['\\', '$']) {
            plain.push_str(&rest[..at]);
            let after = &rest[at + 1..];
            if rest.as_bytes()[at] == b'\\' {
                let letter = after.chars().next().ok_or(ReplaceError::NothingEscaped)?;
                plain.push(letter);
                rest = &after[letter.len_utf8()..];
                continue;
            }
            let (group, length) = self.reference(after)?;
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
            pieces.push(Piece::Group(group));
            rest = &after[length..];
        }
        plain.push_str(rest);
        pieces.push(Piece::Text(plain));
        Ok(pieces)
    }

    /// The group that stands after a `$`, and how long its name is.
    fn reference(&self, after: &str) -> Result<(usize, usize), ReplaceError> {
        if let Some(rest) = after.strip_prefix('{') {
            let name = rest.split_once('}').map(|(name, _)| name).ok_or(ReplaceError::IllegalReference)?;
            let group = self.group_named(name).ok_or_else(|| ReplaceError::NoGroupNamed(name.into()))?;
            return Ok((group, name.len() + 2));
        }
        let mut digits = after.chars().map_while(|digit| digit.to_digit(10).map(|digit| digit as usize));
        let mut group = digits.next().ok_or(ReplaceError::IllegalReference)?;
        if group > self.groups {
            return Err(ReplaceError::NoGroup(group));
        }
        let mut length = 1;
        // Further digits belong to it as long as there is such a group.
        for digit in digits {
            if group * 10 + digit > self.groups {
                break;
            }
            group = group * 10 + digit;
            length += 1;
        }
        Ok((group, length))
    }
}

/// Matches one after the other, as `Matcher.find` steps through a text.
struct Matches<'a> {
    pattern: &'a Pattern,
    text: &'a str,
    /// Where to look next, unless the text is over.
    next: Option<usize>,
    /// Each search takes time that grows with the text, and there may be as many.
    in_time: &'a dyn Fn() -> bool,
    searches: usize,
}

impl Matches<'_> {
    /// Whether to look at the clock: in a short text not for each search.
    fn asks(&self) -> bool {
        const SHORT_TEXT: usize = 256;
        const SHORT_SEARCHES: usize = 16;
        self.text.len() > SHORT_TEXT || self.searches.is_multiple_of(SHORT_SEARCHES)
    }

    fn next(&mut self) -> Result<Option<Found>, TooManySteps> {
        let Some(from) = self.next else { return Ok(None) };
        let found = self.pattern.find(self.text, from)?;
        self.searches += 1;
        if self.asks() && !(self.in_time)() {
            return Err(TooManySteps);
        }
        self.next = found.as_ref().and_then(|found| {
            let (start, end) = found.whole();
            let step = self.text[end..].chars().next().map(char::len_utf8);
            if start == end { step.map(|step| end + step) } else { Some(end) }
        });
        Ok(found)
    }
}
