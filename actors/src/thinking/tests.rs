//! The pool, with games as they come: what every decision gets, whatever the others ask.

use std::net::IpAddr;

use game_rules::{DeckSeed, Game, RuleSet};

use super::*;

/// As long as a test may last.
const LONG: Duration = Duration::from_secs(600);
const THINK: Duration = Duration::from_millis(1);

/// The first decision of a game.
fn view(deck: u8) -> View {
    let (game, _) = Game::new(RuleSet::default(), DeckSeed::from_bytes([deck; 32]));
    game.view(game.table().pending().iter().next().unwrap())
}

fn question(deck: u8, think: Duration, left: Duration) -> Question {
    Question {
        network: Some(IpAddr::from([203, 0, 113, deck % 3]).into()),
        room: RoomId::random(),
        level: Difficulty::Expert,
        seed: 7,
        view: view(deck),
        think,
        until: Instant::now() + left,
    }
}

/// A pool of one thread that never gets to a decision.
fn busy() -> Thinkers {
    let mut thinkers = Thinkers::without_threads(1);
    thinkers.works = true;
    thinkers
}

fn is_legal(view: &View, thought: Thought) -> bool {
    thought.action.is_some_and(|action| view.legal_actions().contains(action))
}

#[tokio::test]
async fn a_decision_that_has_time_is_searched() {
    let thinkers = Thinkers::start(1);
    let thought = thinkers.ask(question(1, THINK, LONG)).wait().await;
    assert_eq!(thought.search, Search::Full);
    assert!(is_legal(&view(1), thought));
}

#[tokio::test]
async fn each_of_many_decisions_gets_an_answer_that_is_legal() {
    let thinkers = Thinkers::start(2);
    let asked: Vec<(u8, Pending)> = (0..200).map(|deck| (deck, thinkers.ask(question(deck, THINK, LONG)))).collect();
    for (deck, pending) in asked {
        assert!(is_legal(&view(deck), pending.wait().await));
    }
}

#[test]
fn a_decision_whose_turn_does_not_come_is_that_of_hard() {
    let thinkers = busy();
    for deck in 0..20 {
        let thought = thinkers.ask(question(deck, THINK, LONG)).take();
        let hard = bots::brain(Difficulty::Hard, 1).decide(&view(deck));
        assert_eq!(thought, Thought { action: Some(hard), search: Search::None });
    }
}

#[test]
fn what_nobody_waits_for_and_what_is_too_late_is_not_thought_about() {
    let thinkers = busy();
    drop(thinkers.ask(question(1, THINK, LONG)));
    let _late = thinkers.ask(question(2, THINK, Duration::ZERO));
    let _asked = thinkers.ask(question(3, THINK, LONG));
    let (job, time) = thinkers.pool.next().unwrap();
    assert_eq!((job.question.view.hand(), time), (view(3).hand(), THINK));
    assert_eq!(thinkers.pool.waiting.lock().queue.len(), 0);
}

#[test]
fn the_threads_end_with_the_pool() {
    let thinkers = Thinkers::start(3);
    let pool = Arc::downgrade(&thinkers.pool);
    drop(thinkers);
    // The last thread drops the pool.
    while pool.strong_count() > 0 {
        thread::yield_now();
    }
}

#[test]
fn the_moment_until_a_thread_is_there_does_not_make_a_search_a_short_one() {
    let (think, micros) = (Duration::from_millis(50), Duration::from_micros);
    assert_eq!([50_000, 49_900, 45_000].map(|time| how_much(micros(time), think)), [Search::Full; 3]);
    assert_eq!([44_999, 25_000, 1_000].map(|time| how_much(micros(time), think)), [Search::Shortened; 3]);
}

#[test]
fn time_is_shared_by_networks_then_by_their_decisions() {
    let millis = Duration::from_millis;
    let time = |threads, networks, of_network| time_for(millis(50), millis(50), threads, Load { networks, of_network });
    assert_eq!(time(1, 1, 1), Some(millis(50)), "alone");
    assert_eq!(time(1, 2, 1), Some(millis(25)), "a room beside an attacker, however many rooms that one has");
    assert_eq!(time(1, 2, 5), Some(millis(5)));
    assert_eq!(time(4, 2, 5), Some(millis(20)), "more threads have more time");
    assert_eq!(time(1, 2, 400), Some(SHORTEST), "a search is worth something, or it is not begun");
    let none = Load { networks: 1, of_network: 1 };
    assert_eq!(time_for(millis(50), millis(7), 1, none), Some(millis(7)), "never longer than the room waits");
    assert_eq!(time_for(millis(50), Duration::from_micros(900), 1, none), None);
    let patient = Load { networks: 1, of_network: 30 };
    assert_eq!(time_for(millis(50), millis(1_500), 1, patient), Some(millis(50)), "a slow pace leaves time for many");
}
