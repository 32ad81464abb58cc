//! What a player notes of what it hears: numbers into the room's book, times into the meters, plays into its mind.

use std::time::Instant;

use super::{ledger::Novelty, player::Player};
use crate::What;

impl Player {
    pub(super) fn count(&self, text: &str) {
        let mut meters = self.worker.meters.borrow_mut();
        meters.messages += 1;
        meters.bytes += text.len() as u64;
    }

    /// Enters a number into the room's book; false for one that was heard before.
    pub(super) fn check(&mut self, number: u64, what: What) -> bool {
        if number <= self.again_until {
            return false;
        }
        let mut book = self.table.book.borrow_mut();
        if what == What::Started {
            book.ledger.begin(number);
        }
        if self.is_excused && what != What::Accepted {
            self.is_excused = false;
            book.ledger.excuse(self.member, number);
        }
        let novelty = book.ledger.hear(self.member, number, what.audience());
        let is_again = novelty == Novelty::Again;
        let may_be = what == What::Accepted && self.has_resent;
        self.worker.meters.borrow_mut().repeated += u64::from(is_again && !may_be);
        !is_again
    }

    /// Closes the book up to what everybody has heard. Only when this player's own time has been taken: the slowest one
    /// closes a number.
    pub(super) fn settle(&self) {
        let settled = self.table.book.borrow_mut().ledger.settle();
        let mut meters = self.worker.meters.borrow_mut();
        meters.checked += settled.checked;
        meters.lost += settled.lost;
    }

    pub(super) fn acknowledged(&mut self, number: Option<u64>) {
        let now = Instant::now();
        let mut book = self.table.book.borrow_mut();
        let Some(sent) = book.under_way[self.member].take() else { return };
        if let Some(number) = number {
            book.ledger.bind(number + 1, sent);
        }
        let measures = self.worker.is_measuring();
        let mut meters = self.worker.meters.borrow_mut();
        meters.actions += 1;
        meters.actions_measured += u64::from(measures);
        if measures && !sent.is_broken {
            meters.acknowledged.record(now - sent.due);
            meters.acknowledged_service.record(now - sent.at);
        }
    }

    /// Notes who played what; with the number of what somebody else did, how long it took to come here.
    pub(super) fn remember(&mut self, text: &str, is_new: bool, told: Option<u64>) {
        let Some((name, pieces)) = self.seat.dialect().acted(text) else { return };
        let Some(seat) = self.names.seat(name) else { return };
        if let Some(pieces) = pieces.filter(|_| is_new) {
            self.mind.played(seat, pieces);
        }
        let Some(number) = told else { return };
        if seat == self.mind.seat() {
            // The server or a bot acted for this player.
            self.question = None;
            self.seat.forget_action();
            self.table.book.borrow_mut().under_way[self.member] = None;
        } else {
            self.told(number, seat.index());
        }
    }

    fn told(&self, number: u64, seat: usize) {
        let now = Instant::now();
        let mut book = self.table.book.borrow_mut();
        let under_way = book.members[seat].and_then(|member| book.under_way[member]);
        let Some(sent) = book.ledger.sent(number).or(under_way) else { return };
        book.ledger.bind(number, sent);
        let was_here = self.back.is_none_or(|back| back < sent.at);
        if was_here && !sent.is_broken && self.worker.is_measuring() {
            let mut meters = self.worker.meters.borrow_mut();
            meters.told.record(now - sent.due);
            meters.told_service.record(now - sent.at);
        }
    }
}
