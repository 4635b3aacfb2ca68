//! A place in the text of a path.
//!
//! Everything that structures a path is ASCII, so it looks at bytes and cuts only next to such bytes.

use super::PathError;

/// A failure: where, and why.
pub(super) type Failure = (usize, &'static str);

#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'t> {
    /// The text to its end; parts of a path are read from a shorter one that begins at the same place.
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.byte(self.at)
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    pub(super) fn is_over(&self) -> bool {
        self.at >= self.text.len()
    }

    pub(super) fn skip_blanks(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    /// Takes a byte if it is next.
    pub(super) fn took(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// Takes a byte if it is next behind blanks; otherwise nothing moves.
    pub(super) fn took_significant(&mut self, wanted: u8) -> bool {
        let mut ahead = *self;
        ahead.skip_blanks();
        let found = ahead.took(wanted);
        if found {
            *self = ahead;
        }
        found
    }

    /// Takes a text if it is next behind blanks; otherwise nothing moves.
    pub(super) fn took_text(&mut self, wanted: &str) -> bool {
        let mut ahead = *self;
        ahead.skip_blanks();
        let found = ahead.rest().starts_with(wanted);
        if found {
            self.at = ahead.at + wanted.len();
        }
        found
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub(super) fn slice(&self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).unwrap_or("")
    }

    pub(super) fn fail<T>(&self, reason: &'static str) -> Result<T, Failure> {
        Err((self.at, reason))
    }

    /// The same place in the text cut at an end.
    pub(super) fn until(&self, end: usize) -> Self {
        Self { text: self.text.get(..end).unwrap_or(self.text), at: self.at }
    }

    /// Where the quote is that closes a string whose opening quote is at a place.
    pub(super) fn closing_quote(&self, open: usize) -> Option<usize> {
        let quote = self.byte(open)?;
        let mut at = open + 1;
        loop {
            match self.byte(at)? {
                b'\\' => at += 2,
                byte if byte == quote => return Some(at),
                _ => at += 1,
            }
        }
    }

    /// Where the bracket is that closes the one at a place. Strings are skipped, and regular expressions if asked.
    pub(super) fn closing_bracket(&self, open: usize, skip_patterns: bool) -> Option<usize> {
        let opening = self.byte(open)?;
        let closing = match opening {
            b'(' => b')',
            b'[' => b']',
            _ => b'}',
        };
        let (mut depth, mut at) = (0usize, open);
        loop {
            match self.byte(at)? {
                b'\'' | b'"' => at = self.closing_quote(at)?,
                b'/' if skip_patterns => at = self.closing_quote(at)?,
                byte if byte == opening => depth += 1,
                byte if byte == closing => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at);
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }
}

/// A failure told to whoever wrote the path.
pub(super) fn error(path: &str, (at, reason): Failure) -> PathError {
    let before = path.as_bytes().iter().take(at);
    let at = before.filter(|&&byte| byte & 0xC0 != 0x80).count() + 1;
    PathError { path: path.to_owned(), at, reason }
}
