//! A room: one game with its seats. It serialises all that happens in it, so it needs no locks.

mod account_request;
mod act;
mod attend;
mod audience;
mod backlog;
mod bot_chat;
mod broadcast;
mod clock;
mod desk;
mod durable;
mod index;
pub(crate) mod messages;
mod missed;
mod occupancy;
mod progress;
mod rebuild;
mod removal;
mod result;
mod seats;
mod services;
mod side_effects;
#[cfg(test)]
mod tests;

use std::{collections::VecDeque, sync::Arc};

use actix::{Actor, Context};
use chronicle::{Answers, Entry, Fact, Founding, History, Narration, Numbered, RoomView, Stage, State};
use contracts::Farewell;
use game_rules::{BySeat, Seat};
use vocabulary::{ConnectionId, Denial, RoomId, Sequence, Stamp, Timestamp};

use self::{
    audience::Audience,
    backlog::Backlogs,
    clock::Clock,
    desk::Desk,
    durable::Pending,
    messages::{Listener, Stopped},
};
pub use self::{index::OpenRooms, messages::Seen};
pub(crate) use self::{progress::Progress, services::Services};
pub use crate::connections::Identified;
use crate::{
    Network, Requester, Source,
    admission::{Opener, SeatPermit},
    outbox::Frame,
};

/// How many requests may wait for a room; the next is told that the room is busy.
const MAILBOX: usize = 256;

/// The actor of one room.
pub struct Room {
    services: Arc<Services>,
    id: RoomId,
    /// On whose account it is.
    opener: Opener,
    state: State,
    history: History,
    /// The last events as texts, while somebody asks for them.
    backlogs: Backlogs,
    audience: Audience,
    desk: Desk,
    clock: Clock,
    /// Where its first player connected from: whose share of the bots' thinking it uses.
    network: Option<Network>,
    /// The last event that each seat's last connection confirmed, or the one before the seat was taken: what followed is
    /// told to whoever comes back without a number of their own.
    confirmed: BySeat<Sequence>,
    answers: BySeat<Answers>,
    /// Where the person of each seat was last seen; unknown after a restart until they come back.
    networks: BySeat<Option<Network>>,
    /// The connections of people who were removed, and when, oldest first.
    shown_out: VecDeque<(ConnectionId, Timestamp)>,
    pending: Pending,
    /// Whether the journal has the finished game, and takes nothing more of this room.
    kept: bool,
    /// What the seats count for whoever holds them, while the room waits.
    waiting_seats: BySeat<Option<SeatPermit>>,
    /// Whether anybody watches, as it was noted last; `None` until only bots play.
    bot_game: Option<bool>,
    /// Who opened the room: what it puts into the live log counts for them.
    source: Source,
}

impl Room {
    pub(crate) fn new(services: Arc<Services>, founding: Founding, opener: Opener) -> Self {
        let state = State::new(&founding);
        Self::from_parts(services, History::new(founding), state, opener)
    }

    fn from_parts(services: Arc<Services>, history: History, state: State, opener: Opener) -> Self {
        let running_since = services.running_since();
        let (source, network) = (source(&opener, state.roster.room), opener.network());
        Self {
            services,
            id: state.roster.room,
            opener,
            state,
            history,
            backlogs: Backlogs::default(),
            audience: Audience::nobody(),
            desk: Desk::default(),
            clock: Clock::new(running_since),
            network,
            confirmed: BySeat::default(),
            answers: BySeat::default(),
            networks: BySeat::default(),
            shown_out: VecDeque::new(),
            pending: Pending::default(),
            kept: false,
            waiting_seats: BySeat::default(),
            bot_game: None,
            source,
        }
    }

    /// Takes a fact in: applies it and notes it. What it returns is to be told once it is durable.
    fn commit(&mut self, fact: Fact, request: Option<Numbered>) -> Narration {
        let host_before = self.state.roster.host;
        let entry = Entry { at: Timestamp::now(), fact, request: request.map(Box::new) };
        let narration = match self.state.apply(&entry, self.audience.connected) {
            Ok(narration) => narration,
            Err(unfitting) => {
                // Every caller checks first; the room is as it was.
                log::error!("room {}: {unfitting}", self.id);
                return Narration::new();
            }
        };
        self.history.push(entry);
        self.pending.note_fact();
        self.note_news(&narration, host_before);
        self.note_deadline();
        narration
    }

    /// Commits and tells everybody.
    fn happen(&mut self, fact: Fact) {
        let narration = self.commit(fact, None);
        self.broadcast(&narration, None);
    }

    /// Goes on after a change, and makes it durable: the end of every handler.
    fn settle(&mut self, ctx: &mut Context<Self>) {
        self.go_on(ctx);
        self.seal(ctx);
    }

    /// What follows from a change: the next round, the bots that must decide, the clock.
    fn go_on(&mut self, ctx: &mut Context<Self>) {
        if self.is_frozen() {
            return self.arm(ctx);
        }
        self.give_time_back();
        while self.round_is_due() {
            self.happen(Fact::NextRound);
        }
        self.ask_bots(ctx);
        self.close_if_done();
        self.arm(ctx);
    }

    /// A finished game of bots alone has nobody to show its end to, and a room that everybody left nobody to start it.
    fn close_if_done(&mut self) {
        let open = matches!(self.state.stage, Stage::Playing(_)) || self.history.is_empty();
        let held = Seat::ALL.into_iter().any(|seat| self.state.is_held(seat));
        if !open && !held {
            self.pending.close(Farewell::RoomClosed);
        }
    }

    fn view(&self) -> RoomView {
        self.state.view(self.audience.connected)
    }

    fn close(&mut self, farewell: Farewell, ctx: &mut Context<Self>) {
        for member in self.audience.members.drain(..) {
            member.dismiss(farewell, self.id);
        }
        self.waiting_seats = BySeat::default();
        if let Some(journal) = self.services.journal.as_ref().filter(|_| !self.kept) {
            journal.forget(self.id);
        }
        actix::ActorContext::stop(ctx);
    }

    fn deny(&mut self, listener: &Listener, denial: &Denial, client_sequence: Option<u64>) {
        self.services.meters.error(listener.contract.as_str(), listener.contract.code(denial));
        // Who follows several games is told how far this one is.
        let sequence = listener.contract.is_gateway().then_some(self.state.sequence);
        let stamp = Stamp { sequence, ..Stamp::now(Some(self.id)) };
        let text = listener.contract.deny(denial, &stamp.answering(client_sequence));
        self.send(listener, Frame::text(&text));
    }
}

/// The source in the live log that a room counts against: the network of a connection, the account of a REST request.
const fn source(opener: &Opener, room: RoomId) -> Source {
    match opener {
        Opener::Person(Requester { account: Some(account), connection: None, .. }) => Source::Account(*account),
        Opener::Person(requester) => Source::Network(requester.network),
        Opener::Recovered(_) | Opener::Operator => Source::Room(room),
    }
}

impl Actor for Room {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        ctx.set_mailbox_capacity(MAILBOX);
        self.services.meters.rooms.increment(1.0);
        if matches!(self.state.stage, Stage::Playing(_)) {
            // It was rebuilt: the clock did not run meanwhile.
            self.happen(Fact::Resumed);
        }
        self.settle(ctx);
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.services.rooms.remove(self.id);
        self.services.meters.rooms.decrement(1.0);
        if !std::thread::panicking() {
            return;
        }
        // actix does not restart an actor that panicked: its sessions and the supervisor are informed here.
        self.services.meters.rooms_failed.increment(1);
        for member in self.audience.members.drain(..) {
            member.fail(self.id);
        }
        self.services.supervisor.do_send(Stopped::Panicked(self.id));
    }
}
