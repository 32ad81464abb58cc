//! Encodes the public state of a game.

use std::collections::BTreeMap;

use game_rules::{Declaration, Phase, Seat, Table};
use vocabulary::{Roster, Situation, Timestamp};

use super::{
    phase::phase_name,
    server::{Count, GameState},
};
use crate::seconds::rounded_up;

impl GameState {
    /// Encodes the situation, without any hand; the timer counts from `now`.
    pub(super) fn of(situation: &Situation, now: Timestamp) -> Self {
        let roster = &*situation.roster;
        let table = situation.table.as_deref();
        let pending = table.and_then(|table| table.pending().iter().next());
        Self {
            current_player: pending.map_or(String::new(), |seat| roster.name(seat).to_owned()),
            scores: by_name(roster, |seat| Some(table.map_or(0, |table| table.totals[seat]))),
            timer: situation.deadline.map_or(0, |deadline| rounded_up(deadline.since(now))),
            status: phase_name(table.map(|table| table.phase.kind())),
            round: table.map_or(0, |table| table.round),
            turn_number: table.map_or(0, turn_number),
            required_piece_count: table.and_then(required),
            piles: by_name(roster, |seat| Some(Count(table.map_or(0, |table| table.captured[seat])))),
            declarations: by_name(roster, |seat| table?.declarations[seat].map(count)),
            valid_declarations: table.and_then(valid_declarations),
            you: None,
            hand: None,
        }
    }
}

/// A table over the taken seats, by name, without those that have no value.
fn by_name<T>(roster: &Roster, value: impl Fn(Seat) -> Option<T>) -> BTreeMap<String, T> {
    roster.players().filter_map(|(seat, player)| Some((player.name.to_string(), value(seat)?))).collect()
}

fn count(declaration: Declaration) -> Count {
    Count(declaration.value())
}

fn turn_number(table: &Table) -> u8 {
    match &table.phase {
        Phase::Turn(turning) => turning.number,
        Phase::Preparation(_) | Phase::Declaration(_) | Phase::Scoring(_) | Phase::Over(_) => {
            u8::try_from(table.turns.len()).unwrap_or(u8::MAX)
        }
    }
}

fn required(table: &Table) -> Option<u8> {
    match &table.phase {
        Phase::Turn(turning) => turning.required,
        Phase::Preparation(_) | Phase::Declaration(_) | Phase::Scoring(_) | Phase::Over(_) => None,
    }
}

fn valid_declarations(table: &Table) -> Option<Vec<Count>> {
    match &table.phase {
        Phase::Declaration(declaring) => Some(declaring.legal.iter().map(count).collect()),
        Phase::Preparation(_) | Phase::Turn(_) | Phase::Scoring(_) | Phase::Over(_) => None,
    }
}
