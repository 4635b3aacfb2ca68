//! Messages of `application/vnd.amazon.eventstream`, in which operations answer with events.
//!
//! In: an event's type and payload. Out: the bytes of its message: lengths and their checksum, headers, payload, checksum of
//! it all. It must not know operations.

/// The content type of a reply that is such a stream.
pub const EVENT_STREAM: &str = "application/vnd.amazon.eventstream";

/// Lengths, two checksums.
const FRAME: usize = 16;
/// The type of a header value that is text.
const TEXT: u8 = 7;

/// Appends one event to a stream. Clients take messages of up to 16 MB.
pub fn put_event(out: &mut Vec<u8>, event_type: &str, content_type: &str, payload: &[u8]) {
    let headers =
        headers(&[(":message-type", "event"), (":event-type", event_type), (":content-type", content_type)]);
    let start = out.len();
    out.extend_from_slice(&length(FRAME + headers.len() + payload.len()));
    out.extend_from_slice(&length(headers.len()));
    out.extend_from_slice(&crc32(&out[start..]).to_be_bytes());
    out.extend_from_slice(&headers);
    out.extend_from_slice(payload);
    out.extend_from_slice(&crc32(&out[start..]).to_be_bytes());
}

fn headers(pairs: &[(&str, &str)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(96);
    for (name, value) in pairs {
        out.push(u8::try_from(name.len()).unwrap_or(u8::MAX));
        out.extend_from_slice(name.as_bytes());
        out.push(TEXT);
        out.extend_from_slice(&u16::try_from(value.len()).unwrap_or(u16::MAX).to_be_bytes());
        out.extend_from_slice(value.as_bytes());
    }
    out
}

fn length(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).unwrap_or(u32::MAX).to_be_bytes()
}

/// The checksum of zip, PNG and Ethernet.
fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = table();
    !bytes.iter().fold(!0, |sum, byte| TABLE[usize::from(sum as u8 ^ byte)] ^ (sum >> 8))
}

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut sum = index as u32;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
            bit += 1;
        }
        table[index] = sum;
        index += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{crc32, put_event};

    #[test]
    fn the_checksum_is_the_common_one() {
        for (bytes, sum) in [(&b""[..], 0), (b"123456789", 0xcbf4_3926)] {
            assert_eq!(crc32(bytes), sum);
        }
    }

    #[test]
    fn messages_say_how_long_they_are() {
        let mut out = Vec::new();
        put_event(&mut out, "PayloadChunk", "application/octet-stream", b"abc");
        let number = |at: usize| u32::from_be_bytes(out[at..at + 4].try_into().unwrap());
        assert_eq!(number(0) as usize, out.len());
        assert_eq!(number(8), crc32(&out[..8]));
        assert_eq!(number(out.len() - 4), crc32(&out[..out.len() - 4]));
        let headers = 12..12 + number(4) as usize;
        assert!(out[headers.clone()].starts_with(b"\x0d:message-type\x07\x00\x05event\x0b:event-type"));
        assert_eq!(&out[headers.end..out.len() - 4], b"abc");
    }
}
