//! The 32 pieces.

use std::{fmt, str::FromStr};

/// The colour of a piece. Red is worth one point more than black.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Color {
    /// The stronger colour.
    Red,
    /// The weaker colour.
    Black,
}

impl Color {
    /// The colour's name in every contract: `RED` or `BLACK`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Red => "RED",
            Self::Black => "BLACK",
        }
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The rank of a piece, in descending order of points.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Rank {
    /// 14 or 13 points, one of each colour.
    General,
    /// 12 or 11 points, two of each colour.
    Advisor,
    /// 10 or 9 points, two of each colour.
    Elephant,
    /// 8 or 7 points, two of each colour.
    Chariot,
    /// 6 or 5 points, two of each colour.
    Horse,
    /// 4 or 3 points, two of each colour.
    Cannon,
    /// 2 or 1 points, five of each colour.
    Soldier,
}

impl Rank {
    /// All ranks, in descending order of points.
    pub const ALL: [Self; 7] =
        [Self::General, Self::Advisor, Self::Elephant, Self::Chariot, Self::Horse, Self::Cannon, Self::Soldier];

    /// The rank's name in every contract: `GENERAL` to `SOLDIER`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::General => "GENERAL",
            Self::Advisor => "ADVISOR",
            Self::Elephant => "ELEPHANT",
            Self::Chariot => "CHARIOT",
            Self::Horse => "HORSE",
            Self::Cannon => "CANNON",
            Self::Soldier => "SOLDIER",
        }
    }
}

impl fmt::Display for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One of the 32 pieces, numbered in descending order of points: `p1` the red general, `p2` the black one, then red and
/// black advisors, elephants, chariots, horses, cannons in twos, `p23`–`p27` red and `p28`–`p32` black soldiers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Piece(u8);

impl Piece {
    /// All pieces, in descending order of points.
    pub const ALL: [Self; 32] = {
        let mut all = [Self(0); 32];
        let mut bit = 0;
        while bit < 32 {
            all[bit as usize] = Self(bit);
            bit += 1;
        }
        all
    };
    /// The red general, whose holder starts the first round.
    pub const GENERAL_RED: Self = Self(0);

    /// The piece with this number; `None` unless it is 1 to 32.
    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number <= 32 { Some(Self(number - 1)) } else { None }
    }

    /// The piece's number, 1 to 32.
    pub const fn number(self) -> u8 {
        self.0 + 1
    }

    /// The piece's bit in a [`PieceSet`](crate::PieceSet).
    pub(crate) const fn bit(self) -> u32 {
        1 << self.0
    }

    /// The piece at this place of a set, 0 to 31.
    pub(crate) const fn at(place: u32) -> Self {
        Self((place % 32) as u8)
    }

    /// The piece's rank.
    pub const fn rank(self) -> Rank {
        match self.0 {
            0..=1 => Rank::General,
            22.. => Rank::Soldier,
            place => Rank::ALL[(place as usize + 2) / 4],
        }
    }

    /// The piece's colour.
    pub const fn color(self) -> Color {
        let red = match self.0 {
            place @ 0..=1 => place == 0,
            place @ 22.. => place < 27,
            place => (place - 2) % 4 < 2,
        };
        if red { Color::Red } else { Color::Black }
    }

    /// The piece's points, 1 to 14.
    pub const fn points(self) -> u8 {
        let red = 14 - 2 * self.rank() as u8;
        match self.color() {
            Color::Red => red,
            Color::Black => red - 1,
        }
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "p{}", self.number())
    }
}

impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not the name of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a piece is p1 to p32")]
pub struct ParsePieceError;

impl FromStr for Piece {
    type Err = ParsePieceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix('p').ok_or(ParsePieceError)?;
        // `parse` would take `p01` and `p+1`, so that a piece had several names.
        if digits.starts_with(['0', '+']) {
            return Err(ParsePieceError);
        }
        digits.parse().ok().and_then(Self::new).ok_or(ParsePieceError)
    }
}
