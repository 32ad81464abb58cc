//! People who were removed from a waiting room: the seat is free at once, and the room remembers whose it was.

use game_rules::Seat;
use vocabulary::{AccountId, Departure, Name, Timestamp, TokenHash};

use super::{Stage, State, Unfitting, narrate::Narrator};
use crate::fact::NetworkMark;

/// How many removals a room remembers; the oldest goes first.
const KEPT: usize = 64;

/// Somebody who was removed.
pub struct Removal {
    /// When.
    pub at: Timestamp,
    /// Their name at the table.
    pub name: Name,
    /// `None` for a guest.
    pub account: Option<AccountId>,
    /// What opened their seat.
    pub token: Option<TokenHash>,
    /// Where they connected from; `None` if it is unknown, or the host's own.
    pub network: Option<NetworkMark>,
}

impl State {
    /// A person is removed from a waiting room, and remembered.
    pub(super) fn remove(
        &mut self,
        seat: Seat,
        network: Option<NetworkMark>,
        at: Timestamp,
        narrator: &mut Narrator,
    ) -> Result<(), Unfitting> {
        let Some(player) = self.roster.seats[seat].as_ref().filter(|_| matches!(self.stage, Stage::Waiting)) else {
            return Err(Unfitting);
        };
        let (name, account) = (player.name.clone(), player.account);
        if self.removals.len() == KEPT {
            self.removals.pop_front();
        }
        self.removals.push_back(Removal { at, name, account, token: self.keeping[seat].token, network });
        narrator.room_left(seat, Departure::Removed);
        self.free(seat, Departure::Removed, narrator);
        Ok(())
    }
}
