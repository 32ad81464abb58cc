//! What all rooms share. A room knows no engine, chat or supervisor; it holds this struct as one pointer.

use std::sync::{Arc, atomic::AtomicUsize};

use actix::{Addr, Recipient};

use super::{
    OpenRooms,
    messages::{Stopped, TableNotice},
};
use crate::{
    admission::RoomAdmission, background::Background, connections::Connections, disk::Disk, journal::Journal,
    live_log::LiveLog, lobby::Lobby, meters::Meters, pulse::Pulse, readers::Readers, settings::Settings,
    thinking::Thinkers,
};

/// What all rooms share.
pub(crate) struct Services {
    pub(crate) settings: Settings,
    pub(crate) admission: Arc<RoomAdmission>,
    pub(crate) rooms: Arc<OpenRooms>,
    pub(crate) connections: Connections,
    pub(crate) pulse: Arc<Pulse>,
    pub(crate) readers: Readers,
    pub(crate) thinkers: Arc<Thinkers>,
    pub(crate) live_log: Arc<LiveLog>,
    pub(crate) meters: Meters,
    /// `None` if nothing outlives the process.
    pub(crate) journal: Option<Journal>,
    pub(crate) disk: Arc<Disk>,
    pub(crate) background: Background,
    /// The bytes of all rooms' backlogs.
    pub(crate) backlog_bytes: Arc<AtomicUsize>,
    pub(crate) lobby: Addr<Lobby>,
    /// The chat. It calls rooms, so that they know it only as the recipient of this message.
    pub(crate) chat: Recipient<TableNotice>,
    /// The supervisor, which restores rooms that have stopped. It starts rooms, so that they know it only by this
    /// message.
    pub(crate) supervisor: Recipient<Stopped>,
}
