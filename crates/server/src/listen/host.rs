//! Which `Host` values have one meaning.

/// Whether nobody can read another host in it: a name or an address, and perhaps a port. Empty is allowed, as RFC 9110
/// does.
pub(super) fn is_sound(host: &[u8]) -> bool {
    let (name, port) = match host {
        [b'[', ..] => match memchr::memchr(b']', host) {
            Some(end) => (&host[1..end], &host[end + 1..]),
            None => return false,
        },
        _ => host.split_at(memchr::memchr(b':', host).unwrap_or(host.len())),
    };
    let bracketed = host.first() == Some(&b'[');
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    let is_address = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    let sound_name =
        if bracketed { !name.is_empty() && name.iter().all(is_address) } else { name.iter().all(is_name) };
    let sound_port = match port {
        [] => true,
        [b':', digits @ ..] => digits.len() <= 5 && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    sound_name && sound_port
}

#[cfg(test)]
mod tests {
    use super::is_sound;

    #[test]
    fn hosts() {
        let sound = ["", "a", "a.b-c_d:80", "A.", "127.0.0.1:4566", "[::1]", "[::1]:80", "a:"];
        let odd = [
            "a b", "a/b", "a\\b", "u@a", "a,b", "a?b", "a#b", "a:b", "a:80:80", "[::1", "[]", "[g]", "::1",
            "a:123456", "[::1]x", "a\t", "\u{e9}", "%61", "a;b", "a'b", "*",
        ];
        for host in sound {
            assert!(is_sound(host.as_bytes()), "{host}");
        }
        for host in odd {
            assert!(!is_sound(host.as_bytes()), "{host}");
        }
    }
}
