//! Who the client is, also behind proxies. Their headers count only if the operator trusts them.

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use actix_web::{
    HttpRequest,
    http::header::{HOST, HeaderName, X_FORWARDED_FOR, X_FORWARDED_HOST, X_FORWARDED_PROTO},
    web::{Data, Query},
};
use actors::outbox::Wire;
use anyhow::Context;
use ipnet::IpNet;

/// The proxies of `TRUSTED_PROXIES`.
pub(crate) struct Proxies(Vec<IpNet>);

impl Proxies {
    /// # Errors
    /// A sentence that names the entry that is not valid.
    pub(crate) fn parse(entries: &[String]) -> anyhow::Result<Self> {
        let entries = entries.iter().map(|entry| entry.trim()).filter(|entry| !entry.is_empty());
        let network = |entry: &str| {
            let network = entry.parse::<IpNet>().or_else(|_| entry.parse::<IpAddr>().map(IpNet::from));
            network.with_context(|| {
                format!("TRUSTED_PROXIES: {entry} is no address and no network; write 10.0.0.7 or 10.0.0.0/8")
            })
        };
        Ok(Self(entries.map(network).collect::<anyhow::Result<_>>()?))
    }

    /// Whether a network contains an address of a proxy.
    pub(crate) fn overlap(&self, network: &IpNet) -> bool {
        self.0.iter().any(|proxy| actors::overlap(proxy, network))
    }

    /// Whether an address is that of a proxy.
    pub(crate) fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The hops are those that the proxies named, the nearest last. Each was named by the hop after it, so nothing
    /// before the first untrusted hop counts.
    fn client<'a>(&self, peer: IpAddr, hops: impl DoubleEndedIterator<Item = &'a str>) -> IpAddr {
        let mut nearest = peer.to_canonical();
        for hop in hops.rev() {
            if !self.trusts(nearest) {
                break;
            }
            match address_in(hop) {
                Some(address) => nearest = address,
                None => break,
            }
        }
        nearest
    }
}

/// The client's address: the peer's, or the one that trusted proxies report.
pub(crate) fn address(request: &HttpRequest) -> IpAddr {
    // Only a test of a handler alone has no address.
    let peer = request.peer_addr().map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |peer| peer.ip());
    let hops: Vec<&str> = values(request, &X_FORWARDED_FOR).collect();
    request.app_data::<Data<Proxies>>().map_or(peer, |proxies| proxies.client(peer, hops.into_iter()))
}

/// A parameter of the query.
pub(crate) fn parameter(request: &HttpRequest, wanted: &str) -> Option<String> {
    let pairs = Query::<Vec<(String, String)>>::from_query(request.query_string()).ok()?.into_inner();
    pairs.into_iter().find(|(name, _)| name == wanted).map(|(_, value)| value)
}

/// Whether the client speaks TLS, with this server or with a trusted proxy.
pub(crate) fn is_secure(request: &HttpRequest) -> bool {
    match forwarded(request, &X_FORWARDED_PROTO) {
        Some(scheme) => scheme.eq_ignore_ascii_case("https"),
        None => request.conn_data::<Arc<Wire>>().is_some_and(|wire| wire.is_encrypted()),
    }
}

/// The scheme that the client used, as reported by the nearest proxy, if that is trusted.
pub(crate) fn forwarded_scheme(request: &HttpRequest) -> Option<&str> {
    forwarded(request, &X_FORWARDED_PROTO)
}

/// Whether the request crossed a network unencrypted, from a peer that is not a trusted proxy.
pub(crate) fn is_exposed(request: &HttpRequest) -> bool {
    let is_encrypted = request.conn_data::<Arc<Wire>>().is_some_and(|wire| wire.is_encrypted());
    let is_near = |peer: IpAddr| {
        let trusted = request.app_data::<Data<Proxies>>().is_some_and(|proxies| proxies.trusts(peer));
        trusted || peer.is_loopback()
    };
    !is_encrypted && request.peer_addr().is_some_and(|peer| !is_near(peer.ip().to_canonical()))
}

/// The name, and the port if there is one, by which the client knows this server.
pub(crate) fn host(request: &HttpRequest) -> Option<&str> {
    forwarded(request, &X_FORWARDED_HOST).or_else(|| request.headers().get(HOST)?.to_str().ok())
}

/// The header of the nearest proxy, if that is trusted.
fn forwarded<'a>(request: &'a HttpRequest, header: &HeaderName) -> Option<&'a str> {
    let peer = request.peer_addr()?.ip().to_canonical();
    let trusted = request.app_data::<Data<Proxies>>().is_some_and(|proxies| proxies.trusts(peer));
    values(request, header).last().filter(|value| trusted && !value.is_empty())
}

fn values<'a>(request: &'a HttpRequest, header: &HeaderName) -> impl Iterator<Item = &'a str> + use<'a> {
    let lines = request.headers().get_all(header).filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',').map(str::trim))
}

/// Some proxies add the port.
fn address_in(hop: &str) -> Option<IpAddr> {
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &str, peer: &str, hops: &str) -> String {
        let entries: Vec<String> = proxies.split(',').map(str::to_owned).collect();
        let hops: Vec<&str> = hops.split(',').map(str::trim).filter(|hop| !hop.is_empty()).collect();
        Proxies::parse(&entries).unwrap().client(peer.parse().unwrap(), hops.into_iter()).to_string()
    }

    #[test]
    fn the_client_is_the_nearest_hop_that_is_not_trusted() {
        for (proxies, peer, hops, expected) in [
            ("", "198.51.100.1", "203.0.113.9", "198.51.100.1"),
            ("10.0.0.0/8", "198.51.100.1", "203.0.113.9", "198.51.100.1"),
            ("10.0.0.0/8", "10.1.2.3", "203.0.113.9", "203.0.113.9"),
            ("10.0.0.0/8", "10.1.2.3", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
            ("10.0.0.0/8", "10.1.2.3", "1.1.1.1, 203.0.113.9, 10.9.9.9", "203.0.113.9"),
            ("10.0.0.0/8", "10.1.2.3", "10.9.9.9", "10.9.9.9"),
            ("10.0.0.0/8", "10.1.2.3", "", "10.1.2.3"),
            ("10.0.0.0/8", "10.1.2.3", "1.1.1.1, nonsense", "10.1.2.3"),
            ("10.0.0.0/8", "10.1.2.3", "1.1.1.1, nonsense, 10.9.9.9", "10.9.9.9"),
            ("10.1.2.3", "::ffff:10.1.2.3", "203.0.113.9:4711", "203.0.113.9"),
            ("::1, fd00::/8", "::1", "2001:db8::7, [fd00::2]:443", "2001:db8::7"),
        ] {
            assert_eq!(client(proxies, peer, hops), expected, "{proxies} | {peer} | {hops}");
        }
    }

    #[test]
    fn an_entry_that_is_no_network_is_named() {
        for entry in ["proxy.example", "10.0.0.0/33", "10.0.0"] {
            let error = Proxies::parse(&[entry.to_owned()]).err().unwrap();
            assert!(format!("{error:#}").contains(entry));
        }
    }
}
