//! How many connections there are at once, in all and from one network. Each holds a ticket for as long as it lives.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use dashmap::{DashMap, mapref::entry::Entry};

use crate::Network;

/// Those who are there. A guard of the map never leaves a method.
#[derive(Debug, Default)]
pub struct Crowd {
    all: AtomicUsize,
    by_network: DashMap<Network, usize>,
}

/// How many there may be.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// In all.
    pub all: usize,
    /// From one network; `None` where nobody counts them.
    pub network: Option<usize>,
}

/// Why a connection gets no ticket.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Crowded {
    /// There are as many as there may be.
    Everywhere,
    /// There are as many as this network may have.
    Here,
}

/// One of the crowd, until it is dropped.
#[derive(Debug)]
pub struct Ticket {
    crowd: Arc<Crowd>,
    network: Network,
}

impl Crowd {
    /// Takes one more in.
    ///
    /// # Errors
    /// When there are as many as the bounds allow.
    pub fn admit(self: &Arc<Self>, network: Network, bounds: Bounds) -> Result<Ticket, Crowded> {
        // Counted before it is compared, so that of many who come at once no more get in than may. Whoever does not is
        // counted out again by the drop of the ticket.
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
    fn there_are_never_more_than_the_bounds_and_a_place_that_is_given_back_is_free() {
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
