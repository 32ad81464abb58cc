//! The sockets that the server listens on, bound before anything else is started.

use std::net::{SocketAddr, TcpListener, ToSocketAddrs};

use anyhow::Context;
use socket2::{Domain, Socket, Type};

/// How many connections may wait to be taken in.
const BACKLOG: i32 = 4_096;

/// Listens on every address of the host, as `localhost` may have one of each family. Port 0 takes one that is free.
///
/// # Errors
/// When none can be had; the sentence says what to do.
pub(crate) fn listen(host: &str, port: u16) -> anyhow::Result<Vec<TcpListener>> {
    let addresses: Vec<SocketAddr> = (host, port)
        .to_socket_addrs()
        .with_context(|| format!("can't find the address {host}; choose another with --api-host"))?
        .collect();
    let mut listeners: Vec<TcpListener> = Vec::new();
    let mut refused = None;
    for mut address in addresses {
        // A free port that was found for the first address goes for all.
        if let Some(Ok(first)) = listeners.first().map(TcpListener::local_addr) {
            address.set_port(first.port());
        }
        match bind(address) {
            Ok(listener) => listeners.push(listener),
            Err(error) => refused = Some(error),
        }
    }
    match refused {
        // A machine without IPv6 still names ::1 for localhost.
        Some(error) if listeners.is_empty() || error.kind() == std::io::ErrorKind::AddrInUse => Err(error)
            .with_context(|| {
                format!(
                    "can't listen on {host}:{port}; stop what uses it, or choose another with --api-host and --api-port"
                )
            }),
        _ => Ok(listeners),
    }
}

fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    // A restarted server need not wait for the connections of the one before.
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}
