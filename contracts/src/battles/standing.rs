//! The bodies about users' games: statistics and the leaderboard.

use schemars::JsonSchema;
use serde::Serialize;

/// Statistics over a user's finished games (seed, "User Management").
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserStats {
    /// The number of finished games.
    #[schemars(example = 12)]
    pub games_played: i64,
    /// The number of games that the user won; a game that a bot finished for the user never counts as won.
    #[schemars(example = 5)]
    pub games_won: i64,
    /// `gamesWon / gamesPlayed`, 0 to 1; 0 without games.
    #[schemars(example = 0.4167)]
    pub win_rate: f64,
    /// The number of rounds in these games.
    #[schemars(example = 96)]
    pub rounds_played: i64,
    /// The number of rounds in which the user met the declaration exactly.
    #[schemars(example = 31)]
    pub perfect_declarations: i64,
    /// The mean of the final points; 0 without games.
    #[schemars(example = 37.25)]
    pub average_score: f64,
    /// The highest final points; 0 without games.
    #[schemars(example = 58)]
    pub best_score: i64,
    /// The rating, 1500 at first. Only games with other users change it.
    #[schemars(example = 1612.38)]
    pub rating: f64,
    /// How uncertain the rating is, 500 at first.
    #[schemars(example = 401.77)]
    pub rating_deviation: f64,
}

/// One of the caller's finished games, and how much it counts for the rating and the guild.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnGame {
    /// The battle, whose replay is at `/state/replay/{id}`.
    #[schemars(example = &"ABCD2345")]
    pub battle_id: String,
    /// When it ended, in milliseconds since 1970.
    #[schemars(example = 1_700_000_000_000_i64)]
    pub ended_at: i64,
    /// The final place, 1 to 4; ties share one.
    #[schemars(example = 2)]
    pub place: u8,
    /// Whether the caller won.
    pub won: bool,
    /// Whether a bot finished the game for the caller, who had left or was away at the end: then it is not won, and
    /// ranks below all players who stayed.
    pub finished_by_bot: bool,
    /// The final points.
    #[schemars(example = 41)]
    pub score: i64,
    /// The number of rounds.
    #[schemars(example = 9)]
    pub rounds_played: i64,
    /// How much it counts for the rating and the guild, from 0 to 1 (a whole game). Null until it is rated, and for
    /// games of versions that rated all games alike.
    #[schemars(example = 0.5)]
    pub counts: Option<f64>,
    /// Why `counts` is less than 1; null if it is not.
    pub discount: Option<Discount>,
}

/// Why a game counts less than a whole one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Discount {
    /// Its rules have a lower target or fewer rounds than the default ones.
    Short,
    /// No other player had an account.
    Alone,
    /// The same players have met many times in the last 24 hours.
    Repeated,
    /// The caller or another player has reached the server's limit of counted games per hour.
    TooMany,
}

/// A page of the leaderboard.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Leaderboard {
    /// The best first, by `rating - 3 * ratingDeviation`, so that luck in a few games does not decide.
    pub entries: Vec<LeaderboardEntry>,
    /// The number of places on all pages.
    #[schemars(example = 1)]
    pub total: u64,
}

/// One place of the leaderboard.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LeaderboardEntry {
    /// The rank, counted from 1.
    #[schemars(example = 1)]
    pub rank: u64,
    /// The user at this place.
    pub user: LeaderboardUser,
    /// The rating, as in the user's statistics.
    #[schemars(example = 1612.38)]
    pub rating: f64,
    /// The uncertainty of the rating, as in the user's statistics.
    #[schemars(example = 401.77)]
    pub rating_deviation: f64,
    /// The finished games, as in the user's statistics.
    #[schemars(example = 12)]
    pub games_played: i64,
    /// The games won, as in the user's statistics.
    #[schemars(example = 5)]
    pub games_won: i64,
    /// The win rate, as in the user's statistics.
    #[schemars(example = 0.4167)]
    pub win_rate: f64,
}

/// A user on the leaderboard.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LeaderboardUser {
    /// The account's id, a UUID.
    #[schemars(example = &"01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10")]
    pub id: String,
    /// The username, for logging in.
    #[schemars(example = &"Ann_7")]
    pub username: String,
    /// The display name, which others see.
    #[schemars(example = &"Ann")]
    pub display_name: String,
    /// The URL of a picture, or null.
    pub avatar_url: Option<String>,
}
