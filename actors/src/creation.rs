//! How a room is created: whether the server takes one, who is admitted, and where its actor starts.

use std::sync::Arc;

use actix::{Actor, Addr};
use chronicle::{Founding, State};
use game_rules::SeatSet;
use vocabulary::{CreateRoom, Denial, Name, RoomId, RoomOptions, Timestamp};

use crate::{
    Engine, Requester,
    admission::{Opened, Opener},
    room::{Room, messages::StartAlone},
};

impl Engine {
    /// Creates the room that a client asks for. At the server's room limit the oldest game that only bots play is
    /// closed and gives its place up.
    ///
    /// # Errors
    /// [`Denial::Maintenance`], [`Denial::LowOnDisk`], [`Denial::RateLimited`], [`Denial::QuotaReached`],
    /// [`Denial::TooManyRooms`].
    pub(crate) fn create(&self, requester: &Requester, request: &CreateRoom) -> Result<(RoomId, Addr<Room>), Denial> {
        self.check_open()?;
        let opened = self.services().admission.open_for(requester)?;
        Ok(self.found_room(opened, &request.room_name, request.options))
    }

    /// Creates a room of four bots and starts its game, which runs to its end without anybody. For operators and
    /// measurements: only the server's room limit holds for it, so nothing that a client sends may lead here.
    ///
    /// # Errors
    /// [`Denial::Maintenance`] while the server stops or pauses, [`Denial::LowOnDisk`], [`Denial::TooManyRooms`].
    pub fn play_bots(&self, room_name: &Name, options: RoomOptions) -> Result<RoomId, Denial> {
        self.check_open()?;
        let opened = self.services().admission.open(Opener::Operator)?;
        let (room, address) = self.found_room(opened, room_name, RoomOptions { fill_with_bots: true, ..options });
        address.do_send(StartAlone);
        Ok(room)
    }

    fn check_open(&self) -> Result<(), Denial> {
        let pauses = || self.maintenance().is_some_and(|pause| pause.is_on(Timestamp::now()));
        if self.is_draining() || pauses() {
            return Err(Denial::Maintenance);
        }
        self.services().disk.has_space_for_games()
    }

    /// Starts an empty room in the current arbiter: on a worker that is the creator's own, so that a room and its first
    /// session share a thread.
    fn found_room(&self, opened: Opened, room_name: &Name, options: RoomOptions) -> (RoomId, Addr<Room>) {
        let (mut permit, makes_way) = opened;
        makes_way.into_iter().for_each(|room| self.rooms().close_bot_game(room));
        loop {
            let room = RoomId::random();
            let founding = Founding { room, room_name: room_name.clone(), options, at: Timestamp::now() };
            let (view, opener) = (State::new(&founding).view(SeatSet::default()), permit.opener());
            let start = || Room::new(Arc::clone(self.services()), founding, opener).start();
            match self.rooms().enter(view, permit, start) {
                Ok(address) => return (room, address),
                // The id is taken.
                Err(unused) => permit = unused,
            }
        }
    }
}
