//! Reading `application/vnd.amazon.eventstream`, in which another Lambda API tells of a response.
//!
//! In: a body. Out: the bytes of the response as they come, and how it ended. Checksums are left to the transport below.

use bytes::{Buf, Bytes, BytesMut};
use serde_json::Value;
use stagedoor_engine::Body;

/// Two lengths and their checksum.
const PRELUDE: usize = 12;
/// The checksum behind a message.
const CHECKSUM: usize = 4;
/// Prelude and checksum.
const FRAME: usize = PRELUDE + CHECKSUM;
/// Longest headers of a message, and longest payload that is no part of a response.
const LARGEST: usize = 1024 * 1024;

/// What the other side tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Told {
    Piece(Bytes),
    Complete {
        /// The JSON that describes how the function failed.
        error: Option<Bytes>,
        /// Base64.
        log: Option<String>,
    },
}

/// A stream of events.
#[derive(Debug)]
pub(super) struct Events {
    body: Body,
    received: BytesMut,
    /// What is still to come of a payload that is passed on.
    left: usize,
}

impl Events {
    pub(super) fn new(body: Body) -> Self {
        Self { body, received: BytesMut::new(), left: 0 }
    }

    /// The next bytes of the response, or its end.
    ///
    /// # Errors
    /// Why there is neither.
    pub(super) async fn next(&mut self) -> Result<Told, String> {
        loop {
            if self.left > 0 {
                self.fill(1).await?;
                let piece = self.received.split_to(self.left.min(self.received.len())).freeze();
                self.left -= piece.len();
                if self.left == 0 {
                    self.exactly(CHECKSUM).await?;
                }
                return Ok(Told::Piece(piece));
            }
            if let Some(complete) = self.message().await? {
                return Ok(complete);
            }
        }
    }

    /// Reads a message up to a payload that is passed on, or to its end.
    async fn message(&mut self) -> Result<Option<Told>, String> {
        let mut prelude = self.exactly(PRELUDE).await?;
        let (total, length) = (prelude.get_u32() as usize, prelude.get_u32() as usize);
        let payload = total.checked_sub(FRAME).and_then(|rest| rest.checked_sub(length));
        let payload = payload.filter(|_| length <= LARGEST).ok_or("a message has no sound length")?;
        let headers = self.exactly(length).await?;
        let kind = |name| header(&headers, name).unwrap_or_default().to_owned();
        match kind(":event-type").as_str() {
            "PayloadChunk" if payload > 0 => {
                self.left = payload;
                return Ok(None);
            }
            _ if payload > LARGEST => return Err("a message is too large".to_owned()),
            _ => {}
        }
        let text = self.exactly(payload).await?;
        self.exactly(CHECKSUM).await?;
        match (kind(":message-type").as_str(), kind(":event-type").as_str()) {
            ("event", "InvokeComplete") => Ok(Some(complete(&text))),
            ("event", _) => Ok(None),
            _ => Err(format!("{}: {}", kind(":exception-type"), String::from_utf8_lossy(&text))),
        }
    }

    async fn exactly(&mut self, count: usize) -> Result<Bytes, String> {
        self.fill(count).await?;
        Ok(self.received.split_to(count).freeze())
    }

    async fn fill(&mut self, count: usize) -> Result<(), String> {
        while self.received.len() < count {
            let piece = match &mut self.body {
                Body::Whole(bytes) if !bytes.is_empty() => Some(Ok(std::mem::take(bytes))),
                Body::Whole(_) => None,
                Body::Stream(stream) => stream.next().await,
            };
            match piece {
                Some(Ok(piece)) => self.received.extend_from_slice(&piece),
                Some(Err(failure)) => return Err(failure.to_string()),
                None => return Err("the events end before the response is complete".to_owned()),
            }
        }
        Ok(())
    }
}

fn complete(payload: &[u8]) -> Told {
    let value: Value = serde_json::from_slice(payload).unwrap_or_default();
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let error = text("ErrorCode").map(|code| text("ErrorDetails").unwrap_or(code).into());
    Told::Complete { error, log: text("LogResult") }
}

/// The value of a header that is text.
fn header<'h>(mut headers: &'h [u8], wanted: &str) -> Option<&'h str> {
    while !headers.is_empty() {
        let length = usize::from(headers.try_get_u8().ok()?);
        let name = headers.split_off(..length)?;
        let value = value(&mut headers)?;
        if name == wanted.as_bytes() {
            return std::str::from_utf8(value).ok();
        }
    }
    None
}

/// Takes a value off the front, whatever its type.
fn value<'h>(headers: &mut &'h [u8]) -> Option<&'h [u8]> {
    let length = match headers.try_get_u8().ok()? {
        0 | 1 => 0,
        2 => 1,
        3 => 2,
        4 => 4,
        5 | 8 => 8,
        6 | 7 => usize::from(headers.try_get_u16().ok()?),
        9 => 16,
        _ => return None,
    };
    headers.split_off(..length)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use stagedoor_engine::Body;
    use tokio::time::Instant;

    use super::{Events, Told};
    use crate::pieces::{StreamLimits, pieces};

    fn message(kind: &str, name: &str, payload: &str) -> Vec<u8> {
        let mut headers = vec![3, b'n', b'u', b'm', 4, 0, 0, 0, 9];
        for (name, value) in [(":message-type", kind), (name, "Event"), (":event-type", name)] {
            headers.push(name.len() as u8);
            headers.extend_from_slice(name.as_bytes());
            headers.push(7);
            headers.extend_from_slice(&(value.len() as u16).to_be_bytes());
            headers.extend_from_slice(value.as_bytes());
        }
        let mut out = Vec::new();
        out.extend_from_slice(&((16 + headers.len() + payload.len()) as u32).to_be_bytes());
        out.extend_from_slice(&(headers.len() as u32).to_be_bytes());
        out.extend_from_slice(b"sums");
        out.extend_from_slice(&headers);
        out.extend_from_slice(payload.as_bytes());
        out.extend_from_slice(b"sums");
        out
    }

    fn cut(bytes: Vec<u8>, size: usize) -> Body {
        let limits = StreamLimits { free: u64::MAX, rate: 0, idle: Duration::from_secs(9) };
        let end = Instant::now() + Duration::from_secs(9);
        let made = pieces(limits, end, move |mut outlet| async move {
            for piece in bytes.chunks(size) {
                outlet.give(Bytes::copy_from_slice(piece)).await?;
            }
            Ok(())
        });
        Body::stream(made, None)
    }

    async fn told(bytes: Vec<u8>, size: usize) -> (String, Result<Told, String>) {
        let (mut events, mut text) = (Events::new(cut(bytes, size)), String::new());
        loop {
            match events.next().await {
                Ok(Told::Piece(piece)) => text.push_str(std::str::from_utf8(&piece).unwrap()),
                end => return (text, end),
            }
        }
    }

    #[tokio::test]
    async fn a_response_is_read_in_whatever_pieces_it_comes() {
        let end = r#"{"ErrorCode":"Unhandled","ErrorDetails":"{}","LogResult":"eA=="}"#;
        let messages = [
            message("event", "PayloadChunk", "one,"),
            message("event", "PayloadChunk", ""),
            message("event", "Unknown", "ignored"),
            message("event", "PayloadChunk", "two"),
            message("event", "InvokeComplete", end),
        ];
        let whole = messages.concat();
        for size in [1, 2, 7, 50, whole.len()] {
            let (text, told) = told(whole.clone(), size).await;
            let (error, log) = (Some(Bytes::from_static(b"{}")), Some("eA==".to_owned()));
            assert_eq!((text.as_str(), told), ("one,two", Ok(Told::Complete { error, log })), "{size}");
        }
    }

    #[tokio::test]
    async fn what_is_no_such_stream_is_an_error() {
        let half = message("event", "PayloadChunk", "one,");
        for (bytes, expected) in [
            (Vec::new(), "the events end"),
            (half[..half.len() - 6].to_vec(), "the events end"),
            (b"{\"message\":\"no stream\"}".to_vec(), "no sound length"),
            (message("exception", "InternalFailure", "broken"), "broken"),
        ] {
            let (_, told) = told(bytes, 5).await;
            assert!(told.as_ref().is_err_and(|reason| reason.contains(expected)), "{told:?}");
        }
    }
}
