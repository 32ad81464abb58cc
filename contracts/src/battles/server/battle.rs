//! A battle and its players: what the game calls a room.

use game_rules::Seat;
use schemars::JsonSchema;
use serde::Serialize;
use utoipa::ToSchema;
use vocabulary::{RoomStatus, Roster, Situation, Timestamp};

use super::GameState;

/// A battle (seed, "Battle").
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Battle {
    /// Eight characters of A-Z and 2-9 without O and I: the room's id in every contract.
    #[schema(example = "ABCD2345")]
    pub id: String,
    /// The name that its creator gave it.
    pub name: String,
    /// The id of the player who may start it; null while no person sits here.
    pub host: Option<String>,
    /// Whether it is listed.
    pub is_public: bool,
    /// The taken seats in order.
    #[schema(max_items = 4)]
    #[schemars(length(max = 4))]
    pub players: Vec<Player>,
    /// How its game stands.
    pub state: GameState,
    /// Where it is in its life.
    pub status: BattleStatus,
    /// When it was made, in milliseconds since 1970.
    #[schema(example = 1_700_000_000_000_i64)]
    pub created_at: u64,
    /// When it last changed, in milliseconds since 1970.
    #[schema(example = 1_700_000_000_000_i64)]
    pub updated_at: u64,
}

impl Battle {
    /// Words a battle as everybody may see it; for a seat's own view put [`GameState::of`] with that seat into `state`.
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

/// Where a battle is in its life.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum BattleStatus {
    /// Gathering players.
    Waiting,
    /// A game is on.
    Active,
    /// The game is over.
    Finished,
}

impl BattleStatus {
    /// All of them by their names on the wire, for filters.
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

/// Who sits at a seat.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Player {
    /// An account's id, or one of this battle's own for guests and bots.
    pub id: String,
    /// Unique in the battle.
    pub name: String,
    /// 0 to 3.
    #[schema(maximum = 3)]
    #[schemars(range(max = 3))]
    pub seat: usize,
    /// Whether the seat was given to a bot.
    pub is_bot: bool,
    /// Whether they have a connection; bots always do.
    pub connected: bool,
}

impl Player {
    /// The taken seats in order.
    pub(super) fn all(situation: &Situation) -> Vec<Self> {
        Seat::ALL.into_iter().filter_map(|seat| Self::at(situation, seat)).collect()
    }

    /// Who sits there.
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
