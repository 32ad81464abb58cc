//! A connection of contract *state*, which follows several games at once, beside the connections that play in them.

use std::{collections::HashMap, sync::Arc};

use actix::{ActorFutureExt, Addr, AsyncContext, WrapFuture, dev::SendError};
use contracts::Contract;
use vocabulary::{AccountId, Denial, Reply, RoomId, RoomRequest, Stamp};

use super::{Place, Session, route::Asked, socket::SocketContext};
use crate::{
    Visibility,
    cost::Cost,
    room::{
        Room,
        messages::{AccountCommand, Attend, Gone},
    },
};

/// Games that one connection may follow.
const GAMES: usize = 64;

/// The kind of client in contract *state* (`Client-Type`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Viewer {
    /// `kivy`, `player`: may act where the account has a seat.
    Player,
    /// `observer`: may only watch public games.
    Observer,
}

/// The games that a connection of contract *state* follows.
pub(super) struct Gateway {
    viewer: Viewer,
    followed: HashMap<RoomId, Addr<Room>>,
}

impl Gateway {
    pub(super) fn new(viewer: Viewer) -> Self {
        Self { viewer, followed: HashMap::new() }
    }

    /// Informs the games that the connection has ended.
    pub(super) fn leave(&self, connection: vocabulary::ConnectionId) {
        self.followed.values().for_each(|room| room.do_send(Gone(connection)));
    }

    /// The address of a room, if it is followed and still running.
    fn room(&mut self, id: RoomId) -> Option<Addr<Room>> {
        // A room that failed and was restored has another address and knows no follower.
        self.followed.retain(|_, room| room.connected());
        self.followed.get(&id).cloned()
    }
}

impl<C: Contract> Session<C> {
    /// Follows a game, and then sends it the request, if there is one. The session accepts nothing until the room has
    /// answered.
    pub(super) fn follow(&mut self, room: RoomId, then: Option<RoomRequest>, asked: Asked, ctx: &mut SocketContext<C>) {
        let Place::Gateway(gateway) = &mut self.place else {
            return self.deny_in(room, &Denial::NotInRoom, asked.client_sequence);
        };
        let is_new = gateway.room(room).is_none();
        if is_new && gateway.followed.len() >= GAMES {
            return self.deny_in(room, &Denial::RoomFull, asked.client_sequence);
        }
        let Some(account) = self.account() else {
            return self.deny_in(room, &Denial::NotInRoom, asked.client_sequence);
        };
        let Some(address) = self.engine.rooms().address(room) else {
            return self.look_back(room, account, then, asked, ctx);
        };
        // It asks for the state of a game instead of missed events, so nobody needs its confirmations.
        let listener = self.listener(Arc::default());
        let attend = address.send(Attend { listener, account }).into_actor(self);
        ctx.wait(attend.map(move |result, session, _| {
            let admitted = result.unwrap_or_else(|_| Err(Denial::RoomNotFound { room: room.to_string() }));
            match (admitted, &mut session.place) {
                (Ok(_), Place::Gateway(gateway)) => {
                    gateway.followed.insert(room, address);
                    if let Some(request) = then {
                        session.ask_at(room, request, asked);
                    }
                }
                (Ok(_), _) => {}
                (Err(denial), place) => {
                    if let (Denial::NotInRoom, Place::Gateway(gateway)) = (&denial, place) {
                        gateway.followed.remove(&room);
                    }
                    session.deny_in(room, &denial, asked.client_sequence);
                }
            }
        }));
    }

    /// Shows the end of a game whose room has closed, and refuses requests to it.
    fn look_back(
        &self,
        room: RoomId,
        account: AccountId,
        then: Option<RoomRequest>,
        asked: Asked,
        ctx: &mut SocketContext<C>,
    ) {
        if let Err(denial) = self.allowance.check() {
            return self.deny_in(room, &denial, asked.client_sequence);
        }
        let engine = self.engine.clone();
        let looking = async move { engine.closed(room).await }.into_actor(self);
        ctx.wait(looking.map(move |closed, session, _| {
            let read = !matches!(closed, Ok(None));
            session.allowance.charge(if read { Cost::LOOKUP } else { Cost::ROW });
            let shown = closed.and_then(|closed| {
                let closed = closed.ok_or_else(|| Denial::RoomNotFound { room: room.to_string() })?;
                match then {
                    Some(request) => Err(closed.refuse_command(account, &AccountCommand::Do(request))),
                    None if closed.visibility(Some(account)) == Visibility::Hidden => Err(Denial::NotInRoom),
                    None => Ok(closed.attendance(session.connection, account)),
                }
            });
            match shown {
                Ok(attendance) => session.reply_in(room, &Reply::Attending(attendance), asked),
                Err(denial) => session.deny_in(room, &denial, asked.client_sequence),
            }
        }));
    }

    fn reply_in(&self, room: RoomId, reply: &Reply, asked: Asked) {
        let stamp = Stamp::now(Some(room)).answering(asked.client_sequence);
        if let Some(text) = C::reply(reply, &stamp) {
            self.say(&text);
        }
    }

    /// Sends a request to a game, which is followed first if it is not yet, so that the client receives the answer.
    pub(super) fn at(&mut self, room: RoomId, request: RoomRequest, asked: Asked, ctx: &mut SocketContext<C>) {
        let known = match &mut self.place {
            Place::Gateway(Gateway { viewer: Viewer::Observer, .. }) => {
                return self.deny_in(room, &Denial::WatchesOnly, asked.client_sequence);
            }
            Place::Gateway(gateway) => gateway.room(room).is_some(),
            _ => false,
        };
        if known {
            self.ask_at(room, request, asked);
        } else {
            self.follow(room, Some(request), asked, ctx);
        }
    }

    fn ask_at(&mut self, room: RoomId, request: RoomRequest, asked: Asked) {
        let Place::Gateway(gateway) = &mut self.place else { return };
        let Some(address) = gateway.room(room) else { return };
        match address.try_send(asked.of(self.connection, request)) {
            Ok(()) => {}
            Err(SendError::Full(_)) => self.deny_in(room, &Denial::Busy, asked.client_sequence),
            Err(SendError::Closed(_)) => {
                self.deny_in(room, &Denial::RoomNotFound { room: room.to_string() }, asked.client_sequence);
            }
        }
    }

    /// Closes the connection when its time is over.
    pub(super) fn leave_in_time(&self, ctx: &mut SocketContext<C>) {
        if let Some(stay) = self.visit.stay {
            ctx.run_later(stay, |session, _| session.close(contracts::Farewell::TokenExpired));
        }
    }
}
