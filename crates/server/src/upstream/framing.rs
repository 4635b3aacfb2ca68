//! Where a reply's body ends: RFC 9112, section 6.3.

use http::Method;
use stagedoor_engine::HeaderList;

/// How long a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    None,
    Length(u64),
    Chunked,
    UntilClose,
}

/// A framing, and whether the head also announced another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Announced {
    Clearly(Framing),
    /// Length and transfer coding together: the coding wins, and the connection must not be used again.
    Ambiguously(Framing),
}

impl Announced {
    pub(crate) fn framing(self) -> Framing {
        match self {
            Self::Clearly(framing) | Self::Ambiguously(framing) => framing,
        }
    }

    pub(crate) fn is_ambiguous(self) -> bool {
        matches!(self, Self::Ambiguously(_))
    }
}

/// The framing that a reply's head announces.
pub(crate) fn framing(method: &Method, status: u16, headers: &HeaderList) -> Result<Announced, &'static str> {
    if method == Method::HEAD || status == 204 || status == 304 {
        return Ok(Announced::Clearly(Framing::None));
    }
    let length = length(headers)?;
    let mut codings = headers.get_all(&http::header::TRANSFER_ENCODING).peekable();
    if codings.peek().is_none() {
        return Ok(Announced::Clearly(length.map_or(Framing::UntilClose, Framing::Length)));
    }
    let last =
        codings.last().and_then(|value| value.to_str().ok()).and_then(|value| value.rsplit(',').next());
    let coded = match last {
        Some(coding) if coding.trim().eq_ignore_ascii_case("chunked") => Framing::Chunked,
        _ => Framing::UntilClose,
    };
    Ok(if length.is_some() { Announced::Ambiguously(coded) } else { Announced::Clearly(coded) })
}

fn length(headers: &HeaderList) -> Result<Option<u64>, &'static str> {
    let mut found = None;
    for value in headers.get_all(&http::header::CONTENT_LENGTH) {
        let length = number(value.as_bytes(), 10).ok_or("an invalid Content-Length")?;
        if found.is_some_and(|other| other != length) {
            return Err("contradicting Content-Lengths");
        }
        found = Some(length);
    }
    Ok(found)
}

/// The size that a chunk's first line gives; extensions are ignored.
pub(crate) fn chunk_size(line: &[u8]) -> Option<u64> {
    let digits = line.split(|byte| *byte == b';').next()?;
    number(digits.trim_ascii_end(), 16)
}

/// Digits only: no sign, no blanks.
fn number(digits: &[u8], radix: u32) -> Option<u64> {
    let text = std::str::from_utf8(digits).ok().filter(|text| !text.starts_with('+'))?;
    u64::from_str_radix(text, radix).ok()
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue, Method};

    use super::{Announced, Framing, chunk_size, framing};

    fn announced(
        method: &Method,
        status: u16,
        headers: &[(&'static str, &'static str)],
    ) -> Result<Announced, &'static str> {
        let header = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        framing(method, status, &headers.iter().map(header).collect())
    }

    #[test]
    fn bodies_end_where_the_standard_says() {
        use Announced::{Ambiguously, Clearly};
        let (length, coding) = ("content-length", "transfer-encoding");
        assert_eq!(announced(&Method::GET, 200, &[(length, "5")]), Ok(Clearly(Framing::Length(5))));
        assert_eq!(
            announced(&Method::GET, 200, &[(length, "5"), (length, "5")]),
            Ok(Clearly(Framing::Length(5)))
        );
        assert_eq!(announced(&Method::GET, 200, &[]), Ok(Clearly(Framing::UntilClose)));
        assert_eq!(announced(&Method::HEAD, 200, &[(length, "5")]), Ok(Clearly(Framing::None)));
        assert_eq!(announced(&Method::GET, 204, &[]), Ok(Clearly(Framing::None)));
        assert_eq!(announced(&Method::GET, 304, &[(length, "5")]), Ok(Clearly(Framing::None)));
        assert_eq!(announced(&Method::GET, 200, &[(coding, "gzip, Chunked")]), Ok(Clearly(Framing::Chunked)));
        assert_eq!(announced(&Method::GET, 200, &[(coding, "gzip")]), Ok(Clearly(Framing::UntilClose)));
        assert_eq!(
            announced(&Method::GET, 200, &[(coding, "chunked"), (length, "5")]),
            Ok(Ambiguously(Framing::Chunked))
        );
        for invalid in ["+5", "5 ", "-1", "", "5, 5", "99999999999999999999"] {
            assert!(announced(&Method::GET, 200, &[(length, invalid)]).is_err(), "{invalid}");
        }
        assert!(announced(&Method::GET, 200, &[(length, "5"), (length, "6")]).is_err());
    }

    #[test]
    fn chunk_sizes_are_hexadecimal() {
        let table: [(&[u8], Option<u64>); 7] = [
            (b"1a", Some(26)),
            (b"0", Some(0)),
            (b"1A;name=value", Some(26)),
            (b"5 ", Some(5)),
            (b"", None),
            (b"+5", None),
            (b"xyz", None),
        ];
        for (line, expected) in table {
            assert_eq!(chunk_size(line), expected, "{line:?}");
        }
    }
}
