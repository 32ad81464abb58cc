//! Fair deals: 32 secret bytes from which every deal of a game follows (contract *what they share*: Fair deals).

use std::{fmt, str::FromStr};

use rand::{Rng, SeedableRng, rngs::ChaCha20Rng};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{BySeat, HAND_SIZE, Piece, PieceSet, Seat};

/// The seed of a game's deck. Whoever knows it knows every hand, so `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DeckSeed([u8; 32]);

impl DeckSeed {
    /// The seed with these bytes, which should come from the operating system's random source.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The seed's bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The seed as 64 lower-case hexadecimal digits, for the end of the game.
    pub fn to_hex(&self) -> String {
        hex(&self.0)
    }

    /// The commitment published before the first deal: SHA-256 of the seed as 64 lower-case hexadecimal digits.
    pub fn commitment(&self) -> String {
        hex(&Sha256::digest(self.0))
    }

    /// The deal with this number, counted from 0 over the whole game including redeals. Every hand has eight pieces.
    pub fn deal(&self, number: u64) -> BySeat<PieceSet> {
        // Anybody must be able to repeat the deal after the game, so each step is fixed by the contract: a stream of
        // ChaCha20 per deal, a Fisher-Yates shuffle from the end, and the pieces dealt in turn. No library's shuffle
        // will do: it may change with a version.
        let mut words = ChaCha20Rng::from_seed(self.0);
        words.set_stream(number);
        let mut pieces = Piece::ALL;
        for last in (1..32_u32).rev() {
            let other = below(last + 1, || words.next_u32());
            pieces.swap(last as usize, other as usize);
        }
        BySeat::from_fn(|seat| pieces[seat.index()..].iter().step_by(Seat::COUNT).copied().collect())
    }
}

/// An unbiased number below `bound`: words in the incomplete last range are discarded.
fn below(bound: u32, mut word: impl FnMut() -> u32) -> u32 {
    // 2³² mod bound, in 32 bits.
    let excess = bound.wrapping_neg() % bound;
    loop {
        let word = word();
        if word <= u32::MAX - excess {
            return word % bound;
        }
    }
}

/// Whether no piece of the hand has more than 9 points (the rules: Deal).
pub const fn is_weak(hand: PieceSet) -> bool {
    /// `p1` to `p8`: down to the red elephants.
    const STRONG: PieceSet = PieceSet::from_bits(0xFF);
    hand.is_disjoint(STRONG)
}

/// The seats with weak hands.
pub(crate) fn weak_seats(hands: &BySeat<PieceSet>) -> crate::SeatSet {
    hands.iter().filter(|(_, hand)| is_weak(**hand)).map(|(seat, _)| seat).collect()
}

/// Whether these hands are a deal: all 32 pieces, eight each.
pub(crate) fn is_deal(hands: &BySeat<PieceSet>) -> bool {
    let all = hands.values().fold(PieceSet::EMPTY, |all, hand| all | *hand);
    all == PieceSet::FULL && hands.values().all(|hand| hand.len() == HAND_SIZE)
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The text is not a deck seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a deck seed is 64 hexadecimal digits")]
pub struct ParseDeckSeedError;

impl FromStr for DeckSeed {
    type Err = ParseDeckSeedError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.as_bytes();
        let mut bytes = [0; 32];
        if digits.len() != 2 * bytes.len() {
            return Err(ParseDeckSeedError);
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

fn nibble(digit: u8) -> Result<u8, ParseDeckSeedError> {
    let value = char::from(digit).to_digit(16).ok_or(ParseDeckSeedError)?;
    u8::try_from(value).map_err(|_| ParseDeckSeedError)
}

impl TryFrom<String> for DeckSeed {
    type Error = ParseDeckSeedError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<DeckSeed> for String {
    fn from(seed: DeckSeed) -> Self {
        seed.to_hex()
    }
}

impl fmt::Debug for DeckSeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeckSeed(…)")
    }
}
