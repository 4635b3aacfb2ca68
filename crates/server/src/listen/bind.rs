//! Binding one address for all cores.

use std::net::{SocketAddr, TcpListener};

use socket2::{Domain, Protocol, Socket, Type};

/// Connections that the kernel keeps for us until a core accepts them.
const BACKLOG: i32 = 4096;

/// An address could not be bound.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BindError {
    /// Somebody else listens there.
    #[error(
        "{0} is in use by another program. Stop that program, or choose another address (--listen, --status)"
    )]
    InUse(SocketAddr),
    /// Any other refusal of the kernel.
    #[error("cannot listen on {0}: {1}")]
    Refused(SocketAddr, std::io::Error),
}

/// One listening socket per core on the same address; with port 0 the kernel chooses, and all get the same port.
///
/// SO_REUSEPORT would share the port silently with any other program of this user, therefore the first bind goes
/// without it.
///
/// # Errors
/// [`BindError`] when the address is taken or not ours.
pub(crate) fn bind(address: SocketAddr, cores: usize) -> Result<(SocketAddr, Vec<TcpListener>), BindError> {
    let refused = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AddrInUse => BindError::InUse(address),
        _ => BindError::Refused(address, error),
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
        let (address, listeners) = bind(any, 2).unwrap();
        assert_ne!(address.port(), 0);
        assert!(listeners.iter().all(|listener| listener.local_addr().unwrap() == address));
        assert!(matches!(bind(address, 1), Err(BindError::InUse(taken)) if taken == address));
    }
}
