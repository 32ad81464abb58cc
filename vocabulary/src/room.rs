//! What everybody may know of a room: who sits where, how it was set up, how the game stands.

use std::{fmt, sync::Arc, time::Duration};

use game_rules::{Action, BySeat, RuleSet, Seat, SeatSet, Table};
use serde::{Deserialize, Serialize};

use crate::{AccountId, By, Name, PlayerId, RoomId, TakeoverReason, Timestamp};

/// How well a bot plays.
// The one type for it: settings, contracts, stored games and the bots themselves use it as it is. The schemas of contract
// *game* have always called it `BotDifficulty`, and clients generate types of that name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema, utoipa::ToSchema), schemars(rename = "BotDifficulty"))]
#[serde(rename_all = "lowercase")]
pub enum Difficulty {
    /// Plays at random, but not foolishly.
    Easy,
    /// Knows what a hand is worth and plays to its declaration.
    #[default]
    Medium,
    /// Remembers every piece and weighs the chances of each play.
    Hard,
    /// Plays out every choice in many deals that the others may hold.
    Expert,
}

impl Difficulty {
    /// All levels, weakest first.
    pub const ALL: [Self; 4] = [Self::Easy, Self::Medium, Self::Hard, Self::Expert];

    /// The level's name in every contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Medium => "medium",
            Self::Hard => "hard",
            Self::Expert => "expert",
        }
    }
}

impl fmt::Display for Difficulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How long bots wait before they act, and how long a scored round stays on the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema, utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Pace {
    /// Bots take 0.8 to 2.5 seconds, like a person.
    #[default]
    Normal,
    /// Bots take 100 milliseconds.
    Fast,
    /// Bots act at once.
    Instant,
}

impl Pace {
    /// All paces, slowest first.
    pub const ALL: [Self; 3] = [Self::Normal, Self::Fast, Self::Instant];

    /// The pace's name in every contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Fast => "fast",
            Self::Instant => "instant",
        }
    }

    /// How long a scored round stays before the next one is dealt.
    pub const fn scoring_pause(self) -> Duration {
        match self {
            Self::Normal => Duration::from_secs(5),
            Self::Fast => Duration::from_millis(300),
            Self::Instant => Duration::ZERO,
        }
    }
}

/// How a room was set up (contract *game*, `create_room.options`).
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct RoomOptions {
    /// Listed in the lobby, or to be found only by its id.
    pub public: bool,
    /// Whether empty seats get bots at the start.
    pub fill_with_bots: bool,
    /// The level of those bots, and of a bot that takes a seat over.
    pub difficulty: Difficulty,
    /// How long a decision may take, in whole seconds, 1 to 3600.
    pub turn_timeout_seconds: u32,
    /// How fast bots act.
    pub pace: Pace,
    /// The rules of its game.
    pub rules: RuleSet,
}

impl RoomOptions {
    /// How long a decision may take.
    pub fn turn_timeout(&self) -> Duration {
        Duration::from_secs(u64::from(self.turn_timeout_seconds))
    }
}

/// Who plays a seat.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlayerKind {
    /// A person, at a connection or away from it.
    Human,
    /// A bot of this level, by the host's wish.
    Bot(Difficulty),
}

/// One taken seat, as everybody may see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Player {
    /// Unique in the room.
    pub name: Name,
    /// Person or bot.
    pub kind: PlayerKind,
    /// Why a bot stands in for the person, while one does.
    pub stand_in: Option<TakeoverReason>,
    /// The person's account; guests have none.
    pub account: Option<AccountId>,
}

impl Player {
    /// Whether the player decides, and no bot for them.
    pub const fn is_active(&self) -> bool {
        self.stand_in.is_none()
    }

    /// Whether the person gave up a game for good (contract *battles*, `forfeit`).
    pub const fn has_forfeited(&self) -> bool {
        matches!(self.stand_in, Some(TakeoverReason::Left))
    }

    /// Whether the seat was given to a bot.
    pub const fn is_bot(&self) -> bool {
        matches!(self.kind, PlayerKind::Bot(_))
    }
}

/// Where a room is in its life.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum RoomStatus {
    /// Gathering players.
    Waiting,
    /// A game is on.
    Playing,
    /// The game is over.
    Finished,
}

impl RoomStatus {
    /// The status' name in contract *game*.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Playing => "playing",
            Self::Finished => "finished",
        }
    }
}

/// The room and its seats. Shared: a notice keeps the roster that was true when it was made.
#[derive(Clone, PartialEq, Debug)]
pub struct Roster {
    /// The room's id.
    pub room: RoomId,
    /// The name that its creator gave it.
    pub room_name: Name,
    /// When it was created.
    pub created_at: Timestamp,
    /// How it was set up.
    pub options: RoomOptions,
    /// Who may start the game and place bots; none while no person sits here.
    pub host: Option<Seat>,
    /// Who sits where.
    pub seats: BySeat<Option<Player>>,
    /// Where the room is in its life.
    pub status: RoomStatus,
}

impl Roster {
    /// The name at a seat; empty for an empty seat.
    pub fn name(&self, seat: Seat) -> &str {
        self.seats[seat].as_ref().map_or("", |player| player.name.as_str())
    }

    /// The id of who sits there.
    pub fn player_id(&self, seat: Seat) -> Option<PlayerId> {
        let player = self.seats[seat].as_ref()?;
        Some(match (player.kind, player.account) {
            (PlayerKind::Bot(_), _) => PlayerId::Bot(self.room, seat),
            (PlayerKind::Human, Some(account)) => PlayerId::Account(account),
            (PlayerKind::Human, None) => PlayerId::Guest(self.room, seat),
        })
    }

    /// The seat of an account.
    pub fn seat_of(&self, account: AccountId) -> Option<Seat> {
        self.players().find(|(_, player)| player.account == Some(account)).map(|(seat, _)| seat)
    }

    /// The taken seats in order.
    pub fn players(&self) -> impl Iterator<Item = (Seat, &Player)> {
        self.seats.iter().filter_map(|(seat, player)| player.as_ref().map(|player| (seat, player)))
    }

    /// The empty seats in order.
    pub fn free_seats(&self) -> impl Iterator<Item = Seat> + '_ {
        self.seats.iter().filter(|(_, player)| player.is_none()).map(|(seat, _)| seat)
    }

    /// The host's name; empty while there is none.
    pub fn host_name(&self) -> &str {
        self.host.map_or("", |seat| self.name(seat))
    }
}

/// How things stand, as everybody may see them: no hand, no seed.
#[derive(Clone, Debug)]
pub struct Situation {
    /// The room and its seats.
    pub roster: Arc<Roster>,
    /// The public side of the game; none before it starts.
    pub table: Option<Box<Table>>,
    /// When the server acts for those who have not decided, or deals the next round.
    pub deadline: Option<Timestamp>,
    /// The seats whose people are connected.
    pub connected: SeatSet,
    /// The last decision of the game.
    pub last_action: Option<LastAction>,
}

/// A decision that was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LastAction {
    /// Whose.
    pub seat: Seat,
    /// What.
    pub action: Action,
    /// Who decided.
    pub by: By,
}
