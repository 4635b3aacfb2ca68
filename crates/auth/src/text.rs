//! Taking short texts apart: calls are checked with it, and the standard library's searchers are made for longer texts.

use memchr::memchr;

/// What stands before and after the first of this byte, which is ASCII.
pub(crate) fn cut(text: &str, separator: u8) -> Option<(&str, &str)> {
    let at = memchr(separator, text.as_bytes())?;
    Some((&text[..at], &text[at + 1..]))
}

/// The pieces between all of this byte, as `str::split` yields them.
pub(crate) fn pieces(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || match cut(rest?, separator) {
        Some((piece, after)) => {
            rest = Some(after);
            Some(piece)
        }
        None => rest.take(),
    })
}

#[cfg(test)]
mod tests {
    use super::{cut, pieces};

    #[test]
    fn pieces_are_those_of_the_standard_library() {
        for text in ["", "/", "a", "a/b", "/a//b/", "é/ü", "a/b/c/d/e/f"] {
            assert!(pieces(text, b'/').eq(text.split('/')), "{text}");
            assert_eq!(cut(text, b'/'), text.split_once('/'), "{text}");
        }
    }
}
