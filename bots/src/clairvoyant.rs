//! Clairvoyant: sees all hands. It decides from a whole game, which rooms never give to a bot.

use arrayvec::ArrayVec;
use game_rules::{Action, BySeat, Declaration, Game, LegalActions, Play, RedealDecision, Seat};

use crate::{
    choices::Plays,
    hard,
    policy::Policy,
    position::{Facts, Position},
    simulation::Round,
};

/// How many plays are played out: those that Hard likes best.
const ENTRANTS: usize = 12;
/// The same for its own decisions in rounds that it plays out.
const INNER_ENTRANTS: usize = 5;

/// Plays every choice out with the true hands, and its own later choices too; the others are taken to play as Hard does.
pub(crate) struct Clairvoyant;

impl Clairvoyant {
    /// What the seat does; none when it has nothing to decide.
    pub(crate) fn decide(&self, game: &Game, seat: Seat) -> Option<Action> {
        let facts = Facts::of(game.table());
        let hands = BySeat::from_fn(|seat| game.view(seat).hand());
        let round = Round::of(facts.clone(), hands);
        match game.legal_actions(seat) {
            LegalActions::Declare(legal) => {
                let choices: ArrayVec<Declaration, 9> = legal.iter().collect();
                best(&choices, |choice| declared(&round, seat, choice)).map(Action::Declare)
            }
            LegalActions::Lead(_) | LegalActions::Follow { .. } => Some(Action::Play(choose(&round, seat, 2))),
            LegalActions::Redeal => {
                let position = Position { seat, hand: hands[seat], facts: &facts };
                Some(Action::Redeal(redeal(position)))
            }
            LegalActions::None => None,
        }
    }
}

fn redeal(position: Position<'_>) -> RedealDecision {
    use rand::SeedableRng;
    hard::Hard.redeal(position, &mut rand::rngs::ChaCha8Rng::seed_from_u64(0))
}

/// How likely the game is won after this declaration.
fn declared(round: &Round, seat: Seat, declaration: Declaration) -> f32 {
    let mut round = round.clone();
    round.facts.declared[seat] = Some(declaration);
    round.declare_on(seat.next(), |position| {
        let legal = position.facts.legal_declarations(position.seat);
        hard::declare(position, legal)
    });
    match round.facts.starter {
        Some(starter) => finished(round, starter, seat, 1),
        None => 0.0,
    }
}

/// How likely the game is won when the round goes on with this seat's turn and `own` looks so many plays ahead.
fn finished(mut round: Round, mut seat: Seat, own: Seat, depth: u8) -> f32 {
    while !round.hands[seat].is_empty() {
        let play =
            if seat == own && depth > 0 { choose(&round, seat, depth) } else { hard::play(round.position(seat)) };
        seat = round.play(seat, play);
    }
    round.win_share(own)
}

/// The play after which the game is won most likely, its own later plays chosen in the same way with less depth.
fn choose(round: &Round, seat: Seat, depth: u8) -> Play {
    let position = round.position(seat);
    let choices: Plays = hard::favourites(position, if depth > 1 { ENTRANTS } else { INNER_ENTRANTS });
    if choices.len() == 1 {
        return choices[0];
    }
    let value = |play| {
        let mut after = round.clone();
        let next = after.play(seat, play);
        finished(after, next, seat, depth - 1)
    };
    best(&choices, value).unwrap_or_else(|| crate::medium::lowest(position))
}

fn best<C: Copy>(choices: &[C], value: impl FnMut(C) -> f32) -> Option<C> {
    let values: ArrayVec<f32, 70> = choices.iter().copied().map(value).collect();
    crate::choices::best(choices, &values)
}
