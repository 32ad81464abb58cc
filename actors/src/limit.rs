//! The limits that keep one person from using up the server, and how often each of them was reached. `docs/security.md`
//! has a row for every one.

use metrics::{counter, describe_counter};

/// Defines [`Limit`] from rows of a meaning, a name and a label.
macro_rules! limits {
    ($($(#[$meaning:meta])* $name:ident = $label:literal,)*) => {
        /// A limit, as operators see it.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Limit {
            $($(#[$meaning])* $name,)*
        }

        impl Limit {
            /// All limits.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The label `limit` of `liap_limit_hits_total`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $label,)*
                }
            }
        }
    };
}

limits! {
    /// Requests over HTTP: each kind by address, account or username.
    HttpRequests = "http_requests",
    /// Wrong passwords: the next login is delayed, or refused where too many wait.
    Logins = "logins",
    /// Messages on one WebSocket connection.
    Messages = "messages",
    /// Sockets of one address, before anything is read from them.
    SocketsPerAddress = "sockets_per_address",
    /// WebSocket connections of one address.
    ConnectionsPerAddress = "connections_per_address",
    /// WebSocket connections of contract *live log* of one address.
    LiveLogConnections = "live_log_connections",
    /// Sockets and WebSocket connections in all.
    Connections = "connections",
    /// Requests of any kind of one address.
    AllRequests = "all_requests",
    /// New rooms, by connection, network and account.
    RoomCreations = "room_creations",
    /// Rooms that a network or an account opened and that have not ended.
    OpenRooms = "open_rooms",
    /// Rooms of the server.
    Rooms = "rooms",
    /// Games that only bots play: one was closed to make room for another or for a person's room.
    BotGames = "bot_games",
    /// Seats of a network in waiting public rooms of others.
    WaitingSeats = "waiting_seats",
    /// Requests and connections of banned accounts and networks.
    Bans = "bans",
    /// People who were removed from a waiting room and come back too early.
    RemovedPlayers = "removed_players",
    /// Messages of one type that one source puts into the live log.
    LiveLogSource = "live_log_source",
    /// New games while the disk of the embedded database is short of space.
    DiskReserve = "disk_reserve",
    /// Decisions of expert bots that were made without a search.
    Thinking = "thinking",
    /// Finished games that counted less for an account because it had played many like them.
    RatedGames = "rated_games",
    /// Work that a client asks for: answers of a size that it chooses, and facts folded for it.
    Work = "work",
}

impl Limit {
    /// Counts a refusal.
    pub fn hit(self) {
        counter!("liap_limit_hits_total", "limit" => self.as_str()).increment(1);
    }
}

pub(crate) fn describe() {
    describe_counter!("liap_limit_hits_total", "Requests, messages and connections that a limit refused, by limit");
}
