//! Routing of requests: to the index, or to a room's mailbox.

use std::{sync::Arc, time::Instant};

use actix::{ActorFutureExt, Addr, AsyncContext, MailboxError, WrapFuture, dev::SendError};
use contracts::{Contract, Farewell};
use vocabulary::{
    ConnectionId, CreateRoom, Denial, JoinRoom, Name, Profile, Reply, Request, RoomId, RoomRequest, SessionToken,
};

use super::{InRoom, Place, SeatAnswer, Session, confirmations::Confirmations, socket::SocketContext};
use crate::{
    Network, Requester,
    cost::Cost,
    lobby::Unlisten,
    room::{
        Progress, Room,
        messages::{Ask, Attend, Enter, Listener, Seated, Synchronise},
    },
};

/// The number, the digest and the arrival time of a request.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub(super) client_sequence: Option<u64>,
    pub(super) digest: u64,
    pub(super) received: Instant,
}

impl Asked {
    /// The message that asks a room for it.
    pub(super) const fn of(self, connection: ConnectionId, request: RoomRequest) -> Ask {
        let Self { client_sequence, digest, received } = self;
        Ask { connection, client_sequence, digest, request, received }
    }
}

impl<C: Contract> Session<C> {
    pub(super) fn route(&mut self, request: Request, asked: Asked, ctx: &mut SocketContext<C>) {
        match request {
            Request::ListRooms(page) => {
                if self.affords_work(asked) {
                    let listing = self.engine.rooms().list(page);
                    self.reply_and_charge(&Reply::Rooms(listing), Cost::default(), asked);
                }
            }
            Request::CreateRoom(create) => self.create(&create, asked, ctx),
            Request::JoinRoom(join) => self.join(join, asked, ctx),
            Request::Room(RoomRequest::Describe) => self.describe(asked),
            Request::Room(RoomRequest::Say(content)) => match self.may_talk() {
                Ok(()) => self.ask(RoomRequest::Say(content), asked),
                Err(denial) => self.deny(&denial, asked.client_sequence),
            },
            Request::Room(request @ RoomRequest::Synchronise { .. }) => self.synchronise(request, asked, ctx),
            Request::Room(request) => self.ask(request, asked),
            Request::Follow(room) => self.follow(room, None, asked, ctx),
            Request::At(room, request) => self.at(room, request, asked, ctx),
            Request::Chat(request) => self.chat(request, asked, ctx),
            Request::Log(request) => self.read_log(request, asked, ctx),
        }
    }

    pub(super) fn reply(&self, reply: &Reply, asked: Asked) {
        if let Some(text) = C::reply(reply, &self.stamp().answering(asked.client_sequence)) {
            self.say(&text);
        }
    }

    /// Sends an answer whose size the client chooses, and charges its bytes and the cost `extra`.
    pub(super) fn reply_and_charge(&self, reply: &Reply, extra: Cost, asked: Asked) {
        let text = C::reply(reply, &self.stamp().answering(asked.client_sequence));
        self.allowance.charge(extra + Cost::bytes(text.as_ref().map_or(0, |text| text.len())));
        if let Some(text) = text {
            self.say(&text);
        }
    }

    /// Whether this connection may ask for more work. Sends the refusal if not.
    pub(super) fn affords_work(&self, asked: Asked) -> bool {
        match self.allowance.check() {
            Ok(()) => true,
            Err(denial) => {
                self.deny(&denial, asked.client_sequence);
                false
            }
        }
    }

    fn describe(&self, asked: Asked) {
        let roster = self.room_id().map(|room| self.engine.rooms().roster(room));
        match roster {
            None => self.deny(&Denial::NotInRoom, asked.client_sequence),
            Some(None) => self.room_is_gone(asked),
            Some(Some(roster)) => self.reply(&Reply::Room(roster), asked),
        }
    }

    fn room_is_gone(&self, asked: Asked) {
        let room = self.room_id().map(|room| room.to_string()).unwrap_or_default();
        self.deny(&Denial::RoomNotFound { room }, asked.client_sequence);
    }

    /// Whether this connection may sit down. Sends the refusal if not.
    fn may_enter(&self, asked: Asked) -> bool {
        if let Place::Room(InRoom { seat: Some(_), .. }) = &self.place {
            match &self.seat_answer {
                Some(first) if Some(first.client_sequence) == asked.client_sequence && first.digest == asked.digest => {
                    self.say(&first.text);
                }
                _ => self.deny(&Denial::AlreadyInRoom, asked.client_sequence),
            }
            return false;
        }
        if self.account().is_none() && !self.engine.settings().allow_guests {
            self.deny(&Denial::GuestsNotAllowed, asked.client_sequence);
            return false;
        }
        true
    }

    /// Whether this connection may use a name: only the account of that name may be called like the server, an operator
    /// or a bot.
    fn may_be_called(&self, name: &Name) -> bool {
        let is_own = |profile: &Arc<Profile>| profile.name.skeleton() == name.skeleton();
        Name::of_person(name.as_str()).is_ok() || self.visit.profile.as_ref().is_some_and(is_own)
    }

    fn create(&mut self, create: &CreateRoom, asked: Asked, ctx: &mut SocketContext<C>) {
        if !self.may_enter(asked) {
            return;
        }
        if !self.may_be_called(&create.player) {
            return self.deny(&Denial::NameTaken { name: create.player.clone() }, asked.client_sequence);
        }
        match self.engine.create(&self.requester(), create) {
            Ok((room, address)) => {
                let entrance = Entrance { room, address, player: create.player.clone(), creates: true, token: None };
                self.enter(entrance, None, asked, ctx);
            }
            Err(denial) => self.deny(&denial, asked.client_sequence),
        }
    }

    fn join(&mut self, join: JoinRoom, asked: Asked, ctx: &mut SocketContext<C>) {
        if !self.may_enter(asked) {
            return;
        }
        // A token belongs to a seat, whose name was checked when it was taken.
        if join.token.is_none() && !self.may_be_called(&join.player) {
            return self.deny(&Denial::NameTaken { name: join.player }, asked.client_sequence);
        }
        // A connection that was opened to a room need not name it again.
        let room = join.room.or_else(|| self.room_id());
        let found = room.and_then(|room| Some((room, self.engine.rooms().address(room)?)));
        let Some((room, address)) = found else {
            let Some(room) = room else {
                return self.deny(&Denial::RoomNotFound { room: String::new() }, asked.client_sequence);
            };
            return self.refuse_gone(room, asked, ctx);
        };
        let entrance = Entrance { room, address, player: join.player, creates: false, token: join.token };
        self.enter(entrance, join.last_sequence, asked, ctx);
    }

    /// Refuses to join a room that is not open: its game has ended, or there never was one.
    fn refuse_gone(&self, room: RoomId, asked: Asked, ctx: &mut SocketContext<C>) {
        if !self.affords_work(asked) {
            return;
        }
        let engine = self.engine.clone();
        let refusing = async move { engine.gone(room, |_| Denial::AlreadyStarted).await }.into_actor(self);
        ctx.wait(refusing.map(move |denial, session, _| {
            let read = matches!(denial, Denial::AlreadyStarted);
            session.allowance.charge(if read { Cost::LOOKUP } else { Cost::ROW });
            session.deny(&denial, asked.client_sequence);
        }));
    }

    /// Sits down in a room. The session accepts nothing until the room has answered.
    fn enter(
        &mut self,
        entrance: Entrance,
        last_sequence: Option<vocabulary::Sequence>,
        asked: Asked,
        ctx: &mut SocketContext<C>,
    ) {
        let Entrance { room, address, player, creates, token } = entrance;
        // New for each room: what was confirmed in another says nothing here.
        let progress = Arc::<Progress>::default();
        let listener = self.listener(Arc::clone(&progress));
        let client_sequence = asked.client_sequence;
        let enter = Enter { listener, player, token, last_sequence, creates, client_sequence };
        let answer = address.send(enter).into_actor(self).map(move |result, session, _| {
            session.entered((room, address), progress, result, asked);
        });
        ctx.wait(answer);
    }

    pub(super) fn listener(&self, progress: Arc<Progress>) -> Listener {
        let outbox = Arc::clone(&self.outbox);
        let (account, mode) = (self.account(), self.mode());
        let (network, from_lobby) = (Network::from(self.visit.address), self.is_from_lobby());
        let allowance = Arc::clone(&self.allowance);
        Listener {
            connection: self.connection,
            contract: C::ID,
            outbox,
            progress,
            account,
            network,
            from_lobby,
            mode,
            allowance,
        }
    }

    fn requester(&self) -> Requester {
        let network = Network::from(self.visit.address);
        Requester { network, account: self.account(), connection: Some(self.connection) }
    }

    /// Whether the connection returns to the lobby when it loses its seat.
    fn is_from_lobby(&self) -> bool {
        matches!(&self.place, Place::Lobby | Place::Room(InRoom { from_lobby: true, .. }))
    }

    /// Steps out of a seat that the room has taken away.
    pub(super) fn heed_removal(&mut self) {
        if let Place::Room(InRoom { seat: Some(_), confirmations, .. }) = &self.place
            && confirmations.progress().has_ended()
        {
            self.step_out();
        }
    }

    /// Enters the room by the account, on its seat or as a spectator. The session accepts nothing until the room has
    /// answered.
    pub(super) fn attend(&self, ctx: &mut SocketContext<C>) {
        let (Place::Room(room), Some(account)) = (&self.place, self.account()) else { return };
        let id = room.id;
        let listener = self.listener(Arc::clone(room.confirmations.progress()));
        let answer = room.address.send(Attend { listener, account }).into_actor(self);
        ctx.wait(answer.map(move |result, session, _| {
            let admitted = result.unwrap_or_else(|_| Err(Denial::RoomNotFound { room: id.to_string() }));
            match (admitted, &mut session.place) {
                (Ok(seat), Place::Room(room)) => {
                    room.seat = seat;
                    session.brief();
                }
                (Ok(_), _) => {}
                (Err(denial), _) => {
                    session.deny(&denial, None);
                    session.close(Farewell::NotAdmitted);
                }
            }
        }));
    }

    fn entered(
        &mut self,
        (room, address): (RoomId, Addr<Room>),
        progress: Arc<Progress>,
        result: Result<Result<Seated, Denial>, MailboxError>,
        asked: Asked,
    ) {
        let seated = match result {
            Ok(Ok(seated)) => seated,
            Ok(Err(denial)) => return self.deny(&denial, asked.client_sequence),
            Err(_) => {
                return self.deny(&Denial::RoomNotFound { room: room.to_string() }, asked.client_sequence);
            }
        };
        // Before the place changes.
        let from_lobby = self.is_from_lobby();
        if matches!(self.place, Place::Lobby) {
            self.engine.services().lobby.do_send(Unlisten(self.connection));
        }
        self.seat_answer = asked
            .client_sequence
            .map(|client_sequence| Box::new(SeatAnswer { client_sequence, digest: asked.digest, text: seated.answer }));
        self.place = Place::Room(InRoom {
            id: room,
            address,
            seat: Some((seated.seat, seated.name)),
            from_lobby,
            attends: false,
            confirmations: Confirmations::new(progress),
        });
    }

    /// The connection's room, if it is on a seat or a spectator there.
    fn entered_room(&self) -> Option<&InRoom> {
        let Place::Room(room) = &self.place else { return None };
        (room.seat.is_some() || room.attends).then_some(room)
    }

    /// Asks the room for missed events. The session accepts nothing until the room has answered, so there is one such
    /// request at a time.
    fn synchronise(&self, request: RoomRequest, asked: Asked, ctx: &mut SocketContext<C>) {
        let Some(room) = self.entered_room() else {
            return self.deny(&Denial::NotInRoom, asked.client_sequence);
        };
        let answered = room.address.send(Synchronise(asked.of(self.connection, request))).into_actor(self);
        ctx.wait(answered.map(move |result, session, _| {
            if result.is_err() {
                session.room_is_gone(asked);
            }
        }));
    }

    /// Sends a request to the room. If its mailbox is full, the client receives *busy*; nothing is queued
    /// here.
    fn ask(&mut self, request: RoomRequest, asked: Asked) {
        let Some(room) = self.entered_room() else {
            return self.deny(&Denial::NotInRoom, asked.client_sequence);
        };
        let leaves = matches!(request, RoomRequest::Leave);
        match room.address.try_send(asked.of(self.connection, request)) {
            Ok(()) if leaves => self.step_out(),
            Ok(()) => {}
            Err(SendError::Full(_)) => self.deny(&Denial::Busy, asked.client_sequence),
            Err(SendError::Closed(_)) => self.room_is_gone(asked),
        }
    }

    /// Takes a connection that has given up its seat back to where it came from.
    fn step_out(&mut self) {
        self.seat_answer = None;
        let Place::Room(room) = &mut self.place else {
            return;
        };
        room.seat = None;
        if room.from_lobby {
            self.place = Place::Lobby;
            self.listen_in_lobby();
        }
    }
}

/// A room that a player wants to enter.
struct Entrance {
    room: RoomId,
    address: Addr<Room>,
    player: Name,
    creates: bool,
    token: Option<SessionToken>,
}
