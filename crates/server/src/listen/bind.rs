//! Binding one address for all cores.

use std::net::{SocketAddr, TcpListener};

use socket2::{Domain, Protocol, Socket, Type};

/// Connections that the kernel keeps for us until a core accepts them.
const BACKLOG: i32 = 4096;

/// An address could not be bound.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BindError {
    /// Somebody else listens there.
    #[error("{0} is in use by another program. Stop that program, or choose another address with {1}")]
    InUse(SocketAddr, Setting),
    /// Any other refusal of the kernel.
    #[error("cannot listen on {0} (set by {1}): {2}")]
    Refused(SocketAddr, Setting, std::io::Error),
}

/// What an address was set by, in the user's words.
pub(crate) type Setting = &'static str;

/// One listening socket per core on the same address; with port 0 the kernel chooses, and all get the same port.
///
/// SO_REUSEPORT would share the port silently with any other program of this user, therefore the first bind goes
/// without it.
///
/// # Errors
/// [`BindError`] when the address is taken or not ours.
pub(crate) fn bind(
    address: SocketAddr,
    cores: usize,
    setting: Setting,
) -> Result<(SocketAddr, Vec<TcpListener>), BindError> {
    let refused = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AddrInUse => BindError::InUse(address, setting),
        _ => BindError::Refused(address, setting, error),
    };
    let probe = open(address, false).map_err(refused)?;
    let actual = probe.local_addr().map_err(refused)?;
    drop(probe);
    let listeners = (0..cores).map(|_| open(actual, true)).collect::<Result<_, _>>().map_err(refused)?;
    Ok((actual, listeners))
}

fn open(address: SocketAddr, share: bool) -> std::io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    if share {
        socket.set_reuse_port(true)?;
    }
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    // The probe listens as well: with SO_REUSEADDR only listen() notices another listener.
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

#[cfg(test)]
mod tests {
    use super::{BindError, bind};

    #[test]
    fn all_cores_share_one_port_and_a_second_owner_is_noticed() {
        let any = "127.0.0.1:0".parse().unwrap();
        let (address, listeners) = bind(any, 2, "--listen").unwrap();
        assert_ne!(address.port(), 0);
        assert!(listeners.iter().all(|listener| listener.local_addr().unwrap() == address));
        let refused = bind(address, 1, "--status").unwrap_err();
        assert!(matches!(refused, BindError::InUse(taken, _) if taken == address));
        assert!(refused.to_string().ends_with("choose another address with --status"), "{refused}");
    }
}
