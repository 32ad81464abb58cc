//! The table: all of a game that everybody may know.

use std::fmt;

use arrayvec::ArrayVec;

use crate::{BySeat, Declaration, DeclarationTurn, Phase, PieceSet, Play, Preparation, RuleSet, Seat, SeatSet};

/// All that everybody at the table may know. No field could hold a hand or the seed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// By which rules the game is played.
    pub rules: RuleSet,
    /// The round, from 1.
    pub round: u16,
    /// How many steps the game has taken: actions and starts of rounds after the first.
    pub ply: u32,
    /// How many deals were made in the whole game, redeals too.
    pub deals: u64,
    /// What the round's points are multiplied by: one more than its redeals.
    pub multiplier: u32,
    /// Who starts the round and why. While redeals are decided it is from whom play order is counted, and a redeal may
    /// still change it; none in the first round until its starter is found.
    pub starter: Option<(Seat, StarterReason)>,
    /// Where the game stands.
    pub phase: Phase,
    /// Everybody's points of the game, without this round until it is scored.
    pub totals: BySeat<i32>,
    /// How many rounds in a row everybody has declared zero; this round counts once it is scored.
    pub zero_streaks: BySeat<u8>,
    /// What was declared in this round.
    pub declarations: BySeat<Option<Declaration>>,
    /// The piles taken in this round, eight in all at its end.
    pub captured: BySeat<u8>,
    /// How many pieces everybody holds, 0 to 8.
    pub hand_counts: BySeat<u8>,
    /// The completed turns of this round.
    pub turns: ArrayVec<Turn, 8>,
}

/// A completed turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Turn {
    /// Who led.
    pub leader: Seat,
    /// What was played, in order, the leader's first.
    pub plays: [(Seat, Play); 4],
    /// Who won and leads the next turn.
    pub winner: Seat,
    /// How many piles it brought, 1 to 6.
    pub piles: u8,
}

/// Why a seat starts a round (the rules: Starter).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum StarterReason {
    /// It was the last to get a redeal in this round.
    AcceptedRedeal,
    /// It holds the red general, in the first round.
    HasGeneralRed,
    /// It won the last turn of the round before.
    WonLastTurn,
}

impl StarterReason {
    /// The reason's name in events, as in `won_last_turn`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AcceptedRedeal => "accepted_redeal",
            Self::HasGeneralRed => "has_general_red",
            Self::WonLastTurn => "won_last_turn",
        }
    }
}

impl fmt::Display for StarterReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Table {
    /// The table before the first round.
    pub(crate) fn new(rules: RuleSet) -> Self {
        Self {
            rules,
            round: 0,
            ply: 0,
            deals: 0,
            multiplier: 1,
            starter: None,
            phase: Phase::Preparation(Preparation {
                weak: SeatSet::EMPTY,
                decisions: BySeat::default(),
                redealt: false,
            }),
            totals: BySeat::default(),
            zero_streaks: BySeat::default(),
            declarations: BySeat::default(),
            captured: BySeat::default(),
            hand_counts: BySeat::default(),
            turns: ArrayVec::new(),
        }
    }

    /// Who has to act now; nobody when the round is scored or the game over.
    pub fn pending(&self) -> SeatSet {
        match &self.phase {
            Phase::Preparation(preparation) => preparation.undecided(),
            Phase::Declaration(declaring) => SeatSet::EMPTY.with(declaring.current),
            Phase::Turn(turning) => SeatSet::EMPTY.with(turning.current),
            Phase::Scoring(_) | Phase::Over(_) => SeatSet::EMPTY,
        }
    }

    /// The seats in the order in which they declare; none until the starter is settled.
    pub fn declaration_order(&self) -> Option<[Seat; 4]> {
        match self.phase {
            Phase::Preparation(_) => None,
            Phase::Declaration(_) | Phase::Turn(_) | Phase::Scoring(_) | Phase::Over(_) => {
                self.starter.map(|(seat, _)| seat.order())
            }
        }
    }

    /// The sum of what was declared in this round.
    pub fn total_declared(&self) -> u8 {
        self.declarations.values().flatten().map(|declaration| declaration.value()).sum()
    }

    /// Who won the last completed turn of this round.
    pub fn last_winner(&self) -> Option<Seat> {
        self.turns.last().map(|turn| turn.winner)
    }

    /// All pieces played in this round.
    pub fn played(&self) -> PieceSet {
        let completed = self.turns.iter().flat_map(|turn| &turn.plays);
        let current: &[(Seat, Play)] = match &self.phase {
            Phase::Turn(turning) => &turning.plays,
            Phase::Preparation(_) | Phase::Declaration(_) | Phase::Scoring(_) | Phase::Over(_) => &[],
        };
        completed.chain(current).fold(PieceSet::EMPTY, |all, (_, play)| all | play.pieces())
    }

    /// What lies before this seat when it declares.
    pub(crate) fn declaration_turn(&self, seat: Seat) -> DeclarationTurn {
        let declared = self.declarations.values().flatten().fold(0, |count, _| count + 1);
        DeclarationTurn { total: self.total_declared(), declared, zero_streak: self.zero_streaks[seat] }
    }
}
