//! A session: one connection in one contract. It owns what comes in, its timers and its life; what goes out waits in
//! its outbox.

mod intake;
mod outbox;
mod route;
mod socket;

use std::{num::NonZeroU32, sync::Arc, time::Instant};

use actix::{Actor, ActorContext, Addr, AsyncContext};
use actix_web::{Error, HttpRequest, HttpResponse, web};
use bytes::BytesMut;
use bytestring::ByteString;
use contracts::{Contract, Farewell, Limits, Malformed, Said, Speaker};
use game_rules::Seat;
use governor::{DefaultDirectRateLimiter, Quota, clock::Clock};
use vocabulary::{AccountId, ConnectionId, Denial, Name, RoomId, Stamp, Timestamp};

#[cfg(test)]
pub(crate) use self::outbox::Outgoing;
pub(crate) use self::outbox::Patience;
pub use self::outbox::{Closed, Frame, Outbox, SocketHandle};
use self::{intake::Lead, socket::SocketContext};
use crate::{
    Engine,
    lobby::{Listen, Unlisten},
    room::{Room, messages::Gone},
};

/// Where a connection is.
enum Place {
    /// In the lobby.
    Lobby,
    /// At a room's door, or in it.
    Room(InRoom),
}

/// A connection's room.
struct InRoom {
    id: RoomId,
    address: Addr<Room>,
    /// Its seat and name, once it has one.
    seat: Option<(Seat, Name)>,
    /// Where it goes when it gives the seat up.
    from_lobby: bool,
    /// Whether it is in the room by its account, with a seat or without.
    attends: bool,
}

/// The answer to the request that gave this connection its seat, for a repeat of that request.
struct SeatAnswer {
    client_sequence: u64,
    digest: u64,
    text: ByteString,
}

/// The actor of one connection.
pub struct Session<C: Contract> {
    engine: Engine,
    connection: ConnectionId,
    /// Whose connection it is; guests have no account.
    account: Option<AccountId>,
    outbox: Arc<Outbox>,
    contract: C,
    limits: Limits,
    place: Place,
    rate: DefaultDirectRateLimiter,
    lead: Lead,
    fragments: Option<BytesMut>,
    last_heard: Instant,
    seat_answer: Option<SeatAnswer>,
}

/// Where a client connects to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Door {
    /// `/ws/lobby`
    Lobby,
    /// `/ws/{room_id}`; none when the text is no room id.
    Room(Option<RoomId>),
    /// `/ws/battles/{id}`: straight to the account's seat in that room, or to watch.
    Attend(Option<RoomId>, AccountId),
}

/// Who connects, and where to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Visit {
    /// Where to.
    pub door: Door,
    /// Who, if they have proved it; [`Door::Attend`] has its own.
    pub account: Option<AccountId>,
}

impl Visit {
    fn account(self) -> Option<AccountId> {
        match self.door {
            Door::Attend(_, account) => Some(account),
            Door::Lobby | Door::Room(_) => self.account,
        }
    }

    /// Where the connection is then; none when there is no such room.
    fn place(self, engine: &Engine) -> Option<Place> {
        let (id, attends) = match self.door {
            Door::Lobby => return Some(Place::Lobby),
            Door::Room(id) => (id?, false),
            Door::Attend(id, _) => (id?, true),
        };
        let address = engine.rooms().address(id)?;
        Some(Place::Room(InRoom { id, address, seat: None, from_lobby: false, attends }))
    }
}

/// Upgrades a request to a session of contract `C`.
///
/// # Errors
/// When the request is no WebSocket handshake.
pub fn open<C: Contract>(
    engine: &Engine,
    limits: Limits,
    visit: Visit,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let connection = ConnectionId::random();
    let outbox = socket::outbox(request, engine.settings().outbox_bytes);
    let place = visit.place(engine);
    let known = place.is_some();
    let per_second = NonZeroU32::new(limits.messages_per_second).unwrap_or(NonZeroU32::MIN);
    let session = Session::<C> {
        engine: engine.clone(),
        connection,
        account: visit.account(),
        outbox,
        contract: C::default(),
        limits,
        place: place.unwrap_or(Place::Lobby),
        rate: DefaultDirectRateLimiter::direct(Quota::per_second(per_second)),
        lead: Lead::default(),
        fragments: None,
        last_heard: Instant::now(),
        seat_answer: None,
    };
    if known {
        session.greet();
    } else {
        session.refuse_unknown_room(request.path());
    }
    socket::start(session, request, payload)
}

impl<C: Contract> Session<C> {
    fn greet(&self) {
        if let Some(text) = C::greet(self.connection, &self.stamp()) {
            self.say(&text);
        }
    }

    fn refuse_unknown_room(&self, path: &str) {
        let room = path.rsplit('/').next().unwrap_or_default().chars().take(64).collect();
        self.deny(&Denial::RoomNotFound { room }, None);
        self.close(Farewell::UnknownRoom);
    }

    fn room_id(&self) -> Option<RoomId> {
        match &self.place {
            Place::Lobby => None,
            Place::Room(room) => Some(room.id),
        }
    }

    fn stamp(&self) -> Stamp {
        Stamp::now(self.room_id())
    }

    /// Sends a text; a full outbox has closed the connection itself.
    fn say(&self, text: &ByteString) {
        let _ = self.outbox.push(&Frame::text(text));
    }

    fn deny(&self, denial: &Denial, client_sequence: Option<u64>) {
        self.engine.meters().error(C::ID.as_str(), C::code(denial));
        self.say(&C::deny(denial, &self.stamp().answering(client_sequence)));
    }

    fn close(&self, farewell: Farewell) {
        self.engine.meters().closed(farewell.reason());
        let words = C::farewell(farewell, &self.stamp());
        self.outbox.close(farewell, words.map(|text| Frame::text(&text)));
    }

    fn heard(&mut self) {
        self.last_heard = Instant::now();
    }

    /// The message's budget, before anyone reads it.
    fn on_text(&mut self, text: &str, ctx: &mut SocketContext<C>) {
        self.engine.meters().received.increment(1);
        if let Err(until) = self.rate.check() {
            let wait = until.wait_time_from(self.rate.clock().now());
            let retry_after_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).max(1);
            let limit = self.limits.messages_per_second;
            return self.deny(&Denial::RateLimited { limit, retry_after_ms }, None);
        }
        let received = Instant::now();
        let incoming = {
            let (player, room) = match &self.place {
                Place::Lobby => (None, None),
                Place::Room(room) => (room.seat.as_ref().map(|(_, name)| name), Some(room.id)),
            };
            let defaults = &self.engine.settings().room_defaults;
            self.contract.decode(text, &Speaker { player, room, defaults, at: Timestamp::now() })
        };
        incoming.warnings.iter().for_each(|warning| self.say(warning));
        match incoming.said {
            Said::Ask(request) => {
                let asked =
                    route::Asked { client_sequence: incoming.client_sequence, digest: incoming.digest, received };
                self.route(request, asked, ctx);
            }
            Said::Answer(text) => self.say(&text),
            Said::Denied(denial) => self.deny(&denial, incoming.client_sequence),
            Said::Malformed(malformed) => self.malformed(&malformed, incoming.client_sequence),
        }
    }

    fn malformed(&self, malformed: &Malformed, client_sequence: Option<u64>) {
        self.engine.meters().error(C::ID.as_str(), C::malformed_code(malformed));
        self.say(&C::malformed(malformed, &self.stamp().answering(client_sequence)));
    }

    fn on_binary(&self) {
        self.engine.meters().received.increment(1);
        match C::ON_BINARY {
            Some(farewell) => self.close(farewell),
            None => self.malformed(&Malformed::Binary, None),
        }
    }

    fn watch(&self, ctx: &mut SocketContext<C>) {
        let Limits { heartbeat, pong_within, .. } = self.limits;
        ctx.run_interval(heartbeat, move |_, ctx| {
            let asked = Instant::now();
            Self::ping(ctx);
            ctx.run_later(pong_within, move |session, ctx| session.check_pulse(asked, ctx));
        });
    }

    /// Whether anything was heard since the ping; a timer may ring late, so how long ago does not count.
    fn check_pulse(&self, asked: Instant, ctx: &mut SocketContext<C>) {
        if self.last_heard <= asked {
            self.close(Farewell::HeartbeatLost);
            ctx.stop();
        }
    }
}

impl<C: Contract> Actor for Session<C> {
    type Context = SocketContext<C>;

    fn started(&mut self, ctx: &mut Self::Context) {
        self.engine.meters().sessions.increment(1.0);
        self.engine.connections().insert(self.connection, Arc::clone(&self.outbox), C::ID, self.account);
        match &self.place {
            Place::Lobby => self.listen_in_lobby(),
            Place::Room(room) if room.attends => self.attend(ctx),
            Place::Room(_) => {}
        }
        self.watch(ctx);
    }
}

impl<C: Contract> Session<C> {
    fn listen_in_lobby(&self) {
        self.engine.lobby().do_send(Listen {
            connection: self.connection,
            outbox: Arc::clone(&self.outbox),
            contract: C::ID,
        });
    }
}

impl<C: Contract> Drop for Session<C> {
    /// However the connection ends, also when the client vanishes and the response is dropped.
    fn drop(&mut self) {
        self.engine.meters().sessions.decrement(1.0);
        self.engine.connections().remove(self.connection);
        match &self.place {
            Place::Lobby => self.engine.lobby().do_send(Unlisten(self.connection)),
            Place::Room(room) if room.seat.is_some() || room.attends => room.address.do_send(Gone(self.connection)),
            Place::Room(_) => {}
        }
    }
}
