//! A finished game, played again from its record: every deal, decision, turn and score, checked against what was kept
//! when it ended.

use game_rules::{Action, BySeat, Event, Game, Phase, PieceSet, RoundScore, Seat, SeatSet, StarterReason, Turn};
use serde::Serialize;
use vocabulary::{AccountId, By, Page, Situation, Timestamp};

use crate::{
    claim::Claim,
    codec::{self, Unreadable},
    fact::{Entry, Fact},
    founding::Founding,
    history::{History, Past, everybody},
    result::GameResult,
    state::State,
    view::RoomView,
};

/// A finished game, in full.
pub struct Replay {
    /// The room.
    pub room: String,
    /// The room at the end of the game: its seats, its rules.
    pub situation: Situation,
    /// The result that was kept.
    pub result: GameResult,
    /// Every round.
    pub rounds: Vec<Round>,
    /// Every decision, with its time.
    pub actions: Vec<Acted>,
    /// The room at the end, with what shows whose a seat was.
    state: State,
}

impl Replay {
    /// Whether one of its seats is theirs.
    pub fn is_of(&self, claim: &Claim) -> bool {
        let seat = match claim {
            Claim::Account(account) => self.situation.roster.seat_of(*account),
            Claim::Seat(secret) => self.state.seat_of_secret(secret),
        };
        seat.is_some()
    }
}

/// One round.
pub struct Round {
    /// From 1.
    pub number: u16,
    /// The deals, with their numbers in the game: more than one after a redeal.
    pub deals: Vec<(u64, BySeat<PieceSet>)>,
    /// Who began, and why.
    pub starter: Option<(Seat, StarterReason)>,
    /// What the points were multiplied by.
    pub multiplier: u32,
    /// Every turn.
    pub turns: Vec<Turn>,
    /// How it went for everybody.
    pub scores: Option<BySeat<RoundScore>>,
}

/// One decision.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Acted {
    /// Whose.
    pub seat: Seat,
    /// What.
    pub action: Action,
    /// When.
    pub at: Timestamp,
    /// Whether the server took it for a silent player.
    pub automatic: bool,
}

/// Why a record does not prove its result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// The bytes can't be read.
    #[error("the record can't be read: {0}")]
    Unreadable(#[from] Unreadable),
    /// The kept result is no result.
    #[error("the result can't be read: {0}")]
    Result(String),
    /// The game of the record does not end.
    #[error("the game of the record does not end")]
    Unfinished,
    /// The deals do not come from the seed that was promised.
    #[error("the deck's seed does not fit its commitment")]
    Commitment,
    /// Played again, something came out differently.
    #[error("played again, the game differs in {what}: kept {kept}, now {now}")]
    Differs {
        /// What.
        what: &'static str,
        /// As it was kept.
        kept: String,
        /// As it is now.
        now: String,
    },
}

/// Plays a record again and holds it against the kept result.
///
/// # Errors
/// On any difference.
pub fn replay(room: &str, result: &str, record: &[u8]) -> Result<Replay, ReplayError> {
    let kept: GameResult = serde_json::from_str(result).map_err(|error| ReplayError::Result(error.to_string()))?;
    let (founding, entries) = codec::read_record(record)?;
    let state = fold(&founding, &entries)?;
    let ended = entries.last().map_or(founding.at, |entry| entry.at);
    let now = GameResult::of(&state, ended).ok_or(ReplayError::Unfinished)?;
    compare(&kept, &now)?;
    let (rounds, actions) = rounds(&state, &entries)?;
    Ok(Replay {
        room: room.to_owned(),
        situation: state.situation(SeatSet::default()),
        result: kept,
        rounds,
        actions,
        state,
    })
}

/// How a room stood at the end of its game. It does not check the record against a result.
///
/// # Errors
/// When the record can't be read.
pub fn ended(record: &[u8]) -> Result<RoomView, ReplayError> {
    Ok(end_state(record)?.view(everybody()))
}

/// The same as a state.
///
/// # Errors
/// When the record can't be read.
pub fn end_state(record: &[u8]) -> Result<State, ReplayError> {
    let (founding, entries) = codec::read_record(record)?;
    fold(&founding, &entries)
}

/// How the room of a record stood after each of its facts, as an account may see it.
///
/// # Errors
/// When the record can't be read.
pub fn past(record: &[u8], account: AccountId, page: Page) -> Result<Past, ReplayError> {
    let (founding, entries) = codec::read_record(record)?;
    let seat = fold(&founding, &entries)?.roster.seat_of(account);
    Ok(History::kept(founding, entries).past(seat, page))
}

fn fold(founding: &Founding, entries: &[Entry]) -> Result<State, ReplayError> {
    let mut state = State::new(founding);
    for (number, entry) in entries.iter().enumerate() {
        state.apply(entry, SeatSet::default()).map_err(|_| Unreadable::Unfitting { number })?;
    }
    Ok(state)
}

fn compare(kept: &GameResult, now: &GameResult) -> Result<(), ReplayError> {
    let differs = |what, kept: String, now: String| Err(ReplayError::Differs { what, kept, now });
    if kept.deck_seed != now.deck_seed {
        return differs("the deck's seed", kept.deck_seed.clone(), now.deck_seed.clone());
    }
    if kept.deck_commitment != now.deck_commitment {
        return Err(ReplayError::Commitment);
    }
    if kept.events_digest != now.events_digest {
        return differs("its events", kept.events_digest.clone(), now.events_digest.clone());
    }
    if kept != now {
        return differs("its result", format!("{kept:?}"), format!("{now:?}"));
    }
    Ok(())
}

/// Plays the game once more, to look at what lies between the facts.
fn rounds(state: &State, entries: &[Entry]) -> Result<(Vec<Round>, Vec<Acted>), ReplayError> {
    let game = state.game().ok_or(ReplayError::Unfinished)?;
    let seed = game.seed().ok_or(ReplayError::Unfinished)?;
    let (mut game, first) = Game::new(game.table().rules, seed.clone());
    let (mut rounds, mut actions) = (Vec::new(), Vec::new());
    note(&game, &first, &mut rounds);
    for (number, entry) in entries.iter().enumerate() {
        let unfitting = ReplayError::Unreadable(Unreadable::Unfitting { number });
        let step = match &entry.fact {
            Fact::Acted { seat, action, by } => {
                let automatic = *by == By::Clock;
                actions.push(Acted { seat: *seat, action: *action, at: entry.at, automatic });
                game.check(*seat, *action).map_err(|_| unfitting)?
            }
            Fact::NextRound => game.next_round().ok_or(unfitting)?,
            _ => continue,
        };
        let events = game.apply(step);
        note(&game, &events, &mut rounds);
    }
    Ok((rounds, actions))
}

fn note(game: &Game, events: &[Event], rounds: &mut Vec<Round>) {
    for event in events {
        if let Event::RoundStarted { round } = event {
            rounds.push(Round {
                number: *round,
                deals: Vec::new(),
                starter: None,
                multiplier: 1,
                turns: Vec::new(),
                scores: None,
            });
        }
        let Some(round) = rounds.last_mut() else { continue };
        if let Event::Dealt { number, hands, .. } = event {
            round.deals.push((*number, *hands));
        }
        if let Event::RoundScored { scores } = event {
            round.scores = Some(*scores);
        }
    }
    let Some(round) = rounds.last_mut() else { return };
    let table = game.table();
    round.starter = table.starter;
    round.multiplier = table.multiplier;
    if matches!(table.phase, Phase::Turn(_) | Phase::Scoring(_) | Phase::Over(_)) {
        round.turns = table.turns.to_vec();
    }
}
