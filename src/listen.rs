//! The sockets that the server listens on, bound before anything else is started.

use std::net::{SocketAddr, TcpListener, ToSocketAddrs};

use anyhow::Context;
use socket2::{Domain, Socket, Type};

/// How many connections may wait to be accepted.
const BACKLOG: i32 = 4_096;

/// Every address of the host, as `localhost` may have one of each family. An IPv6 address may stand in brackets.
///
/// # Errors
/// A sentence that says what to do, if the host has no address.
pub(crate) fn addresses(host: &str, port: u16) -> anyhow::Result<Vec<SocketAddr>> {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let addresses = (bare, port).to_socket_addrs();
    let addresses = addresses
        .with_context(|| format!("API_HOST {host} has no address; set it to a name or an address of this machine"))?;
    Ok(addresses.collect())
}

/// `host:port` for a URL, with an IPv6 address in brackets.
pub(crate) fn authority(host: &str, port: u16) -> String {
    if host.contains(':') && !host.starts_with('[') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

/// Listens on all of these addresses of a host. Port 0 takes one that is free.
///
/// # Errors
/// A sentence that says what to do, if none is available.
pub(crate) fn listen(host: &str, addresses: Vec<SocketAddr>) -> anyhow::Result<Vec<TcpListener>> {
    let port = addresses.first().map_or(0, SocketAddr::port);
    let mut listeners: Vec<TcpListener> = Vec::new();
    let mut refused = None;
    for mut address in addresses {
        // All addresses use the free port that was found for the first one.
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
                let place = authority(host, port);
                format!(
                    "can't listen on {place}; stop what uses it, or choose another with --api-host (API_HOST) and \
                     --api-port (API_PORT)"
                )
            }),
        _ => Ok(listeners),
    }
}

fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    // Otherwise a restarted server would have to wait for the connections of its predecessor.
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_address_is_read_with_and_without_brackets() {
        for host in ["::1", "[::1]"] {
            assert_eq!(addresses(host, 80).unwrap(), ["[::1]:80".parse::<SocketAddr>().unwrap()], "{host}");
        }
        assert!(format!("{:#}", addresses("[::1", 80).unwrap_err()).contains("API_HOST"));
    }

    #[test]
    fn an_ipv6_address_is_printed_in_brackets() {
        for (host, printed) in [("::1", "[::1]:8000"), ("[::1]", "[::1]:8000"), ("localhost", "localhost:8000")] {
            assert_eq!(authority(host, 8000), printed);
        }
    }
}
