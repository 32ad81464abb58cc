//! Limits the sockets of one address, before anything is read from them. A socket that is too much is closed without an
//! answer: TLS has not begun, and HTTP answers only requests.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use actix_web::web::Data;
use actors::{Bounds, Crowd, Crowded, Limit, Ticket};

use crate::{rest::client::Proxies, settings::ServeSettings};

/// Admits sockets.
#[derive(Clone)]
pub(crate) struct Gate {
    crowd: Arc<Crowd>,
    proxies: Data<Proxies>,
    bounds: Bounds,
    /// Sockets beside those of everybody that only this machine can have: an operator at its console gets through when
    /// everything else is taken.
    reserve: usize,
}

impl Gate {
    pub(crate) fn new(settings: &ServeSettings, proxies: Data<Proxies>) -> Self {
        let engine = settings.engine();
        let all = engine.max_connections.saturating_add(settings.edge.http_connections());
        // Half as many again for plain requests, and for answers to those who have too many.
        let network = engine.connections_per_address.map(|most| most.saturating_add(most.div_ceil(2)));
        let bounds = Bounds { all, network };
        Self { crowd: Arc::default(), proxies, bounds, reserve: engine.operator_connections }
    }

    /// The most sockets that can be open.
    pub(crate) const fn sockets(&self) -> usize {
        self.bounds.all.saturating_add(self.reserve)
    }

    /// The ticket of a new socket; `None` if it must be closed.
    pub(crate) fn admit(&self, peer: SocketAddr) -> Option<Ticket> {
        let address = peer.ip();
        match self.crowd.admit(address.into(), self.bounds_of(address)) {
            Ok(ticket) => Some(ticket),
            Err(Crowded::Here) => {
                Limit::SocketsPerAddress.hit();
                None
            }
            Err(Crowded::Everywhere) => {
                Limit::Connections.hit();
                None
            }
        }
    }

    /// A proxy carries everybody's connections, and may be on this machine although they are not.
    fn bounds_of(&self, address: IpAddr) -> Bounds {
        let address = address.to_canonical();
        if self.proxies.trusts(address) {
            return Bounds { network: None, ..self.bounds };
        }
        if address.is_loopback() {
            return Bounds { all: self.sockets(), ..self.bounds };
        }
        self.bounds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(proxies: &str) -> Gate {
        let bounds = Bounds { all: 4, network: Some(3) };
        let proxies = Data::new(Proxies::parse(&[proxies.to_owned()]).unwrap());
        Gate { crowd: Arc::default(), proxies, bounds, reserve: 2 }
    }

    /// How many of ten sockets of an address get in.
    fn enter(gate: &Gate, address: &str, inside: &mut Vec<Ticket>) -> usize {
        let peer = SocketAddr::new(address.parse().unwrap(), 4711);
        let tickets: Vec<Ticket> = (0..10).filter_map(|_| gate.admit(peer)).collect();
        let count = tickets.len();
        inside.extend(tickets);
        count
    }

    #[test]
    fn one_address_leaves_room_for_another_and_all_of_them_for_this_machine() {
        let (gate, mut inside) = (gate(""), Vec::new());
        assert_eq!(enter(&gate, "2001:db8::1", &mut inside), 3);
        assert_eq!(enter(&gate, "2001:db8::2", &mut inside), 0, "the same /64");
        assert_eq!(enter(&gate, "192.0.2.1", &mut inside), 1);
        assert_eq!(enter(&gate, "127.0.0.1", &mut inside), 2);
        inside.clear();
        assert_eq!(enter(&gate, "2001:db8::2", &mut inside), 3);
    }

    #[test]
    fn a_trusted_proxy_has_no_limit_of_its_own_and_takes_no_places_of_this_machine() {
        let (gate, mut inside) = (gate("127.0.0.1"), Vec::new());
        assert_eq!(enter(&gate, "127.0.0.1", &mut inside), 4);
    }
}
