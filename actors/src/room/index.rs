//! What the index does with rooms, beside looking them up. It is not in `rooms.rs`, because rooms use that.

use actix::Addr;
use vocabulary::{RoomId, RoomStatus};

use super::{
    Room,
    messages::{Awake, MakeWay},
};
use crate::{Limit, Rooms};

/// The index of open rooms.
pub type OpenRooms = Rooms<Addr<Room>>;

impl OpenRooms {
    /// Informs every room that the process has paused.
    pub(crate) fn wake(&self) {
        self.each(|_, room| room.do_send(Awake));
    }

    /// The rooms whose game has not begun.
    pub(crate) fn waiting(&self) -> Vec<Addr<Room>> {
        let mut waiting = Vec::new();
        self.each(|roster, room| waiting.extend((roster.status == RoomStatus::Waiting).then(|| room.clone())));
        waiting
    }

    /// Notes that only bots play in this room from now on, and whether it has spectators. Games beyond the quota are
    /// closed: first of the same network, and the oldest without spectators before all others.
    pub(crate) fn note_bot_game(&self, room: RoomId, watched: bool) {
        for excess in self.rank_bot_game(room, watched) {
            self.close_bot_game(excess);
        }
    }

    /// Closes a game that only bots play. Its place is free at once; the room ends when it handles the message.
    pub(crate) fn close_bot_game(&self, room: RoomId) {
        let Some(address) = self.take(room) else { return };
        Limit::BotGames.hit();
        log::debug!("room {room}: closed, because only bots play there and its place is needed");
        address.do_send(MakeWay);
    }
}
