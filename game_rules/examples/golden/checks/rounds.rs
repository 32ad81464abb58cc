//! One round of a recorded game: deals, redeals, declarations, turns, scores.

use std::collections::BTreeSet;

use game_rules::{
    Action, BySeat, Declaration, Event, Phase, PieceSet, PlayType, Preparation, RedealDecision, Seat, SeatSet,
    StarterReason,
};
use serde::Deserialize;

use super::{games::Playing, names, same};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Round {
    pub(super) round: u16,
    pub(super) deals: Vec<Deal>,
    multiplier: u32,
    starter: Seat,
    starter_reason: String,
    declarations: Vec<Declared>,
    turns: Vec<Turn>,
    declared: [u8; 4],
    captured: [u8; 4],
    base: [i32; 4],
    delta: [i32; 4],
    totals: [i32; 4],
    zero_streaks: [u8; 4],
    next_starter: Seat,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deal {
    pub(super) hands: [Vec<String>; 4],
    weak: Vec<Seat>,
    decisions: Vec<Decision>,
    order_from: Option<Seat>,
    accepter: Option<Seat>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    seat: Seat,
    accept: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Declared {
    seat: Seat,
    value: u8,
    zero_streak: u8,
    options: Vec<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Turn {
    starter: Seat,
    count: u8,
    plays: [Played; 4],
    winner: Seat,
    piles: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Played {
    seat: Seat,
    pieces: Vec<String>,
    r#type: String,
}

/// Plays a recorded round, in a game that was just created or waits for the round to start.
pub(super) fn check_round(playing: &mut Playing, deals: &[BySeat<PieceSet>], round: &Round) -> Result<(), String> {
    let before = playing.game.table().last_winner();
    if let Some(next) = playing.game.next_round() {
        let events = playing.game.apply(next);
        playing.happened(events)?;
    }
    playing.expect(Event::RoundStarted { round: round.round })?;
    for deal in &round.deals {
        check_deal(playing, deals, deal)?;
    }
    check_starter(playing, round, before)?;
    for declared in &round.declarations {
        check_declaration(playing, declared)?;
    }
    same("declarations", round.declarations.len(), 4)?;
    for (number, turn) in (1..).zip(&round.turns) {
        check_turn(playing, number, turn).map_err(|problem| format!("turn {number}: {problem}"))?;
    }
    check_scores(playing, round)
}

fn act(playing: &mut Playing, seat: Seat, action: Action) -> Result<(), String> {
    let legal = playing.game.check(seat, action).map_err(|refusal| format!("seat {seat}: {refusal}"))?;
    let events = playing.game.apply(legal);
    playing.happened(events)
}

fn check_deal(playing: &mut Playing, deals: &[BySeat<PieceSet>], deal: &Deal) -> Result<(), String> {
    let number = playing.game.table().deals - 1;
    let hands = usize::try_from(number).ok().and_then(|number| deals.get(number));
    let hands = *hands.ok_or_else(|| format!("deal {number} is not recorded"))?;
    let weak: SeatSet = deal.weak.iter().copied().collect();
    playing.expect(Event::Dealt { number, hands, weak })?;
    for seat in Seat::ALL {
        same("hand", playing.game.view(seat).hand(), hands[seat])?;
    }
    check_decisions(playing, weak, deal)?;
    if let Some(accepter) = deal.accepter {
        let multiplier = playing.game.table().multiplier;
        playing.expect(Event::Redealing { starter: accepter, multiplier })?;
    }
    Ok(())
}

fn check_decisions(playing: &mut Playing, weak: SeatSet, deal: &Deal) -> Result<(), String> {
    same("who decides", deal.decisions.iter().map(|decision| decision.seat).collect(), weak)?;
    if weak.is_empty() {
        return same("what follows from no weak hand", (None, None), (deal.order_from, deal.accepter));
    }
    same("undecided", undecided(playing)?.undecided(), weak)?;
    let order_from = playing.game.table().starter.map_or(Seat::ALL[0], |(seat, _)| seat);
    same("play order is counted from", Some(order_from), deal.order_from)?;
    for decision in &deal.decisions {
        let seat = decision.seat;
        let decision = if decision.accept { RedealDecision::Accept } else { RedealDecision::Decline };
        act(playing, seat, Action::Redeal(decision))?;
        playing.expect(Event::RedealDecided { seat, decision })?;
    }
    Ok(())
}

fn undecided(playing: &Playing) -> Result<Preparation, String> {
    match playing.game.table().phase {
        Phase::Preparation(preparation) => Ok(preparation),
        Phase::Declaration(_) | Phase::Turn(_) | Phase::Scoring(_) | Phase::Over(_) => {
            Err("weak hands are not asked".to_owned())
        }
    }
}

/// The quirk to ignore: the record may say `won_last_turn` when the accepter of a redeal had also won that turn.
fn check_starter(playing: &mut Playing, round: &Round, before: Option<Seat>) -> Result<(), String> {
    same("multiplier", playing.game.table().multiplier, round.multiplier)?;
    let Some((seat, reason)) = playing.game.table().starter else {
        return Err("there is no starter".to_owned());
    };
    same("starter", seat, round.starter)?;
    let quirk = reason == StarterReason::AcceptedRedeal && before == Some(seat);
    if !(quirk && round.starter_reason == StarterReason::WonLastTurn.as_str()) {
        same("starter's reason", reason.as_str(), &round.starter_reason)?;
    }
    playing.expect(Event::StarterChosen { seat, reason })
}

fn check_declaration(playing: &mut Playing, declared: &Declared) -> Result<(), String> {
    let &Declared { seat, value, zero_streak, ref options } = declared;
    let table = playing.game.table();
    same("zero streak", table.zero_streaks[seat], zero_streak)?;
    let legal = playing.game.legal_actions(seat);
    let mut found = Vec::new();
    for number in (0..=8).filter_map(Declaration::new) {
        let allowed = playing.game.check(seat, Action::Declare(number)).is_ok();
        same("legal and checked", legal.contains(Action::Declare(number)), allowed)?;
        found.extend(allowed.then_some(number.value()));
    }
    same("options", &found, options)?;
    let declaration = Declaration::new(value).ok_or_else(|| format!("{value} is no declaration"))?;
    act(playing, seat, Action::Declare(declaration))?;
    playing.expect(Event::Declared { seat, declaration })
}

fn check_turn(playing: &mut Playing, number: u8, turn: &Turn) -> Result<(), String> {
    let Phase::Turn(turning) = &playing.game.table().phase else {
        return Err("no turn is on".to_owned());
    };
    same("starter", (turning.leader, turning.number), (turn.starter, number))?;
    let seats: BTreeSet<Seat> = turn.plays.iter().map(|played| played.seat).collect();
    same("seats that play", seats.len(), 4)?;
    for played in &turn.plays {
        let seat = played.seat;
        let play = names::play(&played.pieces, playing.game.view(seat).hand())?;
        let recorded: PlayType = played.r#type.parse().map_err(|error| format!("{error}, not {}", played.r#type))?;
        same("type", play.play_type(), recorded)?;
        act(playing, seat, Action::Play(play))?;
        playing.expect(Event::Played { seat, play })?;
    }
    playing.expect(Event::TurnWon { seat: turn.winner, piles: turn.piles })?;
    same("count", turn.piles, turn.count)
}

fn check_scores(playing: &mut Playing, round: &Round) -> Result<(), String> {
    let scores = match playing.events.next() {
        Some(Event::RoundScored { scores }) => scores,
        other => {
            return Err(format!("the round is not scored after its last turn, but {other:?}"));
        }
    };
    same("declared", scores.map(|score| score.declared.value()).into_array(), round.declared)?;
    same("captured", scores.map(|score| score.captured).into_array(), round.captured)?;
    same("base", scores.map(|score| score.base).into_array(), round.base)?;
    same("delta", scores.map(|score| score.score).into_array(), round.delta)?;
    same("totals", scores.map(|score| score.total).into_array(), round.totals)?;
    let table = playing.game.table();
    same("totals on the table", table.totals.into_array(), round.totals)?;
    same("captured on the table", table.captured.into_array(), round.captured)?;
    same("zero streaks", table.zero_streaks.into_array(), round.zero_streaks)?;
    same("next starter", table.last_winner(), Some(round.next_starter))
}
