//! The order of decisions: networks take turns, within a network its rooms take turns, and within a room it is first
//! come, first served. So a network with a thousand rooms gets no more than one with a single room.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
};

use vocabulary::RoomId;

use crate::Network;

/// The most waiting items of one network.
const PER_NETWORK: usize = 1_024;
/// The most waiting items in all. Only many networks together can reach it.
const IN_ALL: usize = 16_384;

/// A bounded queue that is fair by network and by room. Rooms whose network is unknown count as one network.
pub(super) struct FairQueue<T> {
    networks: Turns<Option<Network>, Lane<T>>,
    len: usize,
}

/// The items of one network.
struct Lane<T> {
    rooms: Turns<RoomId, VecDeque<T>>,
    len: usize,
}

/// The numbers that wait at the moment at which an item leaves the queue, including that item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Load {
    /// Networks with waiting items.
    pub(super) networks: usize,
    /// Waiting items of this item's network.
    pub(super) of_network: usize,
}

impl<T> FairQueue<T> {
    pub(super) fn new() -> Self {
        Self { networks: Turns::new(), len: 0 }
    }

    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Adds an item, and returns whether there was room for it.
    pub(super) fn push(&mut self, network: Option<Network>, room: RoomId, item: T) -> bool {
        if self.len >= IN_ALL || self.networks.get(&network).is_some_and(|lane| lane.len >= PER_NETWORK) {
            return false;
        }
        let lane = self.networks.get_or_add(network, || Lane { rooms: Turns::new(), len: 0 });
        lane.rooms.get_or_add(room, VecDeque::new).push_back(item);
        lane.len += 1;
        self.len += 1;
        true
    }

    /// Removes the item whose turn it is.
    pub(super) fn pop(&mut self) -> Option<(T, Load)> {
        let networks = self.networks.len();
        let popped = self.networks.take_turn(|lane| {
            // Before the item is taken, so that it is included.
            let of_network = lane.len;
            let item = lane.rooms.take_turn(|items| (items.pop_front(), items.is_empty()));
            lane.len -= usize::from(item.is_some());
            (item.map(|item| (item, Load { networks, of_network })), lane.len == 0)
        });
        self.len -= usize::from(popped.is_some());
        popped
    }
}

/// Values by key, which take turns.
struct Turns<K, V> {
    order: VecDeque<K>,
    values: HashMap<K, V>,
}

impl<K: Copy + Eq + Hash, V> Turns<K, V> {
    fn new() -> Self {
        Self { order: VecDeque::new(), values: HashMap::new() }
    }

    fn len(&self) -> usize {
        self.values.len()
    }

    fn get(&self, key: &K) -> Option<&V> {
        self.values.get(key)
    }

    /// The value of this key; a new one gets the last turn.
    fn get_or_add(&mut self, key: K, new: impl FnOnce() -> V) -> &mut V {
        self.values.entry(key).or_insert_with(|| {
            self.order.push_back(key);
            new()
        })
    }

    /// Gives the first value its turn. `take` returns whether the value is empty then; an empty value is removed.
    fn take_turn<T>(&mut self, take: impl FnOnce(&mut V) -> (Option<T>, bool)) -> Option<T> {
        let key = self.order.pop_front()?;
        let (taken, is_empty) = take(self.values.get_mut(&key)?);
        if is_empty {
            self.values.remove(&key);
        } else {
            self.order.push_back(key);
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;

    fn network(number: u8) -> Option<Network> {
        Some(Network::from(IpAddr::from(Ipv4Addr::new(203, 0, 113, number))))
    }

    fn rooms<const N: usize>() -> [RoomId; N] {
        std::array::from_fn(|_| RoomId::random())
    }

    fn all<T>(queue: &mut FairQueue<T>) -> Vec<T> {
        std::iter::from_fn(|| queue.pop()).map(|(item, _)| item).collect()
    }

    #[test]
    fn a_network_of_one_room_waits_for_one_item_of_a_network_of_many() {
        let mut queue = FairQueue::new();
        for room in rooms::<400>() {
            assert!(queue.push(network(1), room, "attacker"));
        }
        let [room] = rooms();
        assert!(queue.push(network(2), room, "victim"));
        assert_eq!(queue.pop(), Some(("attacker", Load { networks: 2, of_network: 400 })));
        assert_eq!(queue.pop(), Some(("victim", Load { networks: 2, of_network: 1 })));
        assert_eq!(queue.pop(), Some(("attacker", Load { networks: 1, of_network: 399 })));
        assert_eq!(queue.len(), 398);
    }

    #[test]
    fn networks_then_rooms_have_their_turns_and_a_room_keeps_its_order() {
        let mut queue = FairQueue::new();
        let [busy, quiet, other, unknown] = rooms();
        for (network, room, item) in [
            (network(1), busy, "busy 1"),
            (network(1), busy, "busy 2"),
            (network(1), busy, "busy 3"),
            (network(1), quiet, "quiet 1"),
            (network(2), other, "other 1"),
            (network(2), other, "other 2"),
            (None, unknown, "unknown 1"),
        ] {
            assert!(queue.push(network, room, item));
        }
        let expected = ["busy 1", "other 1", "unknown 1", "quiet 1", "other 2", "busy 2", "busy 3"];
        assert_eq!(all(&mut queue), expected);
        assert_eq!(
            (queue.len(), queue.networks.len(), queue.networks.order.len()),
            (0, 0, 0),
            "nothing is left behind"
        );
    }

    #[test]
    fn a_network_that_fills_its_part_leaves_the_others_theirs() {
        let mut queue = FairQueue::new();
        let [one, other] = rooms();
        for _ in 0..PER_NETWORK {
            assert!(queue.push(network(1), one, ()));
        }
        assert!(!queue.push(network(1), one, ()), "the network's part is full");
        assert!(queue.push(network(2), other, ()));
        assert_eq!(all(&mut queue).len(), PER_NETWORK + 1);
    }

    #[test]
    fn the_queue_is_bounded_whatever_the_number_of_networks() {
        let mut queue = FairQueue::new();
        let [room] = rooms();
        for number in 0..=u8::MAX {
            for _ in 0..PER_NETWORK {
                queue.push(network(number), room, ());
            }
        }
        assert_eq!(queue.len(), IN_ALL);
        assert_eq!(all(&mut queue).len(), IN_ALL);
    }
}
