//! A round played on from any point with all hands known, by one policy for all seats.

use game_rules::{BySeat, Declaration, PieceSet, Play, Seat, base_score, turn_winner};

use super::endgame;
use crate::reading::{
    position::{Facts, Position},
    race,
};

/// With so many pieces in each hand a round is solved, not played on.
const SOLVABLE: usize = 2;

/// A round under way.
#[derive(Clone)]
pub(crate) struct Round {
    pub(crate) facts: Facts,
    pub(crate) hands: BySeat<PieceSet>,
    /// What the round brings, when its last turns were solved and not played.
    pub(crate) solved: Option<BySeat<i32>>,
}

impl Round {
    pub(crate) fn of(facts: Facts, hands: BySeat<PieceSet>) -> Self {
        Self { facts, hands, solved: None }
    }

    /// What this seat decides from.
    pub(crate) fn position(&self, seat: Seat) -> Position<'_> {
        Position { seat, hand: self.hands[seat], facts: &self.facts }
    }

    /// The declarations of this seat and of those after it, until all have declared.
    pub(crate) fn declare_on(&mut self, mut seat: Seat, mut policy: impl FnMut(Position<'_>) -> Declaration) {
        while self.facts.declared[seat].is_none() {
            self.facts.declared[seat] = Some(policy(self.position(seat)));
            seat = seat.next();
        }
    }

    /// Takes a play of the seat whose turn it is, and tells who plays next.
    pub(crate) fn play(&mut self, seat: Seat, play: Play) -> Seat {
        let facts = &mut self.facts;
        self.hands[seat] = self.hands[seat] - play.pieces();
        facts.played[seat] = facts.played[seat] | play.pieces();
        facts.counts[seat] = facts.counts[seat].saturating_sub(play.len() as u8);
        if facts.plays.try_push((seat, play)).is_err() || facts.plays.len() < Seat::COUNT {
            return seat.next();
        }
        let winner = turn_winner(&facts.plays, facts.rules.competing_types());
        facts.captured[winner] += play.len() as u8;
        facts.plays.clear();
        winner
    }

    /// Plays to the end of the round, from the seat whose turn it is.
    #[cfg(test)]
    pub(crate) fn play_on(&mut self, mut seat: Seat, mut policy: impl FnMut(Position<'_>) -> Play) {
        while !self.hands[seat].is_empty() {
            let play = policy(self.position(seat));
            seat = self.play(seat, play);
        }
    }

    /// Plays on from the seat whose turn it is, and solves the last turns.
    pub(crate) fn play_out(&mut self, mut seat: Seat, mut policy: impl FnMut(Position<'_>) -> Play) {
        while !self.hands[seat].is_empty() {
            if self.facts.plays.is_empty() && self.hands[seat].len() <= SOLVABLE {
                self.solved = Some(endgame::solve(self, seat));
                return;
            }
            let play = policy(self.position(seat));
            seat = self.play(seat, play);
        }
    }

    /// How likely this seat wins the game after the round.
    pub(crate) fn win_share(&self, own: Seat) -> f32 {
        let facts = &self.facts;
        let times = i32::try_from(facts.multiplier).unwrap_or(i32::MAX);
        let scores = self.solved.unwrap_or_else(|| self.scores()).map(|score| score.saturating_mul(times));
        race::share_after(own, &facts.totals, scores, facts.round, &facts.rules)
    }

    /// The points of the round so far, before the multiplier.
    pub(crate) fn scores(&self) -> BySeat<i32> {
        BySeat::from_fn(|seat| {
            let declared = self.facts.declared[seat].unwrap_or_default();
            base_score(declared, self.facts.captured[seat])
        })
    }
}

#[cfg(test)]
mod tests {
    use game_rules::{Action, DeckSeed, Game, Phase, RuleSet};
    use rand::{SeedableRng, rngs::ChaCha8Rng};

    use super::guess;
    use super::*;
    use crate::levels::hard;

    /// A first round of which all have declared as the server would for silent seats.
    fn declared(number: u8) -> Game {
        let (mut game, _) = Game::new(RuleSet::default(), DeckSeed::from_bytes([number; 32]));
        while !matches!(game.table().phase, Phase::Turn(_)) {
            let seat = game.table().pending().iter().next().unwrap();
            let action = game.automatic(seat).unwrap();
            let legal = game.check(seat, action).unwrap();
            game.apply(legal);
        }
        game
    }

    fn play_one(game: &mut Game) {
        let seat = game.table().pending().iter().next().unwrap();
        let facts = Facts::of(game.table());
        let hand = game.view(seat).hand();
        let play = hard::sketch(Position { seat, hand, facts: &facts });
        let legal = game.check(seat, Action::Play(play)).unwrap();
        game.apply(legal);
    }

    #[test]
    fn a_simulated_round_ends_as_the_real_one_does_from_every_point() {
        for number in 0..20 {
            let mut game = declared(number);
            for _ in 0..number {
                if game.table().pending().is_empty() {
                    break;
                }
                play_one(&mut game);
            }
            let mut round = Round::of(Facts::of(game.table()), BySeat::from_fn(|seat| game.view(seat).hand()));
            if let Some(seat) = game.table().pending().iter().next() {
                round.play_on(seat, hard::sketch);
            }
            while !game.table().pending().is_empty() {
                play_one(&mut game);
            }
            let Phase::Scoring(result) = game.table().phase else {
                panic!("one round does not end the game");
            };
            assert_eq!(round.scores(), result.scores.map(|score| score.base));
        }
    }

    #[test]
    fn a_guessed_deal_gives_every_unseen_piece_to_one_other_seat() {
        let mut game = declared(3);
        for _ in 0..6 {
            play_one(&mut game);
        }
        let seat = game.table().pending().iter().next().unwrap();
        let view = game.view(seat);
        let facts = Facts::of(game.table());
        let position = Position { seat, hand: view.hand(), facts: &facts };
        let hands = guess::hands(position, &mut ChaCha8Rng::seed_from_u64(1));
        for (other, hand) in hands.iter() {
            assert_eq!(hand.len(), usize::from(game.table().hand_counts[other]));
        }
        let dealt = hands.values().fold(PieceSet::EMPTY, |all, hand| all | *hand);
        assert_eq!(dealt - view.hand(), view.unseen());
        assert_eq!(hands[seat], view.hand());
    }
}
