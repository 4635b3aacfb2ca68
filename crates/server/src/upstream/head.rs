//! The heads of requests and replies: bytes to values and back.

use std::mem::MaybeUninit;

use bytes::{Buf, Bytes, BytesMut};
use http::{HeaderName, HeaderValue, Method};
use stagedoor_engine::{HeaderList, UpstreamRequest};

use super::framing::{Framing, framing};

/// Headers of one reply.
const MAX_HEADERS: usize = 512;
/// Room for what the gateway adds to a reply that it passes on.
const ADDED_HEADERS: usize = 4;

/// The header names of a connection's last reply, with their spelling.
pub(super) type Names = Vec<(Box<str>, HeaderName)>;

/// The head of a reply.
pub(super) struct ReplyHead {
    pub(super) status: u16,
    pub(super) headers: HeaderList,
    pub(super) framing: Framing,
    pub(super) keep_alive: bool,
}

/// Appends the head of a request.
pub(super) fn write_head(request: &UpstreamRequest, out: &mut Vec<u8>) {
    out.extend_from_slice(request.method.as_str().as_bytes());
    out.push(b' ');
    out.extend_from_slice(request.path_and_query.as_str().as_bytes());
    out.extend_from_slice(b" HTTP/1.1\r\n");
    if !request.headers.contains(&http::header::HOST) {
        let host = request.authority.as_str().rsplit('@').next().unwrap_or_default();
        write_header(out, b"host", host.as_bytes());
    }
    for (name, value) in request.headers.iter() {
        // How the body is framed is decided here.
        if name != http::header::CONTENT_LENGTH && name != http::header::TRANSFER_ENCODING {
            write_header(out, name.as_str().as_bytes(), value.as_bytes());
        }
    }
    let implies_body = matches!(request.method, Method::POST | Method::PUT | Method::PATCH);
    if implies_body || !request.body.is_empty() {
        write_header(out, b"content-length", request.body.len().to_string().as_bytes());
    }
    out.extend_from_slice(b"\r\n");
}

fn write_header(out: &mut Vec<u8>, name: &[u8], value: &[u8]) {
    out.extend_from_slice(name);
    out.extend_from_slice(b": ");
    out.extend_from_slice(value);
    out.extend_from_slice(b"\r\n");
}

/// Takes a whole head off the front; interim replies are skipped, and their bytes counted.
///
/// # Errors
/// Why it is no reply that can be passed on.
pub(super) fn parse_head(
    received: &mut BytesMut,
    names: &mut Names,
    skipped: &mut usize,
    method: &Method,
) -> Result<Option<ReplyHead>, String> {
    loop {
        // Not initialised: sixteen kilobytes of zeros would cost more than parsing the usual head.
        let mut fields = [const { MaybeUninit::uninit() }; MAX_HEADERS];
        let mut parsed = httparse::Response::new(&mut []);
        let parser = httparse::ParserConfig::default();
        let length = match parser.parse_response_with_uninit_headers(&mut parsed, received, &mut fields) {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(error) => return Err(format!("no HTTP reply: {error}")),
        };
        let (status, version) = (parsed.code.unwrap_or_default(), parsed.version.unwrap_or_default());
        match status {
            ..100 => return Err("no HTTP reply: invalid response status".to_owned()),
            101 => return Err("the backend switched protocols unasked".to_owned()),
            100..200 => {
                *skipped += length;
                received.advance(length);
                continue;
            }
            _ => {}
        }
        let headers =
            headers(parsed.headers, &received[..length], names).ok_or("no HTTP reply: invalid header")?;
        received.advance(length);
        let framing = framing(method, status, &headers)?;
        let keep_alive = version == 1 && !framing.is_ambiguous() && !says_close(&headers);
        return Ok(Some(ReplyHead { status, headers, framing: framing.framing(), keep_alive }));
    }
}

/// The fields of a head. Their values share a copy of it, so that the connection's buffer stays its own.
fn headers(fields: &[httparse::Header<'_>], head: &[u8], names: &mut Names) -> Option<HeaderList> {
    let copy = Bytes::copy_from_slice(head);
    let mut headers = HeaderList::with_capacity(fields.len() + ADDED_HEADERS);
    for (place, field) in fields.iter().enumerate() {
        let name = name(field.name, place, names)?;
        // An empty value may stand outside the head.
        let start =
            if field.value.is_empty() { 0 } else { field.value.as_ptr() as usize - head.as_ptr() as usize };
        let value = copy.slice(start..start + field.value.len());
        headers.push(name, HeaderValue::from_maybe_shared(value).ok()?);
    }
    Some(headers)
}

/// A backend names and spells its headers alike in every reply: those of the last one are tried before a name is parsed.
fn name(text: &str, place: usize, known: &mut Names) -> Option<HeaderName> {
    if let Some((_, name)) = known.get(place).filter(|(spelled, _)| **spelled == *text) {
        return Some(name.clone());
    }
    let name = HeaderName::from_bytes(text.as_bytes()).ok()?;
    known.truncate(place);
    known.push((text.into(), name.clone()));
    Some(name)
}

fn says_close(headers: &HeaderList) -> bool {
    let values = headers.get_all(&http::header::CONNECTION);
    values
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.split(',').any(|option| option.trim().eq_ignore_ascii_case("close")))
}

/// The seconds of `Keep-Alive: timeout=5`, less one: a request on its way must not meet the end.
pub(super) fn patience(headers: &HeaderList) -> Option<u32> {
    let (_, value) = headers.iter().find(|(name, _)| name.as_str() == "keep-alive")?;
    let mut options = value.to_str().ok()?.split(',').filter_map(|option| option.split_once('='));
    let (_, seconds) = options.find(|(name, _)| name.trim().eq_ignore_ascii_case("timeout"))?;
    Some(match seconds.trim().parse().ok()? {
        0 => 0,
        seconds => u32::max(seconds - 1, 1),
    })
}
