//! The store: the journal of rooms, the finished games, the accounts, their standings and their guilds, the bans, the messages
//! of the live log, in the embedded SQLite or in PostgreSQL. What a
//! founding, an entry or a record means is the caller's affair; here they are bytes.
//!
//! One server process writes the rooms of a database. What [`Store::append`] has taken is on the disk when it returns.

mod accounts;
mod database;
mod guilds;
mod journal;
mod messages;
mod standings;

pub use accounts::{
    bans::StoredBan,
    types::{Account, AccountChange, Login, RefreshToken, Rotation},
};
pub use database::{
    error::{OpenError, StoreError},
    guard::KeptFile,
    restore::{Existing, RestoreError, restore},
    space::Space,
    store::{Location, Store},
};
pub use guilds::types::{
    Guild, GuildEvent, GuildMember, GuildNews, GuildPage, GuildProfile, GuildScope, GuildSummary, GuildWar, Guilds,
};
pub use journal::{
    retention::{GameQuota, GamesKept},
    types::{
        Batch, Damaged, Ended, Finished, FinishedGame, FinishedSummary, Founded, JournalSize, NewEntry, StoredRoom,
    },
};
pub use messages::types::{MessageFilter, MessagePage, MessagesFound, NewMessage, Reader};
pub use standings::types::{AccountGame, Counted, Discount, Participation, Ranked, RecentGames, Standing, Standings};
