//! All that a client can ask of the engine.

use game_rules::{Declaration, PieceSet, RedealDecision, Seat};

use crate::{ChatRequest, Difficulty, LogRequest, Name, RoomId, RoomOptions, Sequence, SessionToken};

/// What a client asks, whichever contract it speaks.
#[derive(Clone, Debug)]
pub enum Request {
    /// Make a room and sit down in it as its host.
    CreateRoom(CreateRoom),
    /// Name the public rooms.
    ListRooms(Page),
    /// Sit down in a room, or come back to a seat.
    JoinRoom(JoinRoom),
    /// Something that concerns the room where the client is.
    Room(RoomRequest),
    /// How a room stands, and from then on all that happens there (contract *state*).
    Follow(RoomId),
    /// Something that concerns the account's seat in this room (contract *state*).
    At(RoomId, RoomRequest),
    /// Something for others to hear or see (contract *chat*).
    Chat(ChatRequest),
    /// Something of the live log.
    Log(LogRequest),
}

/// Make a room.
#[derive(Clone, Debug)]
pub struct CreateRoom {
    /// What it is called.
    pub room_name: Name,
    /// Who makes it.
    pub player: Name,
    /// How it is set up.
    pub options: RoomOptions,
}

/// Sit down.
#[derive(Clone, Debug)]
pub struct JoinRoom {
    /// Which room; none = the one of this connection.
    pub room: Option<RoomId>,
    /// Who sits down.
    pub player: Name,
    /// Proof that a seat is theirs already.
    pub token: Option<SessionToken>,
    /// The last event that they have, if they remember.
    pub last_sequence: Option<Sequence>,
}

/// A slice of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Page {
    /// How many to pass over.
    pub offset: usize,
    /// How many to name at the most, 1 to [`Page::MAX`].
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

/// What concerns one room.
#[derive(Clone, Debug)]
pub enum RoomRequest {
    /// Give the seat up.
    Leave,
    /// Start the game. Host only.
    Start,
    /// Put a bot on a seat, the first free one if none is named. Host only, before the start.
    AddBot {
        /// Which seat.
        seat: Option<Seat>,
        /// How well it plays; the room's own level if not said.
        difficulty: Option<Difficulty>,
    },
    /// Take a bot away. Host only, before the start.
    RemoveBot {
        /// Which seat.
        seat: Seat,
    },
    /// Remove a person, who may not come back for a while. Host only, before the start.
    RemovePlayer(Occupant),
    /// Decide what the game asks.
    Act(Choice),
    /// Tell what was missed.
    Synchronise {
        /// The last event that the client has.
        since: Sequence,
        /// The hash of the state that the client has.
        state_hash: Option<String>,
    },
    /// Describe the room.
    Describe,
    /// Say something to everybody in the room, 1 to [`ChatRequest::MAX_CHARS`] characters.
    Say(String),
}

/// Who sits somewhere, as a client names them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Occupant {
    /// The person at this seat.
    At(Seat),
    /// The person of this name.
    Named(String),
}

/// A decision, as a client words it. The room turns it into an action of the rules.
#[derive(Clone, Debug)]
pub enum Choice {
    /// Answer the redeal question.
    Redeal(RedealDecision),
    /// Declare piles.
    Declare(Declaration),
    /// Play pieces.
    Play(Pieces),
}

/// The pieces of a play, by themselves or by their places in the hand.
#[derive(Clone, Debug)]
pub enum Pieces {
    /// At least one piece.
    Named(PieceSet),
    /// At least one index into the hand as the player was shown it (contract *game*, version 0.9.0).
    At(Vec<u8>),
}
