//! The messages of contract *game* as types: [`Request`]s to the server, and [`Message`]s with their [`Event`]s from it.

use std::borrow::Cow;

pub use contracts::game::{client::*, server};
use game_rules::{Action, RedealDecision};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A message to the server: an event and its data.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "event", content = "data", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the data of each event says what it does")]
pub enum Request {
    Connect(Connect),
    VersionInfo(VersionInfo),
    CreateRoom(CreateRoom),
    JoinRoom(JoinRoom),
    LeaveRoom(Named),
    RoomList(RoomList),
    AddBot(AddBot),
    RemoveBot(RemoveBot),
    RemovePlayer(RemovePlayer),
    StartGame(Named),
    Declare(Declare),
    Play(Play),
    AcceptRedeal(Named),
    DeclineRedeal(Named),
    SyncRequest(SyncRequest),
    ServerTime(Empty),
    Ping(Ping),
    Chat(Chat),
    GetRoomState(Empty),
}

impl Request {
    /// A player's decision.
    #[must_use]
    pub fn act(name: &str, action: Action) -> Self {
        let player_name = name.to_owned();
        match action {
            Action::Redeal(RedealDecision::Accept) => Self::AcceptRedeal(Named { player_name }),
            Action::Redeal(RedealDecision::Decline) => Self::DeclineRedeal(Named { player_name }),
            Action::Declare(number) => Self::Declare(Declare { player_name, declaration: number.value() }),
            Action::Play(play) => {
                let piece_ids = play.pieces().iter().map(|piece| piece.to_string()).collect();
                Self::Play(Play { player_name, piece_ids })
            }
        }
    }

    /// The text to send, under a number if there is one. The server acts once on messages with the same number, so one that
    /// was under way when a connection broke can be sent again.
    #[must_use]
    pub fn text(&self, sequence: Option<u64>) -> String {
        #[derive(Serialize)]
        struct Numbered<'a> {
            #[serde(flatten)]
            request: &'a Request,
            #[serde(skip_serializing_if = "Option::is_none")]
            sequence: Option<u64>,
        }
        crate::text(&Numbered { request: self, sequence })
    }
}

/// The frame of a message of the server, whose data is not read yet.
#[derive(Deserialize, Debug)]
pub struct Message<'a> {
    /// The event's name.
    pub event: Cow<'a, str>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    /// Why the server refused a message, instead of data.
    pub error: Option<server::ErrorData>,
    /// The event's number in its room.
    pub sequence_number: Option<u64>,
    /// The number of the client's message that this answers.
    pub client_sequence: Option<u64>,
    /// The server's clock, in seconds since 1970.
    #[serde(default)]
    pub server_time: f64,
}

macro_rules! events {
    ($($name:literal $variant:ident($data:ty),)*) => {
        /// What happened.
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum Event {
            $(#[doc = concat!("`", $name, "`")] $variant($data),)*
            /// An event that this version of the library does not know, or an error.
            Unknown,
        }

        impl Event {
            /// The names of all known events.
            pub const NAMES: &[&str] = &[$($name),*];
        }

        impl Message<'_> {
            /// Reads the data. Unknown fields are ignored, as the contract may grow.
            ///
            /// # Errors
            /// If the data does not keep to the contract.
            pub fn read(&self) -> serde_json::Result<Event> {
                let data = self.data.map_or("null", RawValue::get);
                Ok(match &*self.event {
                    $($name => Event::$variant(serde_json::from_str(data)?),)*
                    _ => Event::Unknown,
                })
            }
        }
    };
}

events! {
    "connected" Connected(server::Connected<'static>),
    "disconnected" Disconnected(server::Disconnected<'static>),
    "reconnected" Reconnected(Box<server::Reconnected<'static>>),
    "room_created" RoomCreated(server::RoomCreated<'static>),
    "room_joined" RoomJoined(Box<server::RoomJoined<'static>>),
    "room_left" RoomLeft(server::RoomLeft<'static>),
    "player_joined" PlayerJoined(server::PlayerJoined<'static>),
    "player_left" PlayerLeft(server::PlayerLeft<'static>),
    "room_list" RoomList(server::RoomListData<'static>),
    "chat_message" ChatMessage(server::ChatMessage<'static>),
    "room_state" RoomState(server::RoomState<'static>),
    "game_started" GameStarted(server::GameStarted<'static>),
    "phase_change" PhaseChange(Box<server::PhaseChange<'static>>),
    "hand_updated" HandUpdated(server::Hand),
    "declaration_accepted" DeclarationAccepted(server::DeclarationAccepted<'static>),
    "play_accepted" PlayAccepted(server::PlayAccepted<'static>),
    "redeal_decision_accepted" RedealDecisionAccepted(server::RedealDecisionAccepted<'static>),
    "player_action" PlayerAction(server::PlayerAction<'static>),
    "special_bonus" SpecialBonus(server::SpecialBonus<'static>),
    "player_timeout" PlayerTimeout(server::PlayerTimeout<'static>),
    "bot_activated" BotActivated(server::BotActivated<'static>),
    "game_over" GameOver(Box<server::GameOver<'static>>),
    "sync_response" SyncResponse(server::SyncResponse),
    "pong" Pong(server::Pong),
    "server_time" ServerTime(server::ServerTime),
    "version_accepted" VersionAccepted(server::VersionAccepted<'static>),
    "deprecation_warning" DeprecationWarning(server::DeprecationWarning<'static>),
    "announcement" Announcement(server::Announcement<'static>),
    "maintenance" Maintenance(server::Maintenance),
}

impl<'a> Message<'a> {
    /// Reads the frame of a message.
    ///
    /// # Errors
    /// If the text is not a message of the server.
    pub fn parse(text: &'a str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn names(side: &str) -> Vec<String> {
        let folder = format!("{}/../docs/schemas/game/{side}", env!("CARGO_MANIFEST_DIR"));
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = files.map(|file| file.trim_end_matches(".json").to_owned()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn every_event_of_the_contract_is_known() {
        let mut known: Vec<&str> = Event::NAMES.iter().copied().chain(["error", "validation_error"]).collect();
        known.sort_unstable();
        assert_eq!(names("server"), known);
    }

    #[test]
    fn a_request_has_a_name_data_and_a_number() {
        let text = Request::JoinRoom(JoinRoom { player_name: "Ann".to_owned(), ..JoinRoom::default() }).text(Some(7));
        assert_eq!(text, r#"{"event":"join_room","data":{"player_name":"Ann"},"sequence":7}"#);
        assert!(names("client").contains(&"join_room".to_owned()));
    }

    #[test]
    fn data_is_read_by_the_event_and_what_is_new_is_passed_over() {
        let text = r#"{"event":"hand_updated","data":{"pieces":[{"id":"p1","rank":"GENERAL"}],"count":1,"new":[1],
            "valid_sets":[{"piece_ids":["p1"],"play_type":"SINGLE"}]},"sequence_number":3,"server_time":1.5}"#;
        let message = Message::parse(text).unwrap();
        assert_eq!((message.sequence_number, message.server_time), (Some(3), 1.5));
        let Event::HandUpdated(hand) = message.read().unwrap() else { panic!("a hand") };
        assert_eq!(hand.pieces[0].0, game_rules::Piece::GENERAL_RED);
        assert!(matches!(Message::parse(r#"{"event":"weather"}"#).unwrap().read(), Ok(Event::Unknown)));
        assert!(Message::parse(r#"{"event":"phase_change","data":[]}"#).unwrap().read().is_err());
    }
}
