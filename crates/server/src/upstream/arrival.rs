//! Whether anything of a request arrived at the backend's machine, by the kernel's account of the connection.
//!
//! A backend may close an idle connection while a request is on its way to it. When the end of the stream comes in and
//! nothing of the request has been acknowledged, the backend closed before the request was there.

use std::os::fd::{AsFd, BorrowedFd};

/// Bytes that the peer has acknowledged since the connection began; none where the kernel does not tell.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "no safe crate in use reads TCP_INFO")]
pub(super) fn acknowledged(socket: &impl AsFd) -> Option<u64> {
    use std::os::fd::AsRawFd;

    /// Where `tcpi_bytes_acked` stands in `struct tcp_info` of linux/tcp.h.
    const FIELD: std::ops::Range<usize> = 120..128;
    let mut info = [0_u8; FIELD.end];
    let mut length = libc::socklen_t::try_from(info.len()).ok()?;
    let descriptor: BorrowedFd<'_> = socket.as_fd();
    // SAFETY: the descriptor is borrowed for the call, and the kernel writes at most `length` bytes to `info`.
    let outcome = unsafe {
        libc::getsockopt(
            descriptor.as_raw_fd(),
            libc::IPPROTO_TCP,
            libc::TCP_INFO,
            info.as_mut_ptr().cast(),
            &raw mut length,
        )
    };
    let whole = outcome == 0 && usize::try_from(length).is_ok_and(|length| length >= FIELD.end);
    let field: [u8; 8] = info[FIELD].try_into().ok()?;
    whole.then(|| u64::from_ne_bytes(field))
}

/// Bytes that the peer has acknowledged since the connection began; none where the kernel does not tell.
#[cfg(not(target_os = "linux"))]
pub(super) fn acknowledged(_socket: &impl AsFd) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};

    use super::acknowledged;

    #[test]
    #[cfg(target_os = "linux")]
    fn what_came_after_the_end_is_not_acknowledged() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (mut server, _) = listener.accept().unwrap();
        let before = acknowledged(&client).unwrap();
        client.write_all(&[1; 10]).unwrap();
        server.read_exact(&mut [0; 10]).unwrap();
        server.write_all(b"ok").unwrap();
        client.read_exact(&mut [0; 2]).unwrap();
        assert_eq!(acknowledged(&client), Some(before + 10));
        drop(server);
        client.write_all(&[1; 10]).unwrap();
        assert_eq!(client.read(&mut [0; 10]).unwrap(), 0);
        assert_eq!(acknowledged(&client), Some(before + 10));
    }
}
