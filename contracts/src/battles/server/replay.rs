//! The replay of a finished game: everything that is needed to play it again and to check every deal.

use std::collections::BTreeMap;

use game_rules::{CompetingTypes, RuleSet, StarterReason};
use schemars::JsonSchema;
use serde::Serialize;
use utoipa::ToSchema;

use super::Action;
use crate::Seconds;

/// `GET /state/replay/{id}`
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Replay {
    /// The battle.
    #[schema(example = "ABCD2345")]
    pub battle_id: String,
    /// By which rules it was played.
    pub rules: Rules,
    /// The deck's seed in hex: with it, anyone can make every deal again.
    pub deck_seed: String,
    /// Hex SHA-256 of the seed, as `game:start` told it.
    pub deck_commitment: String,
    /// Who played.
    pub seats: Vec<ReplaySeat>,
    /// Every deal, redeals too.
    pub deals: Vec<Deal>,
    /// Every decision, in order.
    pub actions: Vec<ReplayAction>,
    /// How every round went.
    pub rounds: Vec<ReplayRound>,
    /// How the game ended.
    pub results: Results,
}

/// Variants of the rules; null is no limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Rules {
    /// The points that end the game.
    #[schema(minimum = 10, maximum = 200)]
    #[schemars(range(min = 10, max = 200))]
    pub target_score: u16,
    /// The round that ends the game.
    pub max_rounds: Option<u8>,
    /// Which sets compete with the leader's: `leader_type` or `any_type`.
    #[schema(value_type = String, example = "leader_type")]
    #[schemars(extend("enum" = ["leader_type", "any_type"]))]
    pub competing_types: &'static str,
    /// How many zeros in a row may be declared.
    pub zero_streak_limit: Option<u8>,
    /// The sum that the last declaration may not make.
    pub forbid_total: Option<u8>,
}

impl Rules {
    /// Words them.
    #[must_use]
    pub fn of(rules: &RuleSet) -> Self {
        Self {
            target_score: rules.target_score(),
            max_rounds: rules.max_rounds(),
            competing_types: match rules.competing_types() {
                CompetingTypes::LeaderType => "leader_type",
                CompetingTypes::AnyType => "any_type",
            },
            zero_streak_limit: rules.zero_streak_limit(),
            forbid_total: rules.forbid_total(),
        }
    }
}

/// Who played at a seat.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplaySeat {
    /// 0 to 3.
    #[schema(maximum = 3)]
    #[schemars(range(max = 3))]
    pub seat: usize,
    /// An account's id, or one of this battle's own for guests and bots.
    pub id: String,
    /// Unique in the battle.
    pub name: String,
    /// Whether the seat was given to a bot.
    pub is_bot: bool,
}

/// A deal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
pub struct Deal {
    /// Counting from 0 over the whole game: the nonce of its keystream.
    pub number: u64,
    /// The round that it belongs to, from 1: a round has more than one deal after a redeal.
    #[schema(minimum = 1)]
    #[schemars(range(min = 1))]
    pub round: u16,
    /// The ids of the eight pieces of each seat, by falling points.
    #[schema(min_items = 4, max_items = 4)]
    #[schemars(length(equal = 4), inner(length(equal = 8)))]
    pub hands: Vec<Vec<String>>,
}

impl Deal {
    /// Encodes a deal.
    #[must_use]
    pub fn of(number: u64, round: u16, hands: &game_rules::BySeat<game_rules::PieceSet>) -> Self {
        Self { number, round, hands: hands.values().map(|hand| super::piece::ids(*hand)).collect() }
    }
}

/// A decision, with its time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
pub struct ReplayAction {
    /// Whose: 0 to 3.
    #[schema(maximum = 3)]
    #[schemars(range(max = 3))]
    pub seat: usize,
    /// What.
    #[serde(flatten)]
    pub action: Action,
    /// When, in milliseconds since 1970.
    pub time: u64,
    /// True when the player did not decide in time, and the server did.
    pub automatic: bool,
}

/// How a round went; the lists are by seat.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplayRound {
    /// Counting from 1.
    pub round: u16,
    /// The seat that started it.
    #[schema(maximum = 3)]
    #[schemars(range(max = 3))]
    pub starter: usize,
    /// Why: `has_general_red`, `won_last_turn` or `accepted_redeal`.
    #[schema(value_type = String, example = "has_general_red")]
    #[schemars(extend("enum" = REASONS.map(StarterReason::as_str)))]
    pub starter_reason: &'static str,
    /// What its points were multiplied by.
    pub multiplier: u32,
    /// Piles declared.
    pub declarations: [u8; 4],
    /// Piles taken.
    pub captured: [u8; 4],
    /// Points of the round.
    pub scores: [i32; 4],
    /// Points of the game up to its end.
    pub totals: [i32; 4],
}

const REASONS: [StarterReason; 3] =
    [StarterReason::HasGeneralRed, StarterReason::WonLastTurn, StarterReason::AcceptedRedeal];

/// How a game ended.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Results {
    /// The names of who won; several share a tie.
    pub winners: Vec<String>,
    /// Everybody's points, by name.
    pub final_scores: BTreeMap<String, i32>,
    /// How many rounds were scored.
    pub rounds_played: u32,
    /// From the start to the end, in seconds.
    #[schema(value_type = f64)]
    pub duration: Seconds,
}
