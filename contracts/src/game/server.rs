//! What the server sends in contract *game*: the `data` of each event, borrowed from the notices that they word.
//! The schemas come from these types.

use std::borrow::Cow;

use arrayvec::ArrayVec;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

pub use super::situation::{GameState, Hand, PhaseData, PieceData, Play, PlayerData, RoundScoreData, ValidSet};
use crate::game::client::{BotDifficulty, CompetingTypes, Pace};

/// A text that a message borrows.
pub type Text<'a> = Cow<'a, str>;

/// A table over players by name, in the order of their seats. On the wire an object.
#[derive(Clone, Debug, Default)]
pub struct ByName<'a, T>(pub ArrayVec<(Text<'a>, T), 4>);

impl<T: Serialize> Serialize for ByName<'_, T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<T: JsonSchema> JsonSchema for ByName<'_, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("ByName_of_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let value = generator.subschema_for::<T>();
        schemars::json_schema!({ "type": "object", "additionalProperties": value })
    }
}

/// The frame around every event of the server.
#[derive(Serialize)]
pub(super) struct Envelope<'a, T> {
    pub(super) event: &'static str,
    pub(super) data: &'a T,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) private: bool,
    pub(super) room_id: &'a str,
    pub(super) server_time: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sequence_number: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) client_sequence: Option<u64>,
}

/// `connected`: the first message.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Connected<'a> {
    /// The connection's own id.
    pub connection_id: String,
    /// The room, or `lobby`.
    pub room_id: Text<'a>,
    /// Always null: a seat comes with `room_created`, `room_joined` or `reconnected`.
    pub player_name: Option<Text<'a>>,
    /// Always false; see `reconnected`.
    pub reconnected: bool,
}

/// `disconnected`: the last message before the server closes the connection.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Disconnected<'a> {
    /// The WebSocket close code that follows.
    pub code: u16,
    /// Why.
    pub reason: Text<'a>,
    /// Whether the close is an orderly one.
    #[serde(rename = "wasClean")]
    pub was_clean: bool,
}

/// `reconnected`: back in the seat; the missed events follow.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Reconnected<'a> {
    /// The new connection's id.
    pub connection_id: String,
    /// The room.
    pub room_id: Text<'a>,
    /// The seat's name.
    pub player_name: Text<'a>,
    /// How many events follow.
    pub missed_events: usize,
    /// Whether older events are no longer there.
    pub truncated: bool,
    /// How things stand, with `phase` and `phase_data`.
    pub game_state: GameState<'a>,
    /// The seat's own pieces; null before the start.
    pub hand: Option<Hand>,
    /// The seat's secret, as it was.
    pub session_token: Text<'a>,
    /// The highest message number that the server has from this seat: the client counts on from there.
    pub last_client_sequence: Option<u64>,
}

/// `room_created`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RoomCreated<'a> {
    /// The new room.
    pub room_id: Text<'a>,
    /// What it is called.
    pub room_name: Text<'a>,
    /// Who made it, and is its host at position 0.
    pub creator: Text<'a>,
    /// Seconds since the epoch.
    pub created_at: f64,
    /// How it was set up.
    pub options: OptionsData,
    /// The seat's secret, told once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token: Option<Text<'a>>,
}

/// `room_joined`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RoomJoined<'a> {
    /// The room.
    pub room_id: Text<'a>,
    /// What it is called.
    pub room_name: Text<'a>,
    /// Its host.
    pub host: Text<'a>,
    /// Who sits there, the newcomer too.
    pub players: ArrayVec<SeatData<'a>, 4>,
    /// How it was set up.
    pub options: OptionsData,
    /// Null before the start.
    pub game_state: Option<GameState<'a>>,
    /// The seat's secret, told once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token: Option<Text<'a>>,
}

/// `room_left`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RoomLeft<'a> {
    /// The room.
    pub room_id: Text<'a>,
}

/// A taken seat.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SeatData<'a> {
    /// Unique in the room.
    pub name: Text<'a>,
    /// 0 to 3.
    pub position: u8,
    /// Whether the seat was given to a bot.
    pub is_bot: bool,
}

/// A room's options.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct OptionsData {
    /// Listed in the lobby.
    pub is_public: bool,
    /// Whether empty seats get bots at the start.
    pub fill_with_bots: bool,
    /// The level of the room's bots.
    pub bot_difficulty: BotDifficulty,
    /// How long a decision may take, in seconds.
    pub turn_timeout_seconds: u32,
    /// How fast bots act.
    pub pace: Pace,
    /// The rules of its game.
    pub rules: RulesData,
}

/// The rules of a room's game; `null` = no such limit.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct RulesData {
    /// The points that end the game.
    pub target_score: i64,
    /// The round that ends the game.
    pub max_rounds: Option<u8>,
    /// Which sets compete with the leader's.
    pub competing_types: CompetingTypes,
    /// How many zeros in a row may be declared.
    pub zero_streak_limit: Option<u8>,
    /// The sum that the last declaration may not make.
    pub forbid_total: Option<u8>,
}

/// `player_joined`, to the others.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlayerJoined<'a> {
    /// Who.
    pub player_name: Text<'a>,
    /// 0 to 3.
    pub position: u8,
    /// Whether it is a bot.
    pub is_bot: bool,
    /// Whether they came back to their own seat.
    pub reconnected: bool,
    /// Seconds since the epoch.
    pub timestamp: f64,
}

/// `player_left`, to the others, before the start.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlayerLeft<'a> {
    /// Who.
    pub player_name: Text<'a>,
    /// The seat that is free now.
    pub position: u8,
    /// Who is the host now; null when no person is left.
    pub host: Option<Text<'a>>,
    /// Seconds since the epoch.
    pub timestamp: f64,
}

/// `room_list`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RoomListData<'a> {
    /// Waiting rooms first, the newest first. Private rooms are left out.
    pub rooms: Vec<ListedRoom<'a>>,
    /// How many public rooms there are.
    pub total: usize,
}

/// A room in the list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ListedRoom<'a> {
    /// The room.
    pub room_id: Text<'a>,
    /// What it is called.
    pub room_name: Text<'a>,
    /// Its host; empty while there is none.
    pub host: Text<'a>,
    /// `waiting` or `playing`.
    pub status: Text<'a>,
    /// Who sits there.
    pub players: ArrayVec<SeatData<'a>, 4>,
    /// How many seats are taken.
    pub player_count: usize,
    /// Seconds since the epoch.
    pub created_at: f64,
}

/// `room_state`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RoomState<'a> {
    /// The room.
    pub room_id: Text<'a>,
    /// What it is called.
    pub room_name: Text<'a>,
    /// Its host; empty while there is none.
    pub host: Text<'a>,
    /// `waiting`, `playing` or `finished`.
    pub status: Text<'a>,
    /// Who sits there.
    pub players: ArrayVec<SeatData<'a>, 4>,
    /// How it was set up.
    pub options: OptionsData,
}

/// `game_started`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GameStarted<'a> {
    /// Hex SHA-256 of the deck's seed, which `game_over` reveals.
    pub deck_commitment: Text<'a>,
    /// Who plays.
    pub players: ArrayVec<SeatData<'a>, 4>,
    /// How the room was set up.
    pub options: OptionsData,
}

/// `phase_change`: how the game stands now.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PhaseChange<'a> {
    /// `PREPARATION`, `DECLARATION`, `TURN`, `SCORING` or `GAME_OVER`.
    pub phase: Text<'a>,
    /// What belongs to the phase.
    pub phase_data: PhaseData<'a>,
    /// The players and their scores.
    pub game_state: GameState<'a>,
    /// When the server acts for those who have not decided, or deals the next round; seconds since the epoch.
    pub deadline: Option<f64>,
    /// The event's number, again.
    pub sequence_number: u64,
    /// The event's time, again.
    pub server_time: f64,
}

/// `declaration_accepted`, to the sender.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DeclarationAccepted<'a> {
    /// The sender.
    pub player: Text<'a>,
    /// How many piles.
    pub declaration: u8,
}

/// `play_accepted`, to the sender.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlayAccepted<'a> {
    /// The sender.
    pub player: Text<'a>,
    /// Their ids.
    pub pieces_played: ArrayVec<&'static str, 6>,
    /// What they form.
    pub play_type: String,
}

/// `redeal_decision_accepted`, to the sender.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RedealDecisionAccepted<'a> {
    /// The sender.
    pub player: Text<'a>,
    /// `accept` or `decline`.
    pub decision: Text<'a>,
}

/// `player_action`, to the others.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlayerAction<'a> {
    /// Who.
    pub player: Text<'a>,
    /// What.
    #[serde(flatten)]
    pub action: ActionData,
}

/// What someone did.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ActionData {
    /// Declared piles.
    Declare {
        /// How many.
        declaration: u8,
    },
    /// Played pieces.
    Play {
        /// Their ids.
        piece_ids: ArrayVec<&'static str, 6>,
        /// The pieces.
        pieces: ArrayVec<PieceData, 6>,
        /// What they form.
        play_type: String,
    },
    /// Asked for a redeal.
    AcceptRedeal,
    /// Kept the hand.
    DeclineRedeal,
}

/// `special_bonus`: a declaration was met exactly.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SpecialBonus<'a> {
    /// By whom.
    pub player: Text<'a>,
    /// `PERFECT_DECLARATION` or `PERFECT_ZERO`.
    pub bonus_type: Text<'a>,
    /// What it brought, times the round's multiplier.
    pub bonus_points: i32,
    /// A sentence to show.
    pub message: String,
    /// Which animation to show.
    pub animation: Text<'a>,
}

/// `player_timeout`: the server acts for someone; the action follows.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlayerTimeout<'a> {
    /// For whom.
    pub player: Text<'a>,
    /// What was waited for: `declare`, `play` or `redeal`.
    pub action: Text<'a>,
    /// What the server does.
    pub auto_action: AutoAction,
    /// How long they had.
    pub timeout_seconds: u64,
}

/// What the server does for someone.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AutoAction {
    /// It declares.
    Declare {
        /// How many piles.
        value: u8,
    },
    /// It plays.
    Play {
        /// The pieces' ids.
        piece_ids: ArrayVec<&'static str, 6>,
    },
    /// It asks for a redeal (no rule makes the server do so today).
    AcceptRedeal,
    /// It keeps the hand.
    DeclineRedeal,
}

/// `bot_activated`: a bot plays for a person.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BotActivated<'a> {
    /// For whom.
    pub player: Text<'a>,
    /// `disconnected`, `left` or `inactive`.
    pub reason: Text<'a>,
    /// How well it plays.
    pub bot_difficulty: BotDifficulty,
}

/// `game_over`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GameOver<'a> {
    /// Several share a tie.
    pub winners: ArrayVec<Text<'a>, 4>,
    /// Everybody's points.
    pub final_scores: ByName<'a, i32>,
    /// How many rounds were scored.
    pub rounds_played: u32,
    /// In seconds.
    pub game_duration: f64,
    /// What happened on the way.
    pub statistics: StatisticsData,
    /// The deck's seed in hex: with it anyone can check every deal.
    pub deck_seed: Text<'a>,
}

/// Counts over a whole game.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct StatisticsData {
    /// Turns played.
    pub total_turns: u32,
    /// Declarations met exactly.
    pub perfect_declarations: u32,
    /// Redeals.
    pub redeals: u32,
    /// Decisions that the server took.
    pub timeouts: u32,
    /// Times a bot took a seat over.
    pub bot_takeovers: u32,
}

/// `sync_response`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SyncResponse {
    /// The last number that the room gave out.
    pub current_sequence: u64,
    /// What this seat missed, in order.
    pub missed_events: Vec<MissedEvent>,
    /// Null when `client_state_hash` was its hash.
    pub full_state: Option<Value>,
    /// Hex SHA-256 of the compact JSON of `full_state` with sorted keys.
    pub state_hash: String,
    /// Whether older events are no longer there.
    pub truncated: bool,
}

/// An event in `sync_response`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MissedEvent {
    /// Its number.
    pub sequence: u64,
    /// Its name.
    pub event: String,
    /// Its data.
    pub data: Value,
}

/// `sync_response.full_state`, and what `state_hash` is made of.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FullState<'a> {
    /// As in `phase_change`, or `NOT_STARTED`.
    pub phase: Text<'a>,
    /// What belongs to the phase.
    pub phase_data: PhaseData<'a>,
    /// The players and their scores.
    pub game_state: GameState<'a>,
    /// The seat's own pieces; null before the start.
    pub hand: Option<Hand>,
}

/// `pong`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Pong {
    /// As it came.
    pub client_time: Value,
    /// Milliseconds since the epoch.
    pub server_time: u64,
    /// `server_time` less `client_time`, in milliseconds, never below 0.
    pub latency: f64,
    /// As it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u64>,
}

/// `server_time`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ServerTime {
    /// Seconds since the epoch.
    pub server_time: f64,
}

/// `version_accepted`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct VersionAccepted<'a> {
    /// The server's own version.
    pub server_version: Text<'a>,
    /// The version that this connection speaks from now on.
    pub negotiated_version: Text<'a>,
    /// What it can do.
    pub features: Features,
}

/// What the server can do.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Features {
    /// Weak hands may be dealt again.
    pub weak_hand_redeal: bool,
    /// Bots play.
    pub bot_players: bool,
    /// Finished games can be replayed.
    pub replay_system: bool,
}

/// `deprecation_warning`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DeprecationWarning<'a> {
    /// What will go.
    pub deprecated_feature: Text<'a>,
    /// When.
    pub removal_version: Text<'a>,
    /// What to use in its place.
    pub alternative: Text<'a>,
    /// Where to read more.
    pub documentation: Text<'a>,
}

/// The `error` of `error` and `validation_error`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ErrorData {
    /// One of the contract's codes.
    pub code: String,
    /// A sentence for a person.
    pub message: String,
    /// The facts.
    pub details: Value,
    /// Seconds since the epoch.
    pub timestamp: f64,
    /// Whether the same client may mend it and try again.
    pub recoverable: bool,
}
