//! What the server sends in contract *game*: the `data` of each event, borrowed from the notices. The schemas come from
//! these types.

mod connection;
mod operators;
mod pieces;
mod play;
mod resume;
mod room;
mod state;

use std::{borrow::Cow, fmt, marker::PhantomData};

use arrayvec::ArrayVec;
use schemars::JsonSchema;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, MapAccess, Visitor},
};

use crate::Seconds;

pub use self::{
    connection::{
        ChatMessage, Connected, DeprecationWarning, Disconnected, ErrorData, Features, Pong, Reconnected, ServerTime,
        VersionAccepted,
    },
    operators::{Announcement, Maintenance},
    pieces::{Hand, PieceData, PieceId, Play, PlayTypeName, ValidSet},
    play::{
        ActionData, AutoAction, BotActivated, DeclarationAccepted, GameOver, GameStarted, PhaseChange, PlayAccepted,
        PlayerAction, PlayerTimeout, RedealDecisionAccepted, SpecialBonus, StatisticsData,
    },
    resume::{FullState, MissedEvent, SyncResponse},
    room::{
        ListedRoom, OptionsData, PlayerJoined, PlayerLeft, RemovalReason, RoomCreated, RoomJoined, RoomLeft,
        RoomListData, RoomState, RulesData, SeatData,
    },
    state::{
        Declaring, Finished, GameState, LastTurn, NotStarted, PhaseData, PlayerData, Preparing, RoundScoreData, Scored,
        Turn,
    },
};

/// A text that a message borrows.
pub type Text<'a> = Cow<'a, str>;

/// A table over players by name, in the order of their seats. It is an object in JSON.
#[derive(Clone, Debug, Default)]
pub struct ByName<'a, T>(pub ArrayVec<(Text<'a>, T), 4>);

impl<T: Serialize> Serialize for ByName<'_, T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ByName<'_, T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Rows<'a, T>(PhantomData<ByName<'a, T>>);

        impl<'de, 'a, T: Deserialize<'de>> Visitor<'de> for Rows<'a, T> {
            type Value = ByName<'a, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with a field per player")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut rows = ArrayVec::new();
                while let Some((name, value)) = map.next_entry::<String, T>()? {
                    rows.try_push((name.into(), value)).map_err(|_| A::Error::custom("more than four players"))?;
                }
                Ok(ByName(rows))
            }
        }

        from.deserialize_map(Rows(PhantomData))
    }
}

impl<T> ByName<'_, T> {
    /// The value of the player with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value)
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
        schemars::json_schema!({ "type": "object", "additionalProperties": value, "maxProperties": 4 })
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
    pub(super) server_time: Seconds,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sequence_number: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) client_sequence: Option<u64>,
}
