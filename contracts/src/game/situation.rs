//! Encodes the public state of a game.

use arrayvec::ArrayVec;
use game_rules::{Phase, PhaseKind, RedealDecision, Seat, SeatSet, Table};
use vocabulary::{Roster, Situation, redeal_word};

use super::server::{
    ByName, Declaring, Finished, GameState, LastTurn, NotStarted, PhaseData, Play, PlayerData, Preparing,
    RoundScoreData, Scored, Text, Turn,
};

/// The phase's name on the wire.
pub(super) const fn phase_name(kind: PhaseKind) -> &'static str {
    match kind {
        PhaseKind::Preparation => "PREPARATION",
        PhaseKind::Declaration => "DECLARATION",
        PhaseKind::Turn => "TURN",
        PhaseKind::Scoring => "SCORING",
        PhaseKind::Over => "GAME_OVER",
    }
}

/// The name of the situation's phase.
pub(super) fn phase(situation: &Situation) -> &'static str {
    situation.table.as_ref().map_or("NOT_STARTED", |table| phase_name(table.phase.kind()))
}

/// Encodes the players and their scores.
pub(super) fn game_state(situation: &Situation) -> GameState<'_> {
    let roster = &*situation.roster;
    let table = situation.table.as_deref();
    let score = |seat: Seat| table.map_or(0, |table| table.totals[seat]);
    GameState {
        round_number: table.map_or(0, |table| u32::from(table.round)),
        turn_number: table.map_or(0, turn_number),
        players: roster
            .players()
            .map(|(seat, player)| PlayerData {
                name: player.name.as_str().into(),
                position: position(seat),
                score: score(seat),
                is_active: player.is_active(),
                is_bot: player.is_bot(),
            })
            .collect(),
        scores: by_name(roster, score),
        pile_counts: by_name(roster, |seat| table.map_or(0, |table| table.captured[seat])),
        phase: None,
        phase_data: None,
    }
}

/// The same with the phase and its data, for messages that have no field for them.
pub(super) fn whole_game_state(situation: &Situation) -> GameState<'_> {
    GameState { phase: Some(phase(situation).into()), phase_data: Some(phase_data(situation)), ..game_state(situation) }
}

/// Encodes the data of the phase.
pub(super) fn phase_data(situation: &Situation) -> PhaseData<'_> {
    let roster = &*situation.roster;
    let Some(table) = situation.table.as_deref() else {
        return PhaseData::NotStarted(NotStarted {});
    };
    match &table.phase {
        Phase::Preparation(preparation) => PhaseData::Preparation(Preparing {
            weak_hands: names(roster, preparation.weak),
            redeal_multiplier: table.multiplier,
            waiting_for_decisions: !table.pending().is_empty(),
            redeal_complete: preparation.redealt.then_some(true),
            decisions: decisions(roster, preparation),
        }),
        Phase::Declaration(declaring) => PhaseData::Declaration(Declaring {
            current_player: roster.name(declaring.current).into(),
            declaration_order: table
                .declaration_order()
                .map(|order| order.iter().map(|seat| roster.name(*seat).into()).collect())
                .unwrap_or_default(),
            declarations: declarations(roster, table),
            total_declared: table.total_declared(),
            valid_declarations: declaring.legal.iter().map(game_rules::Declaration::value).collect(),
        }),
        Phase::Turn(turning) => turn(roster, table, turning),
        Phase::Scoring(result) => PhaseData::Scoring(Box::new(Scored {
            round_scores: round_scores(roster, &result.scores),
            redeal_multiplier: table.multiplier,
            last_turn: last_turn(roster, table),
        })),
        Phase::Over(over) => PhaseData::GameOver(Finished {
            winners: names(roster, over.winners),
            final_scores: by_name(roster, |seat| table.totals[seat]),
        }),
    }
}

fn decisions<'a>(roster: &'a Roster, preparation: &game_rules::Preparation) -> ByName<'a, Option<Text<'a>>> {
    let word = |decision: Option<RedealDecision>| decision.map(|decision| redeal_word(decision).into());
    ByName(preparation.weak.iter().map(|seat| (roster.name(seat).into(), word(preparation.decisions[seat]))).collect())
}

fn turn<'a>(roster: &'a Roster, table: &Table, turning: &game_rules::Turning) -> PhaseData<'a> {
    PhaseData::Turn(Box::new(Turn {
        current_player: roster.name(turning.current).into(),
        turn_number: turning.number,
        required_piece_count: turning.required,
        current_plays: plays(roster, &turning.plays),
        last_winner: table.last_winner().map(|seat| roster.name(seat).into()),
        current_pile_count: turning.required.map_or(0, |count| 4 * count),
        turn_order: turning.leader.order().iter().map(|seat| roster.name(*seat).into()).collect(),
        declarations: declarations(roster, table),
        last_turn: last_turn(roster, table),
    }))
}

fn last_turn<'a>(roster: &'a Roster, table: &Table) -> Option<LastTurn<'a>> {
    let turn = table.turns.last()?;
    Some(LastTurn {
        turn_number: count(table.turns.len()),
        plays: plays(roster, &turn.plays),
        winner: roster.name(turn.winner).into(),
        piles: turn.piles,
    })
}

fn plays<'a>(roster: &'a Roster, plays: &[(Seat, game_rules::Play)]) -> ByName<'a, Play> {
    ByName(plays.iter().map(|(seat, play)| (roster.name(*seat).into(), Play::new(*play))).collect())
}

fn declarations<'a>(roster: &'a Roster, table: &Table) -> ByName<'a, u8> {
    let declared = table.declarations.iter();
    ByName(declared.filter_map(|(seat, number)| Some((roster.name(seat).into(), (*number)?.value()))).collect())
}

fn round_scores<'a>(
    roster: &'a Roster,
    scores: &game_rules::BySeat<game_rules::RoundScore>,
) -> ByName<'a, RoundScoreData> {
    by_name(roster, |seat| {
        let score = &scores[seat];
        RoundScoreData {
            declared: score.declared.value(),
            captured: score.captured,
            base_score: score.base,
            multiplier: score.multiplier,
            round_score: score.score,
            total_score: score.total,
        }
    })
}

fn turn_number(table: &Table) -> u8 {
    match &table.phase {
        Phase::Turn(turning) => turning.number,
        Phase::Preparation(_) | Phase::Declaration(_) | Phase::Scoring(_) | Phase::Over(_) => count(table.turns.len()),
    }
}

/// A table over the taken seats, by name.
pub(super) fn by_name<T>(roster: &Roster, value: impl Fn(Seat) -> T) -> ByName<'_, T> {
    ByName(roster.players().map(|(seat, player)| (player.name.as_str().into(), value(seat))).collect())
}

/// The names of some seats.
pub(super) fn names(roster: &Roster, seats: SeatSet) -> ArrayVec<Text<'_>, 4> {
    seats.iter().map(|seat| roster.name(seat).into()).collect()
}

/// A seat's number, 0 to 3.
pub(super) fn position(seat: Seat) -> u8 {
    count(seat.index())
}

fn count(small: usize) -> u8 {
    u8::try_from(small).unwrap_or(u8::MAX)
}
