//! The replay of a finished game: everything that is needed to play it again and to check every deal.

use std::collections::BTreeMap;

use game_rules::{CompetingTypes, RuleSet, StarterReason};
use schemars::JsonSchema;
use serde::Serialize;

use super::Action;
use crate::Seconds;

/// `GET /state/replay/{id}`: the replay of a finished game.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Replay {
    /// The battle's id.
    #[schemars(example = &"ABCD2345")]
    pub battle_id: String,
    /// The rules of the game.
    pub rules: Rules,
    /// The deck's seed in hex, with which anyone can check every deal.
    pub deck_seed: String,
    /// Hex SHA-256 of the seed, as `game:start` had it.
    pub deck_commitment: String,
    /// The players by seat.
    pub seats: Vec<ReplaySeat>,
    /// Every deal, including redeals.
    pub deals: Vec<Deal>,
    /// Every decision, in order.
    pub actions: Vec<ReplayAction>,
    /// The rounds in order.
    pub rounds: Vec<ReplayRound>,
    /// The result of the game.
    pub results: Results,
}

/// The rules of a battle; `null` means no limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Rules {
    /// The total of points that ends the game.
    #[schemars(range(min = 10, max = 200))]
    pub target_score: u16,
    /// The round after which the game ends.
    pub max_rounds: Option<u8>,
    /// Which sets compete with the leader's: `leader_type` or `any_type`.
    #[schemars(extend("enum" = ["leader_type", "any_type"]), example = &"leader_type")]
    pub competing_types: &'static str,
    /// How often in a row a player may declare zero.
    pub zero_streak_limit: Option<u8>,
    /// The sum of all declarations that the last one must not complete.
    pub forbid_total: Option<u8>,
}

impl Rules {
    /// Encodes the rules.
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

/// The player of a seat.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplaySeat {
    /// The seat, 0 to 3.
    #[schemars(range(max = 3))]
    pub seat: usize,
    /// The account's id; for guests and bots an id in this battle.
    pub id: String,
    /// The player's name, unique in the battle.
    pub name: String,
    /// Whether the seat belongs to a bot.
    pub is_bot: bool,
}

/// One deal of all 32 pieces.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Deal {
    /// The number of the deal, counted from 0 over the whole game: the nonce of its keystream.
    pub number: u64,
    /// The round of the deal, counted from 1; after a redeal a round has several deals.
    #[schemars(range(min = 1))]
    pub round: u16,
    /// The ids of the eight pieces of each seat, by descending points.
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

/// A decision and its time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct ReplayAction {
    /// The seat of the player, 0 to 3.
    #[schemars(range(max = 3))]
    pub seat: usize,
    /// The decision itself.
    #[serde(flatten)]
    pub action: Action,
    /// When it happened, in milliseconds since 1970.
    pub time: u64,
    /// True if the server decided, because the player did not decide in time.
    pub automatic: bool,
}

/// A round and its scores; the lists are by seat.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplayRound {
    /// The round, counted from 1.
    pub round: u16,
    /// The seat that started the round.
    #[schemars(range(max = 3))]
    pub starter: usize,
    /// Why that seat started: `has_general_red`, `won_last_turn` or `accepted_redeal`.
    #[schemars(extend("enum" = REASONS.map(StarterReason::as_str)), example = &"has_general_red")]
    pub starter_reason: &'static str,
    /// The multiplier of its points.
    pub multiplier: u32,
    /// The declared piles by seat.
    pub declarations: [u8; 4],
    /// The piles taken by seat.
    pub captured: [u8; 4],
    /// The points of the round by seat.
    pub scores: [i32; 4],
    /// The total points after the round by seat.
    pub totals: [i32; 4],
}

const REASONS: [StarterReason; 3] =
    [StarterReason::HasGeneralRed, StarterReason::WonLastTurn, StarterReason::AcceptedRedeal];

/// The result of a game.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Results {
    /// The names of the winners; several in a tie.
    pub winners: Vec<String>,
    /// The final points by name.
    pub final_scores: BTreeMap<String, i32>,
    /// The number of scored rounds.
    pub rounds_played: u32,
    /// The length of the game in seconds.
    pub duration: Seconds,
}
