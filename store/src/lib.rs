//! The store: accounts, guilds, standings, messages of the live log, the journal of rooms and the finished games, in
//! the embedded SQLite or in PostgreSQL. Foundings, entries and records are bytes here; only the caller decodes them.
//! Times are [`vocabulary::Timestamp`]s and are never interpreted.
//!
//! One server process writes the rooms of a database. A batch is on the disk when [`Store::append`] returns. Every
//! method of the store can fail with [`StoreError`] because the database does; a method lists only its other errors.

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
pub use database::{Existing, KeptFile, Location, OpenError, RestoreError, Space, Store, StoreError, restore};
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
