//! A room: one game with its seats. It handles one message at a time, so it needs no locks.

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

/// Requests that may wait for a room; further ones are refused as busy.
const MAILBOX: usize = 256;

/// The actor of one room.
pub struct Room {
    services: Arc<Services>,
    id: RoomId,
    /// Its creator, against whom it counts.
    opener: Opener,
    state: State,
    history: History,
    /// The last events as texts, kept while clients ask for them.
    backlogs: Backlogs,
    audience: Audience,
    desk: Desk,
    clock: Clock,
    /// The network of its first player, whose share of the bots' threads it uses.
    network: Option<Network>,
    /// The last event that each seat's last connection has confirmed, or the one before the seat was taken. A client
    /// that returns without a number receives what followed.
    confirmed: BySeat<Sequence>,
    answers: BySeat<Answers>,
    /// The last network of each seat's person; unknown after a restart until they return.
    networks: BySeat<Option<Network>>,
    /// The connections of removed players with the times of their removal, oldest first.
    shown_out: VecDeque<(ConnectionId, Timestamp)>,
    pending: Pending,
    /// Whether the journal has the finished game, and accepts nothing more of this room.
    kept: bool,
    /// The permits of the seats while the room is waiting.
    waiting_seats: BySeat<Option<SeatPermit>>,
    /// Whether the bots' game had spectators when it was last noted; `None` while a person plays.
    bot_game: Option<bool>,
    /// The source that the room's messages in the live log count against.
    source: Source,
}

impl Room {
    pub(crate) fn new(services: Arc<Services>, founding: Founding, opener: Opener) -> Self {
        let state = State::new(&founding);
        Self::from_parts(services, History::new(founding), state, opener)
    }

    fn from_parts(services: Arc<Services>, history: History, state: State, opener: Opener) -> Self {
        let running_since = services.pulse.running_since();
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

    /// Applies a fact and notes it. The returned events may be sent when it is durable.
    fn commit(&mut self, fact: Fact, request: Option<Numbered>) -> Narration {
        let host_before = self.state.roster.host;
        let entry = Entry { at: Timestamp::now(), fact, request: request.map(Box::new) };
        let narration = match self.state.apply(&entry, self.audience.connected) {
            Ok(narration) => narration,
            Err(unfitting) => {
                // Every caller checks first; the room is unchanged.
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

    /// Applies a fact and sends its events to everybody.
    fn happen(&mut self, fact: Fact) {
        let narration = self.commit(fact, None);
        self.broadcast(&narration, None);
    }

    /// Continues after a change and makes it durable: the end of every handler.
    fn settle(&mut self, ctx: &mut Context<Self>) {
        self.go_on(ctx);
        self.seal(ctx);
    }

    /// The consequences of a change: the next round, questions to bots, the clock.
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

    /// Closes a room without people: nobody sees the end of a bots' game, and nobody can start an empty room.
    fn close_if_done(&mut self) {
        // A room without facts is still waiting for its creator.
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
        // A connection that follows several games receives the number of this one's last event.
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
            // The room was restored; its clock did not run meanwhile.
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
