//! The PROXY protocol, versions 1 and 2: who called the proxy that calls us.
//!
//! In: the first bytes of a connection from a trusted proxy. Out: the client's address, and how long the header is. The
//! specification is HAProxy's `proxy-protocol.txt`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::io::Wire;

/// `PROXY TCP6 …` with two full IPv6 addresses, and the line end.
const LONGEST_LINE: usize = 107;
const LINE_START: &[u8] = b"PROXY ";
const SIGNATURE: &[u8] = b"\r\n\r\n\0\r\nQUIT\n";
/// Fixed part of version 2.
const FIXED: usize = 16;
/// Addresses and additions of version 2; a certificate may be among them, a body may not.
const LONGEST_BLOCK: usize = 4096;

/// The header is none, or breaks off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no PROXY header")]
pub(super) struct NoHeader;

/// A header: the client it names, if any, and its length.
type Header = (Option<SocketAddr>, usize);

/// Reads the header that a trusted proxy sends first.
pub(super) async fn read(wire: &mut Wire, peer: SocketAddr) -> Result<SocketAddr, NoHeader> {
    loop {
        if let Some((client, length)) = parse(wire.early())? {
            wire.advance(length);
            return Ok(client.unwrap_or(peer));
        }
        if !wire.read_early().await.map_err(|_| NoHeader)? {
            return Err(NoHeader);
        }
    }
}

/// None: more bytes are needed.
fn parse(bytes: &[u8]) -> Result<Option<Header>, NoHeader> {
    if begins(bytes, SIGNATURE) {
        return parse_block(bytes);
    }
    if begins(bytes, LINE_START) { parse_line(bytes) } else { Err(NoHeader) }
}

/// Whether the bytes are, or may become, something that starts so.
fn begins(bytes: &[u8], start: &[u8]) -> bool {
    let known = bytes.len().min(start.len());
    bytes[..known] == start[..known]
}

fn parse_line(bytes: &[u8]) -> Result<Option<Header>, NoHeader> {
    let seen = &bytes[..bytes.len().min(LONGEST_LINE)];
    let Some(end) = memchr::memchr(b'\n', seen) else {
        return if bytes.len() < LONGEST_LINE { Ok(None) } else { Err(NoHeader) };
    };
    let line = seen[..end].strip_suffix(b"\r").ok_or(NoHeader)?;
    let line = std::str::from_utf8(line).map_err(|_| NoHeader)?;
    let words: Vec<&str> = line.split(' ').collect();
    let client = match words[..] {
        ["PROXY", "UNKNOWN", ..] => None,
        ["PROXY", family @ ("TCP4" | "TCP6"), from, to, from_port, to_port] => {
            let (from, to): (IpAddr, IpAddr) = (ip(from)?, ip(to)?);
            port(to_port)?;
            if from.is_ipv4() != (family == "TCP4") || to.is_ipv4() != from.is_ipv4() {
                return Err(NoHeader);
            }
            Some(SocketAddr::new(from, port(from_port)?))
        }
        _ => return Err(NoHeader),
    };
    Ok(Some((client, end + 1)))
}

fn ip(text: &str) -> Result<IpAddr, NoHeader> {
    text.parse().map_err(|_| NoHeader)
}

/// Digits only, without leading zeros.
fn port(text: &str) -> Result<u16, NoHeader> {
    let plain = text == "0" || !text.starts_with(['0', '+']);
    text.parse().ok().filter(|_| plain).ok_or(NoHeader)
}

fn parse_block(bytes: &[u8]) -> Result<Option<Header>, NoHeader> {
    let Some(fixed) = bytes.get(..FIXED) else { return Ok(None) };
    let length = usize::from(u16::from_be_bytes([fixed[14], fixed[15]]));
    if length > LONGEST_BLOCK {
        return Err(NoHeader);
    }
    let Some(block) = bytes.get(FIXED..FIXED + length) else { return Ok(None) };
    let client = match fixed[12] {
        // LOCAL: the proxy's own health check.
        0x20 => None,
        0x21 => source(fixed[13], block)?,
        _ => return Err(NoHeader),
    };
    Ok(Some((client, FIXED + length)))
}

/// The source of a proxied connection; additions behind the addresses are skipped.
fn source(family: u8, block: &[u8]) -> Result<Option<SocketAddr>, NoHeader> {
    match family {
        0x11 => {
            let block: &[u8; 12] = block.first_chunk().ok_or(NoHeader)?;
            let ip = Ipv4Addr::new(block[0], block[1], block[2], block[3]);
            Ok(Some(SocketAddr::from((ip, u16::from_be_bytes([block[8], block[9]])))))
        }
        0x21 => {
            let block: &[u8; 36] = block.first_chunk().ok_or(NoHeader)?;
            let ip: [u8; 16] = *block.first_chunk().ok_or(NoHeader)?;
            Ok(Some(SocketAddr::from((Ipv6Addr::from(ip), u16::from_be_bytes([block[32], block[33]])))))
        }
        // A unix socket has no address that means something here, and UNSPEC names none.
        0x00 | 0x31 => Ok(None),
        _ => Err(NoHeader),
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_LINE, SIGNATURE, parse};

    fn block(command: u8, family: u8, length: u16, rest: &[u8]) -> Vec<u8> {
        [SIGNATURE, &[command, family], &length.to_be_bytes(), rest].concat()
    }

    fn told(bytes: &[u8]) -> String {
        match parse(bytes) {
            Ok(None) => "more".to_owned(),
            Ok(Some((client, length))) => {
                format!("{} {length}", client.map_or("local".to_owned(), |client| client.to_string()))
            }
            Err(_) => "refused".to_owned(),
        }
    }

    #[test]
    fn lines() {
        let long = format!("PROXY UNKNOWN {}\r\n", "f".repeat(LONGEST_LINE));
        let table = [
            ("PROXY TCP4 1.2.3.4 5.6.7.8 11 22\r\nGET", "1.2.3.4:11 34"),
            ("PROXY TCP6 2001:db8::1 ::1 11 22\r\n", "[2001:db8::1]:11 34"),
            ("PROXY UNKNOWN\r\n", "local 15"),
            ("PROXY UNKNOWN a b c d\r\n", "local 23"),
            ("", "more"),
            ("PRO", "more"),
            ("PROXY TCP4 1.2.3.4", "more"),
            ("PROXY TCP4 1.2.3.4 5.6.7.8 11 22\n", "refused"),
            ("PROXY TCP4 2001:db8::1 ::1 11 22\r\n", "refused"),
            ("PROXY TCP4 1.2.3.4 ::1 11 22\r\n", "refused"),
            ("PROXY TCP4 1.2.3.4 5.6.7.8 11\r\n", "refused"),
            ("PROXY TCP4 1.2.3.4 5.6.7.8 11 22 33\r\n", "refused"),
            ("PROXY TCP4  1.2.3.4 5.6.7.8 11 22\r\n", "refused"),
            ("PROXY TCP4 1.2.3.4 5.6.7.8 011 22\r\n", "refused"),
            ("PROXY TCP4 1.2.3.4 5.6.7.8 +11 22\r\n", "refused"),
            ("PROXY TCP4 1.2.3.4 5.6.7.8 65536 22\r\n", "refused"),
            ("PROXY TCP4 1.2.3 5.6.7.8 11 22\r\n", "refused"),
            ("PROXY UDP4 1.2.3.4 5.6.7.8 11 22\r\n", "refused"),
            ("proxy TCP4 1.2.3.4 5.6.7.8 11 22\r\n", "refused"),
            ("GET / HTTP/1.1\r\n", "refused"),
            (long.as_str(), "refused"),
        ];
        for (line, expected) in table {
            assert_eq!(told(line.as_bytes()), expected, "{line}");
        }
    }

    #[test]
    fn blocks() {
        let four = [1, 2, 3, 4, 5, 6, 7, 8, 0, 11, 0, 22];
        let mut six = [0; 36];
        (six[15], six[33]) = (1, 7);
        let table = [
            (block(0x21, 0x11, 12, &four), "1.2.3.4:11 28"),
            (block(0x21, 0x11, 15, &[&four[..], &[4, 0, 0]].concat()), "1.2.3.4:11 31"),
            (block(0x21, 0x21, 36, &six), "[::1]:7 52"),
            (block(0x20, 0x00, 0, &[]), "local 16"),
            (block(0x20, 0x11, 12, &four), "local 28"),
            (block(0x21, 0x00, 0, &[]), "local 16"),
            (block(0x21, 0x31, 216, &[0; 216]), "local 232"),
            (block(0x21, 0x11, 12, &four[..5]), "more"),
            (SIGNATURE[..7].to_vec(), "more"),
            (block(0x21, 0x11, 11, &four[..11]), "refused"),
            (block(0x21, 0x21, 12, &four), "refused"),
            (block(0x11, 0x11, 12, &four), "refused"),
            (block(0x22, 0x11, 12, &four), "refused"),
            (block(0x21, 0x12, 12, &four), "refused"),
            (block(0x21, 0x11, 60_000, &four), "refused"),
            (b"\r\n\r\nGET".to_vec(), "refused"),
        ];
        for (bytes, expected) in table {
            assert_eq!(told(&bytes), expected, "{bytes:?}");
        }
    }
}
