//! The text functions of `$util`, as the Java classes behind them work.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Commons Lang's `escapeJavaScript`.
pub(super) fn escape_java_script(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for unit in text.encode_utf16() {
        match unit {
            0x08 => out.push_str("\\b"),
            0x09 => out.push_str("\\t"),
            0x0a => out.push_str("\\n"),
            0x0c => out.push_str("\\f"),
            0x0d => out.push_str("\\r"),
            0x22 | 0x27 | 0x2f | 0x5c => {
                out.push('\\');
                out.push(char::from(unit as u8));
            }
            0x20..=0x7f => out.push(char::from(unit as u8)),
            other => push_unicode(other, &mut out),
        }
    }
    out
}

fn push_unicode(unit: u16, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push_str("\\u");
    for shift in [12, 8, 4, 0] {
        out.push(char::from(DIGITS[usize::from(unit >> shift & 0xf)]));
    }
}

/// `java.net.URLEncoder`.
pub(super) fn url_encode(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('+'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'*' | b'_' => out.push(char::from(byte)),
            _ => {
                out.push('%');
                out.push(char::from(DIGITS[usize::from(byte >> 4)]));
                out.push(char::from(DIGITS[usize::from(byte & 0xf)]));
            }
        }
    }
    out
}

/// `java.net.URLDecoder`; none when a `%` is followed by no two hexadecimal digits, for which Java throws.
pub(super) fn url_decode(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'+' => out.push(b' '),
            b'%' => out.push(digit(bytes.next()?)? << 4 | digit(bytes.next()?)?),
            other => out.push(other),
        }
    }
    Some(String::from_utf8_lossy(&out).into_owned())
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Base64 of the text's UTF-8.
pub(super) fn base64_encode(text: &str) -> String {
    LENIENT.encode(text)
}

/// The text in base64, of either alphabet; characters of neither are skipped, as Commons Codec does.
pub(super) fn base64_decode(text: &str) -> String {
    let known = |byte: u8| match byte {
        b'-' => Some(b'+'),
        b'_' => Some(b'/'),
        byte if byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/') => Some(byte),
        _ => None,
    };
    let mut digits: Vec<u8> = text.bytes().take_while(|byte| *byte != b'=').filter_map(known).collect();
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    String::from_utf8_lossy(&LENIENT.decode(digits).unwrap_or_default()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{base64_decode, base64_encode, escape_java_script, url_decode, url_encode};

    #[test]
    fn java_script_is_escaped() {
        for (text, expected) in [
            (r#"a "quoted" 'text'"#, r#"a \"quoted\" \'text\'"#),
            (r"back\slash and /slash", r"back\\slash and \/slash"),
            ("\u{8}\n\t\u{c}\r", r"\b\n\t\f\r"),
            ("\u{1}\u{1f}\u{7f}\u{80}", "\\u0001\\u001F\u{7f}\\u0080"),
            ("ü€😀", r"\u00FC\u20AC\uD83D\uDE00"),
            ("", ""),
        ] {
            assert_eq!(escape_java_script(text), expected, "{text:?}");
        }
    }

    #[test]
    fn urls_are_encoded_as_forms() {
        for (text, encoded) in [
            (r#"{"some": "value"}"#, "%7B%22some%22%3A+%22value%22%7D"),
            ("{}", "%7B%7D"),
            ("some raw data", "some+raw+data"),
            ("a.b-c*d_e~", "a.b-c*d_e%7E"),
            ("ü", "%C3%BC"),
            ("", ""),
        ] {
            assert_eq!(url_encode(text), encoded, "{text}");
            assert_eq!(url_decode(encoded).as_deref(), Some(text), "{encoded}");
        }
        for bad in ["%", "%4", "%zz", "%+1"] {
            assert_eq!(url_decode(bad), None, "{bad}");
        }
        assert_eq!(url_decode("%ff").as_deref(), Some("\u{fffd}"));
    }

    #[test]
    fn base64_is_read_leniently() {
        for (text, encoded) in [("", ""), ("a", "YQ=="), ("hi!", "aGkh"), ("ü?>", "w7w/Pg==")] {
            assert_eq!(base64_encode(text), encoded, "{text}");
            assert_eq!(base64_decode(encoded), text, "{encoded}");
        }
        for (encoded, expected) in
            [("YQ", "a"), ("aG\nkh", "hi!"), ("w7w_Pg", "ü?>"), ("YQ==YQ==", "a"), ("!", ""), ("Y", "")]
        {
            assert_eq!(base64_decode(encoded), expected, "{encoded}");
        }
    }
}
