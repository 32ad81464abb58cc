//! Restores a room from its journal, after a restart or when it has stopped.

use std::sync::Arc;

use chronicle::Kept;
use game_rules::Seat;

use super::{Room, Services};
use crate::admission::Opener;

impl Room {
    /// A room whose people are all disconnected.
    pub(crate) fn rebuilt(services: Arc<Services>, kept: Kept, opener: Opener) -> Self {
        let Kept { history, state, answers, before } = kept;
        let mut room = Self::from_parts(services, history, state, opener);
        room.answers = answers;
        // Confirmations are not kept, so everybody may have missed all events since they sat down.
        room.confirmed = before;
        for seat in Seat::ALL {
            if room.state.is_held(seat) {
                room.audience.lose(seat, room.has_account(seat));
            }
        }
        room.note_deadline();
        room
    }
}
