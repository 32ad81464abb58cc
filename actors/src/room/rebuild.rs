//! A room that was kept, made again from its facts: after a restart, or when it failed.

use std::time::Instant;

use game_rules::{BySeat, Seat};
use vocabulary::{AccountId, Sequence};

use super::{
    Entry, Fact, Founding, Lost, Room, act::first_heard, answers::Answers, chronicle::Chronicle, state::State,
};
use crate::{Engine, admission::Opener, journal::codec::Unreadable};

/// A room's facts, folded and found to fit.
pub(crate) struct Kept {
    founding: Founding,
    entries: Vec<Entry>,
    state: State,
    answers: BySeat<Answers>,
    /// The last event before each seat was taken.
    before: BySeat<Sequence>,
}

impl Kept {
    /// Folds the facts.
    ///
    /// # Errors
    /// When they do not fit one another.
    pub(crate) fn fold(founding: Founding, entries: Vec<Entry>) -> Result<Self, Unreadable> {
        let mut state = State::new(&founding);
        let mut answers = BySeat::<Answers>::default();
        let mut before = BySeat::<Sequence>::default();
        for (number, entry) in entries.iter().enumerate() {
            if let Some(seat) = entry.fact.taken_seat() {
                before[seat] = state.sequence;
            }
            let narration = state.apply(entry).map_err(|_| Unreadable::Unfitting { number })?;
            let Some(request) = &entry.request else { continue };
            if let Some(answer) = first_heard(narration, request.seat) {
                answers[request.seat].remember(request.sequence, request.digest, answer);
            }
        }
        Ok(Self { founding, entries, state, answers, before })
    }

    /// The account that made the room; `None` if it was a guest's.
    pub(crate) fn creator(&self) -> Option<AccountId> {
        self.entries.iter().find_map(|entry| match &entry.fact {
            Fact::AccountJoined(joined) if joined.joined.created => Some(joined.account),
            _ => None,
        })
    }

    /// How the facts left the room.
    pub(crate) const fn state(&self) -> &State {
        &self.state
    }
}

impl Room {
    /// A room whose people are all away.
    pub(crate) fn rebuilt(engine: Engine, kept: Kept, opener: Opener) -> Self {
        let Kept { founding, entries, state, answers, before } = kept;
        let mut room = Self::standing(engine, Chronicle::kept(founding, entries), state, opener);
        room.answers = answers;
        // What was confirmed is not kept: everybody may have missed all that happened since they sat down.
        room.confirmed = before;
        for seat in Seat::ALL {
            if room.state.is_held(seat) {
                room.lost[seat] = Some(Lost { at: Instant::now(), kept: room.has_account(seat) });
            }
        }
        room.note_deadline();
        room
    }
}
