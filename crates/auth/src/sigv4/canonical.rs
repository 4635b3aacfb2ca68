//! The canonical form of a request and the string that is signed, for both directions.

use std::borrow::Cow;

use aws_lc_rs::digest::{SHA256, digest};
use memchr::memchr_iter;

use super::hex::Hex;
use crate::text::{cut, pieces};

pub(crate) const ALGORITHM: &str = "AWS4-HMAC-SHA256";
pub(crate) const UNSIGNED: &str = "UNSIGNED-PAYLOAD";
/// What the headers of a usual request take in its canonical form, with the hash.
const USUAL: usize = 512;

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
        self.digits().as_str().to_owned()
    }

    pub(super) fn digits(&self) -> Hex {
        match self {
            Self::Body(b"") => Hex::OF_NOTHING,
            Self::Body(bytes) => sha256_hex(bytes),
            Self::Sha256(hash) => Hex::of(hash),
        }
    }
}

/// What of the canonical form depends on the service and on where the signature stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    pub(crate) path: PathForm,
    pub(crate) place: Place,
}

/// Where a signature stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Header,
    /// Among the parameters that it signs.
    Query,
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

    fn write(self, raw: &str, out: &mut String) {
        match self {
            Self::Normalized => write_path(raw, out),
            Self::Verbatim => out.push_str(&encode_path(raw)),
        }
    }
}

/// The value of a header.
pub trait HeaderValue<'a>: Copy {
    /// None: it is no text, and so cannot have been signed. Asked only of headers that count.
    fn text(self) -> Option<&'a str>;
}

impl<'a> HeaderValue<'a> for &'a str {
    fn text(self) -> Option<&'a str> {
        Some(self)
    }
}

/// A request as it came off the wire.
#[derive(Debug, Clone, Copy)]
pub struct SignedRequest<'a, V = &'a str> {
    pub method: &'a str,
    /// As sent, percent-encoding kept.
    pub raw_path: &'a str,
    /// As sent, without `?`; empty when there is none.
    pub raw_query: &'a str,
    /// In any order and spelling; `host` must be among them.
    pub headers: &'a [(&'a str, V)],
    pub payload: PayloadHash<'a>,
}

impl<'a, V: HeaderValue<'a>> SignedRequest<'a, V> {
    /// The first header of this name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.all(name).next()
    }

    /// All headers of this name that are text.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &'a str> {
        self.values(name).filter_map(HeaderValue::text)
    }

    /// All headers of this name, text or not.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = V> {
        // Most differ in length, which is cheaper to see.
        let is_named = move |own: &str| own.len() == name.len() && own.eq_ignore_ascii_case(name);
        self.headers.iter().filter(move |(own, _)| is_named(own)).map(|(_, value)| *value)
    }

    /// The query's parameters of this name, decoded. Names of AWS's parameters need no decoding.
    pub(crate) fn parameters(&self, name: &str) -> impl Iterator<Item = Cow<'a, str>> {
        pairs(self.raw_query).filter(move |(own, _)| *own == name).map(|(_, value)| decoded_text(value))
    }

    /// The first query parameter of this name, decoded.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.parameters(name).next().map(Cow::into_owned)
    }

    /// The canonical request over the headers of this list, which is sorted and in lower case.
    pub(crate) fn canonical(&self, form: Form, signed_headers: &str, payload_hash: &str) -> String {
        let length = self.raw_path.len() + self.raw_query.len() + 2 * signed_headers.len() + USUAL;
        let mut text = String::with_capacity(length);
        text.push_str(self.method);
        text.push('\n');
        form.path.write(self.raw_path, &mut text);
        text.push('\n');
        write_query(self.raw_query, form.place, &mut text);
        text.push('\n');
        for name in pieces(signed_headers, b';') {
            self.write_header(name, &mut text);
        }
        text.extend(["\n", signed_headers, "\n", payload_hash]);
        text
    }

    fn write_header(&self, name: &str, out: &mut String) {
        out.extend([name, ":"]);
        for (at, value) in self.values(name).enumerate() {
            if at > 0 {
                out.push(',');
            }
            // What is no text must not hide beside what is.
            write_trimmed(value.text().unwrap_or("\u{fffd}"), out);
        }
        out.push('\n');
    }
}

/// A header's value with every run of blanks as one.
fn write_trimmed(value: &str, out: &mut String) {
    if !value.bytes().any(|byte| byte <= b' ') {
        return out.push_str(value);
    }
    for (at, word) in value.split_ascii_whitespace().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// The scope is `date/region/service/aws4_request`.
pub(crate) fn string_to_sign(amz_date: &str, scope: &str, canonical: &str) -> String {
    let hash = sha256_hex(canonical.as_bytes());
    let parts = [ALGORITHM, "\n", amz_date, "\n", scope, "\n", hash.as_str()];
    let mut text = String::with_capacity(amz_date.len() + scope.len() + 128);
    text.extend(parts);
    text
}

fn sha256_hex(bytes: &[u8]) -> Hex {
    Hex::of(digest(&SHA256, bytes).as_ref())
}

/// The path without dot segments and empty segments, encoded once more: every service but S3 signs the path
/// double-encoded.
fn write_path(raw: &str, out: &mut String) {
    if is_canonical(raw) {
        return out.push_str(raw);
    }
    let start = out.len();
    let mut last = "";
    for segment in pieces(raw, b'/') {
        last = segment;
        match segment {
            "" | "." => {}
            ".." => {
                let parent = out[start..].rfind('/').map_or(start, |slash| start + slash);
                out.truncate(parent);
            }
            _ => {
                out.push('/');
                write_encoded(segment, out);
            }
        }
    }
    if last.is_empty() || out.len() == start {
        out.push('/');
    }
}

/// Whether a path is what it becomes: most are.
fn is_canonical(raw: &str) -> bool {
    raw.starts_with('/') && raw.bytes().all(|byte| is_unreserved(&byte) || byte == b'/') && !may_shrink(raw)
}

/// Whether a path may have empty segments or such of dots, which the canonical form is without.
#[must_use]
pub fn may_shrink(path: &str) -> bool {
    let after = |slash: usize| path.as_bytes().get(slash + 1);
    memchr_iter(b'/', path.as_bytes()).any(|slash| matches!(after(slash), Some(b'/' | b'.')))
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
fn write_query(raw: &str, place: Place, out: &mut String) {
    let mut all: Vec<(Cow<'_, str>, Cow<'_, str>)> = pairs(raw)
        .filter(|(name, _)| place == Place::Header || *name != "X-Amz-Signature")
        .map(|(name, value)| (recoded(name), recoded(value)))
        .collect();
    all.sort_unstable();
    for (at, (name, value)) in all.iter().enumerate() {
        if at > 0 {
            out.push('&');
        }
        out.extend([name, "=", value]);
    }
}

/// In the one canonical encoding.
fn recoded(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| is_unreserved(&byte)) {
        text.into()
    } else {
        percent_encode(&percent_decode(text)).into()
    }
}

fn decoded_text(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    String::from_utf8_lossy(&percent_decode(text)).into_owned().into()
}

fn pairs(raw: &str) -> impl Iterator<Item = (&str, &str)> {
    pieces(raw, b'&').filter(|pair| !pair.is_empty()).map(|pair| cut(pair, b'=').unwrap_or((pair, "")))
}

/// Everything that RFC 3986 does not leave unreserved, encoded.
#[must_use]
pub fn percent_encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        write_encoded(chunk.valid(), &mut text);
        write_escaped(chunk.invalid(), &mut text);
    }
    text
}

fn write_encoded(text: &str, out: &mut String) {
    let mut rest = text;
    while !rest.is_empty() {
        let plain = rest.bytes().position(|byte| !is_unreserved(&byte)).unwrap_or(rest.len());
        out.push_str(&rest[..plain]);
        let after = &rest[plain..];
        let escaped = after.bytes().position(|byte| is_unreserved(&byte)).unwrap_or(after.len());
        write_escaped(&after.as_bytes()[..escaped], out);
        rest = &after[escaped..];
    }
}

fn write_escaped(bytes: &[u8], out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    for byte in bytes {
        out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
    }
}

fn is_unreserved(byte: &u8) -> bool {
    UNRESERVED[usize::from(*byte)]
}

/// Of each byte, whether RFC 3986 leaves it as it is.
const UNRESERVED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    table
};

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
    use super::{Place, encode_path, write_path, write_query, write_trimmed};

    fn written(write: impl FnOnce(&mut String)) -> String {
        // Whatever stands before does not matter.
        let mut out = "GET\n/x/".to_owned();
        let start = out.len();
        write(&mut out);
        out.split_off(start)
    }

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
            ("/a/..", "/"),
            ("/a/b/..", "/a"),
            ("/a/b/../", "/a/"),
            ("/a/.", "/a"),
            ("/../a", "/a"),
            ("a", "/a"),
            ("/a%2Fb%2f..", "/a%252Fb%252f.."),
            ("/a%20b", "/a%2520b"),
            ("/~u/$default", "/~u/%24default"),
            ("/é/aü$b", "/%C3%A9/a%C3%BC%24b"),
            ("/.a/b.c/", "/.a/b.c/"),
        ];
        for (raw, expected) in cases {
            assert_eq!(written(|out| write_path(raw, out)), expected, "{raw}");
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
            assert_eq!(written(|out| write_query(raw, Place::Query, out)), expected, "{raw}");
        }
        let in_header = written(|out| write_query("a=1&X-Amz-Signature=f", Place::Header, out));
        assert_eq!(in_header, "X-Amz-Signature=f&a=1", "a parameter as any other");
    }

    #[test]
    fn blanks() {
        for (value, expected) in [
            ("", ""),
            (" ", ""),
            ("a", "a"),
            (" a b ", "a b"),
            ("  a \t b  ", "a b"),
            ("\"a   b\"", "\"a b\""),
        ] {
            assert_eq!(written(|out| write_trimmed(value, out)), expected, "{value:?}");
        }
    }
}
