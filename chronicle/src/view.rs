//! What everybody may know of a room.

use vocabulary::{Sequence, Situation, Timestamp};

/// What everybody may know of a room, as of its last event.
#[derive(Clone, Debug)]
pub struct RoomView {
    /// How it stands.
    pub situation: Situation,
    /// The number of its last event.
    pub sequence: Sequence,
    /// When that was.
    pub updated_at: Timestamp,
}
