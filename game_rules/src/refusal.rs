//! Why an action is refused: the rule that it breaks, with the facts.

use crate::{
    Action, Declaration, DeclarationSet, IllegalDeclaration, Phase, PhaseKind, PieceSet, Play, PlayType, Preparation,
    Seat, Table, Turning, phase::Declaring,
};

/// The rule that an action breaks.
///
/// The rules are checked in this order: the action fits the phase, the seat has not acted yet, it is the seat's turn,
/// it holds the pieces, their number is right, they form a set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// The action does not fit the phase; no action fits a scored round or a finished game.
    #[error("this can't be done in the {phase} phase")]
    WrongPhase {
        /// The game's phase.
        phase: PhaseKind,
    },
    /// Another seat has to act.
    #[error("it is the turn of seat {expected}")]
    NotYourTurn {
        /// The seat that has to act.
        expected: Seat,
    },
    /// The seat has already declared in this round.
    #[error("this seat has declared {declared}")]
    AlreadyDeclared {
        /// The number that it declared.
        declared: Declaration,
    },
    /// The number can't be declared now.
    #[error("{declared} may not be declared now")]
    IllegalDeclaration {
        /// The number.
        declared: Declaration,
        /// The numbers that can be declared.
        legal: DeclarationSet,
        /// Why the number can't be declared.
        reason: IllegalDeclaration,
    },
    /// Redeals are being decided, but not by this seat: its hand is not weak, or it has decided.
    #[error("no redeal decision is open for this seat")]
    NoRedealDecision,
    /// The seat does not hold all of the pieces.
    #[error("the hand does not hold all of these pieces")]
    ForeignPieces {
        /// The pieces that it does not hold.
        foreign: PieceSet,
    },
    /// The number of pieces differs from the leader's.
    #[error("this turn takes {required} pieces, not {played}")]
    WrongCount {
        /// The number of pieces that the leader played.
        required: u8,
        /// The number of pieces that the seat wants to play.
        played: u8,
    },
    /// The leader's pieces do not form a valid set.
    #[error("the leader's pieces form no valid set")]
    InvalidSet {
        /// The pieces that the seat wants to lead with.
        pieces: PieceSet,
    },
}

/// Checks an action against the rules.
pub(crate) fn examine(table: &Table, hand: PieceSet, seat: Seat, action: Action) -> Result<(), Refusal> {
    match (&table.phase, action) {
        (Phase::Preparation(preparation), Action::Redeal(_)) => examine_redeal(preparation, seat),
        (Phase::Declaration(declaring), Action::Declare(declared)) => {
            examine_declaration(table, *declaring, seat, declared)
        }
        (Phase::Turn(turning), Action::Play(play)) => examine_play(turning, hand, seat, play),
        (phase, _) => Err(Refusal::WrongPhase { phase: phase.kind() }),
    }
}

fn examine_redeal(preparation: &Preparation, seat: Seat) -> Result<(), Refusal> {
    if preparation.undecided().contains(seat) { Ok(()) } else { Err(Refusal::NoRedealDecision) }
}

fn examine_declaration(table: &Table, declaring: Declaring, seat: Seat, declared: Declaration) -> Result<(), Refusal> {
    if let Some(declared) = table.declarations[seat] {
        return Err(Refusal::AlreadyDeclared { declared });
    }
    in_turn(seat, declaring.current)?;
    let legal = declaring.legal;
    if legal.contains(declared) {
        return Ok(());
    }
    let reason = table.declaration_turn(seat).reason(declared, &table.rules);
    Err(Refusal::IllegalDeclaration { declared, legal, reason })
}

fn examine_play(turning: &Turning, hand: PieceSet, seat: Seat, play: Play) -> Result<(), Refusal> {
    in_turn(seat, turning.current)?;
    let foreign = play.pieces() - hand;
    if !foreign.is_empty() {
        return Err(Refusal::ForeignPieces { foreign });
    }
    match turning.required {
        Some(required) if required != play.count() => Err(Refusal::WrongCount { required, played: play.count() }),
        None if play.play_type() == PlayType::Invalid => Err(Refusal::InvalidSet { pieces: play.pieces() }),
        Some(_) | None => Ok(()),
    }
}

fn in_turn(seat: Seat, expected: Seat) -> Result<(), Refusal> {
    if seat == expected { Ok(()) } else { Err(Refusal::NotYourTurn { expected }) }
}
