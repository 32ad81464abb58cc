//! One game of the arena.

use game_rules::{BySeat, DeckSeed, Game, Phase, RoundScore, RuleSet, Seat};
use rand::{Rng, SeedableRng, rngs::ChaCha8Rng};

use super::{Arena, Clock, Tally, contestant::Player};

/// Plays a game with all contestants so many seats further, and tallies it for each of them.
pub(super) fn play(arena: &Arena, deck: u64, turn: usize, tallies: &mut [Tally; Seat::COUNT], clock: &Clock) {
    let mut chance = ChaCha8Rng::seed_from_u64(arena.seed);
    chance.set_stream(deck);
    let mut bytes = [0; 32];
    chance.fill_bytes(&mut bytes);
    let whims: u64 = chance.next_u64();
    // Who sits on a seat: seat 0 is that of the first contestant in the first seating, of the last in the second.
    let contestant = |seat: Seat| (seat.index() + Seat::COUNT - turn) % Seat::COUNT;
    let mut players = BySeat::from_fn(|seat| arena.contestants[contestant(seat)].sit(whims ^ contestant(seat) as u64));
    let (mut game, _) = Game::new(RuleSet::default(), DeckSeed::from_bytes(bytes));
    loop {
        for seat in
            decide_round(&mut game, &mut players, |seat, time| tallies[contestant(seat)].times.note(time), clock)
        {
            tallies[contestant(seat.0)].round(&seat.1);
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
        tallies[contestant(seat)].game(share);
    }
}

/// Plays a round to its end and tells what it brought.
fn decide_round(
    game: &mut Game,
    players: &mut BySeat<Player>,
    mut took: impl FnMut(Seat, u64),
    clock: &Clock,
) -> Vec<(Seat, RoundScore)> {
    while let Some(seat) = game.table().pending().iter().next() {
        let start = clock();
        let action = players[seat].decide(game, seat);
        took(seat, clock().saturating_sub(start));
        // A player that breaks the rules is a bug; the game goes on as it would for a silent seat.
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
