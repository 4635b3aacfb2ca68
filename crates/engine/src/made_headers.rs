//! Headers made of values that may come from a body: by mappings, overrides and functions.
//!
//! In: texts of any length. Out: header values within bounds. Knows nothing of who sends them.

use http::HeaderValue;

/// The most headers made for one head; a table of headers panics when it is full.
pub(crate) const MOST_HEADERS: usize = 1000;
/// The longest value of one header: what is longer is taken by nobody, and would end in a failure at the peer.
const LONGEST_VALUE: usize = 64 * 1024;

/// None when no header can hold the text.
pub(crate) fn header_value(text: &str) -> Result<Option<HeaderValue>, &'static str> {
    if text.len() > LONGEST_VALUE {
        return Err("the value of a header is longer than 65536 bytes");
    }
    Ok(HeaderValue::from_bytes(text.as_bytes()).ok())
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
