//! Why a declaration or a play is illegal: the word for programs and the text for people, the same in every contract.

use game_rules::IllegalDeclaration;
use vocabulary::InvalidPlay;

/// The `reason` of an illegal declaration, and its text.
pub(crate) const fn declaration(reason: IllegalDeclaration) -> (&'static str, &'static str) {
    match reason {
        IllegalDeclaration::ForbiddenTotal => {
            ("forbidden_total", "The last declaration can't make the sum of all declarations this number")
        }
        IllegalDeclaration::ZeroStreak => ("zero_streak", "You have declared zero too many times in a row"),
    }
}

/// The `reason` of a play that is not valid, and its text.
pub(crate) const fn play(invalid: &InvalidPlay) -> (&'static str, &'static str) {
    match invalid {
        InvalidPlay::UnknownPiece { .. } => ("unknown_piece", "There is no such piece"),
        InvalidPlay::RepeatedPiece { .. } => ("repeated_piece", "A piece is named twice"),
        InvalidPlay::BadIndex { .. } => ("bad_index", "An index is not a piece of your hand, or is named twice"),
        InvalidPlay::ForeignPieces { .. } => ("not_in_hand", "These pieces are not in your hand"),
        InvalidPlay::WrongCount { .. } => ("wrong_count", "Play as many pieces as the leader"),
        InvalidPlay::TooMany { .. } => ("wrong_count", "A play has at most six pieces"),
        InvalidPlay::NoValidSet { .. } => {
            ("no_valid_set", "The leader must play a valid set; these pieces are not one")
        }
    }
}
