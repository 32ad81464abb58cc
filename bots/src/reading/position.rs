//! What a policy decides from: the public facts of a round, and one seat's hand.

use arrayvec::ArrayVec;
use game_rules::{
    BySeat, Declaration, DeclarationSet, DeclarationTurn, Phase, PieceSet, Play, RuleSet, Seat, Table, turn_winner,
};

/// What everybody knows of a round. It is small, because every simulated round starts from a copy.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) rules: RuleSet,
    pub(crate) round: u16,
    pub(crate) multiplier: u32,
    /// Each seat's points before this round.
    pub(crate) totals: BySeat<i32>,
    pub(crate) zero_streaks: BySeat<u8>,
    pub(crate) starter: Option<Seat>,
    pub(crate) declared: BySeat<Option<Declaration>>,
    pub(crate) captured: BySeat<u8>,
    /// How many pieces each hand holds.
    pub(crate) counts: BySeat<u8>,
    /// The plays of the current turn, the leader's first.
    pub(crate) plays: ArrayVec<(Seat, Play), 4>,
    /// The pieces that each seat has played in this round.
    pub(crate) played: BySeat<PieceSet>,
}

impl Facts {
    pub(crate) fn of(table: &Table) -> Self {
        let plays = match &table.phase {
            Phase::Turn(turning) => turning.plays.clone(),
            Phase::Preparation(_) | Phase::Declaration(_) | Phase::Scoring(_) | Phase::Over(_) => ArrayVec::new(),
        };
        let mut played = BySeat::<PieceSet>::default();
        let completed = table.turns.iter().flat_map(|turn| &turn.plays);
        for &(seat, play) in completed.chain(&plays) {
            played[seat] = played[seat] | play.pieces();
        }
        Self {
            rules: table.rules,
            round: table.round,
            multiplier: table.multiplier,
            totals: table.totals,
            zero_streaks: table.zero_streaks,
            starter: table.starter.map(|(seat, _)| seat),
            declared: table.declarations,
            captured: table.captured,
            counts: table.hand_counts,
            plays,
            played,
        }
    }

    /// The declarations that this seat could make if it were next.
    pub(crate) fn legal_declarations(&self, seat: Seat) -> DeclarationSet {
        DeclarationTurn {
            total: self.total_declared(),
            declared: self.declarations_made(),
            zero_streak: self.zero_streaks[seat],
        }
        .legal(&self.rules)
    }

    pub(crate) fn total_declared(&self) -> u8 {
        self.declared.values().flatten().map(|d| d.value()).sum()
    }

    /// How many seats have declared, 0 to 4.
    pub(crate) fn declarations_made(&self) -> u8 {
        self.declared.values().flatten().fold(0, |sum, _| sum + 1)
    }

    /// The factor of this round's scores.
    pub(crate) fn times(&self) -> i32 {
        i32::try_from(self.multiplier).unwrap_or(i32::MAX)
    }

    /// How many piles a seat still needs; negative if it has too many. A seat that has not declared needs none.
    pub(crate) fn need(&self, seat: Seat) -> i8 {
        let declared = self.declared[seat].map_or(0, Declaration::value);
        declared as i8 - self.captured[seat] as i8
    }
}

/// One seat's hand, with the facts that everybody knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Position<'a> {
    pub(crate) seat: Seat,
    pub(crate) hand: PieceSet,
    pub(crate) facts: &'a Facts,
}

impl Position<'_> {
    /// How many piles the seat still needs; negative if it has too many.
    pub(crate) fn need(&self) -> i8 {
        self.facts.need(self.seat)
    }

    /// How many pieces the leader played; `None` if the seat leads.
    pub(crate) fn required(&self) -> Option<usize> {
        self.facts.plays.first().map(|(_, play)| play.len())
    }

    /// Whether the seat is the last to play in the turn.
    pub(crate) fn is_last(&self) -> bool {
        self.facts.plays.len() == 3
    }

    /// The pieces that the others hold: all that are neither in the player's own hand nor played.
    pub(crate) fn unseen(&self) -> PieceSet {
        self.facts.played.values().fold(PieceSet::FULL - self.hand, |left, played| left - *played)
    }

    /// The seats that play after this one in the turn.
    pub(crate) fn behind(&self) -> impl Iterator<Item = Seat> {
        let after = 3_usize.saturating_sub(self.facts.plays.len());
        self.seat.order().into_iter().skip(1).take(after)
    }

    /// Whether the play would win the turn if it ended now.
    pub(crate) fn wins_so_far(&self, play: Play) -> bool {
        if self.facts.plays.is_empty() {
            return true;
        }
        let mut plays = self.facts.plays.clone();
        plays.try_push((self.seat, play)).is_ok()
            && turn_winner(&plays, self.facts.rules.competing_types()) == self.seat
    }

    /// The seat that would win the turn if it ended now; `None` before the lead.
    pub(crate) fn winning(&self) -> Option<Seat> {
        let competing = self.facts.rules.competing_types();
        (!self.facts.plays.is_empty()).then(|| turn_winner(&self.facts.plays, competing))
    }
}
