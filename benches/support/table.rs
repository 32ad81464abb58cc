//! What the four people at a table have heard together: that nothing was lost shows at all of them, for some events are
//! told to one person alone.

use std::{cell::Cell, time::Instant};

/// Shared by the four people of a game.
#[derive(Default)]
pub(crate) struct Table {
    /// When an action was last sent, and which one of all.
    pub(crate) sent: Cell<Option<(u64, Instant)>>,
    /// The numbers of the game's first event and of its last so far.
    first: Cell<Option<u64>>,
    last: Cell<u64>,
    /// Twelfths of events: one person of four hears three of them, one of three four, one alone twelve.
    heard: Cell<u64>,
    over: Cell<bool>,
}

impl Table {
    /// Counts the next action.
    pub(crate) fn act(&self, now: Instant) {
        self.sent.set(Some((self.acts() + 1, now)));
    }

    /// How many actions there were.
    pub(crate) fn acts(&self) -> u64 {
        self.sent.get().map_or(0, |(number, _)| number)
    }

    /// Someone heard an event; what has no number is no event.
    pub(crate) fn hear(&self, event: &str, text: &str) {
        let Some(number) = number(text) else { return };
        if event == "game_started" && self.first.get().is_none() {
            self.first.set(Some(number));
        }
        if self.first.get().is_none_or(|first| number < first) {
            return;
        }
        let twelfths = match event {
            "hand_updated" | "play_accepted" | "declaration_accepted" | "redeal_decision_accepted" => 12,
            "player_action" => 4,
            _ => 3,
        };
        self.heard.set(self.heard.get() + twelfths);
        self.last.set(self.last.get().max(number));
    }

    /// The game is over; those who leave first need not hear what comes after.
    pub(crate) fn end(&self) {
        self.over.set(true);
    }

    /// How many events somebody has not heard, when nothing is on its way any more.
    pub(crate) fn lost(&self) -> u64 {
        let Some(first) = self.first.get().filter(|_| !self.over.get()) else { return 0 };
        let all = 12 * (self.last.get() + 1 - first);
        all.abs_diff(self.heard.get()).div_ceil(12)
    }
}

/// The room's number of this event: it is the last field of a message.
fn number(text: &str) -> Option<u64> {
    let (_, rest) = text.rsplit_once("\"sequence_number\":")?;
    rest[..rest.find([',', '}'])?].parse().ok()
}
