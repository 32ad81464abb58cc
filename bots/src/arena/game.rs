//! One deck of the arena, and the games that are played with it.

use game_rules::{BySeat, DeckSeed, Game, Phase, RoundScore, RuleSet, Seat};
use rand::{Rng, SeedableRng, rngs::ChaCha8Rng};

use super::{
    contestant::{Contestant, Player},
    tally::Tally,
};

/// The deck and the contestants' seeds of up to four games.
pub(super) struct Deck {
    seed: DeckSeed,
    seats: u64,
}

impl Deck {
    /// The deck of this number in the arena of this seed.
    pub(super) fn new(seed: u64, number: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        // A stream per deck, so that threads can take the decks in any order.
        rng.set_stream(number);
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self { seed: DeckSeed::from_bytes(bytes), seats: rng.next_u64() }
    }

    /// Plays a game with all contestants `turn` seats further on, and adds it to the tally of each.
    pub(super) fn play(
        &self,
        contestants: &[Contestant; Seat::COUNT],
        turn: usize,
        tallies: &mut [Tally; Seat::COUNT],
        clock: &dyn Fn() -> u64,
    ) {
        let number = |seat: Seat| (seat.index() + Seat::COUNT - turn) % Seat::COUNT;
        let mut players = BySeat::from_fn(|seat| contestants[number(seat)].sit(self.seats ^ number(seat) as u64));
        let (mut game, _) = Game::new(RuleSet::default(), self.seed.clone());
        loop {
            let took = |seat, time| tallies[number(seat)].times.note(time);
            for (seat, score) in play_round(&mut game, &mut players, took, clock) {
                tallies[number(seat)].round(&score);
            }
            match game.next_round() {
                Some(next) => game.apply(next),
                None => break,
            };
        }
        let winners = match &game.table().phase {
            Phase::Over(result) => result.winners,
            _ => game_rules::SeatSet::EMPTY,
        };
        for seat in Seat::ALL {
            let share = if winners.contains(seat) { 1.0 / winners.len() as f64 } else { 0.0 };
            tallies[number(seat)].game(share);
        }
    }
}

/// Plays a round to its end and returns its scores; `took` receives how long each decision took, in nanoseconds.
fn play_round(
    game: &mut Game,
    players: &mut BySeat<Player>,
    mut took: impl FnMut(Seat, u64),
    clock: &dyn Fn() -> u64,
) -> Vec<(Seat, RoundScore)> {
    while let Some(seat) = game.table().pending().iter().next() {
        let start = clock();
        let action = players[seat].decide(game, seat);
        took(seat, clock().saturating_sub(start));
        // A player that breaks the rules is a bug; the game goes on as it would after a time-out.
        let legal = game.check(seat, action).ok().or_else(|| game.check(seat, game.automatic(seat)?).ok());
        debug_assert!(game.check(seat, action).is_ok(), "a contestant broke the rules");
        let Some(legal) = legal else { break };
        game.apply(legal);
    }
    match &game.table().phase {
        Phase::Scoring(result) => result.scores.iter().map(|(seat, score)| (seat, *score)).collect(),
        Phase::Over(result) => result.scores.iter().map(|(seat, score)| (seat, *score)).collect(),
        Phase::Preparation(_) | Phase::Declaration(_) | Phase::Turn(_) => Vec::new(),
    }
}
