//! The network of a client, against which limits per address count.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
};

use chronicle::NetworkMark;
use ipnet::IpNet;
use sha2::{Digest, Sha256};
use vocabulary::RoomId;

/// An IPv4 address, or the /64 of an IPv6 address: an IPv6 customer has at least a /64, so all of its 2⁶⁴ addresses
/// count as one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Network(IpAddr);

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
            address => address,
        })
    }
}

impl Network {
    /// Three bytes of a hash of the network and the room, for the room's journal: enough to recognise the network in
    /// this room, too little to find out which one it is.
    pub(crate) fn mark(self, room: RoomId) -> NetworkMark {
        let hash = Sha256::new().chain_update(room.as_str()).chain_update(self.0.to_string()).finalize();
        NetworkMark([hash[0], hash[1], hash[2]])
    }

    /// Whether all of its addresses are in this network.
    pub(crate) fn is_within(self, network: &IpNet) -> bool {
        network.contains(&IpNet::from(self))
    }
}

impl From<Network> for IpNet {
    /// The address alone, or the whole /64.
    fn from(Network(address): Network) -> Self {
        let length = if address.is_ipv4() { 32 } else { 64 };
        Self::new(address, length).unwrap_or_else(|_| Self::from(address))
    }
}

impl fmt::Display for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_one_networks_in_one_room() {
        let network = |address: &str| Network::from(address.parse::<IpAddr>().unwrap());
        let (here, there) = ("ABCD2345".parse().unwrap(), "ABCD2346".parse().unwrap());
        let mark = network("203.0.113.7").mark(here);
        assert_eq!(network("::ffff:203.0.113.7").mark(here), mark);
        assert_ne!(network("203.0.113.8").mark(here), mark);
        assert_ne!(network("203.0.113.7").mark(there), mark);
        assert_eq!(mark, NetworkMark([138, 199, 184]), "journals keep it");
    }

    #[test]
    fn a_network_is_banned_as_a_whole() {
        for (address, within) in [("203.0.113.7", "203.0.113.7/32"), ("2001:db8::7", "2001:db8::/64")] {
            let network = Network::from(address.parse::<IpAddr>().unwrap());
            assert_eq!(IpNet::from(network).to_string(), within);
            assert!(network.is_within(&within.parse().unwrap()));
            assert!(!network.is_within(&"2001:db8::7/128".parse().unwrap()));
        }
    }

    #[test]
    fn addresses_of_one_slash_64_are_one_network() {
        let network = |address: &str| Network::from(address.parse::<IpAddr>().unwrap());
        for (one, other, same) in [
            ("203.0.113.7", "203.0.113.7", true),
            ("203.0.113.7", "203.0.113.8", false),
            ("203.0.113.7", "::ffff:203.0.113.7", true),
            ("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true),
            ("2001:db8:0:1::1", "2001:db8:0:2::1", false),
        ] {
            assert_eq!(network(one) == network(other), same, "{one} {other}");
        }
    }
}
