//! The rooms and seats that everybody holds, and the games that only bots play in the order in which they make way.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use vocabulary::{AccountId, RoomId};

use super::{Opener, RoomLimits};
use crate::Network;

/// The place of a bot game in the order of closing: games without spectators first, the oldest of them before the
/// others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Rank {
    watched: bool,
    number: u64,
}

/// A running game in which no person holds a seat.
#[derive(Clone, Copy)]
struct BotGame {
    room: RoomId,
    network: Option<Network>,
}

/// The rooms, seats and bot games of a network. An empty entry is removed, so there are no more entries
/// than rooms and seats.
#[derive(Default)]
struct Holdings {
    rooms: u32,
    seats: u32,
    bot_games: BTreeSet<Rank>,
}

/// The reason why a room is refused, with the limit that was reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Refused {
    /// The limit of the network or of the account.
    Quota(u32),
    /// The room limit of the server.
    Full(usize),
}

/// The counts of all rooms and seats.
pub(super) struct Ledger {
    limits: RoomLimits,
    max_rooms: usize,
    max_bot_games: usize,
    rooms: usize,
    networks: HashMap<Network, Holdings>,
    accounts: HashMap<AccountId, u32>,
    bot_games: BTreeMap<Rank, BotGame>,
    next_number: u64,
}

impl Ledger {
    pub(super) fn new(limits: RoomLimits, max_rooms: usize) -> Self {
        let percent = usize::try_from(limits.bot_games_percent).unwrap_or(usize::MAX);
        Self {
            limits,
            max_rooms,
            max_bot_games: (max_rooms.saturating_mul(percent) / 100).max(1),
            rooms: 0,
            networks: HashMap::new(),
            accounts: HashMap::new(),
            bot_games: BTreeMap::new(),
            next_number: 0,
        }
    }

    /// Counts a new room. If the server is full, the first of the bot games must close for it and is returned.
    pub(super) fn open(&mut self, opener: &Opener) -> Result<Option<RoomId>, Refused> {
        let of_network = opener.network().and_then(|network| self.networks.get(&network)).map_or(0, |held| held.rooms);
        let of_account = opener.account().and_then(|account| self.accounts.get(&account)).copied().unwrap_or(0);
        for (held, limit) in [(of_network, self.limits.open_per_network), (of_account, self.limits.open_per_account)] {
            if is_reached(limit, held) {
                return Err(Refused::Quota(limit));
            }
        }
        let mut makes_way = None;
        if self.rooms >= self.max_rooms {
            // Before the room is counted: if the game does not exist, nothing has changed.
            makes_way = Some(self.pop_bot_game(None).ok_or(Refused::Full(self.max_rooms))?);
        }
        self.count(opener);
        Ok(makes_way)
    }

    /// Counts a room that no limit refuses.
    pub(super) fn count(&mut self, opener: &Opener) {
        self.rooms += 1;
        if let Some(network) = opener.network() {
            self.networks.entry(network).or_default().rooms += 1;
        }
        if let Some(account) = opener.account() {
            *self.accounts.entry(account).or_default() += 1;
        }
    }

    /// Uncounts a room that has ended.
    pub(super) fn close(&mut self, opener: &Opener, rank: Option<Rank>) {
        self.rooms = self.rooms.saturating_sub(1);
        if let Some(rank) = rank {
            self.unrank(rank);
        }
        if let Some(network) = opener.network() {
            self.change(network, |held| held.rooms = held.rooms.saturating_sub(1));
        }
        if let Some(account) = opener.account()
            && let Some(held) = self.accounts.get_mut(&account)
        {
            *held = held.saturating_sub(1);
            if *held == 0 {
                self.accounts.remove(&account);
            }
        }
    }

    /// Adds a bot game to the order, or moves it if it has gained its first spectator or lost its last.
    pub(super) fn rank(&mut self, old: Option<Rank>, room: RoomId, network: Option<Network>, watched: bool) -> Rank {
        let number = match old {
            Some(old) => {
                self.unrank(old);
                old.number
            }
            None => {
                // Numbers only grow, so the oldest game comes first.
                self.next_number += 1;
                self.next_number
            }
        };
        let rank = Rank { watched, number };
        self.bot_games.insert(rank, BotGame { room, network });
        if let Some(network) = network {
            self.networks.entry(network).or_default().bot_games.insert(rank);
        }
        rank
    }

    fn unrank(&mut self, rank: Rank) {
        if let Some(game) = self.bot_games.remove(&rank)
            && let Some(network) = game.network
        {
            self.change(network, |held| {
                held.bot_games.remove(&rank);
            });
        }
    }

    /// Removes the bot games beyond the quotas of this network and of the server from the order, and returns them.
    pub(super) fn excess(&mut self, network: Option<Network>) -> Vec<RoomId> {
        let mut excess = Vec::new();
        let limit = usize::try_from(self.limits.bot_games_per_network).unwrap_or(usize::MAX);
        if let Some(network) = network.filter(|_| limit > 0) {
            let held = self.networks.get(&network).map_or(0, |held| held.bot_games.len());
            excess.extend((limit..held).filter_map(|_| self.pop_bot_game(Some(network))));
        }
        excess.extend((self.max_bot_games..self.bot_games.len()).filter_map(|_| self.pop_bot_game(None)));
        excess
    }

    /// Removes the first bot game from the order of a network, or of all, and returns it.
    fn pop_bot_game(&mut self, network: Option<Network>) -> Option<RoomId> {
        let rank = match network {
            Some(network) => *self.networks.get(&network)?.bot_games.first()?,
            None => *self.bot_games.first_key_value()?.0,
        };
        let room = self.bot_games.get(&rank)?.room;
        self.unrank(rank);
        Some(room)
    }

    /// Counts a seat, or returns the limit that is reached.
    pub(super) fn sit(&mut self, network: Network) -> Result<(), u32> {
        let limit = self.limits.waiting_seats_per_network;
        let held = self.networks.get(&network).map_or(0, |held| held.seats);
        if is_reached(limit, held) {
            return Err(limit);
        }
        self.count_seat(network);
        Ok(())
    }

    /// Counts a seat that no limit refuses.
    pub(super) fn count_seat(&mut self, network: Network) {
        self.networks.entry(network).or_default().seats += 1;
    }

    /// Uncounts a seat that is free again, or whose room no longer waits.
    pub(super) fn stand(&mut self, network: Network) {
        self.change(network, |held| held.seats = held.seats.saturating_sub(1));
    }

    fn change(&mut self, network: Network, change: impl FnOnce(&mut Holdings)) {
        let Some(held) = self.networks.get_mut(&network) else { return };
        change(held);
        // Otherwise every network that was ever here would take memory.
        if held.rooms == 0 && held.seats == 0 && held.bot_games.is_empty() {
            self.networks.remove(&network);
        }
    }
}

/// Whether one more would exceed the limit; 0 disables it.
const fn is_reached(limit: u32, held: u32) -> bool {
    limit > 0 && held >= limit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admission::Requester;

    fn network(last: u8) -> Network {
        Network::from(std::net::IpAddr::from([203, 0, 113, last]))
    }

    fn person(last: u8, account: Option<AccountId>) -> Opener {
        Opener::Person(Requester { network: network(last), account, connection: None })
    }

    fn ledger(max_rooms: usize) -> Ledger {
        let limits = RoomLimits {
            open_per_network: 3,
            open_per_account: 2,
            bot_games_per_network: 2,
            bot_games_percent: 50,
            waiting_seats_per_network: 2,
            ..RoomLimits::default()
        };
        Ledger::new(limits, max_rooms)
    }

    #[test]
    fn a_network_and_an_account_have_a_quota_of_rooms_that_is_given_back() {
        let mut ledger = ledger(100);
        let (account, other) = (Some(AccountId::new()), Some(AccountId::new()));
        assert_eq!([0; 3].map(|_| ledger.open(&person(1, account))), [Ok(None), Ok(None), Err(Refused::Quota(2))]);
        assert_eq!(ledger.open(&person(2, account)), Err(Refused::Quota(2)), "the account counts everywhere");
        assert_eq!([0; 2].map(|_| ledger.open(&person(1, other))), [Ok(None), Err(Refused::Quota(3))]);
        ledger.close(&person(1, account), None);
        assert_eq!(ledger.open(&person(1, None)), Ok(None));
        for opener in [person(1, account), person(1, other), person(1, None)] {
            ledger.close(&opener, None);
        }
        assert!(
            ledger.networks.is_empty() && ledger.accounts.is_empty() && ledger.rooms == 0,
            "nothing is left behind"
        );
    }

    #[test]
    fn when_the_server_is_full_the_oldest_game_that_nobody_watches_makes_way() {
        let mut ledger = ledger(4);
        let rooms = [1, 2, 3, 4].map(|last| {
            assert_eq!(ledger.open(&person(last, None)), Ok(None));
            RoomId::random()
        });
        assert_eq!(ledger.open(&person(5, None)), Err(Refused::Full(4)), "people play in all of them");
        let watched = ledger.rank(None, rooms[0], Some(network(1)), true);
        let left = ledger.rank(None, rooms[1], Some(network(2)), false);
        assert_eq!(ledger.open(&person(5, None)), Ok(Some(rooms[1])));
        ledger.close(&person(2, None), Some(left));
        assert_eq!(ledger.open(&person(6, None)), Ok(Some(rooms[0])), "people come before a game that is watched");
        ledger.close(&person(1, None), Some(watched));
        assert_eq!(ledger.open(&person(7, None)), Err(Refused::Full(4)));
    }

    #[test]
    fn bot_games_beyond_a_quota_are_closed_oldest_first() {
        let mut ledger = ledger(8);
        let mut left_by = |last: Option<u8>| {
            let room = RoomId::random();
            let network = last.map(network);
            ledger.rank(None, room, network, false);
            (room, ledger.excess(network))
        };
        let (first, none) = left_by(Some(1));
        assert!(none.is_empty() && left_by(Some(1)).1.is_empty());
        let (third, excess) = left_by(Some(1));
        assert_eq!(excess, [first], "two of a network");
        assert!(left_by(Some(2)).1.is_empty() && left_by(None).1.is_empty());
        let (_, excess) = left_by(Some(3));
        assert!(excess.len() == 1 && excess[0] != third, "half of the server's rooms in all: {excess:?}");
    }

    #[test]
    fn a_game_that_begins_to_be_watched_keeps_its_age() {
        let mut ledger = ledger(8);
        let (one, two) = (RoomId::random(), RoomId::random());
        let rank = ledger.rank(None, one, Some(network(1)), false);
        ledger.rank(None, two, Some(network(1)), false);
        let watched = ledger.rank(Some(rank), one, Some(network(1)), true);
        assert_eq!(ledger.pop_bot_game(None), Some(two));
        assert_eq!(ledger.rank(Some(watched), one, Some(network(1)), false), rank);
        assert_eq!(ledger.bot_games.len(), 1);
    }

    #[test]
    fn a_network_has_a_quota_of_waiting_seats_that_is_given_back() {
        let mut ledger = ledger(8);
        assert_eq!([0; 3].map(|_| ledger.sit(network(1))), [Ok(()), Ok(()), Err(2)]);
        assert_eq!(ledger.sit(network(2)), Ok(()));
        ledger.stand(network(1));
        assert_eq!(ledger.sit(network(1)), Ok(()));
    }
}
