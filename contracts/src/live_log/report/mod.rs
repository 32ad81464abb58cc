//! The server's own events → messages of the live log. Pure functions: the caller stores and delivers the messages.

mod people;
mod raid;
mod room;
mod server;

use std::{collections::BTreeMap, time::Duration};

use game_rules::Seat;
use serde_json::Value;
use vocabulary::{PublicNotice, Situation};

pub use self::{
    people::{Heard, joined, left, leveled_up, said},
    room::{disbanded, of_room},
    server::{GuildNews, failed, guild, maintenance},
};

/// One event of a room.
#[derive(Clone, Copy, Debug)]
pub struct RoomReport<'a> {
    /// The event that happened.
    pub notice: &'a PublicNotice,
    /// The state after it.
    pub situation: &'a Situation,
    /// The time since the start of the game; zero before it.
    pub elapsed: Duration,
    /// The host before it.
    pub host_before: Option<Seat>,
}

/// Fields that only this server's messages have.
fn more<const N: usize>(fields: [(&str, Value); N]) -> BTreeMap<String, Value> {
    fields.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
}
