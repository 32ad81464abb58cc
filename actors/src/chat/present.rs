//! Who is there: accounts with at least one connection, and the ways out of those that chat.

use std::{collections::HashMap, sync::Arc};

use vocabulary::{AccountId, ConnectionId, Profile};

use crate::outbox::Outbox;

/// The most people that a newcomer is told of.
const TOLD: usize = 500;

/// An account that is there.
pub(super) struct Person {
    pub(super) profile: Arc<Profile>,
    connections: Vec<ConnectionId>,
    chats: Vec<(ConnectionId, Arc<Outbox>)>,
}

/// Everybody who is there.
#[derive(Default)]
pub(super) struct Present {
    people: HashMap<AccountId, Person>,
}

impl Present {
    /// How many accounts are there.
    pub(super) fn count(&self) -> usize {
        self.people.len()
    }

    /// Enters a connection; whether it is the account's first.
    pub(super) fn enter(
        &mut self,
        profile: &Arc<Profile>,
        connection: ConnectionId,
        chat: Option<Arc<Outbox>>,
    ) -> bool {
        let newcomer = || Person { profile: Arc::clone(profile), connections: Vec::new(), chats: Vec::new() };
        let person = self.people.entry(profile.account).or_insert_with(newcomer);
        // The newest knows the account's present picture and level.
        person.profile = Arc::clone(profile);
        person.connections.push(connection);
        person.chats.extend(chat.map(|outbox| (connection, outbox)));
        person.connections.len() == 1
    }

    /// Takes a connection away; the account's profile if it was its last.
    pub(super) fn leave(&mut self, account: AccountId, connection: ConnectionId) -> Option<Arc<Profile>> {
        let person = self.people.get_mut(&account)?;
        person.connections.retain(|id| *id != connection);
        person.chats.retain(|(id, _)| *id != connection);
        if !person.connections.is_empty() {
            return None;
        }
        self.people.remove(&account).map(|person| person.profile)
    }

    /// The profile of an account that is there.
    pub(super) fn profile(&self, account: AccountId) -> Option<Arc<Profile>> {
        self.people.get(&account).map(|person| Arc::clone(&person.profile))
    }

    /// All connections that chat.
    pub(super) fn chats(&self) -> impl Iterator<Item = &Outbox> {
        self.people.values().flat_map(Person::outboxes)
    }

    /// Those of one account.
    pub(super) fn chats_of(&self, account: AccountId) -> impl Iterator<Item = &Outbox> {
        self.people.get(&account).into_iter().flat_map(Person::outboxes)
    }

    /// Some of those who are there, at most as many as a newcomer is told of.
    pub(super) fn some(&self) -> impl Iterator<Item = &Person> {
        self.people.values().take(TOLD)
    }
}

impl Person {
    fn outboxes(&self) -> impl Iterator<Item = &Outbox> {
        self.chats.iter().map(|(_, outbox)| &**outbox)
    }
}
