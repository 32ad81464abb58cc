//! Chat messages of people and bots, and presence.

use std::{fmt, str::FromStr, sync::Arc};

use uuid::Uuid;

use crate::{AccountId, Name, PlayerId, RoomId, Timestamp, clock};

/// The public profile of an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// The account.
    pub account: AccountId,
    /// The username.
    pub name: Name,
    /// The URL of the picture.
    pub avatar_url: Option<String>,
    /// Whether it is the account of an operator.
    pub is_admin: bool,
    /// The level: 1, and one more per 100 points of rating above the start.
    pub level: u32,
}

/// Who receives a chat message.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Scope {
    /// Everybody.
    Lobby,
    /// Those who have a seat in the room.
    Room(RoomId),
    /// The sender and this account.
    Direct(AccountId),
}

/// Formats a scope as `lobby`, `room:ROOMID` or `dm:USERID` (contract *chat*, `metadata`).
impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lobby => f.write_str("lobby"),
            Self::Room(room) => write!(f, "room:{room}"),
            Self::Direct(account) => write!(f, "dm:{account}"),
        }
    }
}

/// A text that is not a valid scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a scope is lobby, room:ROOMID or dm:USERID")]
pub struct ParseScopeError;

impl FromStr for Scope {
    type Err = ParseScopeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            None if text == "lobby" => Ok(Self::Lobby),
            Some(("room", room)) => room.parse().map(Self::Room).map_err(|_| ParseScopeError),
            Some(("dm", account)) => account.parse().map(Self::Direct).map_err(|_| ParseScopeError),
            _ => Err(ParseScopeError),
        }
    }
}

/// The author of a message: an account, a guest in a room or a bot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Author {
    /// The player's id.
    pub id: PlayerId,
    /// The author's name.
    pub name: Name,
}

impl Author {
    /// Whether the player is a bot.
    pub const fn is_bot(&self) -> bool {
        matches!(self.id, PlayerId::Bot(..))
    }
}

/// The presence of a user.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Status {
    /// The user is connected.
    Online,
    /// The user is not connected.
    Offline,
    /// The user is typing a message.
    Typing,
}

impl Status {
    /// Its name in contract *chat*.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
            Self::Typing => "typing",
        }
    }
}

/// What an avatar does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Gesture {
    /// The avatar says something.
    Speaking,
    /// The avatar does nothing.
    Idle,
    /// The avatar thinks about a decision.
    Thinking,
}

impl Gesture {
    /// All gestures.
    pub const ALL: [Self; 3] = [Self::Speaking, Self::Idle, Self::Thinking];

    /// Its name in contract *chat*.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Speaking => "speaking",
            Self::Idle => "idle",
            Self::Thinking => "thinking",
        }
    }
}

/// An event in a scope.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChatNotice {
    /// Unique; ids sort by time.
    pub id: Uuid,
    /// When it happened.
    pub at: Timestamp,
    /// The scope of the event.
    pub scope: Scope,
    /// Who did it.
    pub author: Author,
    /// What happened.
    pub event: ChatEvent,
}

impl ChatNotice {
    /// An event with a new id and the current time.
    pub fn now(scope: Scope, author: Author, event: ChatEvent) -> Self {
        let (id, at) = clock::stamp();
        Self { id, at, scope, author, event }
    }
}

/// What happened in a scope.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ChatEvent {
    /// The author has sent this text.
    Said(Arc<str>),
    /// The author's presence has changed.
    Status(Status),
    /// The author's avatar has changed.
    Gesture {
        /// What the avatar does.
        gesture: Gesture,
        /// The client's text about it.
        metadata: Option<String>,
    },
}

/// A request of a client to the chat.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ChatRequest {
    /// Sends a chat message.
    Say {
        /// The scope of the message.
        scope: Scope,
        /// The text, 1 to [`ChatRequest::MAX_CHARS`] characters.
        content: String,
    },
    /// Reports that the client is typing.
    Typing {
        /// The scope of the message.
        scope: Scope,
    },
    /// Changes the client's avatar.
    Gesture {
        /// The scope that receives the change.
        scope: Scope,
        /// What the avatar does.
        gesture: Gesture,
        /// The client's text about it.
        metadata: Option<String>,
    },
}

impl ChatRequest {
    /// The maximum length of a message, in characters.
    pub const MAX_CHARS: usize = 2_000;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_reads_back_and_other_texts_are_none() {
        for scope in [Scope::Lobby, Scope::Room(RoomId::random()), Scope::Direct(AccountId::new())] {
            assert_eq!(scope.to_string().parse(), Ok(scope));
        }
        for text in ["", "Lobby", "room:", "room:x", "dm:ann", "guild:1"] {
            assert_eq!(text.parse::<Scope>(), Err(ParseScopeError), "{text}");
        }
    }
}
