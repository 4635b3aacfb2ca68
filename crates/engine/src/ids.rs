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

const HEX: &[u8; 16] = b"0123456789abcdef";
/// Where the two digits of each byte stand between the hyphens of a UUID.
const UUID_PLACES: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
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

/// A version 4 UUID.
pub(crate) fn uuid() -> [u8; 36] {
    let [high, low] = random();
    let high = high & !0xf000 | 0x4000;
    let low = low & !(0xc000 << 48) | 0x8000 << 48;
    let bytes = high.to_be_bytes().into_iter().chain(low.to_be_bytes());
    let mut text = [b'-'; 36];
    for (byte, place) in bytes.zip(UUID_PLACES) {
        text[place] = HEX[usize::from(byte >> 4)];
        text[place + 1] = HEX[usize::from(byte & 0xf)];
    }
    text
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
        None => push_hex(&mut text, random::<1>()[0], 16),
    }
    text.push_str(if key("sampled") == Some("1") { ";Sampled=1" } else { ";Sampled=0" });
    text
}

fn push_root(text: &mut String, now: Timestamp) {
    let [high, low] = random();
    text.push_str("1-");
    push_hex(text, now.epoch_seconds(), 8);
    text.push('-');
    push_hex(text, high, 8);
    push_hex(text, low, 16);
}

/// The lowest `digits` hexadecimal digits of a number.
fn push_hex(text: &mut String, number: u64, digits: usize) {
    text.extend((0..digits).rev().map(|at| char::from(HEX[(number >> (at * 4) & 0xf) as usize])));
}

#[cfg(test)]
mod tests {
    use stagedoor_base::Timestamp;

    use super::{extended_request_id, is_uuid, request_id, trace, uuid};

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
