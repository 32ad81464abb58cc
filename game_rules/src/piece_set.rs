//! Sets of pieces.

use std::{
    fmt,
    ops::{BitAnd, BitOr, Sub},
};

use serde::{Deserialize, Serialize};

use crate::Piece;

/// Any of the 32 pieces, in 32 bits: `p1` is the lowest bit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PieceSet(u32);

impl PieceSet {
    /// No piece.
    pub const EMPTY: Self = Self(0);
    /// All pieces.
    pub const FULL: Self = Self(u32::MAX);

    /// The set of these bits.
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

    /// Takes a piece out.
    pub const fn remove(&mut self, piece: Piece) {
        self.0 &= !piece.bit();
    }

    /// The set and this piece.
    #[must_use]
    pub const fn with(self, piece: Piece) -> Self {
        Self(self.0 | piece.bit())
    }

    /// The set less this piece.
    #[must_use]
    pub const fn without(self, piece: Piece) -> Self {
        Self(self.0 & !piece.bit())
    }

    /// Whether the piece is in the set.
    pub const fn contains(self, piece: Piece) -> bool {
        self.0 & piece.bit() != 0
    }

    /// Whether all of the set is in the other.
    pub const fn is_subset(self, of: Self) -> bool {
        self.0 & !of.0 == 0
    }

    /// Whether the sets share no piece.
    pub const fn is_disjoint(self, other: Self) -> bool {
        self.0 & other.0 == 0
    }

    /// How many pieces.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The sum of the pieces' points, at most 196.
    pub fn points(self) -> u16 {
        let bytes = self.0.to_le_bytes();
        POINTS.iter().zip(bytes).map(|(points, byte)| u16::from(points[usize::from(byte)])).sum()
    }

    /// The pieces by falling points.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Piece> + Clone {
        Pieces(self.0)
    }

    /// The `count` pieces of highest points, or all.
    #[must_use]
    pub fn highest(self, count: usize) -> Self {
        self.iter().take(count).collect()
    }

    /// The set with all of another.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The set less all of another.
    #[must_use]
    pub const fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The `count` pieces of lowest points, or all.
    #[must_use]
    pub fn lowest(self, count: usize) -> Self {
        self.iter().rev().take(count).collect()
    }
}

/// The points of any eight neighbouring pieces, by the four bytes of a set.
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
        self.union(other)
    }
}

impl BitAnd for PieceSet {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.intersection(other)
    }
}

impl Sub for PieceSet {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.difference(other)
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
