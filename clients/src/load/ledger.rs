//! The numbers of a room's events: who has heard which, who should have, and when the action behind one was sent.

use std::{collections::VecDeque, time::Instant};

use crate::dialect::Audience;

/// So many numbers are kept for members who are behind.
const KEPT: usize = 8192;

/// An action on its way.
#[derive(Clone, Copy)]
pub(super) struct Sent {
    /// When it was due; in a closed loop, when it was sent.
    pub(super) due: Instant,
    pub(super) at: Instant,
    /// Whether the connection broke since, so that its acknowledgement says nothing of the server.
    pub(super) is_broken: bool,
}

/// Whether a member has heard an event before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Novelty {
    New,
    Again,
    /// Before the game began, or too old to say.
    Unchecked,
}

#[derive(Clone, Copy, Default)]
struct Entry {
    heard: u8,
    excused: u8,
    audience: Option<Audience>,
    sent: Option<Sent>,
}

/// What was checked, and what was lost of it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Settled {
    pub(super) checked: u64,
    pub(super) lost: u64,
}

/// The book of one game.
pub(super) struct Ledger {
    /// The number of the first entry; 0 until the game begins.
    first: u64,
    entries: VecDeque<Entry>,
    /// The last number that each member has heard.
    last: [u64; 4],
    /// The members, a bit for each.
    members: u8,
    /// Those of them who speak contract *game*.
    of_game: u8,
    /// Who was told the acknowledgement just before the first entry.
    actor: u8,
}

impl Ledger {
    pub(super) fn new(members: u8, of_game: u8) -> Self {
        Self { first: 0, entries: VecDeque::new(), last: [0; 4], members, of_game, actor: 0 }
    }

    /// The game begins with this number: what is checked begins here.
    pub(super) fn begin(&mut self, number: u64) {
        if self.first == 0 {
            self.first = number;
        }
    }

    fn entry(&mut self, number: u64) -> Option<&mut Entry> {
        if self.first == 0 {
            return None;
        }
        let place = usize::try_from(number.checked_sub(self.first)?).ok().filter(|place| *place < KEPT)?;
        if place >= self.entries.len() {
            self.entries.resize(place + 1, Entry::default());
        }
        self.entries.get_mut(place)
    }

    /// A member hears this number.
    pub(super) fn hear(&mut self, member: usize, number: u64, audience: Audience) -> Novelty {
        let Some(entry) = self.entry(number) else { return Novelty::Unchecked };
        let bit = 1 << member;
        if entry.heard & bit != 0 {
            return Novelty::Again;
        }
        entry.heard |= bit;
        entry.audience = Some(audience);
        self.last[member] = self.last[member].max(number);
        Novelty::New
    }

    /// A member could not hear what was told while it was away, and was told how things stand instead.
    pub(super) fn excuse(&mut self, member: usize, number: u64) {
        let from = self.last[member].max(self.first.saturating_sub(1)) + 1;
        for number in from..number {
            if let Some(entry) = self.entry(number) {
                entry.excused |= 1 << member;
            }
        }
    }

    /// The action that this event tells of was sent then.
    pub(super) fn bind(&mut self, number: u64, sent: Sent) {
        if let Some(entry) = self.entry(number) {
            entry.sent.get_or_insert(sent);
        }
    }

    /// When the action of this event was sent.
    pub(super) fn sent(&mut self, number: u64) -> Option<Sent> {
        self.entry(number)?.sent
    }

    /// Closes what every member is past. Members hear in order, so what one of them has not heard by then is lost.
    pub(super) fn settle(&mut self) -> Settled {
        let mut settled = Settled::default();
        let last = (0..4).filter(|member| self.members & 1 << member != 0).map(|member| self.last[member]).min();
        let past = last.unwrap_or_default();
        while self.first != 0 && (self.first <= past || self.entries.len() >= KEPT) {
            let Some(entry) = self.entries.pop_front() else { break };
            settled.checked += 1;
            settled.lost += u64::from(self.missing(entry));
            let is_acknowledgement = entry.audience == Some(Audience::Actor);
            self.actor = if is_acknowledgement { entry.heard } else { 0 };
            self.first += 1;
        }
        settled
    }

    /// How many members should have heard it and did not.
    fn missing(&self, entry: Entry) -> u32 {
        let here = self.members & !entry.excused;
        let without = |heard: u8| (here & !heard).count_ones();
        match entry.audience {
            Some(Audience::One | Audience::Actor) => 0,
            Some(Audience::All) => without(entry.heard),
            Some(Audience::Others) => without(entry.heard | self.actor),
            Some(Audience::AllButOne) => without(entry.heard).saturating_sub(1),
            Some(Audience::OfGame) => (here & self.of_game & !entry.heard).count_ones(),
            // What a player does is told to the others, and a single player has none.
            None if here & !self.actor == 0 => 0,
            // Where nobody speaks contract *game*, some numbers are told to nobody.
            None => u32::from(self.of_game != 0 && here == self.members),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(checked: u64, lost: u64) -> Settled {
        Settled { checked, lost }
    }

    /// An acknowledgement to member 0, the action to the others, a hand to member 0, the phase to all.
    fn action(ledger: &mut Ledger, number: u64, without: Option<(usize, u64)>) {
        let mut hear = |member, number, audience| {
            if without != Some((member, number)) {
                assert_eq!(ledger.hear(member, number, audience), Novelty::New);
            }
        };
        hear(0, number, Audience::Actor);
        hear(0, number + 2, Audience::One);
        hear(0, number + 3, Audience::All);
        for member in 1..4 {
            hear(member, number + 1, Audience::Others);
            hear(member, number + 3, Audience::All);
        }
    }

    fn begun() -> Ledger {
        let mut ledger = Ledger::new(0b1111, 0b1111);
        assert_eq!(ledger.hear(0, 4, Audience::One), Novelty::Unchecked);
        ledger.begin(5);
        ledger
    }

    #[test]
    fn what_everybody_hears_in_order_is_not_lost() {
        let mut ledger = begun();
        action(&mut ledger, 5, None);
        action(&mut ledger, 9, None);
        assert_eq!(ledger.settle(), settled(8, 0));
    }

    #[test]
    fn what_one_of_many_does_not_hear_is_lost() {
        for (member, number) in [(1, 6), (3, 8), (0, 8), (0, 7), (0, 5)] {
            let mut ledger = begun();
            action(&mut ledger, 5, Some((member, number)));
            action(&mut ledger, 9, None);
            // Without its acknowledgement an action counts as one that all should have heard.
            let lost = if number == 5 { 2 } else { 1 };
            assert_eq!(ledger.settle(), settled(8, lost), "{member} {number}");
        }
    }

    #[test]
    fn nothing_is_lost_before_the_slowest_member_is_past_it() {
        let mut ledger = begun();
        for member in 0..3 {
            ledger.hear(member, 5, Audience::All);
        }
        assert_eq!(ledger.settle(), settled(0, 0));
        ledger.hear(3, 6, Audience::All);
        assert_eq!(ledger.settle(), settled(1, 1));
        for member in 0..3 {
            ledger.hear(member, 6, Audience::All);
        }
        assert_eq!(ledger.settle(), settled(1, 0));
    }

    #[test]
    fn a_number_heard_twice_is_told() {
        let mut ledger = begun();
        ledger.hear(2, 5, Audience::All);
        assert_eq!(ledger.hear(2, 5, Audience::All), Novelty::Again);
    }

    #[test]
    fn who_was_away_is_excused() {
        let mut ledger = begun();
        for member in 0..4 {
            ledger.hear(member, 5, Audience::All);
        }
        for member in 0..3 {
            ledger.hear(member, 6, Audience::All);
            ledger.hear(member, 7, Audience::All);
        }
        ledger.excuse(3, 7);
        ledger.hear(3, 7, Audience::All);
        assert_eq!(ledger.settle(), settled(3, 0));
    }

    #[test]
    fn what_a_single_player_does_is_told_to_nobody_else() {
        let mut ledger = Ledger::new(0b1, 0b1);
        ledger.begin(1);
        ledger.hear(0, 1, Audience::Actor);
        ledger.hear(0, 3, Audience::One);
        ledger.hear(0, 5, Audience::All);
        assert_eq!(ledger.settle(), settled(5, 1), "2 is for others, 4 is lost");
    }

    #[test]
    fn in_battles_alone_some_numbers_are_told_to_nobody() {
        for (of_game, lost) in [(0, 0), (0b01, 1)] {
            let mut ledger = Ledger::new(0b11, of_game);
            ledger.begin(1);
            for member in 0..2 {
                ledger.hear(member, 1, Audience::All);
                ledger.hear(member, 3, Audience::All);
            }
            assert_eq!(ledger.settle(), settled(3, lost));
        }
    }
}
