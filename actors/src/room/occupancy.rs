//! What the room counts against: seats while it waits, and its place among the games that only bots play.

use actix::{Context, Handler};
use chronicle::Stage;
use contracts::Farewell;
use game_rules::Seat;
use vocabulary::Denial;

use super::{Room, messages::MakeWay};
use crate::{Network, admission::SeatPermit};

impl Room {
    /// Counts a seat against this network. Private rooms and rooms that the network created itself don't count, so that
    /// a class or a family can have any number of its own tables.
    ///
    /// # Errors
    /// [`Denial::QuotaReached`].
    pub(super) fn waiting_seat(&self, network: Network) -> Result<Option<SeatPermit>, Denial> {
        if !self.is_counted_for(network) {
            return Ok(None);
        }
        self.services.admission.sit(network).map(Some)
    }

    /// Counts the seat of a player who returns to a restored room, where it is not counted yet.
    pub(super) fn count_seat_again(&mut self, seat: Seat, network: Network) {
        if self.waiting_seats[seat].is_none() && self.is_counted_for(network) {
            self.waiting_seats[seat] = Some(self.services.admission.sit_again(network));
        }
    }

    fn is_counted_for(&self, network: Network) -> bool {
        let waiting = matches!(self.state.stage, Stage::Waiting);
        waiting && self.state.roster.options.public && self.opener.network() != Some(network)
    }

    /// Uncounts seats that are free again, and all of them once the game has begun.
    pub(super) fn count_waiting_seats(&mut self) {
        for seat in Seat::ALL {
            if !matches!(self.state.stage, Stage::Waiting) || !self.state.is_held(seat) {
                self.waiting_seats[seat] = None;
            }
        }
    }

    /// Notes when only bots are left, and from then on whether there are spectators. It must be durable first: a leave
    /// that is rolled back returns the seat to its person.
    pub(super) fn note_bot_game(&mut self) {
        if !self.state.is_left_to_bots() {
            return;
        }
        let watched = !self.audience.members.is_empty();
        if self.bot_game != Some(watched) {
            self.bot_game = Some(watched);
            self.services.rooms.note_bot_game(self.id, watched);
        }
    }
}

impl Handler<MakeWay> for Room {
    type Result = ();

    fn handle(&mut self, _: MakeWay, ctx: &mut Context<Self>) {
        // At the beginning of a handler nothing waits for the journal, and closing writes nothing.
        self.pending.close(Farewell::RoomClosed);
        self.publish(ctx);
    }
}
