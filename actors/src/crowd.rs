//! The number of connections at once, in all and per network. Each connection holds a ticket until it ends.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use dashmap::{DashMap, mapref::entry::Entry};

use crate::Network;

/// The connections that hold tickets. A guard of the map never leaves a method.
#[derive(Debug, Default)]
pub struct Crowd {
    all: AtomicUsize,
    by_network: DashMap<Network, usize>,
}

/// The bounds on connections at once.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// The most connections in all.
    pub all: usize,
    /// The most connections from one network; `None` if they are not limited.
    pub network: Option<usize>,
}

/// The bound that refuses a connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Crowded {
    /// The bound on all connections.
    Everywhere,
    /// The bound on the connections of this network.
    Here,
}

/// Counts one connection until it is dropped.
#[derive(Debug)]
pub struct Ticket {
    crowd: Arc<Crowd>,
    network: Network,
}

impl Crowd {
    /// Admits one more connection.
    ///
    /// # Errors
    /// The bound that is reached.
    pub fn admit(self: &Arc<Self>, network: Network, bounds: Bounds) -> Result<Ticket, Crowded> {
        // Counted before it is compared, so that simultaneous connections can't exceed the bound together. Dropping the
        // ticket uncounts the one that is refused.
        let here = {
            let mut count = self.by_network.entry(network).or_default();
            *count += 1;
            *count
        };
        let before = self.all.fetch_add(1, Ordering::Relaxed);
        let ticket = Ticket { crowd: Arc::clone(self), network };
        if bounds.network.is_some_and(|most| here > most) {
            return Err(Crowded::Here);
        }
        if before >= bounds.all { Err(Crowded::Everywhere) } else { Ok(ticket) }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.crowd.all.fetch_sub(1, Ordering::Relaxed);
        if let Entry::Occupied(mut count) = self.crowd.by_network.entry(self.network) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;

    fn network(last: u8) -> Network {
        IpAddr::V4(Ipv4Addr::new(192, 0, 2, last)).into()
    }

    #[test]
    fn the_bounds_are_never_exceeded_and_a_dropped_ticket_frees_a_place() {
        let (crowd, bounds) = (Arc::new(Crowd::default()), Bounds { all: 3, network: Some(2) });
        let first = crowd.admit(network(1), bounds).unwrap();
        let _second = crowd.admit(network(1), bounds).unwrap();
        assert_eq!(crowd.admit(network(1), bounds).unwrap_err(), Crowded::Here);
        let _third = crowd.admit(network(2), bounds).unwrap();
        assert_eq!(crowd.admit(network(3), bounds).unwrap_err(), Crowded::Everywhere);
        drop(first);
        let _again = crowd.admit(network(1), bounds).unwrap();
    }

    #[test]
    fn a_network_without_connections_takes_no_memory() {
        let (crowd, bounds) = (Arc::new(Crowd::default()), Bounds { all: 0, network: None });
        assert_eq!(crowd.admit(network(1), bounds).unwrap_err(), Crowded::Everywhere);
        assert!(crowd.by_network.is_empty() && crowd.all.load(Ordering::Relaxed) == 0);
    }

    #[test]
    fn of_many_who_come_at_once_exactly_as_many_get_in_as_may() {
        let (crowd, bounds) = (Arc::new(Crowd::default()), Bounds { all: 1_000, network: Some(50) });
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let crowd = Arc::clone(&crowd);
                std::thread::spawn(move || (0..100).filter_map(|_| crowd.admit(network(1), bounds).ok()).collect())
            })
            .collect();
        let tickets: Vec<Vec<Ticket>> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        let inside: usize = tickets.iter().map(Vec::len).sum();
        assert!((43..=50).contains(&inside), "{inside} are inside");
    }
}
