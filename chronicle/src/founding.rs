//! How a room begins.

use std::sync::Arc;

use game_rules::BySeat;
use serde::{Deserialize, Serialize};
use vocabulary::{Name, RoomId, RoomOptions, RoomStatus, Roster, Timestamp};

/// How a room begins. A journal keeps it as JSON: fields do not change.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Founding {
    /// The new room.
    pub room: RoomId,
    /// Its name in lists.
    pub room_name: Name,
    /// How it was set up.
    pub options: RoomOptions,
    /// When.
    pub at: Timestamp,
}

impl Founding {
    /// The room before anyone sits in it.
    pub fn roster(&self) -> Arc<Roster> {
        Arc::new(Roster {
            room: self.room,
            room_name: self.room_name.clone(),
            created_at: self.at,
            options: self.options,
            host: None,
            seats: BySeat::default(),
            status: RoomStatus::Waiting,
        })
    }
}
