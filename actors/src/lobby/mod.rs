//! The lobby: tells its listeners what changed in the list of rooms, and hears of rooms that failed.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use actix::{Actor, AsyncContext, Context, Handler, Message, WrapFuture};
use contracts::{ContractId, Farewell, live_log::report};
use vocabulary::{ConnectionId, Page, Reply, RoomId, Stamp};

use crate::{
    Engine,
    outbox::{Frame, Outbox},
};

/// At most four times a second.
const PUSH_EVERY: Duration = Duration::from_millis(250);
/// How often connections that take nothing are looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(1);

/// How often a room may fail until it is put aside.
const HOPELESS: u8 = 3;

/// The actor of the lobby.
pub(crate) struct Lobby {
    engine: Engine,
    listeners: HashMap<ConnectionId, (Arc<Outbox>, ContractId)>,
    /// How often each room has failed.
    crashes: HashMap<RoomId, u8>,
    /// Since when the process has been running, as the rooms know it.
    running_since: Instant,
}

impl Lobby {
    pub(crate) fn new(engine: Engine) -> Self {
        let running_since = engine.running_since();
        Self { engine, listeners: HashMap::new(), crashes: HashMap::new(), running_since }
    }

    /// One list, worded once per contract, for everybody.
    fn push_changes(&mut self) {
        let engine = &self.engine;
        if !engine.rooms().take_changed() || self.listeners.is_empty() {
            return;
        }
        let reply = Reply::Rooms(engine.rooms().list(Page::default()));
        let mut frames: [Option<Option<Frame>>; ContractId::COUNT] = [const { None }; ContractId::COUNT];
        self.listeners.retain(|_, (outbox, contract)| {
            let frame = frames[contract.index()]
                .get_or_insert_with(|| contract.reply(&reply, &Stamp::now(None)).map(|text| Frame::text(&text)));
            frame.as_ref().is_none_or(|frame| outbox.push(frame).is_ok())
        });
    }

    /// After a pause of the process every room says at once until when decisions may be made now.
    fn notice_pause(&mut self) {
        let since = self.engine.running_since();
        if since > self.running_since {
            self.running_since = since;
            self.engine.rooms().wake();
        }
    }

    fn sweep(&self) {
        let engine = &self.engine;
        for _ in 0..engine.connections().cut_stalled(engine.settings(), engine.running_since()) {
            engine.meters().closed(Farewell::TooSlow.reason());
        }
    }
}

impl Actor for Lobby {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        ctx.run_interval(PUSH_EVERY, |lobby, _| {
            lobby.notice_pause();
            lobby.push_changes();
        });
        ctx.run_interval(SWEEP_EVERY, |lobby, _| lobby.sweep());
    }
}

/// A connection waits in the lobby.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Listen {
    pub(crate) connection: ConnectionId,
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) contract: ContractId,
}

impl Handler<Listen> for Lobby {
    type Result = ();

    fn handle(&mut self, listen: Listen, _: &mut Self::Context) {
        self.listeners.insert(listen.connection, (listen.outbox, listen.contract));
    }
}

/// A connection has left the lobby.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Unlisten(pub(crate) ConnectionId);

impl Handler<Unlisten> for Lobby {
    type Result = ();

    fn handle(&mut self, Unlisten(connection): Unlisten, _: &mut Self::Context) {
        self.listeners.remove(&connection);
    }
}

/// A room panicked. It has told its sessions and left the index; the lobby's listeners see it gone.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Crashed(pub(crate) RoomId);

impl Handler<Crashed> for Lobby {
    type Result = ();

    fn handle(&mut self, Crashed(room): Crashed, ctx: &mut Self::Context) {
        log::error!("room {room} failed and was closed; the other rooms go on");
        // Everybody reads it, and a private room's id is not for everybody.
        self.engine.live_log().publish(report::failed("a room failed and was closed; the others go on"));
        self.push_changes();
        let crashes = self.crashes.entry(room).or_default();
        *crashes += 1;
        if *crashes < HOPELESS {
            return self.read_again(room, ctx);
        }
        let engine = self.engine.clone();
        ctx.spawn(
            async move {
                if let Err(error) = engine.put_aside(room.as_str(), &"it failed again and again").await {
                    log::error!("room {room} can't be put aside: {error}");
                }
            }
            .into_actor(self),
        );
    }
}

/// A room's journal holds what the room does not: it has stopped, to be read from there. That is no fault of the room.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct ReadAgain(pub(crate) RoomId);

impl Handler<ReadAgain> for Lobby {
    type Result = ();

    fn handle(&mut self, ReadAgain(room): ReadAgain, ctx: &mut Self::Context) {
        self.read_again(room, ctx);
    }
}

impl Lobby {
    fn read_again(&self, room: RoomId, ctx: &mut Context<Self>) {
        let engine = self.engine.clone();
        if engine.journal().is_none() {
            return;
        }
        let again = async move {
            if let Err(error) = engine.recover_room(room).await {
                log::error!("room {room} can't be rebuilt: {error}; the next start will try again");
            }
        };
        ctx.spawn(again.into_actor(self));
    }
}
