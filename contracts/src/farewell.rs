//! Why the server closes a connection.

/// Why the server closes a connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Farewell {
    /// A newer connection took the seat: 1000.
    Replaced,
    /// The room has closed: 1000.
    RoomClosed,
    /// An operator has closed the room or the connection: 1000.
    ClosedByOperator,
    /// An operator has shut the account out: 1008.
    Blocked,
    /// An operator has banned the account or its network: 1008.
    Banned,
    /// The host has removed the account from the room: 1008.
    Removed,
    /// The room failed: 1011.
    RoomFailed,
    /// The server stops: 1001.
    ServerStopping,
    /// The client reads too slowly; no message can reach it: 1008.
    TooSlow,
    /// No such room: 1008.
    UnknownRoom,
    /// No sign of life: 1001.
    HeartbeatLost,
    /// A message beyond the size limit: 1009.
    MessageTooBig,
    /// The account may not be there: 1008.
    NotAdmitted,
    /// A binary message where none is taken: 1003.
    BinaryRefused,
    /// No proof of who they are: 1008.
    NotAuthenticated,
    /// A token, or a key, that is none of this server's, or of an account that is shut out: 1008.
    InvalidToken,
    /// A token that has ended, or a connection that is older than its token may be: 1008.
    TokenExpired,
    /// As many connections as one account or one address may have: 1008.
    TooManyConnections,
    /// Too many new connections in too short a time: 1008.
    TooManyAttempts,
}

impl Farewell {
    /// The WebSocket close code; a contract may have another, see [`Contract::close_code`](crate::Contract::close_code).
    pub const fn code(self) -> u16 {
        match self {
            Self::Replaced | Self::RoomClosed | Self::ClosedByOperator => 1000,
            Self::ServerStopping | Self::HeartbeatLost => 1001,
            Self::BinaryRefused => 1003,
            Self::TooSlow
            | Self::UnknownRoom
            | Self::NotAdmitted
            | Self::Blocked
            | Self::Banned
            | Self::Removed
            | Self::NotAuthenticated
            | Self::InvalidToken
            | Self::TokenExpired
            | Self::TooManyConnections
            | Self::TooManyAttempts => 1008,
            Self::MessageTooBig => 1009,
            Self::RoomFailed => 1011,
        }
    }

    /// The close reason, in a few plain words.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Replaced => "replaced",
            Self::RoomClosed => "room closed",
            Self::ClosedByOperator => "closed by an operator",
            Self::Blocked => "account blocked",
            Self::Banned => "banned by an operator",
            Self::Removed => "removed by the host",
            Self::RoomFailed => "room failed",
            Self::ServerStopping => "server stopping",
            Self::TooSlow => "too slow",
            Self::UnknownRoom => "unknown room",
            Self::HeartbeatLost => "heartbeat lost",
            Self::MessageTooBig => "message too big",
            Self::NotAdmitted => "not admitted",
            Self::BinaryRefused => "binary refused",
            Self::NotAuthenticated => "not authenticated",
            Self::InvalidToken => "invalid token",
            Self::TokenExpired => "token expired",
            Self::TooManyConnections => "too many connections",
            Self::TooManyAttempts => "too many attempts",
        }
    }
}
