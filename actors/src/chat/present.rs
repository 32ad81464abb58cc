//! Presence: the accounts with at least one connection, and the outboxes of chat connections.

use std::{collections::HashMap, sync::Arc};

use vocabulary::{AccountId, ConnectionId, Profile};

use crate::outbox::Outbox;

/// The most accounts that a newcomer is sent.
const TOLD: usize = 500;

/// An account with at least one connection.
pub(super) struct Person {
    pub(super) profile: Arc<Profile>,
    connections: Vec<ConnectionId>,
    chats: Vec<(ConnectionId, Arc<Outbox>)>,
}

/// All accounts with a connection.
#[derive(Default)]
pub(super) struct Present {
    people: HashMap<AccountId, Person>,
}

impl Present {
    /// The number of accounts.
    pub(super) fn count(&self) -> usize {
        self.people.len()
    }

    /// Adds a connection, and returns whether it is the account's first.
    pub(super) fn enter(
        &mut self,
        profile: &Arc<Profile>,
        connection: ConnectionId,
        chat: Option<Arc<Outbox>>,
    ) -> bool {
        let newcomer = || Person { profile: Arc::clone(profile), connections: Vec::new(), chats: Vec::new() };
        let person = self.people.entry(profile.account).or_insert_with(newcomer);
        // The newest connection knows the account's latest avatar and level.
        person.profile = Arc::clone(profile);
        person.connections.push(connection);
        person.chats.extend(chat.map(|outbox| (connection, outbox)));
        person.connections.len() == 1
    }

    /// Removes a connection, and returns the account's profile if it was its last.
    pub(super) fn leave(&mut self, account: AccountId, connection: ConnectionId) -> Option<Arc<Profile>> {
        let person = self.people.get_mut(&account)?;
        person.connections.retain(|id| *id != connection);
        person.chats.retain(|(id, _)| *id != connection);
        if !person.connections.is_empty() {
            return None;
        }
        self.people.remove(&account).map(|person| person.profile)
    }

    /// The profile of an account; `None` if it has no connection.
    pub(super) fn profile(&self, account: AccountId) -> Option<Arc<Profile>> {
        self.people.get(&account).map(|person| Arc::clone(&person.profile))
    }

    /// The outboxes of all chat connections.
    pub(super) fn chats(&self) -> impl Iterator<Item = &Outbox> {
        self.people.values().flat_map(Person::outboxes)
    }

    /// The outboxes of one account's chat connections.
    pub(super) fn chats_of(&self, account: AccountId) -> impl Iterator<Item = &Outbox> {
        self.people.get(&account).into_iter().flat_map(Person::outboxes)
    }

    /// At most [`TOLD`] of the accounts.
    pub(super) fn some(&self) -> impl Iterator<Item = &Person> {
        self.people.values().take(TOLD)
    }
}

impl Person {
    fn outboxes(&self) -> impl Iterator<Item = &Outbox> {
        self.chats.iter().map(|(_, outbox)| &**outbox)
    }
}
