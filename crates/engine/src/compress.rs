//! Compression of replies for clients that ask for it, where the API sets a minimum size.

use std::io::Write;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use http::HeaderValue;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE};

use crate::{HeaderList, Outbound};

/// Input worked on without a pause, so that other calls of the core wait about a millisecond at most.
pub(crate) const SLICE: usize = 32 * 1024;

/// A content coding that AWS knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    Gzip,
    Deflate,
}

/// Compresses a reply when the API, the client and the content allow it.
pub(crate) async fn compress(reply: Outbound, minimum: Option<u32>, accepted: Option<&str>) -> Outbound {
    let size = reply.body.as_whole().len();
    let small = |minimum: u32| size == 0 || (size as u64) < u64::from(minimum);
    let Some(coding) = minimum.filter(|minimum| !small(*minimum)).and_then(|_| coding(accepted)) else {
        return reply;
    };
    if !eligible(&reply.headers) {
        return reply;
    }
    let Outbound { status, mut headers, body } = reply;
    let body = body.as_whole().clone();
    let name = match coding {
        Coding::Gzip => "gzip",
        Coding::Deflate => "deflate",
    };
    let body = match coding {
        Coding::Gzip => {
            encode(GzEncoder::new(Vec::new(), Compression::fast()), &body, GzEncoder::finish).await
        }
        Coding::Deflate => {
            encode(ZlibEncoder::new(Vec::new(), Compression::fast()), &body, ZlibEncoder::finish).await
        }
    };
    headers.set(CONTENT_ENCODING, HeaderValue::from_static(name));
    Outbound { status, headers, body: body.into() }
}

/// The first coding the client names and the gateway knows; `*` does not count.
fn coding(accepted: Option<&str>) -> Option<Coding> {
    accepted?.split(',').find_map(|entry| match wanted(entry)? {
        name if name.eq_ignore_ascii_case("gzip") => Some(Coding::Gzip),
        name if name.eq_ignore_ascii_case("deflate") => Some(Coding::Deflate),
        _ => None,
    })
}

/// Whether a client names this coding among those that it accepts, whatever else the gateway knows of it.
pub(crate) fn is_taken(asked: &HeaderList, coding: &str) -> bool {
    let mut names = asked.elements(ACCEPT_ENCODING).filter_map(wanted);
    names.any(|name| name == "*" || name.eq_ignore_ascii_case(coding))
}

/// The coding that an element of `Accept-Encoding` names; none when its weight is zero: that one is not wanted.
fn wanted(entry: &str) -> Option<&str> {
    let (name, quality) = entry.split_once(';').unwrap_or((entry, ""));
    let weight = quality.trim().strip_prefix(['q', 'Q']).and_then(|rest| rest.strip_prefix('='));
    let refused = weight.is_some_and(|q| q.parse() == Ok(0.0));
    (!refused).then_some(name.trim())
}

/// What is encoded already, or compressed by nature, stays as it is.
fn eligible(headers: &HeaderList) -> bool {
    let media = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let compressed = ["image/", "audio/", "video/", "application/zip", "application/gzip"];
    !headers.contains(CONTENT_ENCODING)
        && (media.starts_with("image/svg") || !compressed.iter().any(|kind| media.starts_with(kind)))
}

async fn encode<W: Write>(
    mut encoder: W,
    body: &Bytes,
    finish: impl FnOnce(W) -> std::io::Result<Vec<u8>>,
) -> Bytes {
    for slice in body.chunks(SLICE) {
        // Writing to memory cannot fail.
        let _ = encoder.write_all(slice);
        Pause::default().await;
    }
    finish(encoder).unwrap_or_default().into()
}

/// Lets the runtime run something else once.
#[derive(Default)]
pub(crate) struct Pause {
    paused: bool,
}

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.paused {
            return Poll::Ready(());
        }
        self.paused = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::{Coding, coding, eligible};
    use crate::HeaderList;

    #[test]
    fn codings_must_be_named() {
        for (accepted, expected) in [
            (Some("gzip"), Some(Coding::Gzip)),
            (Some("br, deflate;q=0.5, gzip"), Some(Coding::Deflate)),
            (Some("gzip;q=0, deflate"), Some(Coding::Deflate)),
            (Some("GZIP"), Some(Coding::Gzip)),
            (Some("Gzip; Q=0.0, x-gzip, Deflate"), Some(Coding::Deflate)),
            (Some("*"), None),
            (Some("identity"), None),
            (None, None),
        ] {
            assert_eq!(coding(accepted), expected, "{accepted:?}");
        }
    }

    #[test]
    fn encoded_and_media_bodies_stay() {
        let with = |name: &'static str, value: &'static str| {
            HeaderList::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))])
        };
        assert!(eligible(&with("content-type", "application/json")));
        assert!(eligible(&with("content-type", "image/svg+xml")));
        assert!(!eligible(&with("content-type", "image/png")));
        assert!(!eligible(&with("content-encoding", "br")));
    }
}
