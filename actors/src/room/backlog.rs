//! The last events of a room as texts, for clients that missed some of them. They are made on request by folding the
//! room's facts once; from then on only new facts are folded, until nobody has asked for a while.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use bytestring::ByteString;
use chronicle::{Entry, Founding, Stage, State};
use contracts::ContractId;
use game_rules::{Seat, SeatSet};
use vocabulary::{Audience, Missed, Notice, Sequence};

/// How long an unused backlog is kept.
const IDLE: Duration = Duration::from_secs(60);
/// How long an unused backlog is kept while all rooms' backlogs together exceed [`ENOUGH`].
const IDLE_IN_NEED: Duration = Duration::from_secs(1);
/// Bytes of backlogs that all rooms together may keep for long.
const ENOUGH: usize = 64 << 20;
/// Bytes of an event beside its text.
const OVERHEAD: usize = size_of::<Told>() + 32;

/// The events of one room, encoded in one contract.
pub(super) struct Backlog {
    pub(super) contract: ContractId,
    /// The room after its first `facts` facts.
    state: State,
    facts: usize,
    /// The last event before the backlog.
    after: Sequence,
    told: VecDeque<Told>,
    weight: Weight,
    used: Instant,
}

/// An event and its recipients.
struct Told {
    to: Listeners,
    event: Missed,
}

/// The recipients of an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Listeners {
    Many(Audience),
    One(Seat),
}

impl Listeners {
    fn include(self, seat: Seat) -> bool {
        match self {
            Self::Many(audience) => audience.includes(Some(seat)),
            Self::One(only) => only == seat,
        }
    }
}

/// The events that a seat missed.
#[derive(Debug)]
pub(super) struct Gap {
    pub(super) missed: Vec<Missed>,
    /// Whether older missed events are left out.
    pub(super) truncated: bool,
}

impl Gap {
    /// The encoded events.
    pub(super) fn texts(&self) -> impl Iterator<Item = &ByteString> + Clone {
        self.missed.iter().map(|missed| &missed.text)
    }
}

impl Backlog {
    /// An empty backlog for the events after this one.
    pub(super) fn new(
        founding: &Founding,
        contract: ContractId,
        after: Sequence,
        all_rooms: &Arc<AtomicUsize>,
    ) -> Self {
        Self {
            contract,
            state: State::new(founding),
            facts: 0,
            after,
            told: VecDeque::new(),
            weight: Weight { all_rooms: Arc::clone(all_rooms), own: 0 },
            used: Instant::now(),
        }
    }

    /// The number of the room's facts that are folded into it.
    pub(super) const fn facts(&self) -> usize {
        self.facts
    }

    /// Whether it holds all events after this one, as far as its facts go.
    pub(super) fn reaches_back_to(&self, since: Sequence) -> bool {
        since >= self.after
    }

    /// Folds the room's next facts, and keeps the last `keep` events.
    pub(super) fn extend(&mut self, entries: &[Entry], keep: u64) {
        let mut bytes = self.weight.own;
        for entry in entries {
            // The room has applied these facts, so they fit.
            for (stamp, notice) in self.state.apply(entry, SeatSet::default()).unwrap_or_default() {
                let sequence = stamp.sequence.unwrap_or_default();
                if sequence <= self.after || self.is_for_a_bot(&notice) {
                    continue;
                }
                let Some(text) = self.contract.notice(&notice, &stamp) else { continue };
                bytes += text.len() + OVERHEAD;
                let to = match notice {
                    Notice::Public(audience, _) => Listeners::Many(audience),
                    Notice::Private(private) => Listeners::One(private.seat),
                };
                self.told.push_back(Told { to, event: Missed { sequence, text } });
            }
        }
        self.facts += entries.len();
        let oldest = Sequence(self.state.sequence.0.saturating_sub(keep));
        while let Some(told) = self.told.pop_front_if(|told| told.event.sequence <= oldest) {
            bytes -= told.event.text.len() + OVERHEAD;
        }
        self.after = self.after.max(oldest);
        self.weight.set(bytes);
    }

    /// Nobody misses a private notice of a bot, whose seat nobody takes during a game.
    fn is_for_a_bot(&self, notice: &Notice) -> bool {
        let Notice::Private(private) = notice else { return false };
        let bot = self.state.roster.seats[private.seat].as_ref().is_some_and(|player| player.is_bot());
        bot && !matches!(self.state.stage, Stage::Waiting)
    }

    fn missed(&mut self, since: Sequence, seat: Seat) -> Vec<Missed> {
        self.used = Instant::now();
        let first = self.told.partition_point(|told| told.event.sequence <= since);
        self.told.range(first..).filter(|told| told.to.include(seat)).map(|told| told.event.clone()).collect()
    }
}

/// The bytes of one backlog, counted into the sum of all rooms.
struct Weight {
    all_rooms: Arc<AtomicUsize>,
    own: usize,
}

impl Weight {
    fn set(&mut self, bytes: usize) {
        if bytes >= self.own {
            self.all_rooms.fetch_add(bytes - self.own, Ordering::Relaxed);
        } else {
            self.all_rooms.fetch_sub(self.own - bytes, Ordering::Relaxed);
        }
        self.own = bytes;
    }
}

impl Drop for Weight {
    fn drop(&mut self) {
        self.set(0);
    }
}

/// A room's backlogs: at most one per contract, and usually none.
#[derive(Default)]
pub(super) struct Backlogs {
    all: Vec<Backlog>,
    /// Whether a timer is set to drop unused ones.
    pub(super) watched: bool,
    /// The number of facts that were folded for them so far.
    pub(super) folded: u64,
}

impl Backlogs {
    /// Takes out the backlog of this contract, to be extended and put back.
    pub(super) fn take(&mut self, contract: ContractId) -> Option<Backlog> {
        let place = self.all.iter().position(|backlog| backlog.contract == contract)?;
        Some(self.all.swap_remove(place))
    }

    /// Puts a backlog in, which replaces an older one of its contract.
    pub(super) fn put(&mut self, backlog: Backlog) {
        self.take(backlog.contract);
        self.all.push(backlog);
    }

    /// The events that the seat missed after `since`. All are left out unless the backlog was prepared.
    pub(super) fn gap(
        &mut self,
        contract: ContractId,
        seat: Seat,
        (since, current): (Sequence, Sequence),
        (facts, keep): (usize, u64),
    ) -> Gap {
        if since >= current {
            return Gap { missed: Vec::new(), truncated: false };
        }
        let oldest = Sequence(current.0.saturating_sub(keep));
        let from = since.max(oldest);
        let ready = self.all.iter_mut().find(|backlog| backlog.contract == contract);
        match ready.filter(|backlog| backlog.facts == facts && backlog.reaches_back_to(from)) {
            Some(backlog) => Gap { missed: backlog.missed(from, seat), truncated: since < oldest },
            None => Gap { missed: Vec::new(), truncated: true },
        }
    }

    /// Drops backlogs that were unused for `idle`, and returns whether any is left.
    pub(super) fn drop_idle(&mut self, idle: Duration) -> bool {
        self.all.retain(|backlog| backlog.used.elapsed() < idle);
        if self.all.is_empty() {
            self.all = Vec::new();
        }
        !self.all.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.all = Vec::new();
    }
}

/// How long an unused backlog is kept while all rooms' backlogs take this many bytes.
pub(super) const fn patience(all_rooms: usize) -> Duration {
    if all_rooms > ENOUGH { IDLE_IN_NEED } else { IDLE }
}
