//! The store: the journal of rooms, the finished games, the accounts, their standings and their guilds, the bans, the messages
//! of the live log, in the embedded SQLite or in PostgreSQL. What a
//! founding, an entry or a record means is the caller's affair; here they are bytes.
//!
//! One server process writes the rooms of a database. What [`Store::append`] has taken is on the disk when it returns.

mod account;
mod account_names;
mod account_read;
mod account_write;
mod accounts;
mod append;
mod backup;
mod bans;
mod batch;
mod checksum;
mod connection;
mod error;
mod file;
mod game_sweep;
mod games;
mod guard;
mod guild;
mod guild_columns;
mod guild_read;
mod guild_write;
mod guilds;
mod known_places;
mod message;
mod message_query;
mod message_rank;
mod message_read;
mod message_search;
mod message_sweep;
mod message_tally;
mod message_words;
mod message_write;
mod messages;
mod open;
mod read;
mod restore;
mod rooms;
mod space;
mod standing;
mod standing_read;
mod standing_write;
mod standings;
mod statement;
mod store;
mod sweep;
mod wal;
mod writer;

pub use account::{Account, AccountChange, Login, RefreshToken, Rotation};
pub use bans::StoredBan;
pub use batch::{
    Batch, Damaged, Ended, Finished, FinishedGame, FinishedSummary, Founded, JournalSize, NewEntry, StoredRoom,
};
pub use error::{OpenError, StoreError};
pub use game_sweep::{GameQuota, GamesKept};
pub use guard::KeptFile;
pub use guild::{
    Guild, GuildEvent, GuildMember, GuildNews, GuildPage, GuildProfile, GuildScope, GuildSummary, GuildWar, Guilds,
};
pub use message::{MessageFilter, MessagePage, MessagesFound, NewMessage, Reader};
pub use restore::{Existing, RestoreError, restore};
pub use space::Space;
pub use standing::{AccountGame, Counted, Discount, Participation, Ranked, RecentGames, Standing, Standings};
pub use store::{Location, Store};
