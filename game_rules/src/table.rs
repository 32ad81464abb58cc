//! The table: everything about a game that all seats may know.

use std::fmt;

use arrayvec::ArrayVec;

use crate::{BySeat, Declaration, DeclarationTurn, Phase, PieceSet, Play, Preparation, RuleSet, Seat, SeatSet};

/// Everything about a game that all seats may know. No field could hold a hand or the seed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// The rules of the game.
    pub rules: RuleSet,
    /// The number of the round, from 1.
    pub round: u16,
    /// The number of steps that the game has taken: actions, and starts of rounds after the first.
    pub ply: u32,
    /// The number of deals in the whole game, including redeals.
    pub deals: u64,
    /// The factor of the round's points: the number of its redeals plus one.
    pub multiplier: u32,
    /// The seat that starts the round, and why. During the preparation, play order starts with it, and a redeal may
    /// still change it; `None` in the first round until it is known.
    pub starter: Option<(Seat, StarterReason)>,
    /// The phase, with its data.
    pub phase: Phase,
    /// Each seat's points in the game; those of a round are added when it is scored.
    pub totals: BySeat<i32>,
    /// In how many rounds in a row each seat has declared zero; a round counts once it is scored.
    pub zero_streaks: BySeat<u8>,
    /// The declarations of this round; `None` for seats that have not declared yet.
    pub declarations: BySeat<Option<Declaration>>,
    /// The piles won in this round, eight in all at its end.
    pub captured: BySeat<u8>,
    /// The number of pieces in each hand, 0 to 8.
    pub hand_counts: BySeat<u8>,
    /// The completed turns of this round.
    pub turns: ArrayVec<Turn, 8>,
}

/// A completed turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Turn {
    /// The seat that led.
    pub leader: Seat,
    /// The plays, in order, the leader's first.
    pub plays: [(Seat, Play); 4],
    /// The seat that won, and leads the next turn of the round.
    pub winner: Seat,
    /// The number of piles that it won, 1 to 6.
    pub piles: u8,
}

/// Why a seat starts a round (the rules: Starter).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum StarterReason {
    /// It accepted the last redeal of this round.
    AcceptedRedeal,
    /// It holds the red general, in the first round.
    HasGeneralRed,
    /// It won the last turn of the previous round.
    WonLastTurn,
}

impl StarterReason {
    /// The reason's name in every contract, such as `won_last_turn`.
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

    /// The seats that have to act now; none if the round is scored or the game has ended.
    pub fn pending(&self) -> SeatSet {
        match &self.phase {
            Phase::Preparation(preparation) => preparation.undecided(),
            Phase::Declaration(declaring) => SeatSet::EMPTY.with(declaring.current),
            Phase::Turn(turning) => SeatSet::EMPTY.with(turning.current),
            Phase::Scoring(_) | Phase::Over(_) => SeatSet::EMPTY,
        }
    }

    /// The seats in the order in which they declare; `None` until the starter is known.
    pub fn declaration_order(&self) -> Option<[Seat; 4]> {
        match self.phase {
            Phase::Preparation(_) => None,
            Phase::Declaration(_) | Phase::Turn(_) | Phase::Scoring(_) | Phase::Over(_) => {
                self.starter.map(|(seat, _)| seat.order())
            }
        }
    }

    /// The sum of this round's declarations.
    pub fn total_declared(&self) -> u8 {
        self.declarations.values().flatten().map(|declaration| declaration.value()).sum()
    }

    /// The winner of the last completed turn of this round.
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

    /// What decides which numbers this seat may declare.
    pub(crate) fn declaration_turn(&self, seat: Seat) -> DeclarationTurn {
        let declared = self.declarations.values().flatten().fold(0, |count, _| count + 1);
        DeclarationTurn { total: self.total_declared(), declared, zero_streak: self.zero_streaks[seat] }
    }
}
