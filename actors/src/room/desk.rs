//! The bots of a room, and which of them have a decision to make.

use actix::Addr;
use game_rules::{BySeat, Seat};

use crate::bot::{Bot, Decide};

/// The bots' desk: each bot is asked with a ticket, and only the answer to its last question counts.
#[derive(Default)]
pub(super) struct Desk {
    bots: BySeat<Option<Addr<Bot>>>,
    /// The ticket that each bot was asked with and has not answered.
    asked: BySeat<Option<u64>>,
    next_ticket: u64,
}

impl Desk {
    /// Whether the bot of this seat has yet to answer.
    pub(super) fn is_asked(&self, seat: Seat) -> bool {
        self.asked[seat].is_some()
    }

    /// A ticket for the next question to this seat's bot.
    pub(super) fn ticket(&mut self, seat: Seat) -> u64 {
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.asked[seat] = Some(ticket);
        ticket
    }

    /// Asks the bot of a seat, which `start` makes if there is none.
    pub(super) fn ask(&mut self, seat: Seat, decide: Decide, start: impl FnOnce() -> Addr<Bot>) {
        self.bots[seat].get_or_insert_with(start).do_send(decide);
    }

    /// Takes an answer; `false` if it is not wanted: the person came back, or the clock was faster.
    pub(super) fn take(&mut self, seat: Seat, ticket: u64) -> bool {
        self.asked[seat].take_if(|asked| *asked == ticket).is_some()
    }

    /// The question is withdrawn; returns whether there was one.
    pub(super) fn withdraw(&mut self, seat: Seat) -> bool {
        self.asked[seat].take().is_some()
    }

    /// The seat's person decides again.
    pub(super) fn dismiss(&mut self, seat: Seat) {
        self.withdraw(seat);
        self.bots[seat] = None;
    }

    /// Every bot is dismissed.
    pub(super) fn clear(&mut self) {
        *self = Self { next_ticket: self.next_ticket, ..Self::default() };
    }
}
