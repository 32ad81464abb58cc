//! The registry of open connections, which counts them, cuts those that take nothing, and sends announcements to all.

use std::{net::IpAddr, sync::Arc, time::Instant};

use contracts::{ContractId, Farewell};
use dashmap::DashMap;
use vocabulary::{AccountId, Bulletin, ConnectionId, Denial, LoginId, Stamp};

use crate::{
    Network, Settings,
    outbox::{Frame, Outbox},
};

/// An open connection: its outbox, its contract and its owner.
pub(crate) struct Link {
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) contract: ContractId,
    /// `None` for a guest.
    pub(crate) account: Option<AccountId>,
    /// The login of its token; `None` for guests and for tokens of a version that named no login.
    pub(crate) login: Option<LoginId>,
    /// The address of its client.
    pub(crate) address: IpAddr,
    /// The device name that its client gave.
    pub(crate) device: Option<String>,
}

impl Link {
    fn close(&self, farewell: Farewell) {
        let last_words = self.contract.farewell(farewell, &Stamp::now(None));
        self.outbox.close(self.contract, farewell, last_words.map(|text| Frame::text(&text)));
    }
}

/// A person at a table or behind a connection, as a ban names them.
#[derive(Clone, Copy, Debug)]
pub struct Identified {
    /// `None` for a guest.
    pub account: Option<AccountId>,
    /// `None` if they were not connected since the server started.
    pub network: Option<Network>,
}

/// The registry of connections. A guard of a map never leaves a method.
#[derive(Default)]
pub struct Connections {
    links: DashMap<ConnectionId, Link>,
    /// The connections of each account that has one.
    by_account: DashMap<AccountId, Vec<ConnectionId>>,
}

impl Connections {
    /// The number of open connections.
    pub fn len(&self) -> usize {
        self.links.len()
    }

    /// Whether no connection is open.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// The number of an account's connections in a contract.
    pub fn of_account(&self, contract: ContractId, account: AccountId) -> usize {
        let theirs = self.connections_of(account);
        theirs.iter().filter(|id| self.links.get(id).is_some_and(|link| link.contract == contract)).count()
    }

    /// The number of an account's connections in a contract that a new one from this device would not replace.
    pub fn beside(&self, contract: ContractId, account: AccountId, device: Option<&str>) -> usize {
        let stays = |link: &Link| link.contract == contract && (device.is_none() || link.device.as_deref() != device);
        let theirs = self.connections_of(account);
        theirs.iter().filter(|id| self.links.get(id).is_some_and(|link| stays(&link))).count()
    }

    /// Refuses the request of a connection to a room that no longer knows it.
    pub(crate) fn refuse(&self, connection: ConnectionId, denial: &Denial, stamp: &Stamp) {
        if let Some(link) = self.links.get(&connection) {
            // Nobody reads from a closed outbox.
            let _ = link.outbox.push(&Frame::text(&link.contract.deny(denial, stamp)));
        }
    }

    /// Adds a connection, and closes an older one of the same account, contract and device.
    pub(crate) fn insert(&self, connection: ConnectionId, link: Link) {
        if let Some(account) = link.account {
            if link.device.is_some() {
                self.close_older(account, &link);
            }
            self.by_account.entry(account).or_default().push(connection);
        }
        // Last, so that whoever finds the link here also finds it by its account.
        self.links.insert(connection, link);
    }

    fn close_older(&self, account: AccountId, newer: &Link) {
        for older in self.connections_of(account) {
            if let Some(link) = self.links.get(&older)
                && (link.contract, &link.device) == (newer.contract, &newer.device)
            {
                link.close(Farewell::Replaced);
            }
        }
    }

    fn connections_of(&self, account: AccountId) -> Vec<ConnectionId> {
        self.by_account.get(&account).map(|theirs| theirs.clone()).unwrap_or_default()
    }

    pub(crate) fn remove(&self, connection: ConnectionId) {
        let Some((_, link)) = self.links.remove(&connection) else { return };
        if let Some(account) = link.account {
            self.by_account.remove_if_mut(&account, |_, theirs| {
                theirs.retain(|id| *id != connection);
                theirs.is_empty()
            });
        }
    }

    /// Cuts every connection that has taken nothing for too long while the process ran; returns the number of them.
    pub(crate) fn cut_stalled(&self, settings: &Settings, running_since: Instant) -> usize {
        let stalled = |link: &Link| link.outbox.cut_if_stalled(settings.patience(link.contract), running_since);
        self.links.iter().filter(|link| stalled(link)).count()
    }

    /// Closes every connection, with a last message in its own contract.
    pub fn close_all(&self, farewell: Farewell) {
        self.links.iter().for_each(|link| link.close(farewell));
    }

    /// Sends a bulletin to every connection, encoded once per contract; returns how many it was sent to.
    pub(crate) fn announce(&self, bulletin: &Bulletin) -> usize {
        let stamp = Stamp::now(None);
        let mut encoded = [const { None }; ContractId::COUNT];
        let reached = self.links.iter().filter(|link| {
            let contract = link.contract;
            let frames: &Vec<Frame> = encoded[contract.index()].get_or_insert_with(|| {
                let forewarning = match bulletin {
                    Bulletin::Maintenance(pause) => contract.forewarn(pause, &stamp),
                    Bulletin::Announcement(_) | Bulletin::AnnouncementWithdrawn(_) | Bulletin::MaintenanceOver(_) => {
                        None
                    }
                };
                let texts = forewarning.into_iter().chain([contract.announce(bulletin, &stamp)]);
                texts.map(|text| Frame::text(&text)).collect()
            });
            // The supervisor cuts connections whose outbox stays full.
            frames.iter().all(|frame| link.outbox.push(frame).is_ok())
        });
        reached.count()
    }

    /// Closes the open connections that match; returns the number of them.
    pub(crate) fn close_where(&self, farewell: Farewell, is_meant: impl Fn(ConnectionId, &Link) -> bool) -> usize {
        // A connection that is closing was counted by an earlier call.
        let meant = self.links.iter().filter(|link| is_meant(*link.key(), link) && !link.outbox.is_closing());
        meant.map(|link| link.close(farewell)).count()
    }

    /// The owner of a connection; `None` if it is not open.
    pub(crate) fn identify(&self, connection: ConnectionId) -> Option<Identified> {
        let link = self.links.get(&connection)?;
        Some(Identified { account: link.account, network: Some(link.address.into()) })
    }

    /// Closes all connections of one account.
    pub fn close_of(&self, account: AccountId, farewell: Farewell) {
        self.close_those_of(account, farewell, |_| true);
    }

    /// Closes the connections of an account that one login opened.
    pub fn close_login(&self, account: AccountId, login: LoginId, farewell: Farewell) {
        self.close_those_of(account, farewell, |link| link.login == Some(login));
    }

    fn close_those_of(&self, account: AccountId, farewell: Farewell, is_meant: impl Fn(&Link) -> bool) {
        for connection in self.connections_of(account) {
            if let Some(link) = self.links.get(&connection).filter(|link| is_meant(link)) {
                link.close(farewell);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(account: AccountId, device: Option<&str>) -> Link {
        Link {
            outbox: Arc::new(Outbox::new(1_000, None)),
            contract: ContractId::State,
            account: Some(account),
            login: None,
            address: IpAddr::from([127, 0, 0, 1]),
            device: device.map(str::to_owned),
        }
    }

    #[test]
    fn connections_are_counted_by_account_until_they_end() {
        let (connections, ann) = (Connections::default(), AccountId::new());
        let ids = [ConnectionId::random(), ConnectionId::random()];
        ids.iter().for_each(|id| connections.insert(*id, link(ann, None)));
        assert_eq!(connections.of_account(ContractId::State, ann), 2);
        assert_eq!(connections.of_account(ContractId::Chat, ann), 0);
        ids.iter().for_each(|id| connections.remove(*id));
        connections.remove(ids[0]);
        assert!(connections.by_account.is_empty());
    }

    #[test]
    fn the_end_of_a_login_closes_its_own_connections_and_no_others() {
        let (connections, ann, login) = (Connections::default(), AccountId::new(), LoginId::new());
        let links = [Some(login), Some(LoginId::new()), None].map(|login| Link { login, ..link(ann, None) });
        let outboxes: Vec<_> = links.iter().map(|link| Arc::clone(&link.outbox)).collect();
        links.into_iter().for_each(|link| connections.insert(ConnectionId::random(), link));
        connections.close_login(ann, login, Farewell::InvalidToken);
        let open: Vec<bool> = outboxes.iter().map(|outbox| !outbox.is_closing()).collect();
        assert_eq!(open, [false, true, true]);
        connections.close_of(ann, Farewell::InvalidToken);
        assert!(outboxes.iter().all(|outbox| outbox.is_closing()));
    }

    #[test]
    fn of_one_device_the_newer_connection_wins() {
        let (connections, ann) = (Connections::default(), AccountId::new());
        let (older, other) = (link(ann, Some("phone")), link(ann, Some("tablet")));
        let (phone, tablet) = (Arc::clone(&older.outbox), Arc::clone(&other.outbox));
        connections.insert(ConnectionId::random(), older);
        connections.insert(ConnectionId::random(), other);
        connections.insert(ConnectionId::random(), link(ann, Some("phone")));
        assert!(phone.push(&Frame::text("x")).is_err(), "closed");
        assert!(tablet.push(&Frame::text("x")).is_ok());
    }
}
