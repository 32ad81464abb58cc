//! Hard: counts pieces, weighs the probabilities of every play, and hinders the others a little.

mod redeal;

use arrayvec::ArrayVec;
use game_rules::{Declaration, DeclarationSet, Play, RedealDecision};
use rand::rngs::ChaCha8Rng;

use crate::{
    levels::medium,
    policy::Policy,
    reading::{
        choices::{self, MOST_PLAYS, Plays},
        hand_value::{self, Outlook},
        odds::{self, Census},
        position::Position,
        stakes::Stakes,
        strength,
    },
};

/// What it is worth, in points of its own, to take piles that another seat needs, or to leave it piles that it does not
/// need.
const SPOIL: f32 = 0.3;
/// The price of each declared pile, in points, if the others declare as usual.
const CAUTION: f32 = 0.1;
/// How much this price rises for each pile that the others have declared above average.
const PRESSURE: f32 = 0.3;

/// Looks one play ahead, at its own target, the others' targets and the scores.
pub(crate) struct Hard;

impl Policy for Hard {
    fn redeal(&self, position: Position<'_>, _rng: &mut ChaCha8Rng) -> RedealDecision {
        redeal::decide(position)
    }

    fn declare(&self, position: Position<'_>, legal: DeclarationSet, _rng: &mut ChaCha8Rng) -> Declaration {
        declare(position, legal)
    }

    fn play(&self, position: Position<'_>, _rng: &mut ChaCha8Rng) -> Play {
        play(position)
    }
}

/// What Hard declares; nothing about it is random.
pub(crate) fn declare(position: Position<'_>, legal: DeclarationSet) -> Declaration {
    declare_for(position, legal, &Stakes::of(position.facts, position.seat))
}

/// What Hard plays; nothing about it is random.
pub(crate) fn play(position: Position<'_>) -> Play {
    let (plays, values) = valued(position, &Stakes::of(position.facts, position.seat));
    choices::best(&plays, &values).unwrap_or_else(|| medium::lowest(position))
}

/// What Hard would declare if every point were worth a point: for simulated rounds, where speed counts.
pub(crate) fn sketch_declaration(position: Position<'_>, legal: DeclarationSet) -> Declaration {
    declare_for(position, legal, &Stakes::plain())
}

fn declare_for(position: Position<'_>, legal: DeclarationSet, stakes: &Stakes) -> Declaration {
    let unseen = Census::of(position.unseen());
    let leads = position.facts.starter == Some(position.seat);
    let pressure = CAUTION + PRESSURE * strength::surplus(position.facts);
    let declarations: ArrayVec<Declaration, 9> = legal.iter().collect();
    let values: ArrayVec<f32, 9> = declarations
        .iter()
        .map(|declared| {
            let outlook = Outlook { declared: *declared, captured: 0, leads };
            let worth = hand_value::worth(position.hand, &unseen, outlook, stakes);
            worth - pressure * f32::from(declared.value())
        })
        .collect();
    choices::best(&declarations, &values).unwrap_or_else(|| medium::declare(position, legal))
}

/// About what Hard would play if every point were worth a point, in a quarter of the time: for simulated rounds.
pub(crate) fn sketch(position: Position<'_>) -> Play {
    if position.hand.len() == position.required().unwrap_or(1) {
        return medium::lowest(position);
    }
    let unseen = Census::of(position.unseen());
    let stakes = Stakes::plain();
    let plays = choices::sketch(position);
    let values: ArrayVec<f32, MOST_PLAYS> = plays.iter().map(|play| value(position, &unseen, *play, &stakes)).collect();
    choices::best(&plays, &values).unwrap_or_else(|| medium::lowest(position))
}

/// The plays with the highest values, best first, at most `most` of them.
pub(crate) fn favourites(position: Position<'_>, most: usize) -> Plays {
    let (plays, values) = valued(position, &Stakes::of(position.facts, position.seat));
    let mut ranked: ArrayVec<(Play, f32), MOST_PLAYS> = plays.into_iter().zip(values).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    ranked.into_iter().take(most).map(|(play, _)| play).collect()
}

fn valued(position: Position<'_>, stakes: &Stakes) -> (Plays, ArrayVec<f32, MOST_PLAYS>) {
    let unseen = Census::of(position.unseen());
    let plays = choices::plays(position);
    let values = plays.iter().map(|play| value(position, &unseen, *play, stakes)).collect();
    (plays, values)
}

/// About what the round is worth after this play, in points: the mean of winning and losing the turn.
fn value(position: Position<'_>, unseen: &Census, play: Play, stakes: &Stakes) -> f32 {
    let facts = position.facts;
    let hand = position.hand - play.pieces();
    let lost = Outlook {
        declared: facts.declared[position.seat].unwrap_or_default(),
        captured: facts.captured[position.seat],
        leads: false,
    };
    let won = Outlook { captured: lost.captured + play.len() as u8, leads: true, ..lost };
    if !position.wins_so_far(play) {
        return hand_value::worth(hand, unseen, lost, stakes);
    }
    let chance = odds::stands(position, unseen, play);
    chance * (hand_value::worth(hand, unseen, won, stakes) + spoil(position, play, stakes))
        + (1.0 - chance) * hand_value::worth(hand, unseen, lost, stakes)
}

/// What it is worth, in points, to take the turn from the seat that is winning it.
fn spoil(position: Position<'_>, play: Play, stakes: &Stakes) -> f32 {
    position.winning().map_or(0.0, |seat| {
        let wants = position.facts.need(seat) >= play.len() as i8;
        stakes.fear(seat) * if wants { SPOIL } else { -SPOIL }
    })
}
