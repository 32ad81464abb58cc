//! Rates of new rooms, by connection, network and account.

use std::{
    hash::Hash,
    time::{Duration, Instant},
};

use vocabulary::{AccountId, ConnectionId, Denial};

use super::{Requester, RoomLimits};
use crate::{
    Network,
    window::{Verdict, Window, too_many},
};

const MINUTE: Duration = Duration::from_secs(60);

/// The new rooms of the last minute. A rate that is turned off has no window.
pub(super) struct Rates {
    connections: Option<Window<ConnectionId>>,
    networks: Option<Window<Network>>,
    accounts: Option<Window<AccountId>>,
}

impl Rates {
    pub(super) fn new(limits: &RoomLimits) -> Self {
        Self {
            connections: window(limits.created_per_connection),
            networks: window(limits.created_per_network),
            accounts: window(limits.created_per_account),
        }
    }

    /// Counts a room against all three rates, or against none if one of them refuses it.
    ///
    /// # Errors
    /// [`Denial::RateLimited`] by the first rate that is reached.
    pub(super) fn take(&self, requester: &Requester) -> Result<(), Denial> {
        let Requester { network, account, connection } = *requester;
        take(self.connections.as_ref(), connection)?;
        // A room that a later rate refuses must not count against an earlier one.
        take(self.networks.as_ref(), Some(network))
            .inspect_err(|_| give_back(self.connections.as_ref(), connection))?;
        take(self.accounts.as_ref(), account).inspect_err(|_| {
            give_back(self.connections.as_ref(), connection);
            give_back(self.networks.as_ref(), Some(network));
        })
    }

    /// Uncounts the room that was counted last, because it was not created.
    pub(super) fn give_back(&self, requester: &Requester) {
        give_back(self.connections.as_ref(), requester.connection);
        give_back(self.networks.as_ref(), Some(requester.network));
        give_back(self.accounts.as_ref(), requester.account);
    }
}

fn window<K: Hash + Eq>(allowed: u32) -> Option<Window<K>> {
    (allowed > 0).then(|| Window::new(allowed, MINUTE))
}

fn take<K: Hash + Eq>(window: Option<&Window<K>>, key: Option<K>) -> Result<(), Denial> {
    match window.zip(key).map(|(window, key)| window.take(key, Instant::now())) {
        Some(Verdict { passed: false, limit, reset, .. }) => Err(too_many(limit, MINUTE, reset)),
        Some(_) | None => Ok(()),
    }
}

fn give_back<K: Hash + Eq>(window: Option<&Window<K>>, key: Option<K>) {
    if let Some((window, key)) = window.zip(key) {
        window.give_back_newest(&key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: [u8; 4], account: Option<AccountId>) -> Requester {
        let network = Network::from(std::net::IpAddr::from(address));
        Requester { network, account, connection: Some(ConnectionId::random()) }
    }

    fn limit(refused: Result<(), Denial>) -> Option<u32> {
        match refused {
            Ok(()) => None,
            Err(Denial::RateLimited { limit, .. }) => Some(limit),
            Err(denial) => panic!("{denial:?}"),
        }
    }

    const LIMITS: [u32; 3] = [2, 4, 3];

    fn rates() -> Rates {
        let [created_per_connection, created_per_network, created_per_account] = LIMITS;
        Rates::new(&RoomLimits {
            created_per_connection,
            created_per_network,
            created_per_account,
            ..RoomLimits::default()
        })
    }

    #[test]
    fn a_connection_a_network_and_an_account_have_a_rate_each() {
        let rates = rates();
        let one = at([203, 0, 113, 7], None);
        assert_eq!([0; 3].map(|_| limit(rates.take(&one))), [None, None, Some(2)]);
        let others = [0; 3].map(|_| limit(rates.take(&at([203, 0, 113, 7], None))));
        assert_eq!(others, [None, None, Some(4)], "one network, whatever the connection");
        let account = Some(AccountId::new());
        let moving = [1, 2, 3, 4].map(|last| limit(rates.take(&at([198, 51, 100, last], account))));
        assert_eq!(moving, [None, None, None, Some(3)], "one account, wherever it is");
    }

    #[test]
    fn what_one_rate_refuses_counts_for_no_other() {
        let rates = rates();
        let account = Some(AccountId::new());
        for last in 1..=3 {
            assert_eq!(limit(rates.take(&at([198, 51, 100, last], account))), None);
        }
        for _ in 0..10 {
            assert_eq!(limit(rates.take(&at([203, 0, 113, 7], account))), Some(3));
        }
        assert_eq!(limit(rates.take(&at([203, 0, 113, 7], None))), None, "the network has all of its own");
    }

    #[test]
    fn a_room_that_did_not_come_to_be_is_given_back() {
        let rates = rates();
        let one = at([203, 0, 113, 7], Some(AccountId::new()));
        for _ in 0..10 {
            assert_eq!(limit(rates.take(&one)), None);
            rates.give_back(&one);
        }
    }
}
