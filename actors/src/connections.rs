//! All open connections: to count them, to cut those that take nothing, to tell them that the server stops.

use std::sync::Arc;

use bytestring::ByteString;
use contracts::{ContractId, Farewell};
use dashmap::DashMap;
use vocabulary::{AccountId, Announcement, ConnectionId, Stamp};

use crate::{
    Settings,
    session::{Frame, Outbox},
};

/// One connection's way out, and its language.
struct Link {
    outbox: Arc<Outbox>,
    contract: ContractId,
    account: Option<AccountId>,
}

impl Link {
    fn close(&self, farewell: Farewell) {
        let last_words = self.contract.farewell(farewell, &Stamp::now(None));
        self.outbox.close(farewell, last_words.map(|text| Frame::text(&text)));
    }
}

/// The registry of connections.
#[derive(Default)]
pub struct Connections {
    links: DashMap<ConnectionId, Link>,
}

impl Connections {
    /// How many are open.
    pub fn len(&self) -> usize {
        self.links.len()
    }

    /// Whether none is open.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    pub(crate) fn insert(
        &self,
        connection: ConnectionId,
        outbox: Arc<Outbox>,
        contract: ContractId,
        account: Option<AccountId>,
    ) {
        self.links.insert(connection, Link { outbox, contract, account });
    }

    pub(crate) fn remove(&self, connection: ConnectionId) {
        self.links.remove(&connection);
    }

    /// Cuts every connection that has taken nothing for too long; returns how many.
    pub(crate) fn cut_stalled(&self, settings: &Settings) -> usize {
        self.links.iter().filter(|link| link.outbox.cut_if_stalled(settings.patience(link.contract))).count()
    }

    /// Says good-bye to everybody, each in their own contract.
    pub fn close_all(&self, farewell: Farewell) {
        self.links.iter().for_each(|link| link.close(farewell));
    }

    /// Tells everybody whose contract has a word for it; returns how many that were.
    pub fn announce(&self, announcement: &Announcement) -> usize {
        let stamp = Stamp::now(None);
        let mut words = [const { None }; ContractId::COUNT];
        let told = self.links.iter().filter(|link| {
            let frame = words[link.contract.index()].get_or_insert_with(|| {
                link.contract.announce(announcement, &stamp).map(|text: ByteString| Frame::text(&text))
            });
            // One that takes nothing is cut by others.
            frame.as_ref().is_some_and(|frame| link.outbox.push(frame).is_ok())
        });
        told.count()
    }

    /// The same to all connections of one account.
    pub fn close_of(&self, account: AccountId, farewell: Farewell) {
        self.links.iter().filter(|link| link.account == Some(account)).for_each(|link| link.close(farewell));
    }
}
