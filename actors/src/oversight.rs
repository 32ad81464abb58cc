//! What operators do to people: they cut them off, and keep them out.

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

/// Whose connections are meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Party {
    /// An account's.
    Account(AccountId),
    /// Those from a network.
    Network(IpNet),
    /// This one.
    Connection(ConnectionId),
    /// Those on the seat of this name in a room.
    Player(RoomId, String),
}

impl Engine {
    /// Who sits in a room under a name; `None` if no person does.
    ///
    /// # Errors
    /// [`Denial::RoomNotFound`].
    pub async fn identify(&self, room: RoomId, name: &str) -> Result<Option<Identified>, Denial> {
        let gone = || Denial::RoomNotFound { room: room.to_string() };
        let address = self.rooms().address(room).ok_or_else(gone)?;
        address.send(Identify(name.to_owned())).await.map_err(|_| gone())
    }

    /// Whose an open connection is; `None` if it is not open.
    pub fn identify_connection(&self, connection: ConnectionId) -> Option<Identified> {
        self.connections().identify(connection)
    }

    /// Closes connections, and frees the seats that these people have in waiting rooms; they may not sit down there again for
    /// as long as somebody whom the host removed. Returns how many connections it closed.
    ///
    /// # Errors
    /// [`Denial::RoomNotFound`], [`Denial::NotInRoom`] if nobody sits there under that name.
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

    /// Stores a ban, which holds at once, also for connections that are open; returns how many of them it closed.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn ban(&self, ban: &Ban) -> Result<usize, StoreError> {
        self.bans().add(ban).await?;
        Ok(self.cut_off(&ban.target, Farewell::Banned))
    }

    fn cut_off(&self, target: &BanTarget, farewell: Farewell) -> usize {
        let whom = match target {
            BanTarget::Account(account) => Whom::Account(*account),
            BanTarget::Network(network) => Whom::Network(*network),
        };
        for room in self.rooms().waiting() {
            room.do_send(Evict(whom.clone()));
        }
        let is_meant = |link: &Link| match target {
            BanTarget::Account(account) => link.account == Some(*account),
            BanTarget::Network(network) => network.contains(&link.address.to_canonical()),
        };
        self.connections().close_where(farewell, |_, link| is_meant(link))
    }
}
