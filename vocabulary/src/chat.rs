//! What people and bots say to each other, and who is there.

use std::{fmt, str::FromStr, sync::Arc};

use uuid::Uuid;

use crate::{AccountId, Name, PlayerId, RoomId, Timestamp, clock};

/// A person with an account, as others see them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// The account.
    pub account: AccountId,
    /// Its username.
    pub name: Name,
    /// The address of its picture.
    pub avatar_url: Option<String>,
    /// Whether it is an operator's.
    pub is_admin: bool,
    /// 1, and one more per 100 points of rating above the start.
    pub level: u32,
}

/// Who hears what is said.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Scope {
    /// Everybody.
    Lobby,
    /// Those who have a seat in the room.
    Room(RoomId),
    /// Whoever says it, and this account.
    Direct(AccountId),
}

/// `lobby`, `room:ROOMID`, `dm:USERID` (contract *chat*, `metadata`).
impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lobby => f.write_str("lobby"),
            Self::Room(room) => write!(f, "room:{room}"),
            Self::Direct(account) => write!(f, "dm:{account}"),
        }
    }
}

/// A text that is no scope.
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

/// Whoever speaks: an account, a guest at a table, a bot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Author {
    /// Their id.
    pub id: PlayerId,
    /// Their name.
    pub name: Name,
}

impl Author {
    /// Whether it is a bot.
    pub const fn is_bot(&self) -> bool {
        matches!(self.id, PlayerId::Bot(..))
    }
}

/// Whether someone is there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Status {
    /// Connected.
    Online,
    /// Not connected.
    Offline,
    /// Writing a message.
    Typing,
}

impl Status {
    /// The word for it in contract *chat*.
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
    /// Says something.
    Speaking,
    /// Nothing.
    Idle,
    /// Decides.
    Thinking,
}

impl Gesture {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Speaking, Self::Idle, Self::Thinking];

    /// The word for it in contract *chat*.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Speaking => "speaking",
            Self::Idle => "idle",
            Self::Thinking => "thinking",
        }
    }
}

/// One thing that happened in a scope.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChatNotice {
    /// Unique; ids sort by time.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Where.
    pub scope: Scope,
    /// Who did it.
    pub author: Author,
    /// What.
    pub event: ChatEvent,
}

impl ChatNotice {
    /// It happens now.
    pub fn now(scope: Scope, author: Author, event: ChatEvent) -> Self {
        let (id, at) = clock::stamp();
        Self { id, at, scope, author, event }
    }
}

/// See [`ChatNotice`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ChatEvent {
    /// Said this.
    Said(Arc<str>),
    /// Is there, is gone, is writing.
    Status(Status),
    /// The avatar moves.
    Gesture {
        /// How.
        gesture: Gesture,
        /// What the client says of it.
        metadata: Option<String>,
    },
}

/// What a client asks of the chat.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ChatRequest {
    /// Say something.
    Say {
        /// To whom.
        scope: Scope,
        /// 1 to [`ChatRequest::MAX_CHARS`] characters.
        content: String,
    },
    /// They write a message.
    Typing {
        /// To whom.
        scope: Scope,
    },
    /// Their avatar moves.
    Gesture {
        /// Whom all see it.
        scope: Scope,
        /// How.
        gesture: Gesture,
        /// What else they say of it.
        metadata: Option<String>,
    },
}

impl ChatRequest {
    /// The most characters of a message.
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
