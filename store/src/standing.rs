//! Standings: what an account's finished games came to, as it goes into the store and comes out. Times are milliseconds since 1970.

use std::collections::HashMap;

/// How a finished game ended for one account that took part in it; bots and guests have none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participation {
    /// The account's id. It is in a game once; of two with the same id the first is kept.
    pub account: String,
    /// The seat, 0 to 3.
    pub seat: u8,
    /// 1 is the best of all four seats; ties share a place.
    pub place: u8,
    /// Whether it is among the winners.
    pub won: bool,
    /// Whether the account gave the game up.
    pub forfeited: bool,
    /// The points at the end.
    pub score: i64,
    /// The rounds that were played.
    pub rounds: i64,
    /// The rounds whose declaration the account met exactly.
    pub exact_declarations: i64,
}

/// What an account's games came to, as far as they are rated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The account's id.
    pub account: String,
    /// Games that were played to their end.
    pub games_played: i64,
    /// Those of them that it won.
    pub games_won: i64,
    /// The rounds of these games.
    pub rounds_played: i64,
    /// The rounds whose declaration it met exactly.
    pub exact_declarations: i64,
    /// The sum of its points at the ends of the games.
    pub total_score: i64,
    /// The most points that it ended a game with.
    pub best_score: i64,
    /// The rating, in billionths of the rating system's unit.
    pub rating: i64,
    /// How uncertain the rating is, in the same unit.
    pub deviation: i64,
}

/// Standings by the id of their account.
pub type Standings = HashMap<String, Standing>;

/// One place of the leaderboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// What the account's games came to.
    pub standing: Standing,
    /// The account's name to log in with.
    pub username: String,
    /// The name that others see.
    pub display_name: String,
    /// Where a picture is.
    pub avatar_url: Option<String>,
}

/// One finished game of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountGame {
    /// The id of the room it was played in.
    pub room: String,
    /// When it ended, in milliseconds.
    pub ended_at: i64,
    /// How it ended for the account.
    pub participation: Participation,
}
