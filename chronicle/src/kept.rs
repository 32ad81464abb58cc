//! A room that was kept, folded again from its facts: after a restart, or when its actor failed.

use game_rules::{BySeat, SeatSet};
use vocabulary::{AccountId, Sequence};

use crate::{
    answers::{Answers, first_heard},
    codec::Unreadable,
    fact::{Entry, Fact},
    founding::Founding,
    history::History,
    state::State,
};

/// A room's facts, folded and found to fit.
pub struct Kept {
    /// The facts.
    pub history: History,
    /// How the facts left the room.
    pub state: State,
    /// The first answers to each seat's numbered messages.
    pub answers: BySeat<Answers>,
    /// The last event before each seat was taken.
    pub before: BySeat<Sequence>,
}

impl Kept {
    /// Folds the facts.
    ///
    /// # Errors
    /// When they do not fit one another.
    pub fn fold(founding: Founding, entries: Vec<Entry>) -> Result<Self, Unreadable> {
        let mut state = State::new(&founding);
        let mut answers = BySeat::<Answers>::default();
        let mut before = BySeat::<Sequence>::default();
        for (number, entry) in entries.iter().enumerate() {
            if let Some(seat) = entry.fact.taken_seat() {
                before[seat] = state.sequence;
            }
            let narration = state.apply(entry, SeatSet::default()).map_err(|_| Unreadable::Unfitting { number })?;
            let Some(request) = &entry.request else { continue };
            if let Some(answer) = first_heard(narration, request.seat) {
                answers[request.seat].remember(request.sequence, request.digest, answer);
            }
        }
        Ok(Self { history: History::kept(founding, entries), state, answers, before })
    }

    /// The account that made the room; `None` if it was a guest's.
    pub fn creator(&self) -> Option<AccountId> {
        self.history.entries().iter().find_map(|entry| match &entry.fact {
            Fact::AccountJoined(joined) if joined.joined.created => Some(joined.account),
            _ => None,
        })
    }
}
