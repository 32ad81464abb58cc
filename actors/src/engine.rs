//! What all actors share: settings, the rooms, the connections, the lobby's address.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use actix::{Actor, Addr, AsyncContext, Context};
use chronicle::{Founding, State};
use contracts::{Farewell, live_log::report};
use game_rules::SeatSet;
use store::Store;
use vocabulary::{AccountId, Bulletin, CreateRoom, Denial, Name, RoomId, RoomOptions, Timestamp};

use crate::{
    Connections, Crowd, Requester, Rooms, Settings,
    admission::{Permit, RoomAdmission},
    announcements::LastAnnouncement,
    background::Background,
    bans::Bans,
    chat::Chat,
    cost::Costs,
    disk::Disk,
    games,
    journal::{Durability, Journal},
    live_log::LiveLog,
    lobby::Lobby,
    meters::Meters,
    pauses::PlannedPause,
    pulse::Pulse,
    readers::Readers,
    room::Room,
    session::{Login, Talker},
    thinking::Thinkers,
    window::Window,
};

/// The handle to everything; cheap to clone.
#[derive(Clone)]
pub struct Engine(Arc<Shared>);

struct Shared {
    settings: Settings,
    admission: Arc<RoomAdmission>,
    rooms: Rooms,
    connections: Connections,
    /// The connections that are open, or are about to be.
    sockets: Arc<Crowd>,
    /// Those of contract *live log* among them.
    log_readers: Arc<Crowd>,
    /// None if the system had no thread for it: then pauses of the process go unnoticed.
    pulse: Option<Arc<Pulse>>,
    readers: Readers,
    thinkers: Thinkers,
    started: Instant,
    lobby: Addr<Lobby>,
    chat: Addr<Chat>,
    live_log: LiveLog,
    meters: Meters,
    store: Option<Store>,
    journal: Option<Journal>,
    /// What each said in the last minute.
    talk: Window<Talker>,
    /// How often each account connected to the chat in the last minute.
    chat_visits: Window<AccountId>,
    pause: PlannedPause,
    announcement: LastAnnouncement,
    bans: Bans,
    disk: Disk,
    costs: Arc<Costs>,
    background: Background,
    /// The bytes of all rooms' backlogs.
    backlog_bytes: Arc<AtomicUsize>,
    draining: AtomicBool,
}

impl Engine {
    /// Starts the long-lived actors in the current arbiter, without a journal: nothing outlives the process.
    pub fn start(settings: Settings) -> Self {
        Self::starting(settings, None, None, Bans::default())
    }

    /// The same with a journal in this store, and with these bans.
    pub fn start_with(settings: Settings, store: Store, bans: Bans) -> Self {
        let journal = match settings.durability {
            Durability::Off => None,
            durability => Some(Journal::start(store.clone(), durability)),
        };
        Self::starting(settings, journal, Some(store), bans)
    }

    /// The long-lived actors have addresses before they run, so that they and the engine can know each other.
    fn starting(settings: Settings, journal: Option<Journal>, store: Option<Store>, bans: Bans) -> Self {
        let (lobby, chat) = (Context::<Lobby>::new(), Context::<Chat>::new());
        let (live_log, channels) = LiveLog::new(store.clone(), settings.live_log_source_per_minute);
        let visits = settings.chat_reconnections_per_minute.saturating_add(1);
        let chat_visits = Window::new(visits, Duration::from_secs(60));
        let talk = Window::new(settings.chat_messages_per_minute, Duration::from_secs(60));
        let thinkers = Thinkers::start(settings.bot_think_threads);
        let costs = Arc::new(Costs::new(&settings));
        let engine = Self(Arc::new(Shared {
            admission: RoomAdmission::new(&settings),
            settings,
            rooms: Rooms::default(),
            connections: Connections::default(),
            sockets: Arc::default(),
            log_readers: Arc::default(),
            pulse: Pulse::start().inspect_err(|error| log::error!("no thread for the pulse: {error}")).ok(),
            readers: Readers::default(),
            thinkers,
            started: Instant::now(),
            lobby: lobby.address(),
            chat: chat.address(),
            live_log,
            meters: Meters::new(),
            store,
            journal,
            talk,
            chat_visits,
            pause: PlannedPause::default(),
            announcement: LastAnnouncement::default(),
            bans,
            disk: Disk::default(),
            costs,
            background: Background::new(),
            backlog_bytes: Arc::default(),
            draining: AtomicBool::new(false),
        }));
        lobby.run(Lobby::new(engine.clone()));
        chat.run(Chat::new(engine.clone()));
        channels.start(&engine);
        if let Some(store) = engine.store() {
            actix::spawn(games::keep(store.clone(), engine.clone()));
        }
        engine
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn room_admission(&self) -> &Arc<RoomAdmission> {
        &self.0.admission
    }

    /// The rooms.
    pub fn rooms(&self) -> &Rooms {
        &self.0.rooms
    }

    /// Since when the process has been running without a pause of more than two seconds: whoever had time until a moment
    /// before that gets the time again.
    pub fn running_since(&self) -> Instant {
        self.0.pulse.as_ref().map_or(self.0.started, |pulse| pulse.running_since())
    }

    /// Who is banned. None is until they are [loaded](Bans::load).
    pub fn bans(&self) -> &Bans {
        &self.0.bans
    }

    /// The threads that read from sockets.
    pub fn readers(&self) -> &Readers {
        &self.0.readers
    }

    pub(crate) fn thinkers(&self) -> &Thinkers {
        &self.0.thinkers
    }

    /// The connections.
    pub fn connections(&self) -> &Connections {
        &self.0.connections
    }

    pub(crate) fn sockets(&self) -> &Arc<Crowd> {
        &self.0.sockets
    }

    pub(crate) fn log_readers(&self) -> &Arc<Crowd> {
        &self.0.log_readers
    }

    pub(crate) fn lobby(&self) -> &Addr<Lobby> {
        &self.0.lobby
    }

    pub(crate) fn chat(&self) -> &Addr<Chat> {
        &self.0.chat
    }

    pub(crate) fn talk(&self) -> &Window<Talker> {
        &self.0.talk
    }

    /// Counts that an account connects to the chat once more; the first time is none of its reconnections.
    ///
    /// # Errors
    /// How long until it may, when it may not now.
    pub fn visits_chat(&self, account: AccountId) -> Result<(), Duration> {
        let verdict = self.0.chat_visits.take(account, Instant::now());
        if verdict.passed { Ok(()) } else { Err(verdict.reset) }
    }

    pub(crate) fn store(&self) -> Option<&Store> {
        self.0.store.as_ref()
    }

    /// Whether what a login was given is still good. When the store can't tell, it is not.
    pub(crate) async fn login_holds(&self, account: AccountId, login: Login) -> bool {
        let Some(store) = self.store() else { return true };
        let family = login.id.map(|id| id.to_string());
        match store.account_of_login(&account.to_string(), login.version, family.as_deref()).await {
            Ok(found) => found.is_some(),
            Err(error) => {
                log::warn!("a new connection is closed, as its login can't be checked: {error}");
                false
            }
        }
    }

    /// The live log.
    pub fn live_log(&self) -> &LiveLog {
        &self.0.live_log
    }

    pub(crate) fn planned_pause(&self) -> &PlannedPause {
        &self.0.pause
    }

    pub(crate) fn last_announcement(&self) -> &LastAnnouncement {
        &self.0.announcement
    }

    pub(crate) fn disk_watch(&self) -> &Disk {
        &self.0.disk
    }

    /// Sends a bulletin of operators to every connection; returns how many it was sent to. A pause also becomes a message
    /// of the live log.
    pub(crate) fn announce(&self, bulletin: &Bulletin) -> usize {
        if let Some(message) = report::maintenance(bulletin) {
            self.live_log().publish(message);
        }
        self.connections().announce(bulletin)
    }

    pub(crate) fn journal(&self) -> Option<&Journal> {
        self.0.journal.as_ref()
    }

    pub(crate) fn meters(&self) -> &Meters {
        &self.0.meters
    }

    /// The budgets of work.
    pub fn costs(&self) -> &Arc<Costs> {
        &self.0.costs
    }

    /// Threads for work that takes too long for a thread that serves.
    pub fn background(&self) -> &Background {
        &self.0.background
    }

    pub(crate) fn backlog_bytes(&self) -> &Arc<AtomicUsize> {
        &self.0.backlog_bytes
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
    fn found_room(&self, mut permit: Permit, room_name: &Name, options: RoomOptions) -> (RoomId, Addr<Room>) {
        loop {
            let room = RoomId::random();
            let founding = Founding { room, room_name: room_name.clone(), options, at: Timestamp::now() };
            let (view, opener) = (State::new(&founding).view(SeatSet::default()), permit.opener());
            match self.rooms().enter(view, permit, || Room::new(self.clone(), founding, opener).start()) {
                Ok(address) => return (room, address),
                // The id is taken.
                Err(unused) => permit = unused,
            }
        }
    }

    /// How far the journal is behind: how long the oldest change has waited that is not on the disk yet.
    pub fn journal_behind(&self) -> Duration {
        self.journal().map_or(Duration::ZERO, Journal::behind)
    }

    /// Waits until the journal has all that was sent to it so far.
    pub async fn flush_journal(&self) {
        if let Some(journal) = self.journal() {
            journal.flush().await;
        }
    }

    /// Makes a room of four bots and starts its game; it runs to its end without anybody. For operators and measurements:
    /// no quota holds for it, so nothing that a client sends may lead here.
    ///
    /// # Errors
    /// [`Denial::Maintenance`] while the server stops or pauses, [`Denial::TooManyRooms`] past the limit.
    pub fn play_bots(&self, room_name: &Name, options: RoomOptions) -> Result<RoomId, Denial> {
        let permit = self.admit_bots()?;
        let (room, address) = self.found_room(permit, room_name, RoomOptions { fill_with_bots: true, ..options });
        address.do_send(crate::room::messages::StartAlone);
        Ok(room)
    }

    /// Makes the room that a client asks for.
    pub(crate) fn create(&self, requester: &Requester, request: &CreateRoom) -> Result<(RoomId, Addr<Room>), Denial> {
        let permit = self.admit_room(requester)?;
        Ok(self.found_room(permit, &request.room_name, request.options))
    }
}
