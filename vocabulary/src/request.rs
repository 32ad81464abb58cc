//! Everything that a client can ask of the engine.

use game_rules::{Declaration, PieceSet, RedealDecision, Seat};

use crate::{ChatRequest, Difficulty, LogRequest, Name, RoomId, RoomOptions, Sequence, SessionToken};

/// A request, whatever contract the client uses.
#[derive(Clone, Debug)]
pub enum Request {
    /// Creates a room with the client as its host.
    CreateRoom(CreateRoom),
    /// Lists the public rooms.
    ListRooms(Page),
    /// Takes a seat in a room, or returns to one.
    JoinRoom(JoinRoom),
    /// A request to the room of this connection.
    Room(RoomRequest),
    /// Requests the state of a room and subscribes to its events (contract *state*).
    Follow(RoomId),
    /// A request for the account's seat in this room (contract *state*).
    At(RoomId, RoomRequest),
    /// A request to the chat (contract *chat*).
    Chat(ChatRequest),
    /// A request to the live log.
    Log(LogRequest),
}

/// The creation of a room.
#[derive(Clone, Debug)]
pub struct CreateRoom {
    /// The room's name.
    pub room_name: Name,
    /// The creator's name.
    pub player: Name,
    /// The options.
    pub options: RoomOptions,
}

/// Taking a seat.
#[derive(Clone, Debug)]
pub struct JoinRoom {
    /// The room; `None` for that of this connection.
    pub room: Option<RoomId>,
    /// The player's name.
    pub player: Name,
    /// The token of a seat to which the player returns.
    pub token: Option<SessionToken>,
    /// The last event that the client has, if it says so.
    pub last_sequence: Option<Sequence>,
}

/// A slice of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Page {
    /// How many to skip.
    pub offset: usize,
    /// The most entries to return, 1 to [`Page::MAX`].
    pub limit: usize,
}

impl Page {
    /// The most entries of one page.
    pub const MAX: usize = 200;
}

impl Default for Page {
    fn default() -> Self {
        Self { offset: 0, limit: 100 }
    }
}

/// A request to a room.
#[derive(Clone, Debug)]
pub enum RoomRequest {
    /// Gives up the seat.
    Leave,
    /// Starts the game. Only for the host.
    Start,
    /// Seats a bot. Only for the host, before the start.
    AddBot {
        /// The seat; `None` for the first free one.
        seat: Option<Seat>,
        /// The level; `None` for the room's level.
        difficulty: Option<Difficulty>,
    },
    /// Removes a bot. Only for the host, before the start.
    RemoveBot {
        /// The seat of the bot.
        seat: Seat,
    },
    /// Removes a person, who may not return for a while. Only for the host, before the start.
    RemovePlayer(Occupant),
    /// Makes a decision in the game.
    Act(Choice),
    /// Requests the missed events.
    Synchronise {
        /// The last event that the client has.
        since: Sequence,
        /// The hash of the state that the client has.
        state_hash: Option<String>,
    },
    /// Requests a description of the room.
    Describe,
    /// Sends a chat message to everybody in the room, 1 to [`ChatRequest::MAX_CHARS`] characters.
    Say(String),
}

/// A person in a room, as a client names them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Occupant {
    /// The person at this seat.
    At(Seat),
    /// The person of this name.
    Named(String),
}

/// A decision, as a client sends it. The room turns it into an action of the rules.
#[derive(Clone, Debug)]
pub enum Choice {
    /// Accepts or declines a redeal.
    Redeal(RedealDecision),
    /// Declares piles.
    Declare(Declaration),
    /// Plays pieces.
    Play(Pieces),
}

/// The pieces of a play, by their ids or by their positions in the hand.
#[derive(Clone, Debug)]
pub enum Pieces {
    /// At least one piece.
    Named(PieceSet),
    /// At least one index into the hand as the player received it (contract *game*, version 0.9.0).
    At(Vec<u8>),
}
