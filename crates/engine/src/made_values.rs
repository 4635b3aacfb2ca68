//! Parts of a head made of values that may come from a body: by mappings, overrides and functions.
//!
//! In: texts of any length. Out: the same within bounds, header values among them. Knows nothing of who sends them.

use http::HeaderValue;

/// The most headers made for one head; a table of headers panics when it is full.
pub(crate) const MOST_HEADERS: usize = 1000;
/// The longest value made for a header, a query or a path: what is longer no peer takes, and encoding it would hold up the core.
const LONGEST: usize = 64 * 1024;

/// The text, unless it is too long for any part of a head.
pub(crate) fn bounded<T: AsRef<str>>(text: T) -> Result<T, &'static str> {
    if text.as_ref().len() > LONGEST {
        return Err("a value made for a header, the query or the path is longer than 65536 bytes");
    }
    Ok(text)
}

/// None when no header can hold the text.
pub(crate) fn header_value(text: &str) -> Result<Option<HeaderValue>, &'static str> {
    bounded(text).map(|text| HeaderValue::from_bytes(text.as_bytes()).ok())
}

#[cfg(test)]
mod tests {
    use super::header_value;

    #[test]
    fn values_are_bounded_and_hold_no_line_ends() {
        for (text, expected) in [
            (String::new(), Ok(true)),
            ("é".to_owned(), Ok(true)),
            ("a\r\nb".to_owned(), Ok(false)),
            ("x".repeat(65536), Ok(true)),
            ("x".repeat(65537), Err(())),
        ] {
            let made = header_value(&text).map(|value| value.is_some()).map_err(|_| ());
            assert_eq!(made, expected, "{} bytes", text.len());
        }
    }
}
