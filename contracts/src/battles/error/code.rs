//! The codes of errors, and their HTTP statuses.

use schemars::JsonSchema;
use serde::Serialize;
use utoipa::ToSchema;

/// What kind of refusal it is. The names are on the wire.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = ErrorCode)]
#[schemars(rename = "ErrorCode")]
pub enum Code {
    /// The body is no JSON object.
    MalformedJson,
    /// The request is no WebSocket handshake, and the address speaks nothing else.
    BadHandshake,
    /// A field is missing, of another type or out of its range; `details` names it.
    ValidationFailed,
    /// No account has this name with this password; which of the two is wrong is not told.
    InvalidCredentials,
    /// The request needs a valid token and has none.
    Unauthorized,
    /// The account of the token may not do this.
    Forbidden,
    /// An operator has banned the account or its network; `details` has the reason and, if the ban ends, when.
    Banned,
    /// The page that asks is of a site that may not use this server (`CORS_ORIGINS`).
    OriginNotAllowed,
    /// The request names a host in `Host` that is not this server's (`PUBLIC_HOSTS`).
    UnknownHost,
    /// There is nothing at this address.
    NotFound,
    /// The address knows other methods, which the header `Allow` lists.
    MethodNotAllowed,
    /// The body did not come in whole within the time that the server waits.
    RequestTimeout,
    /// Another account has this username, in some case.
    UsernameTaken,
    /// It would shut out the account that asks for it.
    OwnAccount,
    /// It would shut out the address that asks for it, loopback or a trusted proxy.
    OwnAddress,
    /// The body is larger than the server takes.
    BodyTooLarge,
    /// The body is of another type than the address takes.
    UnsupportedMediaType,
    /// Too many requests within the window; `Retry-After` says when the next one is taken.
    RateLimited,
    /// The server failed; the request may have been all right.
    Internal,
    /// The server can't do it now and may later.
    Unavailable,
    /// The body tries to set state; only actions of the own seat are taken.
    StateNotWritable,
    /// Nobody knows such an event (WebSocket).
    UnknownEvent,
    /// The caller has no seat in this battle, and it is open only to those who have.
    NotSeated,
    /// Only the host may do that.
    HostOnly,
    /// The replay opens when the battle has ended.
    BattleNotFinished,
    /// There is no such battle.
    BattleNotFound,
    /// All seats are taken.
    BattleFull,
    /// The caller has a seat in this battle.
    AlreadyJoined,
    /// The battle has started.
    AlreadyStarted,
    /// The battle has not started, or has ended.
    BattleNotActive,
    /// Empty seats, and no bots wanted for them.
    NotEnoughPlayers,
    /// Someone of that name sits in the battle.
    NameTaken,
    /// The seat is not free.
    SeatTaken,
    /// No bot sits at that seat.
    NoBotThere,
    /// No other person sits at that seat.
    NoPlayerThere,
    /// The caller was removed from this battle; `details.retryAfterMs` says when they may join again.
    Removed,
    /// It is someone else's turn.
    NotYourTurn,
    /// The action belongs to another phase.
    WrongPhase,
    /// No redeal decision is open for the caller.
    NoRedealDecision,
    /// The declaration breaks a rule; `details` has the legal numbers.
    InvalidDeclaration,
    /// The caller has declared in this round.
    AlreadyDeclared,
    /// The pieces can't be played; `details.reason` says why.
    InvalidPlay,
    /// The `requestId` was used for something else, or is too old to tell (WebSocket).
    RequestIdReused,
    /// The battle has more to do than it can queue; nothing was done.
    Busy,
    /// What was asked can't be made durable now; nothing was done.
    NotDurable,
    /// The server takes no new battles now.
    Maintenance,
    /// The server has as many battles as it may.
    TooManyBattles,
    /// There is no such guild.
    GuildNotFound,
    /// The caller is not in this guild.
    NotAMember,
    /// Only the leader of the guild may do that.
    LeaderOnly,
    /// Another guild has this name, in some case.
    GuildNameTaken,
    /// The caller is in a guild; `details` names it.
    AlreadyInGuild,
    /// The guild has as many members as it may.
    GuildFull,
    /// The caller has fewer points in the guild; `details` has the balance.
    NotEnoughPoints,
    /// A guild is at war already; `details` names it.
    GuildAtWar,
}

impl Code {
    /// Every code.
    pub const ALL: [Self; 55] = [
        Self::MalformedJson,
        Self::BadHandshake,
        Self::ValidationFailed,
        Self::InvalidCredentials,
        Self::Unauthorized,
        Self::Forbidden,
        Self::Banned,
        Self::OriginNotAllowed,
        Self::UnknownHost,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::RequestTimeout,
        Self::UsernameTaken,
        Self::OwnAccount,
        Self::OwnAddress,
        Self::BodyTooLarge,
        Self::UnsupportedMediaType,
        Self::RateLimited,
        Self::Internal,
        Self::Unavailable,
        Self::StateNotWritable,
        Self::UnknownEvent,
        Self::NotSeated,
        Self::HostOnly,
        Self::BattleNotFinished,
        Self::BattleNotFound,
        Self::BattleFull,
        Self::AlreadyJoined,
        Self::AlreadyStarted,
        Self::BattleNotActive,
        Self::NotEnoughPlayers,
        Self::NameTaken,
        Self::SeatTaken,
        Self::NoBotThere,
        Self::NoPlayerThere,
        Self::Removed,
        Self::NotYourTurn,
        Self::WrongPhase,
        Self::NoRedealDecision,
        Self::InvalidDeclaration,
        Self::AlreadyDeclared,
        Self::InvalidPlay,
        Self::RequestIdReused,
        Self::Busy,
        Self::NotDurable,
        Self::Maintenance,
        Self::TooManyBattles,
        Self::GuildNotFound,
        Self::NotAMember,
        Self::LeaderOnly,
        Self::GuildNameTaken,
        Self::AlreadyInGuild,
        Self::GuildFull,
        Self::NotEnoughPoints,
        Self::GuildAtWar,
    ];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MalformedJson => "MALFORMED_JSON",
            Self::BadHandshake => "BAD_HANDSHAKE",
            Self::ValidationFailed => "VALIDATION_FAILED",
            Self::InvalidCredentials => "INVALID_CREDENTIALS",
            Self::Unauthorized => "UNAUTHORIZED",
            Self::Forbidden => "FORBIDDEN",
            Self::Banned => "BANNED",
            Self::OwnAccount => "OWN_ACCOUNT",
            Self::OwnAddress => "OWN_ADDRESS",
            Self::OriginNotAllowed => "ORIGIN_NOT_ALLOWED",
            Self::UnknownHost => "UNKNOWN_HOST",
            Self::RequestTimeout => "REQUEST_TIMEOUT",
            Self::NotFound => "NOT_FOUND",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::UsernameTaken => "USERNAME_TAKEN",
            Self::BodyTooLarge => "BODY_TOO_LARGE",
            Self::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            Self::RateLimited => "RATE_LIMITED",
            Self::Internal => "INTERNAL",
            Self::Unavailable => "UNAVAILABLE",
            Self::StateNotWritable => "STATE_NOT_WRITABLE",
            Self::UnknownEvent => "UNKNOWN_EVENT",
            Self::NotSeated => "NOT_SEATED",
            Self::HostOnly => "HOST_ONLY",
            Self::BattleNotFinished => "BATTLE_NOT_FINISHED",
            Self::BattleNotFound => "BATTLE_NOT_FOUND",
            Self::BattleFull => "BATTLE_FULL",
            Self::AlreadyJoined => "ALREADY_JOINED",
            Self::AlreadyStarted => "ALREADY_STARTED",
            Self::BattleNotActive => "BATTLE_NOT_ACTIVE",
            Self::NotEnoughPlayers => "NOT_ENOUGH_PLAYERS",
            Self::NameTaken => "NAME_TAKEN",
            Self::SeatTaken => "SEAT_TAKEN",
            Self::NoBotThere => "NO_BOT_THERE",
            Self::NoPlayerThere => "NO_PLAYER_THERE",
            Self::Removed => "REMOVED",
            Self::NotYourTurn => "NOT_YOUR_TURN",
            Self::WrongPhase => "WRONG_PHASE",
            Self::NoRedealDecision => "NO_REDEAL_DECISION",
            Self::InvalidDeclaration => "INVALID_DECLARATION",
            Self::AlreadyDeclared => "ALREADY_DECLARED",
            Self::InvalidPlay => "INVALID_PLAY",
            Self::RequestIdReused => "REQUEST_ID_REUSED",
            Self::Busy => "BUSY",
            Self::NotDurable => "NOT_DURABLE",
            Self::Maintenance => "MAINTENANCE",
            Self::TooManyBattles => "TOO_MANY_BATTLES",
            Self::GuildNotFound => "GUILD_NOT_FOUND",
            Self::NotAMember => "NOT_A_MEMBER",
            Self::LeaderOnly => "LEADER_ONLY",
            Self::GuildNameTaken => "GUILD_NAME_TAKEN",
            Self::AlreadyInGuild => "ALREADY_IN_GUILD",
            Self::GuildFull => "GUILD_FULL",
            Self::NotEnoughPoints => "NOT_ENOUGH_POINTS",
            Self::GuildAtWar => "GUILD_AT_WAR",
        }
    }

    /// The HTTP status that goes with it.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::MalformedJson
            | Self::BadHandshake
            | Self::ValidationFailed
            | Self::StateNotWritable
            | Self::UnknownEvent => 400,
            Self::InvalidCredentials | Self::Unauthorized => 401,
            Self::Forbidden
            | Self::Banned
            | Self::Removed
            | Self::OriginNotAllowed
            | Self::NotSeated
            | Self::HostOnly
            | Self::BattleNotFinished
            | Self::NotAMember
            | Self::LeaderOnly => 403,
            Self::NotFound | Self::BattleNotFound | Self::GuildNotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::RequestTimeout => 408,
            Self::UsernameTaken
            | Self::OwnAccount
            | Self::OwnAddress
            | Self::BattleFull
            | Self::AlreadyJoined
            | Self::AlreadyStarted
            | Self::BattleNotActive
            | Self::NotEnoughPlayers
            | Self::NameTaken
            | Self::SeatTaken
            | Self::NoBotThere
            | Self::NoPlayerThere
            | Self::NotYourTurn
            | Self::WrongPhase
            | Self::NoRedealDecision
            | Self::InvalidDeclaration
            | Self::AlreadyDeclared
            | Self::InvalidPlay
            | Self::RequestIdReused
            | Self::GuildNameTaken
            | Self::AlreadyInGuild
            | Self::GuildFull
            | Self::NotEnoughPoints
            | Self::GuildAtWar => 409,
            Self::BodyTooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::UnknownHost => 421,
            Self::RateLimited => 429,
            Self::Internal => 500,
            Self::Unavailable | Self::Busy | Self::NotDurable | Self::Maintenance | Self::TooManyBattles => 503,
        }
    }
}
