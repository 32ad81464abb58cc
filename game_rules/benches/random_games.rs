//! Whole games of four players that choose at random among their legal actions, on one thread: games per second as a
//! plain line, then criterion's time per game.

#![expect(clippy::print_stdout, reason = "a benchmark prints its result")]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use criterion::{Criterion, Throughput, criterion_group};
use game_rules::{DeckSeed, Game, Phase, RuleSet, Seat};

/// SplitMix64: random enough for players that don't think, and cheap compared to what is measured.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    fn seed(&mut self) -> DeckSeed {
        let mut bytes = [0; 32];
        bytes.chunks_exact_mut(8).for_each(|word| word.copy_from_slice(&self.next().to_le_bytes()));
        DeckSeed::from_bytes(bytes)
    }
}

/// The next seat to act, of those that have to.
fn actor(game: &Game) -> Option<Seat> {
    game.table().pending().iter().next()
}

/// Plays a game to its end and counts its steps.
fn play(random: &mut Random) -> u32 {
    let (mut game, events) = Game::new(RuleSet::default(), random.seed());
    black_box(&events);
    while !matches!(game.table().phase, Phase::Over(_)) {
        let legal = match actor(&game) {
            Some(seat) => {
                let actions = game.legal_actions(seat);
                let action = actions.nth(random.below(actions.len()));
                action.and_then(|action| game.check(seat, action).ok())
            }
            None => game.next_round(),
        };
        let Some(legal) = legal else { panic!("a game always goes on until it is over") };
        black_box(&game.apply(legal));
    }
    game.table().ply
}

/// Games per second, the best of several runs: other work on the machine can only slow it down.
fn games_per_second() {
    let mut random = Random(1);
    let mut best = 0.0_f64;
    let (mut games, mut steps) = (0_u64, 0_u64);
    for _ in 0..10 {
        let begin = Instant::now();
        let mut spell = 0_u32;
        while begin.elapsed() < Duration::from_millis(300) {
            steps += u64::from(play(&mut random));
            spell += 1;
        }
        games += u64::from(spell);
        best = best.max(f64::from(spell) / begin.elapsed().as_secs_f64());
    }
    println!("random games, one thread: {best:.0} games/s, {} steps a game", steps / games);
}

fn random_games(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("random games");
    group.throughput(Throughput::Elements(1));
    group.bench_function("whole game", |bencher| {
        let mut random = Random(1);
        bencher.iter(|| play(&mut random));
    });
    group.bench_function("deal", |bencher| {
        let seed = Random(1).seed();
        let mut number = 0;
        bencher.iter(|| {
            number += 1;
            seed.deal(number)
        });
    });
    group.finish();
}

criterion_group!(benches, random_games);

fn main() {
    // `cargo test --benches` only checks that it runs.
    if !std::env::args().any(|argument| argument == "--test") {
        games_per_second();
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}
