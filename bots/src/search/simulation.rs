//! A simulated round: it plays on from any point, with all hands known.

use game_rules::{BySeat, Declaration, PieceSet, Play, Seat, base_score, turn_winner};

use crate::reading::{
    position::{Facts, Position},
    win_probability,
};

/// A round under way.
#[derive(Clone)]
pub(crate) struct Round {
    pub(crate) facts: Facts,
    pub(crate) hands: BySeat<PieceSet>,
    /// The points of the round, before the multiplier, if its last turns were solved rather than played.
    pub(crate) solved: Option<BySeat<i32>>,
}

impl Round {
    pub(crate) fn of(facts: Facts, hands: BySeat<PieceSet>) -> Self {
        Self { facts, hands, solved: None }
    }

    /// The position that this seat decides from.
    pub(crate) fn position(&self, seat: Seat) -> Position<'_> {
        Position { seat, hand: self.hands[seat], facts: &self.facts }
    }

    /// Lets this seat and those after it declare, until all have declared.
    pub(crate) fn declare_on(&mut self, mut seat: Seat, mut policy: impl FnMut(Position<'_>) -> Declaration) {
        while self.facts.declared[seat].is_none() {
            self.facts.declared[seat] = Some(policy(self.position(seat)));
            seat = seat.next();
        }
    }

    /// Makes the play of the seat whose turn it is, and returns the seat that plays next. The play is not checked:
    /// policies choose legal plays, and a check would cost more than the play.
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

    /// The probability that this seat wins the game after the round.
    pub(crate) fn win_probability(&self, own: Seat) -> f32 {
        let scores = self.solved.unwrap_or_else(|| self.scores());
        win_probability::after_round(&self.facts, own, scores, self.facts.times())
    }

    /// The points of the round if it ended now, before the multiplier.
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

    use super::*;
    use crate::{reading::choices, search::determinize};

    /// A first round in which all seats have declared what the server declares after a time-out.
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

    /// Any play, but the same one for the same position.
    fn some_play(position: Position<'_>) -> Play {
        let plays = choices::plays(position);
        plays[position.hand.bits() as usize % plays.len()]
    }

    fn play_one(game: &mut Game) {
        let seat = game.table().pending().iter().next().unwrap();
        let facts = Facts::of(game.table());
        let hand = game.view(seat).hand();
        let play = some_play(Position { seat, hand, facts: &facts });
        let legal = game.check(seat, Action::Play(play)).unwrap();
        game.apply(legal);
    }

    fn play_on(round: &mut Round, mut seat: Seat) {
        while !round.hands[seat].is_empty() {
            let play = some_play(round.position(seat));
            seat = round.play(seat, play);
        }
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
                play_on(&mut round, seat);
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
    fn a_sampled_deal_gives_every_unseen_piece_to_one_other_seat() {
        let mut game = declared(3);
        for _ in 0..6 {
            play_one(&mut game);
        }
        let seat = game.table().pending().iter().next().unwrap();
        let view = game.view(seat);
        let facts = Facts::of(game.table());
        let position = Position { seat, hand: view.hand(), facts: &facts };
        let hands = determinize::hands(position, &mut ChaCha8Rng::seed_from_u64(1));
        for (other, hand) in hands.iter() {
            assert_eq!(hand.len(), usize::from(game.table().hand_counts[other]));
        }
        let dealt = hands.values().fold(PieceSet::EMPTY, |all, hand| all | *hand);
        assert_eq!(dealt - view.hand(), view.unseen());
        assert_eq!(hands[seat], view.hand());
    }
}
