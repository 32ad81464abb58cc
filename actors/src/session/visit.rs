//! The start of a connection: who connects, where to, and what they receive first.

use std::{net::IpAddr, sync::Arc, time::Duration};

use actix_web::{Error, HttpRequest, HttpResponse, web};
use contracts::{Contract, ContractId, Farewell};
use vocabulary::{AccountId, ConnectionId, Denial, LoginId, Profile, RoomId};

use super::{
    InRoom, Place, Session,
    confirmations::Confirmations,
    follow::{Gateway, Viewer},
    socket,
};
use crate::{
    Bounds, Crowded, Engine, Limit, Network, Ticket, cost::Allowance, outbox::Outbox, room::messages::Mode,
    window::too_many,
};

/// The destination of a connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Door {
    /// `/ws/lobby`
    Lobby,
    /// `/ws/{room_id}`; `None` if the text is not a room id.
    Room(Option<RoomId>),
    /// `/ws/battles/{id}`: the account's seat in that room, or a spectator's place.
    Attend(Option<RoomId>),
    /// Contract *state*: following any games, to play in them or only to watch.
    Gateway(Viewer),
    /// Contract *live log*.
    LiveLog,
    /// Contract *chat*.
    Chat,
    /// A room that has closed after its game: the client is notified and disconnected.
    Ended,
    /// Nowhere: the client is told why, and is closed.
    Refused(Farewell),
    /// Nowhere: the account has connected to the chat too often in the last minute, and may connect again after this
    /// time.
    TooOften(Duration),
}

/// What a token proves beside its account. The token is valid while the account has this version and the login lasts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Login {
    /// The login; `None` in tokens of a version that did not name it.
    pub id: Option<LoginId>,
    /// The account's version when the token was issued.
    pub version: i64,
}

impl Login {
    /// Whether the login has not ended and is of the account's present version. `false` if the store can't be read.
    pub(super) async fn holds(self, engine: &Engine, account: AccountId) -> bool {
        let Some(store) = engine.store() else { return true };
        let family = self.id.map(|id| id.to_string());
        match store.account_of_login(&account.to_string(), self.version, family.as_deref()).await {
            Ok(found) => found.is_some(),
            Err(error) => {
                log::warn!("a new connection is closed, because its login can't be checked: {error}");
                false
            }
        }
    }
}

/// A connection before it starts: who connects, from where, and where to.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The destination.
    pub door: Door,
    /// The account's profile; `None` for a guest.
    pub profile: Option<Arc<Profile>>,
    /// The address of the client.
    pub address: IpAddr,
    /// The login of the token; `None` without a profile.
    pub login: Option<Login>,
    /// The device name that the client gave.
    pub device: Option<String>,
    /// The longest time that the connection may last; `None` is no limit.
    pub stay: Option<Duration>,
}

impl Visit {
    /// The place of the connection; `None` if there is no such room.
    fn place(&self, engine: &Engine) -> Option<Place> {
        let (id, attends) = match self.door {
            Door::Lobby => return Some(Place::Lobby),
            Door::Gateway(viewer) => return Some(Place::Gateway(Gateway::new(viewer))),
            Door::LiveLog => return Some(Place::LiveLog(Vec::new())),
            Door::Chat => return Some(Place::Chat),
            Door::Ended | Door::Refused(_) | Door::TooOften(_) => return Some(Place::Nowhere),
            Door::Room(id) => (id?, false),
            Door::Attend(id) => (id?, true),
        };
        let address = engine.rooms().address(id)?;
        let confirmations = Confirmations::default();
        Some(Place::Room(InRoom { id, address, seat: None, from_lobby: false, attends, confirmations }))
    }
}

/// Counts one connection until it is dropped.
#[derive(Debug)]
pub struct Admission {
    _in_all: Ticket,
    _in_log: Option<Ticket>,
}

/// The reason why a connection is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotAdmitted {
    /// The server has reached its limit of connections.
    Full,
    /// The client's address has reached its limit.
    TooMany,
}

impl Engine {
    /// Admits a connection. Operators have places of their own, and no limit by address.
    ///
    /// # Errors
    /// The limit that is reached; the refusal has been counted.
    pub fn admit(&self, contract: ContractId, visit: &Visit) -> Result<Admission, NotAdmitted> {
        let settings = self.settings();
        let network = Network::from(visit.address);
        let bounds = if visit.profile.as_ref().is_some_and(|profile| profile.is_admin) {
            Bounds { all: settings.max_connections.saturating_add(settings.operator_connections), network: None }
        } else {
            Bounds { all: settings.max_connections, network: settings.connections_per_address }
        };
        let refused = |crowded, here: Limit| match crowded {
            Crowded::Everywhere => {
                Limit::Connections.hit();
                NotAdmitted::Full
            }
            Crowded::Here => {
                here.hit();
                NotAdmitted::TooMany
            }
        };
        let in_all = self.shared().sockets.admit(network, bounds);
        let in_all = in_all.map_err(|crowded| refused(crowded, Limit::ConnectionsPerAddress))?;
        let most = usize::try_from(settings.live_log_connections).unwrap_or(usize::MAX);
        // A refusal here drops `in_all`, which uncounts the connection.
        let in_log = (contract == ContractId::LiveLog)
            .then(|| self.shared().log_readers.admit(network, Bounds { all: usize::MAX, network: Some(most) }))
            .transpose()
            .map_err(|crowded| refused(crowded, Limit::LiveLogConnections))?;
        Ok(Admission { _in_all: in_all, _in_log: in_log })
    }
}

/// Upgrades a request to a session of contract `C`. Without an admission the session only says why it is refused, and
/// closes.
///
/// # Errors
/// The request is not a WebSocket handshake.
pub fn open<C: Contract>(
    engine: &Engine,
    visit: Visit,
    admission: Option<Admission>,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let outbox = socket::outbox(request, engine.settings().outbox_bytes);
    let place = visit.place(engine);
    let is_known = place.is_some();
    let door = visit.door;
    let session = Session::<C>::new(engine, visit, admission, outbox, place.unwrap_or(Place::Nowhere));
    match door {
        Door::Refused(farewell) => session.close(farewell),
        Door::TooOften(wait) => session.refuse_visit(wait),
        Door::Ended => session.refuse_ended(),
        _ if !is_known => session.refuse_unknown_room(request.path()),
        // The greeting is sent at the destination: a client that has read it misses nothing from then on.
        _ => {}
    }
    socket::start(session, request, payload)
}

impl<C: Contract> Session<C> {
    pub(super) fn greet(&self) {
        let device = self.visit.device.as_deref();
        let guests_allowed = self.engine.settings().allow_guests;
        let arrival =
            contracts::Arrival { connection: self.connection, account: self.account(), device, guests_allowed };
        if let Some(text) = C::greet(&arrival, &self.stamp()) {
            self.say(&text);
        }
    }

    fn refuse_unknown_room(&self, path: &str) {
        let room = path.rsplit('/').next().unwrap_or_default().chars().take(64).collect();
        self.deny(&Denial::RoomNotFound { room }, None);
        self.close(Farewell::UnknownRoom);
    }

    fn refuse_ended(&self) {
        self.deny(&Denial::AlreadyStarted, None);
        self.close(Farewell::RoomClosed);
    }

    fn refuse_visit(&self, wait: Duration) {
        let limit = self.engine.settings().chat_reconnections_per_minute;
        self.deny(&too_many(limit, Duration::from_secs(60), wait), None);
        self.close(Farewell::TooManyAttempts);
    }

    /// What this connection does in a room that it enters by its account.
    pub(super) fn mode(&self) -> Mode {
        match self.visit.door {
            Door::Gateway(Viewer::Observer) => Mode::Watch,
            Door::Gateway(Viewer::Player) => Mode::Follow,
            Door::Lobby
            | Door::Room(_)
            | Door::Attend(_)
            | Door::LiveLog
            | Door::Chat
            | Door::Ended
            | Door::Refused(_)
            | Door::TooOften(_) => Mode::Play,
        }
    }

    fn new(engine: &Engine, visit: Visit, admission: Option<Admission>, outbox: Arc<Outbox>, place: Place) -> Self {
        Self {
            engine: engine.clone(),
            _admission: admission,
            connection: ConnectionId::random(),
            outbox,
            contract: C::default(),
            budget: super::budget::Budget::new(engine.settings().limits(C::ID)),
            allowance: Arc::new(Allowance::new(engine.costs(), visit.address.into())),
            place,
            lead: super::Lead::default(),
            fragments: None,
            last_heard: std::time::Instant::now(),
            seat_answer: None,
            visit,
        }
    }
}
