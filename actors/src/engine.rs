//! The engine: starts the actors, and holds what sessions and the service need of them. It knows everybody; an actor
//! below knows only the handles that it was started with.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use actix::{Actor, Addr, AsyncContext, Context};
use contracts::Farewell;
use parking_lot::Mutex;
use store::{Store, StoreError};
use vocabulary::{AccountId, Announcement, Maintenance, Timestamp, clock};

use crate::{
    Connections, Crowd, DiskState, Recovered, Settings,
    admission::RoomAdmission,
    background::Background,
    bans::Bans,
    chat::{Chat, Talker},
    cost::Costs,
    disk::Disk,
    games,
    journal::{Durability, Journal},
    live_log::LiveLog,
    lobby::Lobby,
    meters::Meters,
    pulse::Pulse,
    readers::Readers,
    recovery,
    room::{OpenRooms, Services},
    supervisor::Supervisor,
    thinking::Thinkers,
    window::Window,
};

const MINUTE: Duration = Duration::from_secs(60);

/// The handle to everything; cheap to clone.
#[derive(Clone)]
pub struct Engine(Arc<Shared>);

/// What only sessions and operators use, beside what rooms share.
pub(crate) struct Shared {
    services: Arc<Services>,
    chat: Addr<Chat>,
    store: Option<Store>,
    /// Tickets of the connections that are open, or are about to be.
    pub(crate) sockets: Arc<Crowd>,
    /// Tickets of those of contract *live log* among them.
    pub(crate) log_readers: Arc<Crowd>,
    /// The chat messages of each talker in the last minute.
    pub(crate) talk: Window<Talker>,
    /// The connections of each account to the chat in the last minute.
    chat_visits: Window<AccountId>,
    /// The pause that is planned or on. Its timer compares the pointer, to find out whether it was replaced.
    pub(crate) pause: Mutex<Option<Arc<Maintenance>>>,
    /// The last announcement, until it is withdrawn. It does not outlive the process.
    pub(crate) announcement: Mutex<Option<Announcement>>,
    bans: Bans,
    costs: Arc<Costs>,
    draining: AtomicBool,
}

impl Engine {
    /// Starts the long-lived actors in the current arbiter, without a journal: nothing outlives the process.
    pub fn start(settings: Settings) -> Self {
        Self::starting(settings, None, Bans::default())
    }

    /// Starts the long-lived actors with a journal in this store, unless durability is off, and with these bans.
    pub fn start_with(settings: Settings, store: Store, bans: Bans) -> Self {
        Self::starting(settings, Some(store), bans)
    }

    fn starting(settings: Settings, store: Option<Store>, bans: Bans) -> Self {
        let is_durable = settings.durability != Durability::Off;
        // The first connection of an account is not one of its reconnections.
        let chat_visits = Window::new(settings.chat_reconnections_per_minute.saturating_add(1), MINUTE);
        let talk = Window::new(settings.chat_messages_per_minute, MINUTE);
        let costs = Arc::new(Costs::new(settings.connection_work, settings.network_work));
        let (meters, rooms) = (Meters::new(), Arc::<OpenRooms>::default());
        let live_log = LiveLog::start(store.clone(), &settings, meters.delivered.clone());
        let chat = Chat::new(Arc::clone(&rooms), Arc::clone(&live_log)).start();
        if let Some(store) = &store {
            actix::spawn(games::keep(store.clone(), settings.clone()));
        }
        // Rooms need the supervisor's address, and it needs what rooms share: it has an address before it runs.
        let supervisor = Context::<Supervisor>::new();
        let services = Arc::new(Services {
            admission: RoomAdmission::new(settings.room_limits, settings.max_rooms),
            rooms,
            connections: Connections::default(),
            pulse: Pulse::start(),
            readers: Readers::default(),
            thinkers: Arc::new(Thinkers::start(settings.bot_think_threads)),
            disk: Disk::new(settings.disk_reserve_bytes, Arc::clone(&live_log)),
            live_log,
            meters,
            journal: store.clone().filter(|_| is_durable).map(|store| Journal::start(store, settings.durability)),
            background: Background::new(),
            backlog_bytes: Arc::default(),
            lobby: Lobby::default().start(),
            chat: chat.clone().recipient(),
            supervisor: supervisor.address().recipient(),
            settings,
        });
        supervisor.run(Supervisor::new(Arc::clone(&services)));
        Self(Arc::new(Shared {
            services,
            chat,
            store,
            sockets: Arc::default(),
            log_readers: Arc::default(),
            talk,
            chat_visits,
            pause: Mutex::default(),
            announcement: Mutex::default(),
            bans,
            costs,
            draining: AtomicBool::new(false),
        }))
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0
    }

    /// What all rooms share.
    pub(crate) fn services(&self) -> &Arc<Services> {
        &self.0.services
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.0.services.settings
    }

    /// The index of open rooms.
    pub fn rooms(&self) -> &OpenRooms {
        &self.0.services.rooms
    }

    /// The end of the last pause of the process, or its start: a deadline from before that moment gets its full time
    /// again.
    pub fn running_since(&self) -> Instant {
        self.0.services.pulse.running_since()
    }

    /// The banned accounts and networks; empty until they are [loaded](Bans::load).
    pub fn bans(&self) -> &Bans {
        &self.0.bans
    }

    /// The threads that read from sockets.
    pub fn readers(&self) -> &Readers {
        &self.0.services.readers
    }

    /// The registry of open connections.
    pub fn connections(&self) -> &Connections {
        &self.0.services.connections
    }

    pub(crate) fn chat(&self) -> &Addr<Chat> {
        &self.0.chat
    }

    /// Counts a connection of an account to the chat.
    ///
    /// # Errors
    /// The time until the account may connect again, if it has connected too often in the last minute.
    pub fn visits_chat(&self, account: AccountId) -> Result<(), Duration> {
        let verdict = self.0.chat_visits.take(account, Instant::now());
        if verdict.passed { Ok(()) } else { Err(verdict.reset) }
    }

    pub(crate) fn store(&self) -> Option<&Store> {
        self.0.store.as_ref()
    }

    /// The live log.
    pub fn live_log(&self) -> &LiveLog {
        &self.0.services.live_log
    }

    /// The budgets of work.
    pub fn costs(&self) -> &Arc<Costs> {
        &self.0.costs
    }

    /// The threads for work that would block a serving thread for too long.
    pub fn background(&self) -> &Background {
        &self.0.services.background
    }

    /// Measures the disk of the embedded database, and keeps doing so in the current arbiter.
    pub async fn watch_disk(&self) {
        if let Some(store) = self.store() {
            Arc::clone(&self.0.services.disk).watch(store.clone()).await;
        }
    }

    /// The bytes that the disk can still take, and what that means; `None` until it is measured, and for PostgreSQL.
    pub fn disk(&self) -> Option<(DiskState, u64)> {
        self.0.services.disk.measured()
    }

    /// Restores every unfinished room of the journal, on this number of new threads.
    ///
    /// # Errors
    /// The store can't be read. A room that can't be read is not an error: it is quarantined.
    pub async fn recover(&self, threads: usize) -> Result<Recovered, StoreError> {
        if let Some(store) = self.store()
            && let Some(newest) = store.newest_message().await?
        {
            // Whatever the system's clock says, new messages sort after it; and not within the same millisecond, where
            // another process has given out ids.
            clock::not_before(Timestamp(newest.0.saturating_add(1)));
        }
        recovery::restore_all(&self.0.services, threads).await
    }

    /// Whether the server is about to stop and takes no new rooms.
    pub fn is_draining(&self) -> bool {
        self.0.draining.load(Ordering::Relaxed)
    }

    /// Stops taking rooms, and closes every connection with 1001.
    pub fn drain(&self) {
        self.0.draining.store(true, Ordering::Relaxed);
        self.connections().close_all(Farewell::ServerStopping);
    }

    /// The age of the oldest change that is not on the disk yet; zero without a journal.
    pub fn journal_behind(&self) -> Duration {
        self.0.services.journal.as_ref().map_or(Duration::ZERO, Journal::behind)
    }

    /// Waits until the journal has written all that was sent to it so far.
    pub async fn flush_journal(&self) {
        if let Some(journal) = &self.0.services.journal {
            journal.flush().await;
        }
    }
}
