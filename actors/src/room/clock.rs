//! The room's clock: one alarm for whatever is due first. It may ring too early and is then set again, so that an
//! action that postpones a deadline costs nothing.

use std::time::{Duration, Instant};

use actix::{ActorFutureExt, AsyncContext, Context, Handler, SpawnHandle, WrapFuture};
use chronicle::{Fact, Stage};
use contracts::Farewell;
use game_rules::{Phase, Seat};
use vocabulary::{By, Gesture, TakeoverReason, Timestamp};

use super::{
    Room,
    messages::{Awake, RunOut},
};

/// Timeouts in a row after which a player is inactive (contract *game*).
const TIMEOUTS: u8 = 3;

/// The clock of a room.
pub(super) struct Clock {
    /// The alarm and the time at which it rings.
    set: Option<(Instant, SpawnHandle)>,
    /// Whether the alarm has rung and messages that had arrived by then are still being handled.
    running_out: bool,
    /// The end of the open decision, or of the pause after a round.
    pub(super) decision_due: Option<Instant>,
    /// The time of the next attempt to write, while the journal fails.
    pub(super) frozen_until: Option<Instant>,
    /// The end of the last pause of the process that the room has reacted to.
    pub(super) running_since: Instant,
}

impl Clock {
    /// A clock without deadlines.
    pub(super) const fn new(running_since: Instant) -> Self {
        Self { set: None, running_out: false, decision_due: None, frozen_until: None, running_since }
    }
}

impl Room {
    /// Sets the alarm for the first deadline, unless it rings earlier anyway.
    pub(super) fn arm(&mut self, ctx: &mut Context<Self>) {
        let Some(due) = self.next_due() else { return };
        if self.clock.running_out {
            return;
        }
        match self.clock.set {
            // It rings early, finds nothing due, and is set again.
            Some((at, _)) if at <= due => return,
            Some((_, handle)) => {
                ctx.cancel_future(handle);
            }
            None => {}
        }
        let handle = ctx.run_later(due.saturating_duration_since(Instant::now()), |room, ctx| {
            room.clock.set = None;
            room.ring(ctx);
        });
        self.clock.set = Some((due, handle));
    }

    fn next_due(&self) -> Option<Instant> {
        if self.clock.frozen_until.is_some() {
            return self.clock.frozen_until;
        }
        let lost = self.audience.lost.iter().filter_map(|(seat, _)| self.takeover_due(seat)).min();
        [self.clock.decision_due, lost, self.closing_due()].into_iter().flatten().min()
    }

    fn ring(&mut self, ctx: &mut Context<Self>) {
        if self.pending.in_flight() {
            // A timer that is due just when a handler starts to wait still fires.
            ctx.run_later(Duration::from_millis(1), Self::ring);
            return;
        }
        if let Some(until) = self.clock.frozen_until {
            return if until <= Instant::now() { self.thaw(ctx) } else { self.arm(ctx) };
        }
        self.give_time_back();
        if self.next_due().is_none_or(|due| due > Instant::now()) {
            return self.settle(ctx);
        }
        // An answer that is already in a socket or on its way to this mailbox is in time.
        self.clock.running_out = true;
        let caught_up = self.services.readers.caught_up().into_actor(self);
        // Through the mailbox, so that it is handled after all that the sessions have put there.
        ctx.spawn(caught_up.map(|(), _, ctx| ctx.address().do_send(RunOut)));
    }

    /// After a pause of the process, open decisions get their full time again, as after a restart.
    pub(super) fn give_time_back(&mut self) {
        let since = self.services.pulse.running_since();
        if since <= self.clock.running_since {
            return;
        }
        self.clock.running_since = since;
        if matches!(self.state.stage, Stage::Playing(_)) {
            self.happen(Fact::Resumed);
        }
    }

    fn run_out(&mut self) {
        let now = Instant::now();
        for seat in Seat::ALL {
            if self.takeover_due(seat).is_some_and(|due| due <= now) {
                self.give_up_on(seat);
            }
        }
        if self.clock.decision_due.is_some_and(|due| due <= now) {
            self.decide_for_silent_seats();
        }
        if self.closing_due().is_some_and(|due| due <= now) {
            self.pending.close(Farewell::RoomClosed);
        }
    }

    /// Converts the deadline of the state, a time of day, into one of this process's clock.
    pub(super) fn note_deadline(&mut self) {
        let now = Timestamp::now();
        self.clock.decision_due = self.state.deadline.map(|deadline| Instant::now() + deadline.since(now));
    }

    /// Whether the pause after a scored round is over.
    pub(super) fn round_is_due(&self) -> bool {
        let scoring = self.state.game().is_some_and(|game| matches!(game.table().phase, Phase::Scoring(_)));
        scoring && self.clock.decision_due.is_some_and(|due| due <= Instant::now())
    }

    fn takeover_due(&self, seat: Seat) -> Option<Instant> {
        let lost = self.audience.lost[seat].filter(|lost| !lost.kept)?;
        // A pause of the process does not count as absence.
        let lost_at = lost.at.max(self.clock.running_since);
        match self.state.stage {
            Stage::Waiting => Some(lost_at + self.services.settings.waiting_grace),
            Stage::Playing(_) if self.state.stand_in(seat).is_none() => {
                Some(lost_at + self.services.settings.disconnect_grace)
            }
            Stage::Playing(_) | Stage::Over(_) => None,
        }
    }

    fn give_up_on(&mut self, seat: Seat) {
        match self.state.stage {
            Stage::Waiting => {
                self.audience.lost[seat] = None;
                self.happen(Fact::Left { seat });
            }
            Stage::Playing(_) => self.happen(Fact::TakenOver { seat, reason: TakeoverReason::Disconnected }),
            Stage::Over(_) => {}
        }
    }

    /// The time at which the room closes because nobody is connected, which includes games that bots play alone.
    /// Operators' own games run to their end.
    fn closing_due(&self) -> Option<Instant> {
        if self.opener.is_operator() && matches!(self.state.stage, Stage::Playing(_)) {
            return None;
        }
        self.audience.deserted().map(|since| since.max(self.clock.running_since) + self.services.settings.room_idle)
    }

    fn decide_for_silent_seats(&mut self) {
        let pending = self.state.game().map(|game| game.table().pending()).unwrap_or_default();
        for seat in pending.iter() {
            let Some(action) = self.state.game().and_then(|game| game.automatic(seat)) else {
                continue;
            };
            if self.desk.withdraw(seat) {
                self.gesture(seat, Gesture::Idle);
            }
            self.services.meters.clock_actions.increment(1);
            self.happen(Fact::Acted { seat, action, by: By::Clock });
            let inactive = self.state.bot_at(seat).is_none() && self.state.keeping[seat].timeouts >= TIMEOUTS;
            if inactive && matches!(self.state.stage, Stage::Playing(_)) {
                self.happen(Fact::TakenOver { seat, reason: TakeoverReason::Inactive });
            }
        }
    }
}

impl Handler<RunOut> for Room {
    type Result = ();

    fn handle(&mut self, _: RunOut, ctx: &mut Self::Context) {
        self.clock.running_out = false;
        if !self.is_frozen() {
            self.give_time_back();
            self.run_out();
        }
        self.settle(ctx);
    }
}

impl Handler<Awake> for Room {
    type Result = ();

    fn handle(&mut self, _: Awake, ctx: &mut Self::Context) {
        self.settle(ctx);
    }
}
