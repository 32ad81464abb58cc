//! Battles and their players. A battle is what contract *game* calls a room.

use game_rules::Seat;
use schemars::JsonSchema;
use serde::Serialize;
use vocabulary::{RoomStatus, Roster, Situation, Timestamp};

use super::GameState;

/// A battle (seed, "Battle").
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Battle {
    /// The room's id in every contract: eight characters of A-Z and 2-9 without O and I.
    #[schemars(example = &"ABCD2345")]
    pub id: String,
    /// The name that its creator chose.
    pub name: String,
    /// The id of the host, who may start the battle; null if no person has a seat.
    pub host: Option<String>,
    /// Whether the list of battles shows it.
    pub is_public: bool,
    /// The taken seats in order.
    #[schemars(length(max = 4))]
    pub players: Vec<Player>,
    /// The state of its game.
    pub state: GameState,
    /// The stage of the battle.
    pub status: BattleStatus,
    /// When it was created, in milliseconds since 1970.
    #[schemars(example = 1_700_000_000_000_i64)]
    pub created_at: u64,
    /// When it last changed, in milliseconds since 1970.
    #[schemars(example = 1_700_000_000_000_i64)]
    pub updated_at: u64,
}

impl Battle {
    /// Encodes a battle as everybody may see it. For the view of a seat, replace `state` by [`GameState::of`] with that
    /// seat.
    #[must_use]
    pub fn of(situation: &Situation, updated_at: Timestamp) -> Self {
        let roster = &*situation.roster;
        Self {
            id: roster.room.to_string(),
            name: roster.room_name.to_string(),
            host: roster.host.and_then(|seat| roster.player_id(seat)).map(|id| id.to_string()),
            is_public: roster.options.public,
            players: Player::all(situation),
            state: GameState::of(situation, None),
            status: roster.status.into(),
            created_at: roster.created_at.0,
            updated_at: updated_at.0,
        }
    }
}

/// The stage of a battle.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum BattleStatus {
    /// The battle waits for players.
    Waiting,
    /// The game is being played.
    Active,
    /// The game has ended.
    Finished,
}

impl BattleStatus {
    /// All stages with their names on the wire, for filters.
    pub const NAMES: [(&'static str, Self); 3] =
        [("WAITING", Self::Waiting), ("ACTIVE", Self::Active), ("FINISHED", Self::Finished)];
}

impl From<RoomStatus> for BattleStatus {
    fn from(status: RoomStatus) -> Self {
        match status {
            RoomStatus::Waiting => Self::Waiting,
            RoomStatus::Playing => Self::Active,
            RoomStatus::Finished => Self::Finished,
        }
    }
}

/// The player at a seat.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Player {
    /// The account's id; for guests and bots an id in this battle.
    pub id: String,
    /// The player's name, unique in the battle.
    pub name: String,
    /// The seat, 0 to 3.
    #[schemars(range(max = 3))]
    pub seat: usize,
    /// Whether the seat belongs to a bot.
    pub is_bot: bool,
    /// Whether the player has a connection; always true for bots.
    pub connected: bool,
}

impl Player {
    /// The players at the taken seats, in order.
    pub(super) fn all(situation: &Situation) -> Vec<Self> {
        Seat::ALL.into_iter().filter_map(|seat| Self::at(situation, seat)).collect()
    }

    /// The player at this seat.
    pub(in crate::battles) fn at(situation: &Situation, seat: Seat) -> Option<Self> {
        let roster: &Roster = &situation.roster;
        let player = roster.seats[seat].as_ref()?;
        Some(Self {
            id: roster.player_id(seat)?.to_string(),
            name: player.name.to_string(),
            seat: seat.index(),
            is_bot: player.is_bot(),
            connected: player.is_bot() || situation.connected.contains(seat),
        })
    }
}
