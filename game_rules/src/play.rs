//! Plays: sets of 1 to 6 pieces, their types and the sums that compete (the rules: Turns).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Piece, PieceSet};

/// The type of a play. The order is that of the rules' table of types, weakest first, with `Invalid` below them all; it
/// decides if any type competes ([`crate::CompetingTypes::AnyType`]).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum PlayType {
    /// No set: a follower may play it, but can't win with it.
    Invalid,
    /// One piece.
    Single,
    /// Two of one rank and colour.
    Pair,
    /// Three soldiers of one colour.
    ThreeOfAKind,
    /// Four soldiers of one colour.
    FourOfAKind,
    /// Five soldiers of one colour.
    FiveOfAKind,
    /// GENERAL-ADVISOR-ELEPHANT or CHARIOT-HORSE-CANNON of one colour.
    Straight,
    /// Four pieces of a straight's three kinds: one kind twice.
    ExtendedStraight,
    /// Five pieces of a straight's three kinds: two kinds twice.
    ExtendedStraight5,
    /// Two chariots, two horses, two cannons of one colour.
    DoubleStraight,
}

impl PlayType {
    /// All types, weakest first.
    pub const ALL: [Self; 10] = [
        Self::Invalid,
        Self::Single,
        Self::Pair,
        Self::ThreeOfAKind,
        Self::FourOfAKind,
        Self::FiveOfAKind,
        Self::Straight,
        Self::ExtendedStraight,
        Self::ExtendedStraight5,
        Self::DoubleStraight,
    ];

    /// The type's name in every contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "INVALID",
            Self::Single => "SINGLE",
            Self::Pair => "PAIR",
            Self::ThreeOfAKind => "THREE_OF_A_KIND",
            Self::Straight => "STRAIGHT",
            Self::FourOfAKind => "FOUR_OF_A_KIND",
            Self::ExtendedStraight => "EXTENDED_STRAIGHT",
            Self::ExtendedStraight5 => "EXTENDED_STRAIGHT_5",
            Self::FiveOfAKind => "FIVE_OF_A_KIND",
            Self::DoubleStraight => "DOUBLE_STRAIGHT",
        }
    }
}

impl fmt::Display for PlayType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text is not the name of a play type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a play type is SINGLE to DOUBLE_STRAIGHT, or INVALID")]
pub struct ParsePlayTypeError;

impl FromStr for PlayType {
    type Err = ParsePlayTypeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|play_type| play_type.as_str() == text).ok_or(ParsePlayTypeError)
    }
}

/// One to six pieces. It can't be empty.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "PieceSet", into = "PieceSet")]
pub struct Play(PieceSet);

/// Not a valid play: no pieces, or more than six.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a play has 1 to 6 pieces, not {0}")]
pub struct InvalidPlaySize(usize);

impl TryFrom<PieceSet> for Play {
    type Error = InvalidPlaySize;

    fn try_from(pieces: PieceSet) -> Result<Self, Self::Error> {
        Self::new(pieces).ok_or(InvalidPlaySize(pieces.len()))
    }
}

impl From<Piece> for Play {
    /// The piece played alone.
    fn from(piece: Piece) -> Self {
        Self::of(piece.bit())
    }
}

impl From<Play> for PieceSet {
    fn from(play: Play) -> Self {
        play.0
    }
}

/// The soldiers of one colour.
pub(crate) const SOLDIERS: [u32; 2] = [0x1F << FIRST_SOLDIER, 0x1F << 27];
/// The place of `p23`; every piece from here on is a soldier.
const FIRST_SOLDIER: usize = 22;
/// The three kinds of each straight, each kind as the bits of its pieces.
pub(crate) const GROUPS: [[u32; 3]; 4] = [
    [0b1, 0b11 << 2, 0b11 << 6],
    [0b10, 0b11 << 4, 0b11 << 8],
    [0b11 << 10, 0b11 << 14, 0b11 << 18],
    [0b11 << 12, 0b11 << 16, 0b11 << 20],
];
/// The lower bit of each of the ten kinds that have two pieces.
pub(crate) const PAIR_FLOORS: u32 = 0x0015_5554;
/// For each piece, all pieces that can form a set with it: its straight's kinds, or the soldiers of its colour.
const FAMILIES: [u32; 32] = {
    let mut families = [0; 32];
    let mut place = 0;
    while place < 32 {
        families[place] = match place {
            FIRST_SOLDIER..27 => SOLDIERS[0],
            27.. => SOLDIERS[1],
            _ => family_of_group(place),
        };
        place += 1;
    }
    families
};

const fn family_of_group(place: usize) -> u32 {
    let mut number = 0;
    loop {
        let [first, second, third] = GROUPS[number];
        let group = first | second | third;
        if group & (1 << place) != 0 {
            return group;
        }
        number += 1;
    }
}

impl Play {
    /// The largest number of pieces in a play.
    pub const MAX: usize = 6;

    /// The play of these pieces; `None` unless there are 1 to 6.
    pub const fn new(pieces: PieceSet) -> Option<Self> {
        if pieces.is_empty() || pieces.len() > Self::MAX { None } else { Some(Self(pieces)) }
    }

    /// The play with these bits, of which 1 to 6 are set.
    pub(crate) const fn of(bits: u32) -> Self {
        Self(PieceSet::from_bits(bits))
    }

    /// The pieces of the play.
    pub const fn pieces(self) -> PieceSet {
        self.0
    }

    /// The number of pieces, 1 to 6.
    #[expect(clippy::len_without_is_empty, reason = "a play is never empty")]
    pub const fn len(self) -> usize {
        self.0.len()
    }

    /// The same as a `u8`, the type that tables count pieces in.
    pub(crate) const fn count(self) -> u8 {
        self.0.bits().count_ones() as u8
    }

    /// The type of set that the pieces form.
    pub fn play_type(self) -> PlayType {
        let bits = self.0.bits();
        let strongest = bits.trailing_zeros() as usize % 32;
        let count = self.len();
        if count == 1 {
            return PlayType::Single;
        }
        if bits & !FAMILIES[strongest] != 0 {
            return PlayType::Invalid;
        }
        if strongest >= FIRST_SOLDIER {
            return OF_A_KIND[count];
        }
        // Within a straight's kinds, dropping twins leaves one piece per kind.
        match (self.without_twins().len(), count) {
            (1, 2) => PlayType::Pair,
            (3, _) => STRAIGHTS[count],
            _ => PlayType::Invalid,
        }
    }

    /// The sum that competes: of all points, but in an extended straight of four or five of its three kinds alone.
    pub fn core(self) -> u16 {
        self.core_as(self.play_type())
    }

    /// The same, if the type is already known: finding it costs more than the sum.
    pub(crate) fn core_as(self, play_type: PlayType) -> u16 {
        match play_type {
            PlayType::ExtendedStraight | PlayType::ExtendedStraight5 => self.without_twins().points(),
            PlayType::Invalid
            | PlayType::Single
            | PlayType::Pair
            | PlayType::ThreeOfAKind
            | PlayType::Straight
            | PlayType::FourOfAKind
            | PlayType::FiveOfAKind
            | PlayType::DoubleStraight => self.0.points(),
        }
    }

    /// The pieces without the second one of a kind; all soldiers stay.
    fn without_twins(self) -> PieceSet {
        let bits = self.0.bits();
        PieceSet::from_bits(bits & !((bits & PAIR_FLOORS) << 1))
    }
}

/// The type that soldiers of one colour form, by their number.
const OF_A_KIND: [PlayType; 7] = [
    PlayType::Invalid,
    PlayType::Single,
    PlayType::Pair,
    PlayType::ThreeOfAKind,
    PlayType::FourOfAKind,
    PlayType::FiveOfAKind,
    PlayType::Invalid,
];

/// The type that pieces of a straight's kinds form if all three are there, by their number.
const STRAIGHTS: [PlayType; 7] = [
    PlayType::Invalid,
    PlayType::Invalid,
    PlayType::Invalid,
    PlayType::Straight,
    PlayType::ExtendedStraight,
    PlayType::ExtendedStraight5,
    PlayType::DoubleStraight,
];
