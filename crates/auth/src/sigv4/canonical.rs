//! The canonical form of a request and the string that is signed, for both directions.

use aws_lc_rs::digest::{SHA256, digest};

use super::key::{TERMINATOR, hex};

pub(crate) const ALGORITHM: &str = "AWS4-HMAC-SHA256";
pub(crate) const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

/// The body, as far as a signature covers it.
#[derive(Debug, Clone, Copy)]
pub enum PayloadHash<'a> {
    /// The whole body, to be hashed.
    Body(&'a [u8]),
    /// A hash taken while the body streamed by.
    Sha256([u8; 32]),
}

impl PayloadHash<'_> {
    /// The hash itself, for whoever takes it elsewhere than the signature.
    #[must_use]
    pub fn taken(&self) -> PayloadHash<'static> {
        match self {
            Self::Sha256(hash) => PayloadHash::Sha256(*hash),
            Self::Body(bytes) => {
                let mut hash = [0; 32];
                hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
                PayloadHash::Sha256(hash)
            }
        }
    }

    /// In lower-case hex, as `X-Amz-Content-Sha256` holds it.
    #[must_use]
    pub fn hex(&self) -> String {
        match self {
            Self::Body(bytes) => sha256_hex(bytes),
            Self::Sha256(hash) => hex(hash),
        }
    }
}

/// How a service reads the path that is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PathForm {
    /// Without dot segments and empty segments, encoded once more.
    Normalized,
    /// As it was sent, encoded exactly once.
    Verbatim,
}

impl PathForm {
    /// Every service but S3 normalises: there `a//b` and `a/./b` are names of objects.
    pub(crate) fn of(service: &str) -> Self {
        if service == "s3" { Self::Verbatim } else { Self::Normalized }
    }

    fn apply(self, raw: &str) -> String {
        match self {
            Self::Normalized => canonical_path(raw),
            Self::Verbatim => encode_path(raw),
        }
    }
}

/// A request as it came off the wire.
#[derive(Debug, Clone, Copy)]
pub struct SignedRequest<'a> {
    pub method: &'a str,
    /// As sent, percent-encoding kept.
    pub raw_path: &'a str,
    /// As sent, without `?`; empty when there is none.
    pub raw_query: &'a str,
    /// In any order and spelling; `host` must be among them.
    pub headers: &'a [(&'a str, &'a str)],
    pub payload: PayloadHash<'a>,
}

impl<'a> SignedRequest<'a> {
    /// The first header of this name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }

    /// The first query parameter of this name, decoded. Names of AWS's parameters need no decoding.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<String> {
        let (_, value) = pairs(self.raw_query).find(|(own, _)| *own == name)?;
        Some(String::from_utf8_lossy(&percent_decode(value)).into_owned())
    }

    /// The canonical request over these headers (lower case, sorted).
    pub(crate) fn canonical(&self, form: PathForm, signed_headers: &[&str], payload_hash: &str) -> String {
        let mut text =
            format!("{}\n{}\n{}\n", self.method, form.apply(self.raw_path), canonical_query(self.raw_query));
        for name in signed_headers {
            text.push_str(&format!("{name}:{}\n", self.canonical_header(name)));
        }
        text.push_str(&format!("\n{}\n{payload_hash}", signed_headers.join(";")));
        text
    }

    fn canonical_header(&self, name: &str) -> String {
        let same = self.headers.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name));
        let values = same.map(|(_, value)| value.split_whitespace().collect::<Vec<_>>().join(" "));
        values.collect::<Vec<_>>().join(",")
    }
}

/// `date/region/service/aws4_request`.
pub(crate) fn scope(date: &str, region: &str, service: &str) -> String {
    format!("{date}/{region}/{service}/{TERMINATOR}")
}

pub(crate) fn string_to_sign(amz_date: &str, scope: &str, canonical: &str) -> String {
    format!("{ALGORITHM}\n{amz_date}\n{scope}\n{}", sha256_hex(canonical.as_bytes()))
}

pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(digest(&SHA256, bytes).as_ref())
}

/// The path without dot segments and empty segments, encoded once more: every service but S3 signs the path
/// double-encoded.
fn canonical_path(raw: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in raw.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    let mut path = String::from("/");
    path.push_str(&segments.iter().map(|it| percent_encode(it.as_bytes())).collect::<Vec<_>>().join("/"));
    if raw.ends_with('/') && !segments.is_empty() {
        path.push('/');
    }
    path
}

/// A path in which every byte is encoded exactly once, whatever was encoded before: the only form in which S3 reads the path
/// of a signature.
#[must_use]
pub fn encode_path(raw: &str) -> String {
    let segments = raw.split('/').map(|segment| percent_encode(&percent_decode(segment)));
    let path = segments.collect::<Vec<_>>().join("/");
    if path.starts_with('/') { path } else { format!("/{path}") }
}

/// All parameters but the signature itself, encoded in the one canonical way, sorted by name and value.
fn canonical_query(raw: &str) -> String {
    let recode = |text: &str| percent_encode(&percent_decode(text));
    let mut all: Vec<(String, String)> = pairs(raw)
        .filter(|(name, _)| *name != "X-Amz-Signature")
        .map(|(name, value)| (recode(name), recode(value)))
        .collect();
    all.sort();
    all.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

fn pairs(raw: &str) -> impl Iterator<Item = (&str, &str)> {
    raw.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// Everything that RFC 3986 does not leave unreserved, encoded.
#[must_use]
pub fn percent_encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

fn percent_decode(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, bytes.get(at + 1).and_then(digit), bytes.get(at + 2).and_then(digit)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push(high << 4 | low);
                at += 3;
            }
            _ => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    decoded
}

fn digit(byte: &u8) -> Option<u8> {
    char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::{canonical_path, canonical_query, encode_path};

    #[test]
    fn paths_of_objects() {
        for (raw, expected) in [
            ("", "/"),
            ("/b/a//b/./../c/", "/b/a//b/./../c/"),
            ("/b/a b+c", "/b/a%20b%2Bc"),
            ("/b/a%20b%2fc%", "/b/a%20b%2Fc%25"),
            ("/b/h\u{e9}~$", "/b/h%C3%A9~%24"),
        ] {
            assert_eq!(encode_path(raw), expected, "{raw}");
            assert_eq!(encode_path(expected), expected, "{raw}");
        }
    }

    #[test]
    fn paths() {
        let cases = [
            ("", "/"),
            ("/", "/"),
            ("//", "/"),
            ("/a//b/", "/a/b/"),
            ("/a/./b/../c", "/a/c"),
            ("/../..", "/"),
            ("/a%20b", "/a%2520b"),
            ("/~u/$default", "/~u/%24default"),
        ];
        for (raw, expected) in cases {
            assert_eq!(canonical_path(raw), expected, "{raw}");
        }
    }

    #[test]
    fn queries() {
        let cases = [
            ("", ""),
            ("b=2&a=1", "a=1&b=2"),
            ("a=2&a=1", "a=1&a=2"),
            ("a", "a="),
            ("a=%7e&b=x%20y", "a=~&b=x%20y"),
            ("a=/:&X-Amz-Signature=f", "a=%2F%3A"),
            ("a=1%2", "a=1%252"),
            ("a=b=c", "a=b%3Dc"),
        ];
        for (raw, expected) in cases {
            assert_eq!(canonical_query(raw), expected, "{raw}");
        }
    }
}
