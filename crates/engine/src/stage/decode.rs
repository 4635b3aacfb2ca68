//! Between steps 4 and 5: the body without its content coding, as everything behind reads it. Only who may call gets so
//! far.

use bytes::Bytes;
use http::header::CONTENT_ENCODING;
use stagedoor_base::Cause;
use stagedoor_program::{Event, Record};

use super::{Picked, Ticket};
use crate::{Engine, decompress};

/// A body in no coding.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(super) body: Bytes,
}

impl Decoded {
    pub(crate) fn event(&self) -> Event {
        Event::Started { body: self.body.clone() }
    }
}

pub(crate) async fn decode(
    engine: &Engine,
    _ticket: &Ticket,
    picked: Picked<'_>,
    record: &mut Record,
) -> Result<Decoded, Cause> {
    let body = picked.body;
    if !record.head.headers.contains(CONTENT_ENCODING) {
        return Ok(Decoded { body });
    }
    // On the heap, so that the future of other calls stays small.
    let body = Box::pin(decompress::request(&engine.room, body, record)).await?;
    Ok(Decoded { body })
}
