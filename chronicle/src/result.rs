//! The result of a finished game, to look at and to hold a replay against.

use game_rules::{Phase, Seat};
use serde::{Deserialize, Serialize};
use vocabulary::{PlayerKind, Timestamp};

use crate::state::State;

/// The result of a finished game, as it is kept beside its record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GameResult {
    /// By seat.
    pub players: Vec<PlayerResult>,
    /// The best; several share a tie.
    pub winners: Vec<String>,
    /// From 1.
    pub rounds_played: u16,
    /// Milliseconds from the start to the end.
    pub duration_ms: u64,
    /// Turns played.
    pub total_turns: u32,
    /// Declarations met exactly.
    pub perfect_declarations: u32,
    /// Redeals.
    pub redeals: u32,
    /// Decisions that the server took.
    pub timeouts: u32,
    /// Times a bot took a seat over.
    pub bot_takeovers: u32,
    /// Hex SHA-256 of the deck's seed, published before the first deal.
    pub deck_commitment: String,
    /// The deck's seed in hex.
    pub deck_seed: String,
    /// Hex SHA-256 over all events of the game.
    pub events_digest: String,
}

/// One player of a finished game.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PlayerResult {
    /// 0 to 3.
    pub seat: usize,
    /// As in the room.
    pub name: String,
    /// Whether the seat was given to a bot.
    pub is_bot: bool,
    /// The points at the end.
    pub score: i32,
}

impl GameResult {
    /// The result of a game that is over; `None` while it is not.
    pub fn of(state: &State, ended: Timestamp) -> Option<Self> {
        let game = state.game()?;
        let Phase::Over(result) = &game.table().phase else { return None };
        let name = |seat: Seat| state.roster.name(seat).to_owned();
        let player = |seat: Seat| PlayerResult {
            seat: seat.index(),
            name: name(seat),
            is_bot: state.roster.seats[seat].as_ref().is_some_and(|player| matches!(player.kind, PlayerKind::Bot(_))),
            score: game.table().totals[seat],
        };
        let statistics = state.statistics;
        Some(Self {
            players: Seat::ALL.map(player).into(),
            winners: result.winners.iter().map(name).collect(),
            rounds_played: game.table().round,
            duration_ms: u64::try_from(state.duration(ended).as_millis()).unwrap_or(u64::MAX),
            total_turns: statistics.total_turns,
            perfect_declarations: statistics.perfect_declarations,
            redeals: statistics.redeals,
            timeouts: statistics.timeouts,
            bot_takeovers: statistics.bot_takeovers,
            deck_commitment: game.seed().map(|seed| seed.commitment()).unwrap_or_default(),
            deck_seed: game.seed().map(|seed| seed.to_hex()).unwrap_or_default(),
            events_digest: state.digest.to_hex(),
        })
    }
}
