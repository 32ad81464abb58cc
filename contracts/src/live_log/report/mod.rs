//! The server's own events → messages of the live log. Pure functions: the caller stores and delivers the messages.

mod people;
mod raid;
mod room;
mod server;

use serde_json::Value;

pub use self::{
    people::{Heard, joined, left, leveled_up, said},
    room::{RoomReport, disbanded, of_room},
    server::{GuildNews, failed, guild, maintenance},
};

/// Fields that only this server's messages have.
fn more<const N: usize>(fields: [(&str, Value); N]) -> std::collections::BTreeMap<String, Value> {
    fields.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
}
