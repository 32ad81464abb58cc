//! First durable, then shown: a handler's changes are applied to the room's own state, and everything that it sends is
//! held back until the journal has written them. If the journal fails, the state is folded back and nobody has seen
//! anything.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use actix::{ActorFutureExt, AsyncContext, Context, WrapFuture};
use chronicle::{Answer, Fact, Stage, codec};
use contracts::Farewell;
use game_rules::Seat;
use vocabulary::{AccountId, ConnectionId, Denial};

use super::{
    Room,
    messages::{Listener, Stopped},
    side_effects::{self, SideEffect},
};
use crate::{
    journal::{Append, NotWritten},
    outbox::{Frame, Outbox},
};

/// Pause before a room whose journal failed tries again.
const THAW: Duration = Duration::from_secs(1);

/// What the room has done and may not show yet.
#[derive(Default)]
pub(super) struct Pending {
    /// The number of facts at the end of the history that are not durable.
    facts: usize,
    held: Vec<Held>,
    answers: Vec<(Seat, u64, u64, Answer)>,
    /// The requester and the number of the request, for the refusal if writing fails.
    asker: Option<(Listener, Option<u64>)>,
    received: Option<Instant>,
    close: Option<Farewell>,
    side_effects: Vec<SideEffect>,
    /// The seats of removed players, and their accounts.
    removals: Vec<(Seat, Option<AccountId>)>,
    /// Whether the journal is writing the facts.
    in_flight: bool,
}

/// A frame that is held back.
struct Held {
    connection: ConnectionId,
    outbox: Arc<Outbox>,
    frame: Frame,
}

impl Pending {
    /// Whether no fact waits to become durable.
    pub(super) const fn is_empty(&self) -> bool {
        self.facts == 0
    }

    /// Whether the journal is writing.
    pub(super) const fn in_flight(&self) -> bool {
        self.in_flight
    }

    pub(super) fn note_fact(&mut self) {
        self.facts += 1;
    }

    pub(super) fn note_asker(&mut self, listener: &Listener, client_sequence: Option<u64>, received: Instant) {
        self.asker = Some((listener.clone(), client_sequence));
        self.received = Some(received);
    }

    pub(super) fn remember(&mut self, seat: Seat, sequence: u64, digest: u64, answer: Answer) {
        self.answers.push((seat, sequence, digest, answer));
    }

    pub(super) fn note_side_effect(&mut self, effect: SideEffect) {
        self.side_effects.push(effect);
    }

    pub(super) fn note_removal(&mut self, seat: Seat, account: Option<AccountId>) {
        self.removals.push((seat, account));
    }

    pub(super) fn close(&mut self, farewell: Farewell) {
        self.close = Some(farewell);
    }
}

impl Room {
    /// Sends a frame, after everything that is held back.
    pub(super) fn send(&mut self, listener: &Listener, frame: Frame) {
        if self.pending.is_empty() {
            // The next broadcast finds a full outbox and removes the member.
            let _ = listener.outbox.push(&frame);
        } else {
            self.hold(listener, frame);
        }
    }

    /// Holds a frame back until its facts are durable.
    pub(super) fn hold(&mut self, listener: &Listener, frame: Frame) {
        self.pending.held.push(Held { connection: listener.connection, outbox: Arc::clone(&listener.outbox), frame });
    }

    /// The end of every handler: writes the new facts, then shows them. The room accepts nothing else meanwhile.
    pub(super) fn seal(&mut self, ctx: &mut Context<Self>) {
        match self.append() {
            None => self.publish(ctx),
            Some(append) => {
                let sealed = append.into_actor(self).map(|result, room, ctx| match result {
                    Ok(()) => room.publish(ctx),
                    Err(failure) => room.roll_back(failure, ctx),
                });
                ctx.wait(sealed);
            }
        }
    }

    /// Hands the new facts to the journal; `None` if there is nothing to wait for.
    pub(super) fn append(&mut self) -> Option<impl Future<Output = Result<(), NotWritten>> + use<>> {
        if self.pending.is_empty() || self.kept {
            return None;
        }
        let journal = self.services.journal.as_ref()?;
        let first = self.history.len() - self.pending.facts;
        let over = matches!(self.state.stage, Stage::Over(_));
        let append = Append {
            room: self.id,
            founding: (first == 0).then(|| codec::founding(self.history.founding())),
            first,
            entries: self.history.entries()[first..].iter().map(codec::entry).collect(),
            ending: over.then(|| self.ending()),
        };
        // What happens in a room after its game is not kept.
        self.kept = over;
        let written = journal.append(append);
        self.pending.in_flight = written.is_some();
        written
    }

    /// Shows what is durable.
    pub(super) fn publish(&mut self, ctx: &mut Context<Self>) {
        let pending = std::mem::take(&mut self.pending);
        let gone = self.take_out(&pending.removals);
        if pending.facts > 0 {
            self.services.rooms.update(self.view());
            self.clock.frozen_until = None;
        }
        if pending.close.is_some() {
            // Clients that receive the end may create the next room at once.
            self.services.rooms.remove(self.id);
        } else {
            self.note_bot_game();
        }
        self.count_waiting_seats();
        for (seat, sequence, digest, answer) in pending.answers {
            if self.state.is_held(seat) {
                self.answers[seat].remember(sequence, digest, answer);
            }
        }
        self.deliver(pending.held, ctx);
        self.show_away(&gone);
        self.audience.members.iter().for_each(|member| member.listener.progress.note_sent(self.state.sequence));
        if let Some(received) = pending.received {
            self.services.meters.action_seconds.record(received.elapsed());
        }
        let last = side_effects::last_to_leave(&pending.side_effects);
        self.run_side_effects(pending.side_effects);
        if let Some(farewell) = pending.close {
            self.disband(last.as_ref());
            self.close(farewell, ctx);
        }
    }

    /// Sends the frames that were held back, together for each connection.
    fn deliver(&mut self, mut held: Vec<Held>, ctx: &mut Context<Self>) {
        let mut delivered = 0;
        // The sort is stable, so each connection's frames stay in order.
        held.sort_by_key(|held| held.connection);
        for frames in held.chunk_by(|one, next| one.connection == next.connection) {
            let Held { connection, ref outbox, .. } = frames[0];
            match outbox.push_all(frames.iter().map(|held| held.frame.clone())) {
                Ok(()) => delivered += frames.len(),
                Err(_) if self.lose(connection, ctx) => {
                    self.services.meters.closed(Farewell::TooSlow.reason());
                }
                Err(_) => {}
            }
        }
        self.services.meters.delivered.increment(u64::try_from(delivered).unwrap_or(u64::MAX));
    }

    /// Folds the room back to its state before the change, because the journal failed.
    pub(super) fn roll_back(&mut self, failure: NotWritten, ctx: &mut Context<Self>) {
        let pending = std::mem::take(&mut self.pending);
        if failure == NotWritten::Diverged {
            // The journal holds facts that this room does not; only reading it again helps.
            log::error!("room {}: the journal is ahead of the room; it is read again", self.id);
            self.audience.members.drain(..).for_each(|member| member.fail(self.id));
            self.services.supervisor.do_send(Stopped::Diverged(self.id));
            return actix::ActorContext::stop(ctx);
        }
        // Folding again is slow but rare, and needs no undo for every kind of fact.
        self.history.truncate(self.history.len() - pending.facts);
        self.backlogs.clear();
        self.state = self.history.fold();
        self.count_waiting_seats();
        self.reseat();
        self.kept = false;
        self.desk.clear();
        if let Some((listener, client_sequence)) = pending.asker {
            self.deny(&listener, &Denial::NotDurable, client_sequence);
        }
        if self.history.is_empty() {
            // Nobody has learned of this room.
            return self.close(Farewell::RoomFailed, ctx);
        }
        for seat in Seat::ALL {
            if self.state.is_held(seat) && !self.audience.is_on(seat) && self.audience.lost[seat].is_none() {
                // The player's connection has gone, but the leave was undone, so the seat counts as lost.
                self.audience.lose(seat, self.has_account(seat));
            }
        }
        self.freeze();
        self.note_deadline();
        self.arm(ctx);
    }

    fn freeze(&mut self) {
        self.clock.frozen_until = Some(Instant::now() + THAW);
    }

    /// Whether the room waits for a failing journal.
    pub(super) const fn is_frozen(&self) -> bool {
        self.clock.frozen_until.is_some()
    }

    /// Tries to write again. Open decisions get their full time again.
    pub(super) fn thaw(&mut self, ctx: &mut Context<Self>) {
        self.clock.frozen_until = None;
        self.clock.running_since = self.services.pulse.running_since();
        if matches!(self.state.stage, Stage::Playing(_)) {
            self.happen(Fact::Resumed);
        }
        self.settle(ctx);
    }
}
