//! The codes of errors, and their HTTP statuses.

use schemars::JsonSchema;

use crate::codes::codes;

codes! {
    /// The code of an error; its HTTP status goes with it.
    #[derive(JsonSchema)]
    #[schemars(rename = "ErrorCode")]
    pub enum Code(status: u16) {
        MalformedJson, "MALFORMED_JSON", 400, "The body is not a JSON object";
        BadHandshake, "BAD_HANDSHAKE", 400, "This address accepts only WebSocket handshakes, and the request is not one";
        /// `details` has `field`, `problem` and, if there is a list or a range, `allowed`.
        ValidationFailed, "VALIDATION_FAILED", 400, "A field is missing, of the wrong type or out of range";
        /// The answer is the same for both.
        InvalidCredentials, "INVALID_CREDENTIALS", 401, "The username or the password is wrong";
        Unauthorized, "UNAUTHORIZED", 401, "This needs an account; log in and send its token";
        Forbidden, "FORBIDDEN", 403, "This account may not do this";
        /// `details` has the reason and, if the ban ends, when.
        Banned, "BANNED", 403, "An operator has banned the account or its network";
        OriginNotAllowed, "ORIGIN_NOT_ALLOWED", 403, "Pages of this site may not use this server (CORS_ORIGINS)";
        UnknownHost, "UNKNOWN_HOST", 421, "The header Host names a host that is not this server (PUBLIC_HOSTS)";
        NotFound, "NOT_FOUND", 404, "There is nothing at this address";
        MethodNotAllowed, "METHOD_NOT_ALLOWED", 405, "This address does not accept the method; the header Allow lists those that it does";
        RequestTimeout, "REQUEST_TIMEOUT", 408, "The body did not arrive completely within the server's time limit";
        UsernameTaken, "USERNAME_TAKEN", 409, "Another account has this username, or one that can be mistaken for it";
        OwnAccount, "OWN_ACCOUNT", 409, "This would block your own account";
        OwnAddress, "OWN_ADDRESS", 409, "This would ban your own address, loopback or a trusted proxy";
        BodyTooLarge, "BODY_TOO_LARGE", 413, "The body is larger than the server accepts";
        UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", 415, "This address does not accept a body of this type";
        /// `Retry-After` says when the next request is possible.
        RateLimited, "RATE_LIMITED", 429, "Too many requests; nothing was done, try again later";
        Internal, "INTERNAL", 500, "The server failed to do this; its log says more";
        Unavailable, "UNAVAILABLE", 503, "The server can't do this now; try again later";
        StateNotWritable, "STATE_NOT_WRITABLE", 400, "State can't be set; submit an action of your own seat and nothing else";
        /// Only on the WebSocket.
        UnknownEvent, "UNKNOWN_EVENT", 400, "There is no such event";
        /// A private battle is open only to its players.
        NotSeated, "NOT_SEATED", 403, "You have no seat in this battle";
        HostOnly, "HOST_ONLY", 403, "Only the host may do this";
        BattleNotFinished, "BATTLE_NOT_FINISHED", 403, "The replay becomes available when the battle has ended";
        BattleNotFound, "BATTLE_NOT_FOUND", 404, "There is no such battle";
        BattleFull, "BATTLE_FULL", 409, "All seats are taken";
        AlreadyJoined, "ALREADY_JOINED", 409, "You already have a seat in this battle";
        AlreadyStarted, "ALREADY_STARTED", 409, "The battle has already started";
        BattleNotActive, "BATTLE_NOT_ACTIVE", 409, "The battle has not started, or has ended";
        NotEnoughPlayers, "NOT_ENOUGH_PLAYERS", 409, "Seats are empty, and bots are not to fill them";
        NameTaken, "NAME_TAKEN", 409, "A player of this battle has this name";
        SeatTaken, "SEAT_TAKEN", 409, "This seat is taken";
        NoBotThere, "NO_BOT_THERE", 409, "There is no bot at this seat";
        NoPlayerThere, "NO_PLAYER_THERE", 409, "There is no other person at this seat";
        /// `details.retryAfterMs` says when you may join again.
        Removed, "REMOVED", 403, "The host has removed you from this battle; you can't join it again yet";
        NotYourTurn, "NOT_YOUR_TURN", 409, "It is not your turn";
        WrongPhase, "WRONG_PHASE", 409, "This is not possible in the current phase";
        NoRedealDecision, "NO_REDEAL_DECISION", 409, "You have no pending redeal decision";
        /// `details` has the legal numbers.
        InvalidDeclaration, "INVALID_DECLARATION", 409, "The declaration breaks a rule";
        AlreadyDeclared, "ALREADY_DECLARED", 409, "You have already declared in this round";
        /// `details.reason` says why.
        InvalidPlay, "INVALID_PLAY", 409, "The pieces can't be played";
        /// Only on the WebSocket.
        RequestIdReused, "REQUEST_ID_REUSED", 409, "The requestId was already used for another message, or is too old to check";
        Busy, "BUSY", 503, "The battle is busy; nothing was done, try again";
        NotDurable, "NOT_DURABLE", 503, "The change could not be saved; nothing was done, try again";
        Maintenance, "MAINTENANCE", 503, "The server is in maintenance; new battles are not possible now";
        TooManyBattles, "TOO_MANY_BATTLES", 503, "The server has reached its limit of battles";
        GuildNotFound, "GUILD_NOT_FOUND", 404, "There is no such guild";
        NotAMember, "NOT_A_MEMBER", 403, "You are not a member of this guild";
        LeaderOnly, "LEADER_ONLY", 403, "Only the leader of the guild may do this";
        GuildNameTaken, "GUILD_NAME_TAKEN", 409, "Another guild has this name";
        /// `details` has its id.
        AlreadyInGuild, "ALREADY_IN_GUILD", 409, "You are already in a guild; leave it first";
        GuildFull, "GUILD_FULL", 409, "The guild has reached its member limit";
        /// `details` has the balance.
        NotEnoughPoints, "NOT_ENOUGH_POINTS", 409, "You have fewer points in the guild than this needs";
        /// `details` has the id of the guild that is at war.
        GuildAtWar, "GUILD_AT_WAR", 409, "A guild can be in one war at a time";
    }
}
