//! A reply's bytes.

use std::cell::Cell;
use std::io::Write;
use std::time::SystemTime;

use http::StatusCode;
use http::header::{CONNECTION, CONTENT_LENGTH, DATE, TRANSFER_ENCODING};
use stagedoor_engine::{Body, HeaderList};

use crate::listen::answering::Reply;

/// `Sun, 06 Nov 1994 08:49:37 GMT`.
type Date = [u8; 29];

thread_local! {
    /// The date at a tick of the core's clock.
    static NOW: Cell<(u32, Date)> = const { Cell::new((u32::MAX, [b' '; 29])) };
}

/// Where a reply's body ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// It has none, not even an empty one.
    None,
    Length(u64),
    Chunked,
    /// At the end of the connection: all that HTTP/1.0 has for a body of unknown length.
    UntilClose,
}

/// How a reply is framed for a client; `old`: it speaks HTTP/1.0.
pub(super) fn framing(reply: &Reply, old: bool) -> Framing {
    if !may_have_body(reply.status) {
        return Framing::None;
    }
    match &reply.body {
        Body::Whole(body) => Framing::Length(body.len() as u64),
        Body::Stream(stream) => match stream.length {
            Some(length) => Framing::Length(length),
            None if old => Framing::UntilClose,
            None => Framing::Chunked,
        },
    }
}

/// Writes a reply's head. `stays`: whether the connection goes on; none says nothing of it.
pub(super) fn write_head(out: &mut Vec<u8>, reply: &Reply, framing: Framing, stays: Option<bool>, tick: u32) {
    write_status(out, reply.status);
    let (mut has_connection, mut has_date) = (false, false);
    for (name, value) in reply.headers.iter() {
        // How the reply is framed is decided here.
        if name != CONTENT_LENGTH && name != TRANSFER_ENCODING {
            write_header(out, name.as_str(), value.as_bytes());
        }
        has_connection |= name == CONNECTION;
        has_date |= name == DATE;
    }
    if let Some(stays) = stays.filter(|_| !has_connection) {
        out.extend_from_slice(if stays { b"connection: keep-alive\r\n" } else { b"connection: close\r\n" });
    }
    match framing {
        Framing::Length(length) => {
            out.extend_from_slice(b"content-length: ");
            write_number(out, length);
            out.extend_from_slice(b"\r\n");
        }
        Framing::Chunked => out.extend_from_slice(b"transfer-encoding: chunked\r\n"),
        Framing::None | Framing::UntilClose => {}
    }
    if !has_date {
        write_header(out, "date", &date(tick));
    }
    out.extend_from_slice(b"\r\n");
}

/// Whether a reply with this status has a body, if only an empty one.
pub(super) fn may_have_body(status: StatusCode) -> bool {
    !status.is_informational() && status != StatusCode::NO_CONTENT && status != StatusCode::NOT_MODIFIED
}

/// Whether the reply itself ends the connection.
pub(super) fn closes(headers: &HeaderList) -> bool {
    // Few headers: looking at each costs less than a look-up.
    let said = headers.iter().filter(|(name, _)| *name == CONNECTION);
    let mut options = said.flat_map(|(_, value)| value.as_bytes().split(|byte| *byte == b','));
    options.any(|option| option.trim_ascii().eq_ignore_ascii_case(b"close"))
}

fn write_status(out: &mut Vec<u8>, status: StatusCode) {
    if status == StatusCode::OK {
        out.extend_from_slice(b"HTTP/1.1 200 OK\r\n");
        return;
    }
    out.extend_from_slice(b"HTTP/1.1 ");
    out.extend_from_slice(status.as_str().as_bytes());
    out.push(b' ');
    out.extend_from_slice(status.canonical_reason().unwrap_or("").as_bytes());
    out.extend_from_slice(b"\r\n");
}

fn write_header(out: &mut Vec<u8>, name: &str, value: &[u8]) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    out.extend_from_slice(value);
    out.extend_from_slice(b"\r\n");
}

fn write_number(out: &mut Vec<u8>, number: u64) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    let mut rest = number;
    loop {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}

fn date(tick: u32) -> Date {
    let (at, known) = NOW.get();
    if at == tick {
        return known;
    }
    let mut text = [b' '; 29];
    // The text of a date is exactly as long as its place.
    let _ = write!(&mut text[..], "{}", httpdate::HttpDate::from(SystemTime::now()));
    NOW.set((tick, text));
    text
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::header::{CONNECTION, CONTENT_LENGTH};
    use http::{HeaderValue, StatusCode};
    use stagedoor_base::Limits;
    use stagedoor_engine::{Body, HeaderList};
    use tokio::time::Instant;

    use super::{Framing, Reply, framing, write_head, write_number};
    use crate::pieces::{StreamLimits, pieces};

    #[test]
    fn replies_are_framed_here() {
        let table = [
            (200, None, Some(true), "HTTP/1.1 200 OK", "connection: keep-alive|content-length: 2"),
            (404, None, Some(false), "HTTP/1.1 404 Not Found", "connection: close|"),
            (204, None, None, "HTTP/1.1 204 No Content", "date: "),
            (299, None, None, "HTTP/1.1 299 ", "content-length: 2|date: "),
            (200, Some((CONTENT_LENGTH, "9")), None, "HTTP/1.1 200 OK", "content-length: 2|"),
            (200, Some((CONNECTION, "x")), Some(true), "HTTP/1.1 200 OK", "connection: x|cont"),
        ];
        for (status, header, stays, line, expected) in table {
            let mut out = Vec::new();
            let header = header.map(|(name, value)| (name, HeaderValue::from_static(value)));
            let reply = Reply {
                status: StatusCode::from_u16(status).unwrap(),
                headers: header.into_iter().collect(),
                body: Body::Whole(Bytes::from_static(b"ok")),
            };
            write_head(&mut out, &reply, framing(&reply, false), stays, 1);
            let text = String::from_utf8(out).unwrap().replace("\r\n", "|");
            assert!(text.starts_with(&format!("{line}|{expected}")), "{text}");
            assert!(text.ends_with(" GMT||"), "{text}");
        }
    }

    #[test]
    fn streams_end_where_their_client_can_see_it() {
        let table = [
            (200, Some(7), false, Framing::Length(7)),
            (200, Some(7), true, Framing::Length(7)),
            (200, None, false, Framing::Chunked),
            (200, None, true, Framing::UntilClose),
            (304, None, false, Framing::None),
        ];
        for (status, length, old, expected) in table {
            let limits = StreamLimits::from(&Limits::default());
            let body = Body::stream(pieces(limits, Instant::now(), |_| std::future::pending()), length);
            let status = StatusCode::from_u16(status).unwrap();
            let reply = Reply { status, headers: HeaderList::default(), body };
            assert_eq!(framing(&reply, old), expected);
        }
    }

    #[test]
    fn numbers() {
        for number in [0, 7, 10, 12_345, u64::MAX] {
            let mut out = Vec::new();
            write_number(&mut out, number);
            assert_eq!(String::from_utf8(out).unwrap(), number.to_string());
        }
    }
}
