//! `games`: whole recorded games, replayed with the recorded deals.

use std::sync::Arc;

use game_rules::{BySeat, Event, Game, Phase, RuleSet};
use serde::Deserialize;

use super::{
    Checked, Verdict, names,
    rounds::{Round, check_round},
    same,
};

/// A whole game by the default rules.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordedGame {
    #[serde(rename = "id")]
    _id: u32,
    #[serde(rename = "bots")]
    _bots: [String; 4],
    /// The seed of the original's generator; not used, because the deals are recorded.
    #[serde(rename = "seed")]
    _seed: u64,
    rounds: Vec<Round>,
    rounds_played: usize,
    end: String,
    r#final: [i32; 4],
    winners: Vec<usize>,
    turns_won: [u32; 4],
    /// The number of rounds in which each seat won exactly what it had declared, except zero.
    perfect_rounds: [u32; 4],
}

/// A game that is being compared with its record.
pub(super) struct Playing {
    pub(super) game: Game,
    /// The events of the last step that have not been compared yet.
    pub(super) events: std::vec::IntoIter<Event>,
    turns_won: BySeat<u32>,
    perfect_rounds: BySeat<u32>,
}

impl Playing {
    /// Takes the events of a step, and counts what the record sums up over the whole game.
    pub(super) fn happened(&mut self, events: impl IntoIterator<Item = Event>) -> Result<(), String> {
        if let Some(event) = self.events.next() {
            return Err(format!("an event that is not in the record: {event:?}"));
        }
        let events: Vec<Event> = events.into_iter().collect();
        for event in &events {
            match event {
                Event::TurnWon { seat, .. } => self.turns_won[*seat] += 1,
                Event::RoundScored { scores } => {
                    for (seat, score) in scores.iter() {
                        self.perfect_rounds[seat] += u32::from(score.captured != 0 && score.base > 0);
                    }
                }
                Event::RoundStarted { .. }
                | Event::Dealt { .. }
                | Event::RedealDecided { .. }
                | Event::Redealing { .. }
                | Event::StarterChosen { .. }
                | Event::Declared { .. }
                | Event::Played { .. }
                | Event::GameOver { .. } => {}
            }
        }
        self.events = events.into_iter();
        Ok(())
    }

    /// Checks that this is the next event.
    pub(super) fn expect(&mut self, recorded: Event) -> Result<(), String> {
        let next = self.events.next();
        if next == Some(recorded) {
            return Ok(());
        }
        Err(format!("event: the rules say {next:?}, recorded is {recorded:?}"))
    }
}

pub(super) fn check_game(row: &RecordedGame) -> Checked {
    let deals = row.rounds.iter().flat_map(|round| &round.deals).map(|deal| names::deal(&deal.hands));
    let deals: Arc<[_]> = deals.collect::<Result<Vec<_>, _>>()?.into();
    let (game, events) = Game::stacked(RuleSet::default(), Arc::clone(&deals)).map_err(|error| error.to_string())?;
    let mut playing = Playing {
        game,
        events: Vec::new().into_iter(),
        turns_won: BySeat::default(),
        perfect_rounds: BySeat::default(),
    };
    playing.happened(events)?;
    for round in &row.rounds {
        check_round(&mut playing, &deals, round).map_err(|problem| format!("round {}: {problem}", round.round))?;
    }
    check_end(&mut playing, row)?;
    Ok(Verdict::Passed)
}

fn check_end(playing: &mut Playing, row: &RecordedGame) -> Result<(), String> {
    let table = playing.game.table();
    let Phase::Over(result) = &table.phase else {
        return Err(format!("the record ends in the {} phase", table.phase.kind()));
    };
    let winners = result.winners;
    same("winners", &winners.iter().map(|seat| seat.index()).collect(), &row.winners)?;
    same("final totals", table.totals.into_array(), row.r#final)?;
    same("rounds played", usize::from(table.round), row.rounds_played)?;
    same("rounds recorded", row.rounds.len(), row.rounds_played)?;
    let by_score = table.totals.values().any(|total| *total >= 50);
    same("end", if by_score { "score_50" } else { "round_20" }, &row.end)?;
    same("turns won", playing.turns_won.into_array(), row.turns_won)?;
    same("perfect rounds", playing.perfect_rounds.into_array(), row.perfect_rounds)?;
    playing.expect(Event::GameOver { winners, totals: BySeat::new(row.r#final) })?;
    playing.happened([])
}
