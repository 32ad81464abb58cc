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
    /// An operator has blocked the account: 1008.
    Blocked,
    /// An operator has banned the account or its network: 1008.
    Banned,
    /// The host has removed the account from the room: 1008.
    Removed,
    /// The room failed: 1011.
    RoomFailed,
    /// The server is stopping: 1001.
    ServerStopping,
    /// The client reads too slowly; no message can reach it: 1008.
    TooSlow,
    /// There is no such room: 1008.
    UnknownRoom,
    /// The client gave no sign of life: 1001.
    HeartbeatLost,
    /// A message exceeded the size limit: 1009.
    MessageTooBig,
    /// The account is not allowed in this room: 1008.
    NotAdmitted,
    /// A binary message, which the contract does not accept: 1003.
    BinaryRefused,
    /// No token or key was sent: 1008.
    NotAuthenticated,
    /// The token or the key is not valid, or its account is blocked: 1008.
    InvalidToken,
    /// The token has expired, or the connection is older than its token may be: 1008.
    TokenExpired,
    /// The account or the address has reached its connection limit: 1008.
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

    /// The close reason in a few words.
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
