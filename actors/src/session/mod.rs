//! A session: one connection in one contract. It owns its incoming messages, its timers and its lifetime; outgoing data
//! waits in its outbox.

mod budget;
mod confirmations;
mod follow;
mod frames;
mod intake;
mod read_log;
mod route;
mod socket;
mod talk;
mod visit;

use std::{sync::Arc, time::Instant};

use actix::{Actor, ActorContext, ActorFutureExt, Addr, AsyncContext, WrapFuture};
use bytes::BytesMut;
use bytestring::ByteString;
use contracts::{Contract, Farewell, Limits, Malformed, Said, Speaker};
use game_rules::Seat;
use vocabulary::{AccountId, ConnectionId, Denial, LogKind, Name, RoomId, Stamp, Timestamp};

use self::{
    budget::{Budget, Verdict},
    confirmations::Confirmations,
    follow::Gateway,
    intake::Lead,
    socket::SocketContext,
};
pub use self::{
    follow::Viewer,
    visit::{Admission, Door, Login, NotAdmitted, Visit, open},
};
use crate::{
    Engine, Limit,
    chat::messages::{Arrived, Departed},
    connections::Link,
    cost::Allowance,
    lobby::{Listen, Unlisten},
    mistakes,
    outbox::{Frame, Outbox},
    readers,
    room::{Room, messages::Gone},
};

/// The place of a connection.
enum Place {
    /// In the lobby.
    Lobby,
    /// Opened to a room, with or without a seat yet.
    Room(InRoom),
    /// Following any number of games, in contract *state*.
    Gateway(Gateway),
    /// In the live log, subscribed to these types of message.
    LiveLog(Vec<LogKind>),
    /// In the chat.
    Chat,
    /// Closing.
    Nowhere,
}

/// A connection's room.
struct InRoom {
    id: RoomId,
    address: Addr<Room>,
    /// Its seat and the player's name; `None` without a seat.
    seat: Option<(Seat, Name)>,
    /// Whether it returns to the lobby when it gives up the seat.
    from_lobby: bool,
    /// Whether it is in the room by its account, with or without a seat.
    attends: bool,
    /// The room's events that its client has confirmed.
    confirmations: Confirmations,
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
    /// `None` if it is only told why it is refused.
    _admission: Option<Admission>,
    connection: ConnectionId,
    visit: Visit,
    outbox: Arc<Outbox>,
    contract: C,
    place: Place,
    budget: Budget,
    /// The budget of the work that it asks for.
    allowance: Arc<Allowance>,
    lead: Lead,
    /// A message in fragments. Boxed like the seat answer, because most connections never have one, and there are many
    /// idle connections.
    fragments: Option<Box<BytesMut>>,
    last_heard: Instant,
    seat_answer: Option<Box<SeatAnswer>>,
}

impl<C: Contract> Session<C> {
    fn room_id(&self) -> Option<RoomId> {
        if let Place::Room(room) = &self.place { Some(room.id) } else { None }
    }

    /// The connection's account; `None` for a guest.
    fn account(&self) -> Option<AccountId> {
        self.visit.profile.as_ref().map(|profile| profile.account)
    }

    fn is_banned(&self) -> bool {
        let bans = self.engine.bans();
        let of_account = |account| bans.of_account(account).is_some();
        bans.of_address(self.visit.address).is_some() || self.account().is_some_and(of_account)
    }

    fn limits(&self) -> &Limits {
        self.engine.settings().limits(C::ID)
    }

    fn stamp(&self) -> Stamp {
        Stamp::now(self.room_id())
    }

    /// Sends a text. A full outbox has closed the connection itself.
    fn say(&self, text: &ByteString) {
        let _ = self.outbox.push(&Frame::text(text));
    }

    fn deny(&self, denial: &Denial, client_sequence: Option<u64>) {
        self.engine.services().meters.error(C::ID.as_str(), C::code(denial));
        self.say(&C::deny(denial, &self.stamp().answering(client_sequence)));
    }

    /// Refuses a request to this room, which need not be the connection's own.
    fn deny_in(&self, room: RoomId, denial: &Denial, client_sequence: Option<u64>) {
        self.engine.services().meters.error(C::ID.as_str(), C::code(denial));
        self.say(&C::deny(denial, &Stamp::now(Some(room)).answering(client_sequence)));
    }

    fn parting(&self) -> Option<Frame> {
        C::parting(&self.stamp()).map(|text| Frame::text(&text))
    }

    fn close(&self, farewell: Farewell) {
        self.engine.services().meters.closed(farewell.reason());
        let words = C::farewell(farewell, &self.stamp());
        self.outbox.close(C::ID, farewell, words.map(|text| Frame::text(&text)));
    }

    fn heard(&mut self) {
        self.last_heard = Instant::now();
    }

    /// Counts a message against the rates, parses it and routes its request.
    fn on_text(&mut self, text: &str, ctx: &mut SocketContext<C>) {
        // A connection that is closing is ignored, even if its client does not read the close frame.
        if matches!(self.place, Place::Nowhere) || self.outbox.is_closing() {
            return;
        }
        self.engine.services().meters.received.increment(1);
        // A room removes a player without asking the session, which finds out here.
        self.heed_removal();
        let received = Instant::now();
        let pong_within = self.limits().pong_within;
        if let Place::Room(room) = &mut self.place {
            room.confirmations.message(received, pong_within);
        }
        let verdict = self.budget.take_message(received);
        if !self.may_pass(&verdict) {
            return;
        }
        let incoming = {
            let (player, room) = match &self.place {
                Place::Room(room) => (room.seat.as_ref().map(|(_, name)| name), Some(room.id)),
                _ => (None, None),
            };
            let account = self.visit.profile.as_ref().map(|profile| profile.account);
            let defaults = &self.engine.settings().room_defaults;
            self.contract.decode(text, &Speaker { player, room, account, defaults, at: Timestamp::now() })
        };
        incoming.warnings.iter().for_each(|warning| self.say(warning));
        match incoming.said {
            Said::Ask(request) => {
                // Messages without a request, such as a ping, count only as messages.
                let verdict = self.budget.take_command(received);
                if !self.may_pass(&verdict) {
                    return;
                }
                let asked =
                    route::Asked { client_sequence: incoming.client_sequence, digest: incoming.digest, received };
                self.route(request, asked, ctx);
            }
            Said::Answer(text) => self.say(&text),
            Said::Denied(denial) => self.deny(&denial, incoming.client_sequence),
            Said::Malformed(malformed) => self.malformed(&malformed, incoming.client_sequence),
        }
    }

    /// Sends the warning or the refusal of a verdict, and returns whether the message passes.
    fn may_pass(&self, verdict: &Verdict) -> bool {
        match verdict {
            Verdict::Passed => true,
            Verdict::Warned(spending) => {
                if let Some(warning) = C::nearly_spent(spending, &self.stamp()) {
                    self.say(&warning);
                }
                true
            }
            Verdict::Refused(denial) => {
                mistakes::count("message_beyond_rate");
                Limit::Messages.hit();
                self.deny(denial, None);
                false
            }
        }
    }

    fn malformed(&self, malformed: &Malformed, client_sequence: Option<u64>) {
        mistakes::count("message_malformed");
        let code = C::malformed_code(malformed);
        log::debug!("contract {}: a message of {} is refused with {code}", C::ID.as_str(), self.visit.address);
        self.engine.services().meters.error(C::ID.as_str(), code);
        self.say(&C::malformed(malformed, &self.stamp().answering(client_sequence)));
    }

    fn on_binary(&self) {
        self.engine.services().meters.received.increment(1);
        match C::ON_BINARY {
            Some(farewell) => self.close(farewell),
            None => self.malformed(&Malformed::Binary, None),
        }
    }

    fn watch(&self, ctx: &mut SocketContext<C>) {
        let Limits { heartbeat, pong_within, .. } = *self.limits();
        ctx.run_interval(heartbeat, move |session, ctx| {
            let asked = Instant::now();
            let payload = session.ping_payload(asked);
            // A full outbox has closed the connection itself.
            let _ = session.outbox.push(&Frame::ping(payload.as_bytes()));
            ctx.run_later(pong_within, move |session, ctx| session.check_pulse(asked, ctx));
        });
    }

    /// The number of the room's last event that was sent; empty outside a room.
    fn ping_payload(&mut self, now: Instant) -> String {
        if let Place::Room(room) = &mut self.place { room.confirmations.ping(now) } else { String::new() }
    }

    fn on_pong(&mut self, payload: &[u8]) {
        if let Place::Room(room) = &mut self.place {
            room.confirmations.pong(payload);
        }
    }

    /// Ends a connection from which nothing was received since the ping. A timer may fire late, so the time itself does
    /// not count, and what is in the socket by now counts as received.
    fn check_pulse(&self, asked: Instant, ctx: &mut SocketContext<C>) {
        if self.last_heard > asked {
            return;
        }
        if self.engine.running_since() > asked {
            // The process was paused meanwhile, so the client gets its time again.
            let now = Instant::now();
            ctx.run_later(self.limits().pong_within, move |session, ctx| session.check_pulse(now, ctx));
            return;
        }
        let read = readers::turns().into_actor(self);
        ctx.spawn(read.map(move |(), session, ctx| {
            if session.last_heard <= asked {
                session.close(Farewell::HeartbeatLost);
                ctx.stop();
            }
        }));
    }
}

impl<C: Contract> Actor for Session<C> {
    type Context = SocketContext<C>;

    fn started(&mut self, ctx: &mut Self::Context) {
        self.engine.services().meters.sessions.increment(1.0);
        self.register();
        // From now on a new ban finds the connection in the registry; an earlier one is found here.
        if !matches!(self.place, Place::Nowhere) && self.is_banned() {
            Limit::Bans.hit();
            self.place = Place::Nowhere;
            self.close(Farewell::Banned);
        }
        self.leave_in_time(ctx);
        self.watch(ctx);
        // Only a connection in the registry can be closed by the end of its login. The login may have ended between the
        // handshake and now, so it is checked once more.
        match (self.account(), self.visit.login) {
            (Some(account), Some(login)) if !matches!(self.place, Place::Nowhere) => {
                let engine = self.engine.clone();
                let asked = async move { login.holds(&engine, account).await };
                ctx.wait(asked.into_actor(self).map(|holds, session, ctx| {
                    if holds {
                        session.begin(ctx);
                    } else {
                        session.close(Farewell::InvalidToken);
                    }
                }));
            }
            _ => self.begin(ctx),
        }
    }
}

impl<C: Contract> Session<C> {
    /// Takes the connection to its place.
    fn begin(&mut self, ctx: &mut SocketContext<C>) {
        if !matches!(self.place, Place::Nowhere) {
            self.greet();
        }
        self.appear();
        match &self.place {
            // A connection that enters a room by account receives the room first, and a closing one receives nothing.
            Place::Room(InRoom { attends: true, .. }) | Place::Nowhere => {}
            Place::Lobby | Place::Room(_) | Place::Gateway(_) | Place::LiveLog(_) | Place::Chat => self.brief(),
        }
        match &self.place {
            Place::Lobby => self.listen_in_lobby(),
            Place::Room(room) if room.attends => self.attend(ctx),
            Place::Room(_) | Place::Gateway(_) | Place::LiveLog(_) | Place::Chat | Place::Nowhere => {}
        }
    }

    fn register(&self) {
        let link = Link {
            outbox: Arc::clone(&self.outbox),
            contract: C::ID,
            account: self.account(),
            address: self.visit.address,
            login: self.visit.login.and_then(|login| login.id),
            device: self.visit.device.clone(),
        };
        self.engine.connections().insert(self.connection, link);
    }

    /// Informs the chat of the connection.
    fn appear(&self) {
        if let (Some(profile), false) = (&self.visit.profile, matches!(self.place, Place::Nowhere)) {
            let profile = Arc::clone(profile);
            let chat = matches!(self.place, Place::Chat).then(|| Arc::clone(&self.outbox));
            self.engine.chat().do_send(Arrived { profile, connection: self.connection, chat });
        }
    }

    /// Sends the pause and the announcement of operators.
    fn brief(&self) {
        self.engine.brief(C::ID, &self.outbox);
    }

    fn listen_in_lobby(&self) {
        self.engine.services().lobby.do_send(Listen {
            connection: self.connection,
            outbox: Arc::clone(&self.outbox),
            contract: C::ID,
        });
    }
}

impl<C: Contract> Drop for Session<C> {
    /// Runs however the connection ends, also if the client vanishes and the response is dropped.
    fn drop(&mut self) {
        self.engine.services().meters.sessions.decrement(1.0);
        self.engine.connections().remove(self.connection);
        match &self.place {
            Place::Lobby => self.engine.services().lobby.do_send(Unlisten(self.connection)),
            Place::Room(room) if room.seat.is_some() || room.attends => room.address.do_send(Gone(self.connection)),
            Place::Gateway(gateway) => gateway.leave(self.connection),
            Place::LiveLog(subscribed) => self.leave_log(subscribed),
            Place::Room(_) | Place::Chat | Place::Nowhere => {}
        }
        if let Some(account) = self.account() {
            self.engine.chat().do_send(Departed { account, connection: self.connection });
        }
    }
}
