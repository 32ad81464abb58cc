//! Participations in finished games, and the standings of accounts that follow from them, as they are stored.

use std::{collections::HashMap, time::Duration};

use vocabulary::Timestamp;

/// The outcome of a finished game for one account; bots and guests have none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Participation {
    /// The account's id. Of two participations of one account in a game, the first is kept.
    pub account: String,
    /// The seat, 0 to 3.
    pub seat: u8,
    /// The place among all four seats, from 1, the best; ties share a place.
    pub place: u8,
    /// Whether the account is among the winners.
    pub won: bool,
    /// Whether the account gave the game up.
    pub forfeited: bool,
    /// Whether a bot finished the game for the account, which had left or was away at the end.
    pub stood_in: bool,
    /// Whether the rules of the game are long enough for it to be rated.
    pub full_length: bool,
    /// The account's final points.
    pub score: i64,
    /// The number of rounds that were played.
    pub rounds: i64,
    /// The rounds in which the account took exactly what it declared.
    pub exact_declarations: i64,
    /// The game's weight for the account; `None` until it is rated, and for games of versions without weights.
    pub counted: Option<Counted>,
}

/// The weight of a game for an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The part of a whole game, in millionths.
    pub weight: i64,
    /// The reason for a weight below a whole game; `None` for a whole game.
    pub discount: Option<Discount>,
}

impl Counted {
    /// The weight of a whole game, in millionths.
    pub const WHOLE: i64 = 1_000_000;
}

/// The reasons why a game does not count in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discount {
    /// The game's rules make it too short.
    Short,
    /// No other player in the game had an account.
    Alone,
    /// The account has played against the same opponents many times in the last day.
    Repeated,
    /// The account has reached its limit of games that count in an hour.
    TooMany,
}

impl Discount {
    const ALL: [Self; 4] = [Self::Short, Self::Alone, Self::Repeated, Self::TooMany];

    /// The stored form, which must never change.
    pub(crate) const fn number(self) -> i64 {
        match self {
            Self::Short => 1,
            Self::Alone => 2,
            Self::Repeated => 3,
            Self::TooMany => 4,
        }
    }

    /// `None` also for a number of a later version.
    pub(crate) fn of_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|discount| discount.number() == number)
    }
}

/// Recent games that counted for accounts, from which the weight of the next one follows.
#[derive(Clone, Debug, Default)]
pub struct RecentGames(HashMap<String, Vec<Recent>>);

#[derive(Clone, Copy, Debug)]
struct Recent {
    /// The number of the game's room.
    game: i64,
    ended_at: Timestamp,
}

impl RecentGames {
    /// How far these games go back before the first game that is being rated: 24 hours.
    pub const SPAN: Duration = Duration::from_hours(24);

    /// Adds a game that counted for the account.
    pub fn add(&mut self, account: &str, game: i64, ended_at: Timestamp) {
        self.0.entry(account.to_owned()).or_default().push(Recent { game, ended_at });
    }

    /// The number of the account's games that counted and ended after `since` and by `until`.
    pub fn of(&self, account: &str, since: Timestamp, until: Timestamp) -> usize {
        self.between(account, since, until).count()
    }

    /// The number of these games that counted for both accounts.
    pub fn of_both(&self, account: &str, other: &str, since: Timestamp, until: Timestamp) -> usize {
        let others: Vec<i64> = self.between(other, since, until).map(|recent| recent.game).collect();
        self.between(account, since, until).filter(|recent| others.contains(&recent.game)).count()
    }

    fn between(&self, account: &str, since: Timestamp, until: Timestamp) -> impl Iterator<Item = &Recent> {
        let recent = self.0.get(account).map(Vec::as_slice).unwrap_or_default();
        recent.iter().filter(move |recent| recent.ended_at > since && recent.ended_at <= until)
    }
}

/// Statistics over an account's rated games.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Standing {
    /// The account's id.
    pub account: String,
    /// The number of rated games.
    pub games_played: i64,
    /// The number of games that it won.
    pub games_won: i64,
    /// The number of rounds in these games.
    pub rounds_played: i64,
    /// The number of rounds in which it took exactly what it declared.
    pub exact_declarations: i64,
    /// The sum of its final points.
    pub total_score: i64,
    /// The most final points in one game.
    pub best_score: i64,
    /// The rating, in billionths of the rating system's unit.
    pub rating: i64,
    /// The uncertainty of the rating, in the same unit.
    pub deviation: i64,
}

/// Standings by the id of their account.
pub type Standings = HashMap<String, Standing>;

/// A row of the leaderboard.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Ranked {
    /// The account's standing.
    #[sqlx(flatten)]
    pub standing: Standing,
    /// The account's username, with which it logs in.
    pub username: String,
    /// The name that other players see.
    pub display_name: String,
    /// The URL of a picture.
    pub avatar_url: Option<String>,
}

/// A finished game of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountGame {
    /// The id of the room that the game was played in.
    pub room: String,
    /// The time at which the game ended.
    pub ended_at: Timestamp,
    /// The game's outcome for the account.
    pub participation: Participation,
}
