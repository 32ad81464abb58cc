//! The facts of a room. The past is rebuilt from them on demand, so it takes a few bytes per action instead of a
//! message per listener.

use game_rules::{PieceSet, Seat, SeatSet};
use vocabulary::Page;

use crate::{fact::Entry, founding::Founding, state::State, view::RoomView};

/// All facts of one room, in order.
pub struct History {
    founding: Founding,
    entries: Vec<Entry>,
}

/// A page of the past.
#[derive(Debug)]
pub struct Past {
    /// In order.
    pub moments: Vec<Moment>,
    /// How many there are in all.
    pub total: usize,
    /// How many facts were folded for it.
    pub folded: usize,
    /// The seat that asks.
    pub seat: Option<Seat>,
}

/// How a room stood after something had happened.
#[derive(Debug)]
pub struct Moment {
    /// For everybody.
    pub view: RoomView,
    /// The pieces of the seat that asks; `None` before the start, and for a spectator.
    pub hand: Option<PieceSet>,
}

impl History {
    /// A room that was just founded.
    pub fn new(founding: Founding) -> Self {
        Self { founding, entries: Vec::new() }
    }

    /// A room that was kept, with all its facts.
    pub const fn kept(founding: Founding, entries: Vec<Entry>) -> Self {
        Self { founding, entries }
    }

    /// How the room began.
    pub const fn founding(&self) -> &Founding {
        &self.founding
    }

    /// Every fact, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many facts there are.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing has happened yet.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Forgets what came after the first `len` facts.
    pub fn truncate(&mut self, len: usize) {
        self.entries.truncate(len);
    }

    /// The room as the facts make it.
    pub fn fold(&self) -> State {
        let mut state = State::new(&self.founding);
        for entry in &self.entries {
            // They were applied before.
            let _ = state.apply(entry, SeatSet::default());
        }
        state
    }

    /// How the room stood after each of its facts, as this seat may see it.
    pub fn past(&self, seat: Option<Seat>, page: Page) -> Past {
        let mut state = State::new(&self.founding);
        // Facts do not tell who was connected; looking back, nobody is shown as away.
        let connected = everybody();
        let mut moments = Vec::with_capacity(page.limit.min(self.entries.len()));
        for (number, entry) in self.entries.iter().enumerate() {
            if moments.len() == page.limit {
                break;
            }
            // They were applied before.
            let _ = state.apply(entry, connected);
            if number >= page.offset {
                moments.push(Moment { view: state.view(connected), hand: seat.and_then(|seat| state.hand(seat)) });
            }
        }
        let folded = page.offset.saturating_add(page.limit).min(self.entries.len());
        Past { moments, total: self.entries.len(), folded, seat }
    }

    /// The same room with its first facts alone: those up to the end of a page.
    pub fn up_to(&self, page: Page) -> Self {
        let end = page.offset.saturating_add(page.limit).min(self.entries.len());
        Self { founding: self.founding.clone(), entries: self.entries[..end].to_vec() }
    }

    /// Notes a fact that was applied.
    pub fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }
}

/// All seats, for those who look back.
pub(crate) fn everybody() -> SeatSet {
    Seat::ALL.into_iter().collect()
}
