//! What all actors share: settings, the rooms, the connections, the lobby's address.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use actix::{Actor, Addr};
use contracts::Farewell;
use store::Store;
use vocabulary::{CreateRoom, Denial, Name, RoomId, RoomOptions, Timestamp};

use crate::{
    Connections, Rooms, Settings,
    journal::{Durability, Journal},
    lobby::Lobby,
    meters::Meters,
    room::{Founding, Room, State},
};

/// The handle to everything; cheap to clone.
#[derive(Clone)]
pub struct Engine(Arc<Shared>);

struct Shared {
    settings: Settings,
    rooms: Rooms,
    connections: Connections,
    lobby: Addr<Lobby>,
    meters: Meters,
    journal: Option<Journal>,
    draining: AtomicBool,
}

impl Engine {
    /// Starts the long-lived actors in the current arbiter, without a journal: nothing outlives the process.
    pub fn start(settings: Settings) -> Self {
        Self::starting(settings, None)
    }

    /// The same with a journal in this store.
    pub fn start_with(settings: Settings, store: Store) -> Self {
        let journal = match settings.durability {
            Durability::Off => None,
            durability => Some(Journal::start(store, durability)),
        };
        Self::starting(settings, journal)
    }

    fn starting(settings: Settings, journal: Option<Journal>) -> Self {
        let address = Lobby::default().start();
        let engine = Self(Arc::new(Shared {
            settings,
            rooms: Rooms::default(),
            connections: Connections::default(),
            lobby: address.clone(),
            meters: Meters::new(),
            journal,
            draining: AtomicBool::new(false),
        }));
        address.do_send(crate::lobby::Serve(engine.clone()));
        engine
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The rooms.
    pub fn rooms(&self) -> &Rooms {
        &self.0.rooms
    }

    /// The connections.
    pub fn connections(&self) -> &Connections {
        &self.0.connections
    }

    pub(crate) fn lobby(&self) -> &Addr<Lobby> {
        &self.0.lobby
    }

    pub(crate) fn journal(&self) -> Option<&Journal> {
        self.0.journal.as_ref()
    }

    pub(crate) fn meters(&self) -> &Meters {
        &self.0.meters
    }

    /// Whether the server is about to stop and takes no new rooms.
    pub fn is_draining(&self) -> bool {
        self.0.draining.load(Ordering::Relaxed)
    }

    /// Stops taking rooms, tells everybody, closes every connection with 1001.
    pub fn drain(&self) {
        self.0.draining.store(true, Ordering::Relaxed);
        self.connections().close_all(Farewell::ServerStopping);
    }

    /// Makes an empty room in the current arbiter: on a worker that is the creator's own, so that a room and its first
    /// session share a thread.
    ///
    /// # Errors
    /// [`Denial::Maintenance`] while the server stops, [`Denial::TooManyRooms`] past the limit.
    pub(crate) fn found_room(&self, room_name: Name, options: RoomOptions) -> Result<(RoomId, Addr<Room>), Denial> {
        if self.is_draining() {
            return Err(Denial::Maintenance);
        }
        let limit = self.settings().max_rooms;
        loop {
            if self.rooms().len() >= limit {
                return Err(Denial::TooManyRooms { limit });
            }
            let room = RoomId::random();
            let founding = Founding { room, room_name: room_name.clone(), options, at: Timestamp::now() };
            let view = State::new(&founding).view();
            if let Some(address) = self.rooms().enter(view, || Room::new(self.clone(), founding).start()) {
                return Ok((room, address));
            }
        }
    }

    /// Waits until the journal has all that was sent to it so far.
    pub async fn flush_journal(&self) {
        if let Some(journal) = self.journal() {
            journal.flush().await;
        }
    }

    /// Makes a room of four bots and starts its game; it runs to its end without anybody.
    ///
    /// # Errors
    /// As for every room.
    pub fn play_bots(&self, room_name: Name, options: RoomOptions) -> Result<RoomId, Denial> {
        let (room, address) = self.found_room(room_name, RoomOptions { fill_with_bots: true, ..options })?;
        address.do_send(crate::room::messages::StartAlone);
        Ok(room)
    }

    /// Makes the room that a client asks for.
    pub(crate) fn create(&self, request: &CreateRoom) -> Result<(RoomId, Addr<Room>), Denial> {
        self.found_room(request.room_name.clone(), request.options)
    }
}
