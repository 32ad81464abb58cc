//! The bots of a room, and the decisions that they have been asked for.

use actix::Addr;
use game_rules::{BySeat, Seat};

use crate::bot::{Bot, Decide};

/// The desk of a room's bots: each question carries a ticket, and only the answer to a bot's last question counts.
#[derive(Default)]
pub(super) struct Desk {
    bots: BySeat<Option<Addr<Bot>>>,
    /// The tickets of the unanswered questions.
    asked: BySeat<Option<u64>>,
    next_ticket: u64,
}

impl Desk {
    /// Whether the bot of this seat has not answered yet.
    pub(super) fn is_asked(&self, seat: Seat) -> bool {
        self.asked[seat].is_some()
    }

    /// Issues a ticket for the next question to this seat's bot.
    pub(super) fn ticket(&mut self, seat: Seat) -> u64 {
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.asked[seat] = Some(ticket);
        ticket
    }

    /// Asks the bot of a seat, which `start` starts if there is none.
    pub(super) fn ask(&mut self, seat: Seat, decide: Decide, start: impl FnOnce() -> Addr<Bot>) {
        self.bots[seat].get_or_insert_with(start).do_send(decide);
    }

    /// Accepts an answer; `false` if it is too late, because the person came back or the clock was faster.
    pub(super) fn take(&mut self, seat: Seat, ticket: u64) -> bool {
        self.asked[seat].take_if(|asked| *asked == ticket).is_some()
    }

    /// Withdraws the question to a bot, and returns whether there was one.
    pub(super) fn withdraw(&mut self, seat: Seat) -> bool {
        self.asked[seat].take().is_some()
    }

    /// Dismisses the bot of a seat, whose person decides again.
    pub(super) fn dismiss(&mut self, seat: Seat) {
        self.withdraw(seat);
        self.bots[seat] = None;
    }

    /// Dismisses all bots. Tickets are not reused, so that late answers stay void.
    pub(super) fn clear(&mut self) {
        *self = Self { next_ticket: self.next_ticket, ..Self::default() };
    }
}
