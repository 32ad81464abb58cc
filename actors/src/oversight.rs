//! What operators do to people: they disconnect or ban them.

use contracts::Farewell;
use ipnet::IpNet;
use store::StoreError;
use vocabulary::{AccountId, ConnectionId, Denial, RoomId};

use crate::{
    Ban, BanTarget, Engine,
    connections::Link,
    room::{
        Identified,
        messages::{Evict, Identify, Whom},
    },
};

/// The people whose connections an operator closes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Party {
    /// An account.
    Account(AccountId),
    /// Everybody in a network.
    Network(IpNet),
    /// One connection.
    Connection(ConnectionId),
    /// The player of this name in a room.
    Player(RoomId, String),
}

impl Engine {
    /// The player of this name in a room; `None` if no person has it.
    ///
    /// # Errors
    /// [`Denial::RoomNotFound`].
    pub async fn identify(&self, room: RoomId, name: &str) -> Result<Option<Identified>, Denial> {
        let gone = || Denial::RoomNotFound { room: room.to_string() };
        let address = self.rooms().address(room).ok_or_else(gone)?;
        address.send(Identify(name.to_owned())).await.map_err(|_| gone())
    }

    /// The owner of an open connection; `None` if it is not open.
    pub fn identify_connection(&self, connection: ConnectionId) -> Option<Identified> {
        self.connections().identify(connection)
    }

    /// Closes connections, and frees the seats of these people in waiting rooms, where they may not sit down again for
    /// as long as a player whom the host removed. Returns the number of closed connections.
    ///
    /// # Errors
    /// [`Denial::RoomNotFound`]; [`Denial::NotInRoom`] if no person of that name sits there.
    pub async fn disconnect(&self, party: &Party) -> Result<usize, Denial> {
        let farewell = Farewell::ClosedByOperator;
        Ok(match party {
            Party::Account(account) => self.cut_off(&BanTarget::Account(*account), farewell),
            Party::Network(network) => self.cut_off(&BanTarget::Network(*network), farewell),
            Party::Connection(connection) => self.connections().close_where(farewell, |id, _| id == *connection),
            Party::Player(room, name) => {
                self.identify(*room, name).await?.ok_or(Denial::NotInRoom)?;
                let gone = || Denial::RoomNotFound { room: room.to_string() };
                let address = self.rooms().address(*room).ok_or_else(gone)?;
                let theirs = address.send(Evict(Whom::Named(name.clone()))).await.map_err(|_| gone())?;
                self.connections().close_where(farewell, |id, _| theirs.contains(&id))
            }
        })
    }

    /// Stores a ban, which applies at once, and closes the open connections that it concerns; returns the number of
    /// them.
    ///
    /// # Errors
    /// The store failed.
    pub async fn ban(&self, ban: &Ban) -> Result<usize, StoreError> {
        self.bans().add(ban).await?;
        Ok(self.cut_off(&ban.target, Farewell::Banned))
    }

    fn cut_off(&self, target: &BanTarget, farewell: Farewell) -> usize {
        for room in self.rooms().waiting() {
            room.do_send(Evict(Whom::Target(*target)));
        }
        let is_meant = |link: &Link| match target {
            BanTarget::Account(account) => link.account == Some(*account),
            BanTarget::Network(network) => network.contains(&link.address.to_canonical()),
        };
        self.connections().close_where(farewell, |_, link| is_meant(link))
    }
}
