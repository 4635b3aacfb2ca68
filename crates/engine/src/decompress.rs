//! Decoding of the request bodies and backend replies that arrive compressed.
//!
//! In: headers and a buffered body. Out: the body as mappings, backends, functions and clients read it.
//! `Content-Encoding` goes away together with the decoding and never alone.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use flate2::{Decompress, FlushDecompress, Status};
use http::HeaderValue;
use http::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE};
use stagedoor_base::Cause;
use stagedoor_program::{IntegrationPlan, Record};

use crate::compress::{Coding, Pause, SLICE};
use crate::{HeaderList, UpstreamReply};

/// AWS's payload limit; it holds for what a body decodes to as well.
const PAYLOAD: usize = 10_485_760;
/// Bytes that the decoded bodies of one core may hold together: a small body can decode to a large one, so the
/// listener's bound on buffers says nothing about them.
const ROOM: usize = 128 * 1024 * 1024;

/// What the decoded bodies of one core hold.
#[derive(Debug, Clone, Default)]
pub(crate) struct Room {
    used: Arc<AtomicUsize>,
}

/// Why a body cannot be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Undecodable {
    Corrupt,
    TooLarge,
    NoRoom,
}

/// What `Content-Encoding` says of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Declared {
    Plain,
    Known(Coding),
    /// Another coding, or several.
    Unknown,
}

/// The body of a request; `record` loses the header of what is decoded.
pub(crate) async fn request(room: &Room, body: Bytes, record: &mut Record) -> Result<Bytes, Cause> {
    let headers = &mut record.head.headers;
    let coding = match declared(headers.get_all(CONTENT_ENCODING)) {
        _ if body.is_empty() => return Ok(body),
        Declared::Plain => return Ok(body),
        Declared::Known(coding) => coding,
        Declared::Unknown => return Err(Cause::UnsupportedContentEncoding),
    };
    headers.remove(&CONTENT_ENCODING);
    decode(coding, &body, room).await.map_err(|reason| match reason {
        Undecodable::Corrupt => Cause::CorruptRequestBody,
        Undecodable::TooLarge => Cause::RequestTooLarge,
        Undecodable::NoRoom => Cause::BuffersFull,
    })
}

/// A backend's reply, and whether its body stays in a coding: then it passes to the client byte for byte.
pub(crate) async fn reply(
    room: &Room,
    mut reply: UpstreamReply,
    record: &Record,
) -> Result<(UpstreamReply, bool), Cause> {
    match declared(reply.headers.get_all(&CONTENT_ENCODING)) {
        Declared::Plain => {
            // Nothing is left to decode; AWS drops the header of a proxied backend.
            if proxied(record) {
                reply.headers.remove(&CONTENT_ENCODING);
            }
            Ok((reply, false))
        }
        Declared::Known(coding) if !stays_bytes(&reply.headers, record) => {
            reply.headers.remove(&CONTENT_ENCODING);
            if !reply.body.is_empty() {
                reply.body = decode(coding, &reply.body, room).await.map_err(reply_cause)?;
            }
            Ok((reply, false))
        }
        Declared::Known(_) | Declared::Unknown => Ok((reply, true)),
    }
}

fn reply_cause(reason: Undecodable) -> Cause {
    match reason {
        Undecodable::Corrupt => Cause::CorruptIntegrationResponse,
        Undecodable::TooLarge => Cause::IntegrationResponseTooLarge,
        Undecodable::NoRoom => Cause::BuffersFull,
    }
}

fn proxied(record: &Record) -> bool {
    record.method().is_some_and(|method| matches!(method.integration, IntegrationPlan::HttpProxy(_)))
}

/// Whether the reply's body would reach the client without any conversion.
fn stays_bytes(headers: &HeaderList, record: &Record) -> bool {
    let Some(program) = &record.program else { return false };
    let types = &program.deployment.binary_types;
    let payload = headers.get(&CONTENT_TYPE).and_then(|value| value.to_str().ok());
    types.matches(payload) && types.matches(record.head.header(ACCEPT))
}

fn declared<'v>(mut values: impl Iterator<Item = &'v HeaderValue>) -> Declared {
    let Some(value) = values.next() else { return Declared::Plain };
    if values.next().is_some() {
        return Declared::Unknown;
    }
    let name = value.as_bytes().trim_ascii();
    let is = |coding: &str| name.eq_ignore_ascii_case(coding.as_bytes());
    match name {
        b"" => Declared::Plain,
        _ if is("identity") => Declared::Plain,
        _ if is("gzip") => Declared::Known(Coding::Gzip),
        _ if is("deflate") => Declared::Known(Coding::Deflate),
        _ => Declared::Unknown,
    }
}

/// Decodes a body. Each step reads and writes a slice at most, then lets other calls run.
async fn decode(coding: Coding, body: &[u8], room: &Room) -> Result<Bytes, Undecodable> {
    let mut decoder = decoder(coding, body);
    let mut plain = Decoded { bytes: Vec::new(), room: room.clone() };
    let (mut rest, mut slice) = (body, vec![0; SLICE]);
    loop {
        let before = (decoder.total_in(), decoder.total_out());
        let input = &rest[..rest.len().min(SLICE)];
        let status = decoder.decompress(input, &mut slice, FlushDecompress::None);
        let status = status.map_err(|_| Undecodable::Corrupt)?;
        let (read, written) = (grown(before.0, decoder.total_in()), grown(before.1, decoder.total_out()));
        rest = &rest[read..];
        plain.append(&slice[..written])?;
        match (status, coding) {
            (Status::StreamEnd, _) if rest.is_empty() => return Ok(Bytes::from_owner(plain)),
            // The members of a gzip file follow each other.
            (Status::StreamEnd, Coding::Gzip) => decoder.reset(true),
            (Status::StreamEnd, Coding::Deflate) => return Err(Undecodable::Corrupt),
            // The data ends before its end mark.
            _ if read == 0 && written == 0 => return Err(Undecodable::Corrupt),
            _ => {}
        }
        Pause::default().await;
    }
}

fn grown(before: u64, after: u64) -> usize {
    usize::try_from(after - before).unwrap_or(usize::MAX)
}

/// `deflate` means the zlib format (RFC 9110, 8.4.1.2), but many senders leave its two bytes of header out.
fn decoder(coding: Coding, body: &[u8]) -> Decompress {
    match (coding, body) {
        (Coding::Gzip, _) => Decompress::new_gzip(15),
        (Coding::Deflate, [first, second, ..]) => {
            let zlib = first & 0x0f == 8 && u16::from_be_bytes([*first, *second]) % 31 == 0;
            Decompress::new(zlib)
        }
        (Coding::Deflate, _) => Decompress::new(true),
    }
}

/// A decoded body. Its part of the room is free again when it goes.
struct Decoded {
    bytes: Vec<u8>,
    room: Room,
}

impl Decoded {
    fn append(&mut self, slice: &[u8]) -> Result<(), Undecodable> {
        if self.bytes.len() + slice.len() > PAYLOAD {
            return Err(Undecodable::TooLarge);
        }
        if self.room.used.fetch_add(slice.len(), Ordering::Relaxed) + slice.len() > ROOM {
            self.room.used.fetch_sub(slice.len(), Ordering::Relaxed);
            return Err(Undecodable::NoRoom);
        }
        self.bytes.extend_from_slice(slice);
        Ok(())
    }
}

impl AsRef<[u8]> for Decoded {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Decoded {
    fn drop(&mut self) {
        self.room.used.fetch_sub(self.bytes.len(), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::pin::pin;
    use std::sync::atomic::Ordering;
    use std::task::{Context, Poll, Waker};

    use bytes::Bytes;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use http::HeaderValue;

    use super::{Coding, Declared, PAYLOAD, ROOM, Room, SLICE, Undecodable, declared, decode};

    /// The result, and how often other calls could run in between.
    fn run(coding: Coding, body: &[u8], room: &Room) -> (Result<Bytes, Undecodable>, usize) {
        let mut future = pin!(decode(coding, body, room));
        let mut pauses = 0;
        loop {
            match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(result) => return (result, pauses),
                Poll::Pending => pauses += 1,
            }
        }
    }

    fn check(coding: Coding, body: &[u8], expected: Result<&[u8], Undecodable>) {
        let room = Room::default();
        let (decoded, pauses) = run(coding, body, &room);
        assert_eq!(decoded.as_deref().map_err(|reason| *reason), expected);
        assert!(pauses * SLICE + SLICE >= decoded.as_ref().map_or(0, Bytes::len));
        assert_eq!(room.used.load(Ordering::Relaxed), decoded.as_ref().map_or(0, Bytes::len));
        drop(decoded);
        assert_eq!(room.used.load(Ordering::Relaxed), 0);
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(text: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn raw(text: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn bodies_decode() {
        let long: Vec<u8> = (0..50_000_u32).flat_map(u32::to_le_bytes).collect();
        for text in [&b""[..], b"text", &long] {
            check(Coding::Gzip, &gzip(text), Ok(text));
            check(Coding::Deflate, &zlib(text), Ok(text));
            check(Coding::Deflate, &raw(text), Ok(text));
        }
        check(Coding::Gzip, &[gzip(b"one "), gzip(b""), gzip(b"two")].concat(), Ok(b"one two"));
    }

    #[test]
    fn broken_bodies_do_not() {
        let (whole, flat) = (gzip(b"some text"), zlib(b"some text"));
        let mut wrong_sum = whole.clone();
        let last = wrong_sum.len() - 5;
        wrong_sum[last] ^= 1;
        for (coding, body) in [
            (Coding::Gzip, &b"plain text"[..]),
            (Coding::Gzip, b"\x1f\x8b"),
            (Coding::Gzip, &whole[..whole.len() - 1]),
            (Coding::Gzip, &wrong_sum),
            (Coding::Gzip, &[&whole[..], b"rest"].concat()),
            (Coding::Gzip, &flat),
            (Coding::Deflate, &flat[..flat.len() - 1]),
            (Coding::Deflate, &[&flat[..], b"rest"].concat()),
            (Coding::Deflate, b"\xff"),
        ] {
            check(coding, body, Err(Undecodable::Corrupt));
        }
    }

    #[test]
    fn what_a_body_decodes_to_is_bounded() {
        let most = gzip(&vec![0; PAYLOAD / 10]).repeat(10);
        check(Coding::Gzip, &most, Ok(&vec![0; PAYLOAD]));
        check(Coding::Gzip, &[most, gzip(b"1")].concat(), Err(Undecodable::TooLarge));
        let room = Room::default();
        room.used.store(ROOM - 5, Ordering::Relaxed);
        assert_eq!(run(Coding::Gzip, &gzip(b"123456"), &room).0, Err(Undecodable::NoRoom));
        let held = run(Coding::Gzip, &gzip(b"12345"), &room).0;
        assert_eq!(room.used.load(Ordering::Relaxed), ROOM);
        drop(held);
        assert_eq!(room.used.load(Ordering::Relaxed), ROOM - 5);
    }

    #[test]
    fn codings_are_recognised() {
        for (values, expected) in [
            (&["gzip"][..], Declared::Known(Coding::Gzip)),
            (&["GZIP "], Declared::Known(Coding::Gzip)),
            (&["deflate"], Declared::Known(Coding::Deflate)),
            (&["Identity"], Declared::Plain),
            (&[""], Declared::Plain),
            (&[], Declared::Plain),
            (&["br"], Declared::Unknown),
            (&["gzip, gzip"], Declared::Unknown),
            (&["gzip", "br"], Declared::Unknown),
        ] {
            let headers: Vec<_> = values.iter().map(|value| HeaderValue::from_static(value)).collect();
            assert_eq!(declared(headers.iter()), expected, "{values:?}");
        }
    }
}
