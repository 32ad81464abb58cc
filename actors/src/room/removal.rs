//! Players whom the host or an operator has removed from a waiting room: the seat is free at once, and for a while they
//! may not come back.
//!
//! An account is recognised by its id. A guest is recognised by the connection, the secret of the lost seat, the name,
//! or the network. The network counts only for guests, and not if it is the host's own: a family or a class behind one
//! address knows each other, and others there may sit down after one of them was removed. The same exception keeps a
//! proxy that `TRUSTED_PROXIES` does not name from blocking everybody.

use std::time::Duration;

use actix::{Context, Handler, MessageResult};
use chronicle::{Answers, Fact, Removal, Stage};
use contracts::{ContractId, Farewell};
use game_rules::Seat;
use vocabulary::{AccountId, ConnectionId, Denial, Name, Occupant, RoomId, SessionToken, Stamp, Timestamp};

use super::{
    Room,
    broadcast::Member,
    messages::{Evict, Identify, Listener, Whom},
};
use crate::{BanTarget, Limit, Network, connections::Identified, lobby::Listen, outbox::Frame};

/// Removed connections that a room remembers; the oldest is forgotten first.
const SHOWN_OUT: usize = 64;

/// A player who wants a seat.
pub(super) struct Newcomer<'a> {
    pub(super) name: &'a Name,
    pub(super) account: Option<AccountId>,
    /// `None` for a request over REST.
    pub(super) connection: Option<ConnectionId>,
    pub(super) network: Network,
}

impl Newcomer<'_> {
    fn is(&self, removed: &Removal, room: RoomId) -> bool {
        if self.account.is_some() {
            return self.account == removed.account;
        }
        let network = || removed.network == Some(self.network.mark(room));
        removed.name.resembles(self.name) || network()
    }
}

impl Room {
    /// Refuses a player who was removed.
    pub(super) fn check_newcomer(&self, newcomer: &Newcomer<'_>) -> Result<(), Denial> {
        let by_connection = newcomer.connection.and_then(|connection| {
            let shown_out = self.shown_out.iter().rev().find(|(removed, _)| *removed == connection);
            shown_out.map(|(_, at)| *at)
        });
        self.keep_away(by_connection.max(self.removed_at(|removed| newcomer.is(removed, self.id))))
    }

    /// Refuses a spectator whose account was removed.
    pub(super) fn check_account(&self, account: AccountId) -> Result<(), Denial> {
        self.keep_away(self.removed_at(|removed| removed.account == Some(account)))
    }

    /// The refusal of a secret that opens no seat: it says so if the seat was lost by a removal.
    pub(super) fn wrong_token(&self, token: &SessionToken) -> Denial {
        let hash = token.hash();
        self.keep_away(self.removed_at(|removed| removed.token == Some(hash))).err().unwrap_or(Denial::WrongToken)
    }

    /// The time of the last removal that this is true of.
    fn removed_at(&self, is_meant: impl Fn(&Removal) -> bool) -> Option<Timestamp> {
        self.state.removals.iter().rev().find(|removed| is_meant(removed)).map(|removed| removed.at)
    }

    fn keep_away(&self, removed_at: Option<Timestamp>) -> Result<(), Denial> {
        let Some(at) = removed_at else { return Ok(()) };
        let left = self.services.settings.removed_for.saturating_sub(Timestamp::now().since(at));
        if left == Duration::ZERO {
            return Ok(());
        }
        Limit::RemovedPlayers.hit();
        Err(Denial::Removed { retry_after_ms: u64::try_from(left.as_millis()).unwrap_or(u64::MAX).max(1) })
    }

    /// The fact that removes a player; only the host may ask for it.
    pub(super) fn player_removal_fact(&self, host: Seat, occupant: &Occupant) -> Result<Fact, Denial> {
        self.waiting_only()?;
        let people = || self.state.roster.players().filter(|(seat, player)| *seat != host && !player.is_bot());
        let is_meant = |seat: Seat, name: &Name| match occupant {
            Occupant::At(place) => seat == *place,
            Occupant::Named(text) => name.is_meant_by(text),
        };
        match people().find(|(seat, player)| is_meant(*seat, &player.name)) {
            Some((seat, _)) => Ok(self.removal_of(seat)),
            None => {
                let people = people().map(|(seat, player)| (seat, player.name.clone())).collect();
                Err(Denial::NoPlayerThere { people })
            }
        }
    }

    /// The removal of a seat's player. If the host's network is unknown, the player's is not noted either, because they
    /// may be the same.
    fn removal_of(&self, seat: Seat) -> Fact {
        let of_host = self.state.roster.host.and_then(|host| self.networks[host]);
        let network = self.networks[seat].filter(|network| of_host.is_some_and(|of_host| of_host != *network));
        Fact::Removed { seat, network: network.map(|network| network.mark(self.id)) }
    }

    /// Removes the connections of removed players, now that the removal is durable. Their last messages are not sent
    /// yet; after that, [`show_away`](Self::show_away) closes those that can't go anywhere else.
    pub(super) fn take_out(&mut self, removed: &[(Seat, Option<AccountId>)]) -> Vec<Member> {
        let mut gone = Vec::new();
        for (seat, account) in removed {
            let is_gone = |member: &mut Member| {
                member.seat == Some(*seat) || account.is_some() && member.listener.account == *account
            };
            gone.extend(self.audience.members.extract_if(.., is_gone));
            self.audience.forget(*seat);
            self.networks[*seat] = None;
            self.answers[*seat] = Answers::default();
        }
        for Member { listener, .. } in &gone {
            if self.shown_out.len() == SHOWN_OUT {
                self.shown_out.pop_front();
            }
            self.shown_out.push_back((listener.connection, Timestamp::now()));
            // Only contract *game* has a lobby.
            if listener.contract == ContractId::Game {
                self.send_to_lobby(listener);
            }
        }
        self.note_desertion();
        gone
    }

    /// Sends a connection back to the lobby. Its session learns of it with its client's next message, and may leave the
    /// lobby from then on.
    fn send_to_lobby(&self, listener: &Listener) {
        let Listener { connection, outbox, contract, from_lobby, progress, .. } = listener;
        if *from_lobby {
            let (connection, outbox, contract) = (*connection, std::sync::Arc::clone(outbox), *contract);
            self.services.lobby.do_send(Listen { connection, outbox, contract });
        }
        progress.end();
    }

    /// Closes connections that can't go anywhere else; those that follow several games receive the event.
    pub(super) fn show_away(&self, gone: &[Member]) {
        let lasts = u64::try_from(self.services.settings.removed_for.as_millis()).unwrap_or(u64::MAX);
        for member in gone {
            let Listener { contract, outbox, .. } = &member.listener;
            match contract {
                ContractId::State => {
                    let stamp = Stamp { sequence: Some(self.state.sequence), ..Stamp::now(Some(self.id)) };
                    let text = contract.deny(&Denial::Removed { retry_after_ms: lasts }, &stamp);
                    // A full outbox has closed the connection itself.
                    let _ = outbox.push(&Frame::text(&text));
                }
                ContractId::Battles => member.dismiss(Farewell::Removed, self.id),
                ContractId::Game | ContractId::LiveLog | ContractId::Chat => {}
            }
        }
    }
}

impl Handler<Evict> for Room {
    type Result = MessageResult<Evict>;

    /// Removes people for an operator, if the game has not begun.
    fn handle(&mut self, Evict(whom): Evict, ctx: &mut Context<Self>) -> Self::Result {
        let meant: Vec<Seat> = Seat::ALL.into_iter().filter(|seat| self.is_meant(*seat, &whom)).collect();
        let connections =
            self.audience.members.iter().filter(|member| member.seat.is_some_and(|seat| meant.contains(&seat)));
        let connections = connections.map(|member| member.listener.connection).collect();
        if matches!(self.state.stage, Stage::Waiting) && !self.is_frozen() && !meant.is_empty() {
            for seat in meant {
                self.remove(seat);
            }
            self.settle(ctx);
        }
        MessageResult(connections)
    }
}

impl Room {
    fn is_meant(&self, seat: Seat, whom: &Whom) -> bool {
        let Some(player) = self.state.roster.seats[seat].as_ref().filter(|player| !player.is_bot()) else {
            return false;
        };
        match whom {
            Whom::Target(BanTarget::Account(account)) => player.account == Some(*account),
            Whom::Target(BanTarget::Network(network)) => {
                self.networks[seat].is_some_and(|of_seat| of_seat.is_within(network))
            }
            Whom::Named(name) => player.name.is_meant_by(name),
        }
    }

    /// The account of the person at this seat.
    pub(super) fn account_at(&self, seat: Seat) -> Option<AccountId> {
        self.state.roster.seats[seat].as_ref().and_then(|player| player.account)
    }

    fn remove(&mut self, seat: Seat) {
        let fact = self.removal_of(seat);
        self.pending.note_removal(seat, self.account_at(seat));
        self.happen(fact);
    }
}

impl Handler<Identify> for Room {
    type Result = MessageResult<Identify>;

    fn handle(&mut self, Identify(name): Identify, _: &mut Context<Self>) -> Self::Result {
        let whom = Whom::Named(name);
        let seat = Seat::ALL.into_iter().find(|seat| self.is_meant(*seat, &whom));
        MessageResult(seat.map(|seat| Identified { account: self.account_at(seat), network: self.networks[seat] }))
    }
}
