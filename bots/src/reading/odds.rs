//! Probabilities by counting the unseen pieces: what another hand may hold, and so how likely a play wins its turn.

use game_rules::{Color, CompetingTypes, Piece, PieceSet, Play, PlayType, Rank};

use super::position::Position;

/// The probability that a seat takes piles that it needs, if it can.
const EAGER: f32 = 0.8;
/// The same if the turn has more piles than it needs.
const GREEDY: f32 = 0.4;
/// The same if it needs none: it may have nothing else to play.
const FORCED: f32 = 0.1;

/// The probability that this play wins the turn: no seat that plays later both can and wants to beat it.
pub(crate) fn stands(position: Position<'_>, unseen: &Census, play: Play) -> f32 {
    let competing = position.facts.rules.competing_types();
    position
        .behind()
        .map(|seat| {
            let count = usize::from(position.facts.counts[seat]);
            let willing = match position.facts.need(seat) {
                need if need >= play.len() as i8 => EAGER,
                need if need > 0 => GREEDY,
                _ => FORCED,
            };
            1.0 - willing * unseen.beats(play, count, competing)
        })
        .product()
}

/// The unseen pieces, counted once for many questions.
pub(crate) struct Census {
    pieces: PieceSet,
    len: usize,
    /// How many there are of each color and rank.
    kinds: [[usize; 7]; 2],
}

/// The pieces with more points than the index; a table, because simulated rounds ask for it thousands of times.
const HIGHER: [PieceSet; 15] = {
    let mut higher = [PieceSet::EMPTY; 15];
    let mut points = 0;
    while points < higher.len() {
        let mut place = 0;
        while place < Piece::ALL.len() {
            if Piece::ALL[place].points() as usize > points {
                higher[points].insert(Piece::ALL[place]);
            }
            place += 1;
        }
        points += 1;
    }
    higher
};

/// The two groups of ranks that form straights.
const GROUPS: [[Rank; 3]; 2] =
    [[Rank::General, Rank::Advisor, Rank::Elephant], [Rank::Chariot, Rank::Horse, Rank::Cannon]];

impl Census {
    pub(crate) fn of(pieces: PieceSet) -> Self {
        let mut kinds = [[0; 7]; 2];
        for piece in pieces.iter() {
            kinds[piece.color() as usize][piece.rank() as usize] += 1;
        }
        Self { pieces, len: pieces.len(), kinds }
    }

    /// The share of the unseen pieces that are higher than this one, 0 to 1.
    pub(crate) fn share_above(&self, piece: Piece) -> f32 {
        self.above(piece) as f32 / self.len.max(1) as f32
    }

    /// The probability that a hand of `count` unseen pieces holds a set that beats this play.
    pub(crate) fn beats(&self, play: Play, count: usize, competing: CompetingTypes) -> f32 {
        let size = play.len();
        if size > count {
            return 0.0;
        }
        let play_type = play.play_type();
        let any_straight = match (play_type, competing) {
            (PlayType::ThreeOfAKind | PlayType::FourOfAKind | PlayType::FiveOfAKind, CompetingTypes::AnyType) => {
                self.straight(size, 0, count)
            }
            _ => 0.0,
        };
        let same_type = match play_type {
            PlayType::Invalid => 1.0,
            PlayType::Single => {
                let above = play.pieces().iter().next().map_or(0, |piece| self.above(piece));
                at_least(self.len, above, count, 1)
            }
            PlayType::Pair => self.pair(play.core(), count),
            PlayType::ThreeOfAKind | PlayType::FourOfAKind | PlayType::FiveOfAKind => {
                // Only soldiers come in threes, and only the red ones beat the black ones.
                let red = self.kinds[Color::Red as usize][Rank::Soldier as usize];
                let beatable = usize::from(play.core()) == size;
                if beatable { at_least(self.len, red, count, size) } else { 0.0 }
            }
            PlayType::Straight
            | PlayType::ExtendedStraight
            | PlayType::ExtendedStraight5
            | PlayType::DoubleStraight => self.straight(size, play.core(), count),
        };
        1.0 - (1.0 - same_type) * (1.0 - any_straight)
    }

    fn above(&self, piece: Piece) -> usize {
        let higher = HIGHER[usize::from(piece.points())];
        (self.pieces & higher).len()
    }

    /// The probability that a hand of `count` pieces holds a pair with a higher sum than `core`.
    fn pair(&self, core: u16, count: usize) -> f32 {
        let colors = [Color::Red, Color::Black];
        let none: f32 = colors
            .into_iter()
            .flat_map(|color| Rank::ALL.map(|rank| (color, rank)))
            .filter(|(color, rank)| 2 * points(*color, *rank) > core)
            .map(|(color, rank)| {
                let held = self.kinds[color as usize][rank as usize];
                1.0 - at_least(self.len, held, count, 2)
            })
            .product();
        1.0 - none
    }

    /// About how likely a hand of `count` pieces holds a straight of `size` pieces with a higher sum than `core`.
    fn straight(&self, size: usize, core: u16, count: usize) -> f32 {
        let mut none = 1.0;
        for color in [Color::Red, Color::Black] {
            for group in GROUPS {
                let twice = if size == 6 { 2 } else { 1 };
                let sum: u16 = group.iter().map(|rank| twice * points(color, *rank)).sum();
                if sum > core {
                    none *= 1.0 - self.holds_group(color, group, size, count);
                }
            }
        }
        1.0 - none
    }

    fn holds_group(&self, color: Color, group: [Rank; 3], size: usize, count: usize) -> f32 {
        let held = group.map(|rank| self.kinds[color as usize][rank as usize]);
        if held.contains(&0) {
            return 0.0;
        }
        // Approximate: each of the three ranks once, as if they were independent, and enough pieces of the group. The
        // exact sum over all hands would cost more than it is worth here.
        let kinds: f32 = held.iter().map(|kind| at_least(self.len, *kind, count, 1)).product();
        kinds.min(at_least(self.len, held.iter().sum(), count, size))
    }
}

fn points(color: Color, rank: Rank) -> u16 {
    14 - 2 * rank as u16 - color as u16
}

/// The probability that `count` pieces drawn from `all` include at least `wanted` of the `good` ones.
fn at_least(all: usize, good: usize, count: usize, wanted: usize) -> f32 {
    if good < wanted || count < wanted || all < count {
        return 0.0;
    }
    let fewer: f32 = (0..wanted).map(|drawn| choose(good, drawn) * choose(all - good, count - drawn)).sum();
    (1.0 - fewer / choose(all, count)).max(0.0)
}

/// The binomial coefficient: the number of ways to choose `k` of `n`.
fn choose(n: usize, k: usize) -> f32 {
    if k > n {
        return 0.0;
    }
    (0..k).map(|i| (n - i) as f32 / (i + 1) as f32).product()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_are_those_of_drawing_without_putting_back() {
        assert!((at_least(24, 1, 8, 1) - 1.0 / 3.0).abs() < 1e-5);
        assert!((at_least(4, 2, 2, 2) - 1.0 / 6.0).abs() < 1e-5);
        assert_eq!(at_least(24, 1, 8, 2), 0.0);
    }
}
