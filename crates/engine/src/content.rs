//! Bodies between text and bytes: what `binaryMediaTypes` and `contentHandling` make of them.
//!
//! In: a body, whether its type is binary, what the definition asks for. Out: the body as the step behind reads it. It must
//! not know templates nor integrations.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_program::ContentHandling;

/// A body and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) body: Bytes,
    pub(crate) binary: bool,
}

impl Content {
    fn text(body: Bytes) -> Self {
        Self { body, binary: false }
    }

    fn bytes(body: Bytes) -> Self {
        Self { body, binary: true }
    }
}

/// A request's body on its way to the template and the backend.
pub(crate) fn convert_request(
    body: Bytes,
    binary: bool,
    handling: Option<ContentHandling>,
) -> Result<Content, Cause> {
    match (binary, handling) {
        (true, Some(ContentHandling::ConvertToText)) => Ok(Content::text(encode(&body))),
        (true, _) => Ok(Content::bytes(body)),
        (false, Some(ContentHandling::ConvertToBinary)) => decode(&body).map(Content::bytes),
        (false, _) => Ok(Content::text(as_text(body))),
    }
}

/// What a backend's reply has to become for a client.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReplyConversion {
    pub(crate) payload_binary: bool,
    pub(crate) accepts_binary: bool,
    pub(crate) handling: Option<ContentHandling>,
}

impl ReplyConversion {
    fn to_binary(self) -> bool {
        match self.handling {
            None => self.accepts_binary,
            Some(handling) => handling == ContentHandling::ConvertToBinary,
        }
    }

    /// Before the template: bytes become base64 unless they shall stay bytes.
    pub(crate) fn before_template(self, body: Bytes) -> Content {
        match (self.payload_binary, self.to_binary()) {
            (true, true) => Content::bytes(body),
            (true, false) => Content::text(encode(&body)),
            (false, _) => Content::text(as_text(body)),
        }
    }

    /// Behind the template: text becomes bytes where bytes are asked for.
    pub(crate) fn after_template(self, content: Content) -> Result<Bytes, Cause> {
        if !content.binary && self.to_binary() { decode(&content.body) } else { Ok(content.body) }
    }

    /// Without a template.
    pub(crate) fn convert(self, body: Bytes) -> Result<Bytes, Cause> {
        let content = self.before_template(body);
        self.after_template(content)
    }
}

/// Bytes as text: what is no UTF-8 becomes U+FFFD, as AWS does. Valid text is not copied.
pub(crate) fn as_text(body: Bytes) -> Bytes {
    match text_of(&body) {
        Cow::Borrowed(_) => body,
        Cow::Owned(text) => text.into(),
    }
}

/// The text of a body that is only read. Seeing that all of it is UTF-8 is ten times faster than looking for what is not.
pub(crate) fn text_of(body: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(body).map_or_else(|_| String::from_utf8_lossy(body), Cow::Borrowed)
}

/// Base64 decoded.
pub(crate) fn decode(body: &[u8]) -> Result<Bytes, Cause> {
    STANDARD.decode(body).map(Bytes::from).map_err(|_| Cause::Configuration(ConfigurationError::Base64))
}

fn encode(body: &Bytes) -> Bytes {
    if body.is_empty() { body.clone() } else { STANDARD.encode(body).into() }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use stagedoor_program::ContentHandling::{self, ConvertToBinary as ToBinary, ConvertToText as ToText};

    use super::{ReplyConversion, convert_request};

    #[test]
    fn requests_convert_by_the_table() {
        let text = |text: &'static str| Some((text.as_bytes(), false));
        let bytes = |bytes: &'static [u8]| Some((bytes, true));
        for (body, binary, handling, expected) in [
            (&b"hi"[..], false, None, text("hi")),
            (b"h\xff", false, None, text("h\u{fffd}")),
            (b"h\xff", false, Some(ToText), text("h\u{fffd}")),
            (b"aGk=", false, Some(ToBinary), bytes(b"hi")),
            (b"no base64!", false, Some(ToBinary), None),
            (b"h\xff", true, None, bytes(b"h\xff")),
            (b"h\xff", true, Some(ToBinary), bytes(b"h\xff")),
            (b"hi", true, Some(ToText), text("aGk=")),
            (b"", true, Some(ToText), text("")),
        ] {
            let converted = convert_request(Bytes::from_static(body), binary, handling).ok();
            let converted = converted.as_ref().map(|content| (&content.body[..], content.binary));
            assert_eq!(converted, expected, "{body:?} {binary} {handling:?}");
        }
    }

    type Row = (&'static str, bool, bool, Option<ContentHandling>, Option<&'static str>);

    #[test]
    fn replies_convert_by_the_table() {
        let rows: [Row; 12] = [
            ("text", false, false, None, Some("text")),
            ("aGk=", false, true, None, Some("hi")),
            ("no base64!", false, true, None, None),
            ("aGk=", false, false, Some(ToBinary), Some("hi")),
            ("no base64!", false, true, Some(ToBinary), None),
            ("aGk=", false, true, Some(ToText), Some("aGk=")),
            ("hi", true, true, None, Some("hi")),
            ("hi", true, false, None, Some("aGk=")),
            ("hi", true, false, Some(ToBinary), Some("hi")),
            ("hi", true, true, Some(ToText), Some("aGk=")),
            ("hi", true, false, Some(ToText), Some("aGk=")),
            ("", true, false, None, Some("")),
        ];
        for (body, payload_binary, accepts_binary, handling, expected) in rows {
            let conversion = ReplyConversion { payload_binary, accepts_binary, handling };
            let converted = conversion.convert(Bytes::from(body)).ok();
            assert_eq!(converted.as_deref(), expected.map(str::as_bytes), "{body} {conversion:?}");
        }
    }
}
