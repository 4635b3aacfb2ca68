//! The head of a request, read so that it has one meaning only: RFC 9112 where it says MUST, and its stricter choice
//! wherever it leaves one.
//!
//! In: received bytes. Out: a [`Head`], the wish for more bytes, or why the request is refused. Whoever stands in front
//! of or behind this gateway must not read another end, another host or another body than we do.

use std::mem::MaybeUninit;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, EXPECT, HOST, TRANSFER_ENCODING};
use http::uri::PathAndQuery;
use http::{HeaderName, HeaderValue, Method};
use stagedoor_engine::HeaderList;

use crate::listen::host;
use crate::listen::limits::MOST_HEADERS;

/// Headers of the usual request; room for more costs time, so it is made when needed.
const USUAL_HEADERS: usize = 64;
/// Longer names are not remembered: a connection keeps them while it is idle.
const USUAL_NAME: usize = 40;
/// The shortest header line: `a:` and its end.
const SHORTEST_LINE: usize = 4;

/// A request's head.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) method: Method,
    pub(super) target: PathAndQuery,
    /// Whether it speaks HTTP/1.0.
    pub(super) old: bool,
    pub(super) headers: HeaderList,
    /// As it was sent.
    pub(super) raw: Bytes,
    pub(super) frame: Frame,
}

/// What surrounds a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) framing: Framing,
    /// Whether the client wants its connection to stay.
    pub(super) persistent: bool,
    /// Whether the client waits to be asked for the body.
    pub(super) expects: bool,
}

/// How long the body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    None,
    Length(u64),
    Chunked,
}

/// Why a request is refused. The text is for the owner's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Malformed {
    #[error("no HTTP/1.1 request")]
    Syntax,
    #[error("a line does not end with CR LF")]
    LineEnd,
    #[error("a version other than HTTP/1.0 and HTTP/1.1")]
    Version,
    #[error("the request target is no path")]
    Target,
    #[error("not exactly one sound Host")]
    Host,
    #[error("an unsound or repeated Content-Length, or one beside Transfer-Encoding")]
    Length,
    #[error("a Transfer-Encoding other than chunked, or one in HTTP/1.0")]
    Coding,
    #[error("an unsound chunk or trailer")]
    Chunk,
    #[error("the body breaks off")]
    BreaksOff,
    #[error("an expectation other than 100-continue")]
    Expectation,
    #[error("the head is too large")]
    TooLarge,
    #[error("the request line is too long")]
    TooLong,
}

/// The header names of a connection's last request, with their spelling: clients repeat them.
#[derive(Debug, Default)]
pub(super) struct Names(Vec<(Box<str>, HeaderName)>);

impl Names {
    fn get(&mut self, text: &str, place: usize) -> Result<HeaderName, Malformed> {
        if let Some((_, name)) = self.0.get(place).filter(|(spelled, _)| **spelled == *text) {
            return Ok(name.clone());
        }
        let name = HeaderName::from_bytes(text.as_bytes()).map_err(|_| Malformed::Syntax)?;
        if place < USUAL_HEADERS && text.len() <= USUAL_NAME {
            self.0.truncate(place);
            self.0.push((text.into(), name.clone()));
        }
        Ok(name)
    }
}

/// Reads a head off the front of `bytes`; none: it is not complete. An empty line before it has been skipped.
pub(super) fn parse(bytes: &[u8], names: &mut Names) -> Result<Option<Head>, Malformed> {
    // The parser would skip any number of line ends.
    if matches!(bytes.first(), Some(b'\r' | b'\n')) {
        return Err(Malformed::LineEnd);
    }
    let mut few = [const { MaybeUninit::uninit() }; USUAL_HEADERS];
    match parse_into(bytes, names, &mut few) {
        Err(Failure::TooManyHeaders) => {
            let most = (bytes.len() / SHORTEST_LINE + 1).min(MOST_HEADERS);
            let mut many = vec![MaybeUninit::uninit(); most];
            parse_into(bytes, names, &mut many).map_err(Failure::malformed)
        }
        outcome => outcome.map_err(Failure::malformed),
    }
}

enum Failure {
    TooManyHeaders,
    Malformed(Malformed),
}

impl Failure {
    fn malformed(self) -> Malformed {
        match self {
            Self::TooManyHeaders => Malformed::TooLarge,
            Self::Malformed(malformed) => malformed,
        }
    }
}

impl From<Malformed> for Failure {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

fn parse_into<'b>(
    bytes: &'b [u8],
    names: &mut Names,
    fields: &mut [MaybeUninit<httparse::Header<'b>>],
) -> Result<Option<Head>, Failure> {
    let mut parsed = httparse::Request::new(&mut []);
    let parser = httparse::ParserConfig::default();
    let length = match parser.parse_request_with_uninit_headers(&mut parsed, bytes, fields) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(Failure::TooManyHeaders),
        Err(httparse::Error::Version) => return Err(Malformed::Version.into()),
        Err(_) => return Err(Malformed::Syntax.into()),
    };
    let raw = Bytes::copy_from_slice(&bytes[..length]);
    let method = parsed.method.unwrap_or_default();
    let path = parsed.path.unwrap_or_default();
    // The parser takes a bare LF for a line end; others do not.
    let line = method.len() + 1 + path.len() + b" HTTP/1.1".len();
    ends_line(&raw, line)?;
    let old = parsed.version == Some(0);
    let path = raw.slice(method.len() + 1..method.len() + 1 + path.len());
    let (headers, facts) = read_fields(parsed.headers, bytes, &raw, names)?;
    if !raw.ends_with(b"\r\n\r\n") {
        return Err(Malformed::LineEnd.into());
    }
    let method = Method::from_bytes(method.as_bytes()).map_err(|_| Malformed::Syntax)?;
    // It asks for a tunnel, whatever its target looks like.
    if method == Method::CONNECT {
        return Err(Malformed::Target.into());
    }
    let frame = facts.check(old)?;
    Ok(Some(Head { method, target: target(path)?, old, headers, raw, frame }))
}

/// An origin-form target. Others address proxies, or nothing of ours.
fn target(target: Bytes) -> Result<PathAndQuery, Malformed> {
    let length = target.len();
    // Without a way out of the loop, it looks at many bytes at once.
    let graphic = target.iter().fold(true, |all, byte| all & byte.is_ascii_graphic());
    if target.first() != Some(&b'/') || !graphic {
        return Err(Malformed::Target);
    }
    let target = PathAndQuery::from_maybe_shared(target).map_err(|_| Malformed::Target)?;
    // A fragment has been cut off.
    if target.as_str().len() == length { Ok(target) } else { Err(Malformed::Target) }
}

/// A line ends at `at`, blanks aside.
fn ends_line(head: &[u8], at: usize) -> Result<(), Malformed> {
    let rest = &head[at.min(head.len())..];
    if rest.starts_with(b"\r\n") {
        return Ok(());
    }
    let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    if rest[blanks..].starts_with(b"\r\n") { Ok(()) } else { Err(Malformed::LineEnd) }
}

fn read_fields(
    fields: &[httparse::Header<'_>],
    bytes: &[u8],
    raw: &Bytes,
    names: &mut Names,
) -> Result<(HeaderList, Facts), Malformed> {
    let mut headers = HeaderList::with_capacity(fields.len());
    let mut facts = Facts::default();
    for (place, field) in fields.iter().enumerate() {
        let name = names.get(field.name, place)?;
        let behind_name = field.name.as_ptr() as usize - bytes.as_ptr() as usize + field.name.len() + 1;
        // An empty value may stand outside the head.
        let value = match field.value {
            [] => Bytes::new(),
            value => {
                let start = value.as_ptr() as usize - bytes.as_ptr() as usize;
                raw.slice(start..start + value.len())
            }
        };
        let end = match field.value {
            [] => behind_name,
            value => value.as_ptr() as usize - bytes.as_ptr() as usize + value.len(),
        };
        ends_line(raw, end)?;
        let value = HeaderValue::from_maybe_shared(value).map_err(|_| Malformed::Syntax)?;
        facts.note(&name, &value)?;
        headers.push(name, value);
    }
    Ok((headers, facts))
}

/// What the headers say of the request's frame.
#[derive(Debug, Default)]
struct Facts {
    hosts: u32,
    length: Option<u64>,
    chunked: bool,
    closes: bool,
    keeps: bool,
    expects: bool,
}

impl Facts {
    fn note(&mut self, name: &HeaderName, value: &HeaderValue) -> Result<(), Malformed> {
        match name {
            name if name == HOST => {
                self.hosts += 1;
                if host::is_sound(value.as_bytes()) { Ok(()) } else { Err(Malformed::Host) }
            }
            name if name == CONTENT_LENGTH => {
                let length = number(value.as_bytes()).ok_or(Malformed::Length)?;
                if self.length.replace(length).is_some() { Err(Malformed::Length) } else { Ok(()) }
            }
            name if name == TRANSFER_ENCODING => {
                let sound = !self.chunked && value.as_bytes().eq_ignore_ascii_case(b"chunked");
                self.chunked = true;
                if sound { Ok(()) } else { Err(Malformed::Coding) }
            }
            name if name == CONNECTION => {
                let options = || value.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
                self.closes |= options().any(|option| option.eq_ignore_ascii_case(b"close"));
                self.keeps |= options().any(|option| option.eq_ignore_ascii_case(b"keep-alive"));
                Ok(())
            }
            name if name == EXPECT => {
                self.expects = true;
                let known = value.as_bytes().eq_ignore_ascii_case(b"100-continue");
                if known { Ok(()) } else { Err(Malformed::Expectation) }
            }
            _ => Ok(()),
        }
    }

    fn check(&self, old: bool) -> Result<Frame, Malformed> {
        if self.hosts > 1 || (self.hosts == 0 && !old) {
            return Err(Malformed::Host);
        }
        if self.chunked && self.length.is_some() {
            return Err(Malformed::Length);
        }
        if self.chunked && old {
            return Err(Malformed::Coding);
        }
        let framing = match self.length {
            _ if self.chunked => Framing::Chunked,
            Some(0) | None => Framing::None,
            Some(length) => Framing::Length(length),
        };
        let persistent = if old { self.keeps && !self.closes } else { !self.closes };
        Ok(Frame { framing, persistent, expects: self.expects && !old })
    }
}

/// Digits only: no sign, no blanks, no list.
fn number(digits: &[u8]) -> Option<u64> {
    let plain = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(digits).ok().filter(|_| plain)?.parse().ok()
}

/// Looks for the end of a head that arrives in pieces, each byte once.
#[derive(Debug, Default)]
pub(super) struct Scan {
    seen: usize,
}

impl Scan {
    /// Whether a head ends within `bytes`, which have grown since the last call.
    pub(super) fn finds_end(&mut self, bytes: &[u8]) -> Result<bool, Malformed> {
        while let Some(found) = memchr::memchr(b'\n', &bytes[self.seen..]) {
            let at = self.seen + found;
            self.seen = at + 1;
            if at == 0 || bytes[at - 1] != b'\r' {
                return Err(Malformed::LineEnd);
            }
            if bytes[..=at].ends_with(b"\r\n\r\n") {
                return Ok(true);
            }
        }
        self.seen = bytes.len();
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::{Framing, Malformed, Names, Scan, parse};

    fn told(text: &str) -> String {
        match parse(text.as_bytes(), &mut Names::default()) {
            Ok(None) => "more".to_owned(),
            Err(malformed) => format!("{malformed:?}"),
            Ok(Some(head)) => {
                let framing = match head.frame.framing {
                    Framing::None => "none".to_owned(),
                    Framing::Length(length) => length.to_string(),
                    Framing::Chunked => "chunked".to_owned(),
                };
                let stays = if head.frame.persistent { "stays" } else { "closes" };
                format!("{} {} {framing} {stays}", head.method, head.target)
            }
        }
    }

    /// A head with a sound request line and host, `lines` separated by `|`.
    fn with(lines: &str) -> String {
        told(&format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n\r\n", lines.replace('|', "\r\n")))
    }

    #[test]
    fn request_lines() {
        let table = [
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / none stays"),
            ("GET /a?b=%zz HTTP/1.1\r\nHost: a\r\n\r\nGET", "GET /a?b=%zz none stays"),
            ("GET / HTTP/1.0\r\n\r\n", "GET / none closes"),
            ("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "GET / none stays"),
            ("GET / HTTP/1.1\r\nHo", "more"),
            ("GET / HTTP/1.1\r\n\r\n", "Host"),
            ("GET / HTTP/1.1\nHost: a\r\n\r\n", "LineEnd"),
            ("GET / HTTP/1.1\r\nHost: a\n\r\n", "LineEnd"),
            ("GET / HTTP/1.1\r\nHost: a\r\n\n", "LineEnd"),
            ("GET / HTTP/1.1 \r\nHost: a\r\n\r\n", "Syntax"),
            ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", "Syntax"),
            ("GET /  HTTP/1.1\r\nHost: a\r\n\r\n", "Version"),
            ("GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", "Syntax"),
            ("GET /\r\n\r\n", "Syntax"),
            ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", "Version"),
            ("GET / http/1.1\r\nHost: a\r\n\r\n", "Version"),
            ("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", "Target"),
            ("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", "Target"),
            ("CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n", "Target"),
            ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "Target"),
            ("GET /#x HTTP/1.1\r\nHost: a\r\n\r\n", "Target"),
            ("GET /\u{e9} HTTP/1.1\r\nHost: a\r\n\r\n", "Target"),
            ("G(T / HTTP/1.1\r\nHost: a\r\n\r\n", "Syntax"),
        ];
        for (text, expected) in table {
            assert_eq!(told(text), expected, "{text:?}");
        }
    }

    #[test]
    fn header_lines() {
        let table = [
            ("Content-Length: 5", "GET / 5 stays"),
            ("Content-Length: 0", "GET / none stays"),
            ("Content-Length: 5  ", "GET / 5 stays"),
            ("Transfer-Encoding: Chunked", "GET / chunked stays"),
            ("Connection: x, Close", "GET / none closes"),
            ("X-Empty:", "GET / none stays"),
            ("X-Empty: \t", "GET / none stays"),
            ("Content-Length: 5|Content-Length: 5", "Length"),
            ("Content-Length: 5, 5", "Length"),
            ("Content-Length: +5", "Length"),
            ("Content-Length:", "Length"),
            ("Content-Length: 99999999999999999999", "Length"),
            ("Content-Length: 5|Transfer-Encoding: chunked", "Length"),
            ("Transfer-Encoding: gzip, chunked", "Coding"),
            ("Transfer-Encoding: chunked|Transfer-Encoding: chunked", "Coding"),
            ("Transfer-Encoding:", "Coding"),
            ("Host: a", "Host"),
            ("X : 1", "Syntax"),
            (" X: 1", "Syntax"),
            ("X: 1| folded", "Syntax"),
            ("X", "Syntax"),
            (": 1", "Syntax"),
            ("X: \0", "Syntax"),
            ("X: a\rb", "Syntax"),
            ("Expect: 200-ok", "Expectation"),
        ];
        for (lines, expected) in table {
            assert_eq!(with(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn many_headers_are_read_and_too_many_are_not() {
        for (count, expected) in [(1022, "GET / 7 stays"), (1023, "TooLarge"), (70_000, "TooLarge")] {
            let lines: String = (0..count).map(|n| format!("x{n}:|")).collect();
            assert_eq!(with(&format!("{lines}Content-Length: 7")), expected, "{count}");
        }
    }

    #[test]
    fn long_names_are_not_remembered() {
        let mut names = Names::default();
        let lines: String = (0..50).map(|n| format!("{}{n}: 1\r\n", "x".repeat(500))).collect();
        for _ in 0..2 {
            let text = format!("GET / HTTP/1.1\r\nhost: a\r\n{lines}\r\n");
            assert!(parse(text.as_bytes(), &mut names).unwrap().is_some());
        }
        assert_eq!(names.0.len(), 1);
    }

    #[test]
    fn names_are_remembered_by_place() {
        let mut names = Names::default();
        let heads = ["a: 1\r\nB: 2", "A: 1\r\nb: 2", "c: 1\r\nb: 2"];
        for (head, expected) in heads.iter().zip(["a b", "a b", "c b"]) {
            let text = format!("GET / HTTP/1.1\r\n{head}\r\nhost: x\r\n\r\n");
            let head = parse(text.as_bytes(), &mut names).unwrap().unwrap();
            let found: Vec<_> = head.headers.iter().map(|(name, _)| name.as_str()).take(2).collect();
            assert_eq!(found.join(" "), expected);
        }
    }

    /// Whatever is accepted has one meaning for the most careless reader.
    #[test]
    fn damaged_heads_are_refused_or_harmless() {
        const SOUND: &[u8] = b"POST /a?b HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nX: y z\r\n\r\n";
        const ODD: &[u8] = b"\r\n\0\t :;,/#%\x7f\xe9aA1*";
        let mut state = 7_u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut accepted = 0;
        for _ in 0..50_000 {
            let mut text = SOUND.to_vec();
            for _ in 0..=next(3) {
                let at = next(text.len());
                match next(3) {
                    0 => text[at] = ODD[next(ODD.len())],
                    1 => text.insert(at, ODD[next(ODD.len())]),
                    _ => drop(text.remove(at)),
                }
            }
            let Ok(Some(head)) = parse(&text, &mut Names::default()) else { continue };
            accepted += 1;
            let lines: Vec<&[u8]> = head.raw.split(|byte| *byte == b'\n').collect();
            let ends = lines[..lines.len() - 1].iter().all(|line| line.ends_with(b"\r"));
            let plain = lines.iter().all(|line| memchr::memchr2(b'\r', 0, line.trim_ascii_end()).is_none());
            assert!(ends && plain, "{:?}", String::from_utf8_lossy(&text));
            assert_eq!(head.headers.get_all("host").count(), 1);
        }
        assert!(accepted > 1000, "{accepted}");
    }

    #[test]
    fn ends_are_found_in_pieces() {
        let text = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        let mut scan = Scan::default();
        for end in 1..text.len() {
            assert_eq!(scan.finds_end(&text[..end]), Ok(false), "{end}");
        }
        assert_eq!(scan.finds_end(text), Ok(true));
        assert_eq!(Scan::default().finds_end(b"GET /\nHost"), Err(Malformed::LineEnd));
    }
}
