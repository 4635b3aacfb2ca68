//! Chunked bodies, decoded strictly.
//!
//! In: received bytes, in pieces. Out: the body's bytes. Sizes are plain hexadecimal digits, lines end with CR LF,
//! extensions and trailers are well formed and are ignored. All that is not body is bounded.

use super::head::Malformed;

/// Hexadecimal digits of a size; more cannot be a body that we take.
const MAX_DIGITS: u32 = 8;
/// Bytes of all extensions of a body together.
const MAX_EXTENSIONS: usize = 4 * 1024;
/// Bytes of the trailers.
const MAX_TRAILERS: usize = 16 * 1024;

/// Where in the coding the next byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Size {
        digits: u32,
    },
    Extension(Extension),
    SizeLf,
    Data,
    DataCr,
    DataLf,
    /// At the beginning of a trailer's line.
    Trailer,
    TrailerName,
    TrailerValue,
    TrailerLf,
    EndLf,
    End,
}

/// Where in `;name=value` or `;name="value"` the next byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extension {
    NameStart,
    Name,
    ValueStart,
    Value,
    Quoted,
    Escaped,
    Unquoted,
}

/// A chunked body being decoded.
#[derive(Debug)]
pub(super) struct Chunks {
    state: State,
    /// Of the chunk at hand: bytes that are still to come.
    left: usize,
    extensions: usize,
    trailers: usize,
}

impl Chunks {
    pub(super) fn new() -> Self {
        Self { state: State::Size { digits: 0 }, left: 0, extensions: 0, trailers: 0 }
    }

    /// Whether the body is complete.
    pub(super) fn is_complete(&self) -> bool {
        self.state == State::End
    }

    /// Decodes from the front of `bytes`. Returns how many of them belong to the coding, and how many bytes of body
    /// follow directly behind those; the caller takes the latter and asks again.
    pub(super) fn next(&mut self, bytes: &[u8]) -> Result<(usize, usize), Malformed> {
        let mut at = 0;
        while at < bytes.len() && self.state != State::End {
            if self.state == State::Data {
                let data = self.left.min(bytes.len() - at);
                self.left -= data;
                if self.left == 0 {
                    self.state = State::DataCr;
                }
                return Ok((at, data));
            }
            self.state = self.step(bytes[at])?;
            at += 1;
        }
        Ok((at, 0))
    }

    fn step(&mut self, byte: u8) -> Result<State, Malformed> {
        match (self.state, byte) {
            (State::Size { digits }, byte) if byte.is_ascii_hexdigit() => self.digit(byte, digits),
            (State::Size { digits: 1.. }, b'\r') => Ok(State::SizeLf),
            (State::Size { digits: 1.. }, b';') => Ok(State::Extension(Extension::NameStart)),
            (State::Extension(at), byte) => self.extension(byte, at),
            (State::SizeLf, b'\n') => Ok(if self.left == 0 { State::Trailer } else { State::Data }),
            (State::DataCr, b'\r') => Ok(State::DataLf),
            (State::DataLf, b'\n') => Ok(State::Size { digits: 0 }),
            (State::EndLf, b'\n') => Ok(State::End),
            (State::Trailer, b'\r') => Ok(State::EndLf),
            (State::Trailer | State::TrailerName | State::TrailerValue | State::TrailerLf, byte) => {
                self.trailer(byte)
            }
            _ => Err(Malformed::Chunk),
        }
    }

    fn digit(&mut self, byte: u8, digits: u32) -> Result<State, Malformed> {
        if digits == 0 {
            self.left = 0;
        }
        let value = char::from(byte).to_digit(16).ok_or(Malformed::Chunk)? as usize;
        self.left = self.left * 16 + value;
        if digits < MAX_DIGITS { Ok(State::Size { digits: digits + 1 }) } else { Err(Malformed::Chunk) }
    }

    fn extension(&mut self, byte: u8, at: Extension) -> Result<State, Malformed> {
        use Extension::{Escaped, Name, NameStart, Quoted, Unquoted, Value, ValueStart};
        self.extensions += 1;
        if self.extensions > MAX_EXTENSIONS {
            return Err(Malformed::Chunk);
        }
        let next = match (at, byte) {
            (NameStart | Name, byte) if is_token(byte) => Name,
            (Name, b'=') => ValueStart,
            (ValueStart | Value, byte) if is_token(byte) => Value,
            (ValueStart, b'"') => Quoted,
            (Quoted, b'\\') => Escaped,
            (Quoted, b'"') => Unquoted,
            (Quoted | Escaped, byte) if is_text(byte) => Quoted,
            (Name | Value | Unquoted, b';') => NameStart,
            (Name | Value | Unquoted, b'\r') => return Ok(State::SizeLf),
            _ => return Err(Malformed::Chunk),
        };
        Ok(State::Extension(next))
    }

    fn trailer(&mut self, byte: u8) -> Result<State, Malformed> {
        self.trailers += 1;
        if self.trailers > MAX_TRAILERS {
            return Err(Malformed::TooLarge);
        }
        match (self.state, byte) {
            (State::Trailer | State::TrailerName, byte) if is_token(byte) => Ok(State::TrailerName),
            (State::TrailerName, b':') => Ok(State::TrailerValue),
            (State::TrailerValue, b'\r') => Ok(State::TrailerLf),
            (State::TrailerValue, byte) if is_text(byte) => Ok(State::TrailerValue),
            (State::TrailerLf, b'\n') => Ok(State::Trailer),
            _ => Err(Malformed::Chunk),
        }
    }
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

fn is_text(byte: u8) -> bool {
    byte == b'\t' || (byte >= b' ' && byte != 0x7f)
}

#[cfg(test)]
mod tests {
    use super::{Chunks, Malformed};

    /// The body, and what follows it.
    fn decode(mut bytes: &[u8], piece: usize) -> Result<Option<String>, Malformed> {
        let (mut chunks, mut body) = (Chunks::new(), Vec::new());
        while !bytes.is_empty() && !chunks.is_complete() {
            let some = &bytes[..piece.min(bytes.len())];
            let (coding, data) = chunks.next(some)?;
            body.extend_from_slice(&some[coding..coding + data]);
            bytes = &bytes[coding + data..];
        }
        let rest = String::from_utf8_lossy(bytes).into_owned();
        Ok(chunks.is_complete().then(|| format!("{}|{rest}", String::from_utf8_lossy(&body))))
    }

    #[test]
    fn bodies() {
        let refused = Err(Malformed::Chunk);
        let whole = |text: &str| Ok(Some(text.to_owned()));
        let table = [
            ("3\r\nabc\r\n0\r\n\r\nGET", whole("abc|GET")),
            ("A\r\n0123456789\r\n00\r\n\r\n", whole("0123456789|")),
            ("3;a=b;c=\"d\\\";\";e\r\nabc\r\n0;x\r\n\r\n", whole("abc|")),
            ("0\r\nX: y\r\nZ:\r\n\r\nGET", whole("|GET")),
            ("3\r\nab", Ok(None)),
            ("0\r\n", Ok(None)),
            ("3\r\nabcd\r\n", refused.clone()),
            ("3\nabc\r\n0\r\n\r\n", refused.clone()),
            ("3\r\nabc\n0\r\n\r\n", refused.clone()),
            ("3\r\nabc0\r\n\r\n", refused.clone()),
            ("0x3\r\nabc\r\n", refused.clone()),
            ("+3\r\nabc\r\n", refused.clone()),
            ("-3\r\nabc\r\n", refused.clone()),
            (" 3\r\nabc\r\n", refused.clone()),
            ("3 \r\nabc\r\n", refused.clone()),
            ("3 ;a\r\nabc\r\n", refused.clone()),
            ("\r\nabc", refused.clone()),
            ("g\r\n", refused.clone()),
            ("000000003\r\nabc\r\n", refused.clone()),
            ("fffffffffffffffff\r\n", refused.clone()),
            ("3;a\nabc\r\n0\r\n\r\n", refused.clone()),
            ("3;a\rb\nabc", refused.clone()),
            ("3;a=\"\r\n\"\r\nabc", refused.clone()),
            ("3;a b\r\nabc", refused.clone()),
            ("3;\r\nabc", refused.clone()),
            ("3;=b\r\nabc", refused.clone()),
            ("3;a=\r\nabc", refused.clone()),
            ("3;a;;b\r\nabc", refused.clone()),
            ("3;a=\"b\"c\r\nabc", refused.clone()),
            ("3;a\"b\"\r\nabc", refused.clone()),
            ("3;\0\r\nabc", refused.clone()),
            ("0\r\n\n", refused.clone()),
            ("0\r\nX y\r\n\r\n", refused.clone()),
            ("0\r\n X: y\r\n\r\n", refused.clone()),
            ("0\r\nX : y\r\n\r\n", refused.clone()),
            ("0\r\nX: y\n\r\n", refused.clone()),
            ("0\r\nX: \0\r\n\r\n", refused),
        ];
        for (text, expected) in table {
            for piece in [1, 2, 1000] {
                assert_eq!(decode(text.as_bytes(), piece), expected, "{text:?} in pieces of {piece}");
            }
        }
    }

    #[test]
    fn what_is_not_body_is_bounded() {
        let extension = format!("3;{}\r\nabc", "x".repeat(5000));
        let extensions = "1;0123456789abcdef\r\nx\r\n".repeat(300);
        let trailers = format!("0\r\n{}", "X: y\r\n".repeat(5000));
        for text in [extension, extensions, trailers] {
            assert!(decode(text.as_bytes(), 1000).is_err(), "{}", &text[..20]);
        }
    }
}
