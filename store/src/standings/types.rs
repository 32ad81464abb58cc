//! Standings: what an account's finished games came to, as it goes into the store and comes out. Times are milliseconds since 1970.

use std::{collections::HashMap, time::Duration};

use vocabulary::Timestamp;

/// How a finished game ended for one account that took part in it; bots and guests have none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// Whether a bot finished the game for the account, which had left or was away at the end.
    pub stood_in: bool,
    /// Whether the rules of the game are long enough for it to be rated.
    pub full_length: bool,
    /// The points at the end.
    pub score: i64,
    /// The rounds that were played.
    pub rounds: i64,
    /// The rounds whose declaration the account met exactly.
    pub exact_declarations: i64,
    /// What the game counts for the account; `None` until it is rated, and for games of versions that rated all alike.
    pub counted: Option<Counted>,
}

/// What a game counts for an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The part of a whole game, in millionths.
    pub weight: i64,
    /// Why it is not all of it; `None` if it is.
    pub discount: Option<Discount>,
}

impl Counted {
    /// All of a game, in millionths.
    pub const WHOLE: i64 = 1_000_000;
}

/// Why a game does not count in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discount {
    /// Its rules are too short.
    Short,
    /// Nobody else in it had an account.
    Alone,
    /// The account has played against the same others many times in the last day.
    Repeated,
    /// The account has played as many games that count as it may in an hour.
    TooMany,
}

impl Discount {
    const ALL: [Self; 4] = [Self::Short, Self::Alone, Self::Repeated, Self::TooMany];

    /// As it is stored: never to be changed.
    pub(crate) const fn number(self) -> i64 {
        match self {
            Self::Short => 1,
            Self::Alone => 2,
            Self::Repeated => 3,
            Self::TooMany => 4,
        }
    }

    /// `None` for the number of a later version, too.
    pub(crate) fn of_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|discount| discount.number() == number)
    }
}

/// The recent games of accounts that counted, on which it depends what the next one counts.
#[derive(Clone, Debug, Default)]
pub struct RecentGames(HashMap<String, Vec<Recent>>);

#[derive(Clone, Copy, Debug)]
struct Recent {
    /// The number of its room.
    game: i64,
    ended_at: Timestamp,
}

impl RecentGames {
    /// How far back they go before the first of the games that are rated: a day.
    pub const SPAN: Duration = Duration::from_hours(24);

    /// Adds a game that counted for the account.
    pub fn add(&mut self, account: &str, game: i64, ended_at: Timestamp) {
        self.0.entry(account.to_owned()).or_default().push(Recent { game, ended_at });
    }

    /// How many games of the account counted that ended after `since`, and by `until`.
    pub fn of(&self, account: &str, since: Timestamp, until: Timestamp) -> usize {
        self.between(account, since, until).count()
    }

    /// How many of them counted for both accounts.
    pub fn of_both(&self, account: &str, other: &str, since: Timestamp, until: Timestamp) -> usize {
        let others: Vec<i64> = self.between(other, since, until).map(|recent| recent.game).collect();
        self.between(account, since, until).filter(|recent| others.contains(&recent.game)).count()
    }

    fn between(&self, account: &str, since: Timestamp, until: Timestamp) -> impl Iterator<Item = &Recent> {
        let recent = self.0.get(account).map(Vec::as_slice).unwrap_or_default();
        recent.iter().filter(move |recent| recent.ended_at > since && recent.ended_at <= until)
    }
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
    pub ended_at: Timestamp,
    /// How it ended for the account.
    pub participation: Participation,
}
