//! What is kept of a finished game: its result to look at, and the record to play it again from.

use game_rules::{Phase, Seat};
use metrics::counter;
use serde::{Deserialize, Serialize};
use store::{Finished, Participation};
use vocabulary::PlayerKind;

use super::{Room, state::State};
use crate::journal::{Ending, codec};

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
    /// Hex SHA-256 of the deck's seed, told before the first deal.
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
    /// The result of a game that is over; none while it is not.
    pub(crate) fn of(state: &State, ended: vocabulary::Timestamp) -> Option<Self> {
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

impl Room {
    /// What the game was to the accounts in it.
    fn participations(&self) -> Vec<Participation> {
        let Some(game) = self.state.game() else { return Vec::new() };
        let Phase::Over(result) = &game.table().phase else { return Vec::new() };
        let totals = game.table().totals;
        let full_length = self.state.roster.options.rules.is_full_length();
        let of = |seat: Seat| {
            let player = self.state.roster.seats[seat].as_ref()?;
            let better = Seat::ALL.into_iter().filter(|other| totals[*other] > totals[seat]).count();
            Some(Participation {
                account: player.account?.to_string(),
                seat: u8::try_from(seat.index()).unwrap_or_default(),
                place: u8::try_from(better + 1).unwrap_or(u8::MAX),
                won: result.winners.contains(seat) && player.stand_in.is_none(),
                forfeited: player.has_forfeited(),
                stood_in: player.stand_in.is_some(),
                full_length,
                score: i64::from(totals[seat]),
                rounds: i64::from(game.table().round),
                exact_declarations: i64::from(self.state.exact[seat]),
                counted: None,
            })
        };
        Seat::ALL.into_iter().filter_map(of).collect()
    }

    /// What becomes of the game, which is over.
    pub(super) fn ending(&self) -> Ending {
        if self.state.is_of_bots() && self.engine.settings().bot_games_keep == 0 {
            counter!("liap_bot_games_not_kept_total").increment(1);
            return Ending::NotKept;
        }
        Ending::Kept(self.finished_game())
    }

    /// The finished game, to be kept.
    fn finished_game(&self) -> Finished {
        let entries = self.chronicle.entries();
        let ended = entries.last().map_or(self.state.started_at, |entry| entry.at);
        let result = GameResult::of(&self.state, ended);
        Finished {
            result: serde_json::to_string(&result).unwrap_or_default(),
            record: codec::record(self.chronicle.founding(), entries),
            public: self.state.roster.options.public,
            of_bots: self.state.is_of_bots(),
            players: self.participations(),
        }
    }
}
