//! Request ids and trace ids: random, cheap, without locks.

use std::cell::RefCell;
use std::hash::{BuildHasher, Hasher, RandomState};

use stagedoor_base::{Entropy, Timestamp};
use stagedoor_program::RequestId;

thread_local! {
    // Ids are names, not secrets: each thread runs a generator of its own, seeded by the process's hash keys.
    static ENTROPY: RefCell<Entropy> = RefCell::new(Entropy::new(seed()));
}

fn seed() -> [u64; 4] {
    std::array::from_fn(|_| RandomState::new().build_hasher().finish())
}

fn random<const N: usize>() -> [u64; N] {
    ENTROPY.with_borrow_mut(|entropy| std::array::from_fn(|_| entropy.next_u64()))
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A call's request id: the client's own when it is a UUID, else a new one.
pub(crate) fn request_id(sent: Option<&str>) -> RequestId {
    match sent {
        Some(text) if is_uuid(text) => {
            let mut id = [0; 36];
            id.copy_from_slice(text.as_bytes());
            RequestId { text: id, replaced: false }
        }
        sent => RequestId { text: uuid(), replaced: sent.is_some() },
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// A number from 0 up to, not including, 1.
pub(crate) fn chance() -> f64 {
    let [bits] = random();
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

/// A version 4 UUID.
pub(crate) fn uuid() -> [u8; 36] {
    let [high, low] = random();
    let high = high & !0xf000 | 0x4000;
    let low = low & !(0xc000 << 48) | 0x8000 << 48;
    let [first, second] = hex(high);
    let [third, fourth] = hex(low);
    let mut text = [b'-'; 36];
    text[..8].copy_from_slice(&first);
    text[9..13].copy_from_slice(&second[..4]);
    text[14..18].copy_from_slice(&second[4..]);
    text[19..23].copy_from_slice(&third[..4]);
    text[24..28].copy_from_slice(&third[4..]);
    text[28..].copy_from_slice(&fourth);
    text
}

/// The sixteen hexadecimal digits of a number in two halves.
fn hex(number: u64) -> [[u8; 8]; 2] {
    [hex_half(number >> 32), hex_half(number & 0xffff_ffff)]
}

/// Eight digits at once, without a branch: every call needs dozens of them.
fn hex_half(number: u64) -> [u8; 8] {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // One digit to each byte.
    let spread = (number | number << 16) & 0x0000_ffff_0000_ffff;
    let spread = (spread | spread << 8) & 0x00ff_00ff_00ff_00ff;
    let digits = (spread | spread << 4) & (0x0f * ONES);
    // 1 in the bytes of digits above 9: adding 6 carries into their upper half.
    let letters = (digits + 6 * ONES) >> 4 & ONES;
    let gap = u64::from(b'a' - b'0' - 10);
    (digits + u64::from(b'0') * ONES + letters * gap).to_be_bytes()
}

/// An extended request id: base64 of 11 bytes.
pub(crate) fn extended_request_id() -> [u8; 16] {
    let [high, low] = random();
    let bits = u128::from(high) << 64 | u128::from(low);
    let mut text = [b'='; 16];
    for (at, place) in text.iter_mut().take(14).enumerate() {
        *place = BASE64[(bits >> (at * 6) & 0x3f) as usize];
    }
    // The last digit holds four bits only.
    text[14] = BASE64[(bits >> 84 & 0x3c) as usize];
    text
}

/// The trace header of a call: keys of the client's that AWS keeps, the rest made new.
pub(crate) fn trace(sent: Option<&str>, now: Timestamp) -> String {
    let key = |wanted: &str| {
        sent?.split(';').find_map(|part| {
            let (key, value) = part.split_once('=')?;
            key.trim().eq_ignore_ascii_case(wanted).then(|| value.trim())
        })
    };
    let mut text = String::with_capacity(80);
    text.push_str("Root=");
    match key("root") {
        Some(root) => text.push_str(root),
        None => push_root(&mut text, now),
    }
    text.push_str(";Parent=");
    match key("parent") {
        Some(parent) => text.push_str(parent),
        None => push(&mut text, hex(random::<1>()[0]).as_flattened()),
    }
    text.push_str(if key("sampled") == Some("1") { ";Sampled=1" } else { ";Sampled=0" });
    text
}

fn push_root(text: &mut String, now: Timestamp) {
    let [high, low] = random();
    text.push_str("1-");
    push(text, &hex_half(now.epoch_seconds() & 0xffff_ffff));
    text.push('-');
    push(text, &hex_half(high & 0xffff_ffff));
    push(text, hex(low).as_flattened());
}

fn push(text: &mut String, digits: &[u8]) {
    text.push_str(std::str::from_utf8(digits).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use stagedoor_base::Timestamp;

    use super::{extended_request_id, hex, is_uuid, request_id, trace, uuid};

    #[test]
    fn digits_are_hexadecimal() {
        for number in [0, 9, 10, 0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210, u64::MAX] {
            assert_eq!(hex(number).as_flattened(), format!("{number:016x}").as_bytes());
        }
    }

    #[test]
    fn ids_have_their_shape() {
        let text = String::from_utf8(uuid().to_vec()).unwrap();
        assert!(is_uuid(&text), "{text}");
        assert_eq!(&text[14..15], "4");
        assert!("89ab".contains(&text[19..20]), "{text}");
        let extended = String::from_utf8(extended_request_id().to_vec()).unwrap();
        assert!(extended.ends_with('=') && !extended[..15].contains('='), "{extended}");
        assert_ne!(uuid(), uuid());
    }

    #[test]
    fn a_clients_uuid_is_kept() {
        let own = "c0ffee00-1111-2222-3333-444455556666";
        assert_eq!(request_id(Some(own)).as_str(), own);
        assert!(!request_id(Some(own)).replaced);
        assert!(request_id(Some("mine")).replaced);
        assert!(!request_id(None).replaced);
    }

    #[test]
    fn traces_keep_root_and_parent() {
        let now = Timestamp(0x6000_0000 * 1000);
        assert_eq!(trace(Some("root=1-a-b;PARENT=c;Sampled=1;Self=x"), now), "Root=1-a-b;Parent=c;Sampled=1");
        let fresh = trace(None, now);
        assert!(fresh.starts_with("Root=1-60000000-") && fresh.ends_with(";Sampled=0"), "{fresh}");
        assert_eq!(fresh.len(), "Root=1-60000000-".len() + 24 + ";Parent=".len() + 16 + ";Sampled=0".len());
    }
}
