//! Sets of pieces, as bits: most questions about hands are one instruction.

use std::{
    fmt,
    ops::{BitAnd, BitOr, Sub},
};

use serde::{Deserialize, Serialize};

use crate::Piece;

/// Any number of the 32 pieces, in 32 bits; `p1` is the lowest bit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PieceSet(u32);

impl PieceSet {
    /// The empty set.
    pub const EMPTY: Self = Self(0);
    /// All pieces.
    pub const FULL: Self = Self(u32::MAX);

    /// The set with these bits.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// The set as bits.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Adds a piece.
    pub const fn insert(&mut self, piece: Piece) {
        self.0 |= piece.bit();
    }

    /// Removes a piece, if it is in the set.
    pub const fn remove(&mut self, piece: Piece) {
        self.0 &= !piece.bit();
    }

    /// The set with this piece added.
    #[must_use]
    pub const fn with(self, piece: Piece) -> Self {
        Self(self.0 | piece.bit())
    }

    /// The set without this piece.
    #[must_use]
    pub const fn without(self, piece: Piece) -> Self {
        Self(self.0 & !piece.bit())
    }

    /// Whether the piece is in the set.
    pub const fn contains(self, piece: Piece) -> bool {
        self.0 & piece.bit() != 0
    }

    /// Whether every piece of the set is also in the other.
    pub const fn is_subset(self, of: Self) -> bool {
        self.0 & !of.0 == 0
    }

    /// Whether the sets share no piece.
    pub const fn is_disjoint(self, other: Self) -> bool {
        self.0 & other.0 == 0
    }

    /// The number of pieces in the set.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether the set has no pieces.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The sum of the pieces' points, at most 196.
    pub fn points(self) -> u16 {
        let bytes = self.0.to_le_bytes();
        POINTS.iter().zip(bytes).map(|(points, byte)| u16::from(points[usize::from(byte)])).sum()
    }

    /// The pieces, in descending order of points.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Piece> + Clone {
        Pieces(self.0)
    }

    /// The `count` pieces with the most points, or all if there are fewer.
    #[must_use]
    pub fn highest(self, count: usize) -> Self {
        self.iter().take(count).collect()
    }

    /// The `count` pieces with the fewest points, or all if there are fewer.
    #[must_use]
    pub fn lowest(self, count: usize) -> Self {
        self.iter().rev().take(count).collect()
    }
}

/// The points of any eight neighbouring pieces, by byte of the set and value of that byte: four look-ups instead of a
/// loop over the pieces.
const POINTS: [[u8; 256]; 4] = {
    let mut points = [[0; 256]; 4];
    let mut place = 0;
    while place < 32 {
        let mut byte = 0;
        while byte < 256 {
            if byte >> (place % 8) & 1 == 1 {
                points[place / 8][byte] += Piece::ALL[place].points();
            }
            byte += 1;
        }
        place += 1;
    }
    points
};

#[derive(Clone)]
struct Pieces(u32);

impl Iterator for Pieces {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let place = self.0.trailing_zeros();
        // Clears the lowest bit.
        self.0 &= self.0.wrapping_sub(1);
        (place < 32).then(|| Piece::at(place))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.0.count_ones() as usize;
        (left, Some(left))
    }
}

impl DoubleEndedIterator for Pieces {
    fn next_back(&mut self) -> Option<Piece> {
        let place = self.0.checked_ilog2()?;
        self.0 &= !(1 << place);
        Some(Piece::at(place))
    }
}

impl BitOr for PieceSet {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitAnd for PieceSet {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl Sub for PieceSet {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl FromIterator<Piece> for PieceSet {
    fn from_iter<I: IntoIterator<Item = Piece>>(pieces: I) -> Self {
        pieces.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl fmt::Debug for PieceSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
