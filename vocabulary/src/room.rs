//! The public state of a room: its seats, its options and its game.

use std::{fmt, sync::Arc, time::Duration};

use game_rules::{Action, BySeat, RuleSet, Seat, SeatSet, Table};
use serde::{Deserialize, Serialize};

use crate::{AccountId, By, Name, PlayerId, RoomId, Timestamp, Who};

/// The level of a bot.
// The one type for it: settings, contracts, stored games and the bots themselves use it as it is. The schemas of contract
// *game* have always called it `BotDifficulty`, and clients generate types of that name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "BotDifficulty"))]
#[serde(rename_all = "lowercase")]
pub enum Difficulty {
    /// Good for a first game: random, without obvious mistakes.
    Easy,
    /// Solid: plays for exactly the piles that it declared.
    #[default]
    Medium,
    /// Remembers every piece that was played.
    Hard,
    /// Plans ahead by simulating the rest of the round.
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

/// How long bots wait before they act, and how long a scored round is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Pace {
    /// Like a person: after 0.8 to 2.5 seconds.
    #[default]
    Normal,
    /// After 100 milliseconds.
    Fast,
    /// At once, without waiting.
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

    /// How long a scored round is shown before the next one is dealt.
    pub const fn scoring_pause(self) -> Duration {
        match self {
            Self::Normal => Duration::from_secs(5),
            Self::Fast => Duration::from_millis(300),
            Self::Instant => Duration::ZERO,
        }
    }
}

/// How a room was set up (contract *game*, `create_room.options`). [`Default`] is a room whose creator asked for nothing.
///
/// Foundings and records hold it as JSON for as long as a database lives, so an option that is added later reads as its
/// default in those that were written before.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct RoomOptions {
    /// Whether the lobby lists the room; otherwise it is found only by its id.
    pub public: bool,
    /// Whether bots fill empty seats at the start.
    pub fill_with_bots: bool,
    /// The level of those bots, and of a bot that takes over a seat.
    pub difficulty: Difficulty,
    /// The time for a decision in seconds, 1 to 3600.
    pub turn_timeout_seconds: u32,
    /// How fast bots act.
    pub pace: Pace,
    /// The rules of the game.
    pub rules: RuleSet,
}

impl Default for RoomOptions {
    fn default() -> Self {
        Self {
            public: true,
            fill_with_bots: true,
            difficulty: Difficulty::default(),
            turn_timeout_seconds: 30,
            pace: Pace::default(),
            rules: RuleSet::default(),
        }
    }
}

impl RoomOptions {
    /// The time for a decision.
    pub fn turn_timeout(&self) -> Duration {
        Duration::from_secs(u64::from(self.turn_timeout_seconds))
    }
}

/// The kind of player at a seat.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlayerKind {
    /// A person, at a connection or away from it.
    Human,
    /// A bot of this level.
    Bot(Difficulty),
}

/// A taken seat, as everybody may see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Player {
    /// Unique in the room.
    pub name: Name,
    /// The kind of player.
    pub kind: PlayerKind,
    /// Why a bot plays for the person; `None` if the person plays.
    pub stand_in: Option<TakeoverReason>,
    /// The person's account; `None` for guests and bots.
    pub account: Option<AccountId>,
}

impl Player {
    /// Whether the player decides, and not a bot for them.
    pub const fn is_active(&self) -> bool {
        self.stand_in.is_none()
    }

    /// Whether the person has given up the game permanently (contract *battles*, `forfeit`).
    pub const fn has_forfeited(&self) -> bool {
        matches!(self.stand_in, Some(TakeoverReason::Left))
    }

    /// Whether the seat belongs to a bot.
    pub const fn is_bot(&self) -> bool {
        matches!(self.kind, PlayerKind::Bot(_))
    }
}

/// Why a bot plays for a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TakeoverReason {
    /// The connection was lost for longer than the grace period.
    Disconnected,
    /// The player has left permanently.
    Left,
    /// Three decisions of the player in a row have timed out.
    Inactive,
}

impl TakeoverReason {
    /// The reason's name in contract *game*.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Disconnected => "disconnected",
            Self::Left => "left",
            Self::Inactive => "inactive",
        }
    }
}

/// The stage of a room.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum RoomStatus {
    /// The room waits for players.
    Waiting,
    /// The game is being played.
    Playing,
    /// The game has ended.
    Finished,
}

impl RoomStatus {
    /// The stage's name in contract *game*.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Playing => "playing",
            Self::Finished => "finished",
        }
    }
}

/// A room and its seats. It is shared: a notice keeps the roster as it was when the notice was made.
#[derive(Clone, PartialEq, Debug)]
pub struct Roster {
    /// The room's id.
    pub room: RoomId,
    /// The name that its creator gave it.
    pub room_name: Name,
    /// When it was created.
    pub created_at: Timestamp,
    /// The options of the room.
    pub options: RoomOptions,
    /// The host, who may start the game and seat bots; `None` if no person has a seat.
    pub host: Option<Seat>,
    /// The players by seat.
    pub seats: BySeat<Option<Player>>,
    /// The stage of the room.
    pub status: RoomStatus,
}

impl Roster {
    /// The name at a seat; empty for an empty seat.
    pub fn name(&self, seat: Seat) -> &str {
        self.seats[seat].as_ref().map_or("", |player| player.name.as_str())
    }

    /// The id of the player at a seat.
    pub fn player_id(&self, seat: Seat) -> Option<PlayerId> {
        let player = self.seats[seat].as_ref()?;
        Some(match (player.kind, player.account) {
            (PlayerKind::Bot(_), _) => PlayerId::Bot(self.room, seat),
            (PlayerKind::Human, Some(account)) => PlayerId::Account(account),
            (PlayerKind::Human, None) => PlayerId::Guest(self.room, seat),
        })
    }

    /// The player at a seat; `None` for an empty seat.
    pub fn who(&self, seat: Seat) -> Option<Who> {
        let name = self.seats[seat].as_ref()?.name.clone();
        Some(Who { seat, id: self.player_id(seat)?, name })
    }

    /// The seat of an account.
    pub fn seat_of(&self, account: AccountId) -> Option<Seat> {
        self.players().find(|(_, player)| player.account == Some(account)).map(|(seat, _)| seat)
    }

    /// The taken seats in order.
    pub fn players(&self) -> impl Iterator<Item = (Seat, &Player)> {
        self.seats.iter().filter_map(|(seat, player)| player.as_ref().map(|player| (seat, player)))
    }

    /// The people in the order of their seats, even while a bot replaces them.
    pub fn people(&self) -> impl Iterator<Item = (Seat, &Player)> {
        self.players().filter(|(_, player)| !player.is_bot())
    }

    /// The empty seats in order.
    pub fn free_seats(&self) -> impl Iterator<Item = Seat> + '_ {
        self.seats.iter().filter(|(_, player)| player.is_none()).map(|(seat, _)| seat)
    }

    /// The host's name; empty if there is none.
    pub fn host_name(&self) -> &str {
        self.host.map_or("", |seat| self.name(seat))
    }
}

/// The public state of a room: no hand, no seed.
#[derive(Clone, Debug)]
pub struct Situation {
    /// The room and its seats.
    pub roster: Arc<Roster>,
    /// The public state of the game; `None` before the start.
    pub table: Option<Box<Table>>,
    /// When the server acts for players who have not decided, or deals the next round.
    pub deadline: Option<Timestamp>,
    /// The seats whose people are connected.
    pub connected: SeatSet,
    /// The last decision of the game.
    pub last_action: Option<LastAction>,
}

/// A decision in the game.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LastAction {
    /// The seat.
    pub seat: Seat,
    /// The decision.
    pub action: Action,
    /// Who made the decision.
    pub by: By,
}
