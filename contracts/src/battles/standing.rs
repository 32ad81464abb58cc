//! The bodies about users' games: their statistics, and the leaderboard.

use schemars::JsonSchema;
use serde::Serialize;
use utoipa::ToSchema;

/// What a user's finished games came to (seed, "User Management").
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserStats {
    /// Games that were played to their end.
    #[schema(example = 12)]
    pub games_played: i64,
    /// Those of them that the user won; one that a bot finished for the user is never won.
    #[schema(example = 5)]
    pub games_won: i64,
    /// `gamesWon / gamesPlayed`, 0 to 1; 0 without games.
    #[schema(example = 0.4167)]
    pub win_rate: f64,
    /// The rounds of these games.
    #[schema(example = 96)]
    pub rounds_played: i64,
    /// The rounds whose declaration the user met exactly.
    #[schema(example = 31)]
    pub perfect_declarations: i64,
    /// The mean of the points at the ends of the games; 0 without games.
    #[schema(example = 37.25)]
    pub average_score: f64,
    /// The most points at the end of a game; 0 without games.
    #[schema(example = 58)]
    pub best_score: i64,
    /// The strength against other users, 1500 at first. Only whole games with other users change it.
    #[schema(example = 1612.38)]
    pub rating: f64,
    /// How uncertain the rating is, 500 at first.
    #[schema(example = 401.77)]
    pub rating_deviation: f64,
}

/// One of the caller's finished games, and what it counts for their rating and their guild.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnGame {
    /// The battle, whose replay is at `/state/replay/{id}`.
    #[schema(example = "ABCD2345")]
    pub battle_id: String,
    /// When it ended, in milliseconds since 1970.
    #[schema(example = 1_700_000_000_000_i64)]
    pub ended_at: i64,
    /// The place at the end, 1 to 4; ties share one.
    #[schema(example = 2)]
    pub place: u8,
    /// Whether the caller won.
    pub won: bool,
    /// Whether a bot finished it in the caller's place, who had left or was away at the end: then it is not won, and ranks
    /// below all who stayed.
    pub finished_by_bot: bool,
    /// The points at the end.
    #[schema(example = 41)]
    pub score: i64,
    /// The rounds.
    #[schema(example = 9)]
    pub rounds_played: i64,
    /// The part of a whole game that it counts for the rating and the guild, 0 to 1. Null until it is rated, and for games of
    /// versions that rated all games alike.
    #[schema(example = 0.5)]
    pub counts: Option<f64>,
    /// Why that is less than 1; null if it is not.
    pub discount: Option<Discount>,
}

/// Why a game counts less than a whole one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Discount {
    /// Its rules have a lower target or fewer rounds than the default ones.
    Short,
    /// Nobody else in it had an account.
    Alone,
    /// The same players have met many times in the last 24 hours.
    Repeated,
    /// The caller, or another player, has had as many games that count as the server allows in an hour.
    TooMany,
}

/// A page of the leaderboard.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema, JsonSchema)]
pub struct Leaderboard {
    /// The best first: by `rating - 3 * ratingDeviation`, so that luck in a few games does not lead.
    pub entries: Vec<LeaderboardEntry>,
    /// How many places there are on all pages.
    #[schema(example = 1)]
    pub total: u64,
}

/// One place of the leaderboard.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LeaderboardEntry {
    /// From 1.
    #[schema(example = 1)]
    pub rank: u64,
    /// Who has it.
    pub user: LeaderboardUser,
    /// As in the user's statistics.
    #[schema(example = 1612.38)]
    pub rating: f64,
    /// As in the user's statistics.
    #[schema(example = 401.77)]
    pub rating_deviation: f64,
    /// As in the user's statistics.
    #[schema(example = 12)]
    pub games_played: i64,
    /// As in the user's statistics.
    #[schema(example = 5)]
    pub games_won: i64,
    /// As in the user's statistics.
    #[schema(example = 0.4167)]
    pub win_rate: f64,
}

/// Who has a place on the leaderboard.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LeaderboardUser {
    /// A UUID.
    #[schema(example = "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10")]
    pub id: String,
    /// The name to log in with.
    #[schema(example = "Ann_7")]
    pub username: String,
    /// The name that others see.
    #[schema(example = "Ann")]
    pub display_name: String,
    /// Where a picture is, or null.
    pub avatar_url: Option<String>,
}
