//! The lobby sends its listeners the list of rooms when it has changed.

use std::{collections::HashMap, sync::Arc};

use actix::{Actor, Context, Handler, Message};
use contracts::ContractId;
use vocabulary::{ConnectionId, Reply, RoomListing, Stamp};

use crate::outbox::{Frame, Outbox};

/// The actor of the lobby.
#[derive(Default)]
pub(crate) struct Lobby {
    listeners: HashMap<ConnectionId, (Arc<Outbox>, ContractId)>,
}

impl Actor for Lobby {
    type Context = Context<Self>;
}

/// A connection enters the lobby.
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

/// The first page of the list of rooms, after a change.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Changed(pub(crate) RoomListing);

impl Handler<Changed> for Lobby {
    type Result = ();

    /// The list is encoded once per contract.
    fn handle(&mut self, Changed(listing): Changed, _: &mut Self::Context) {
        let reply = Reply::Rooms(listing);
        let mut frames: [Option<Option<Frame>>; ContractId::COUNT] = [const { None }; ContractId::COUNT];
        // A push fails only if the outbox is closed, so its connection is leaving.
        self.listeners.retain(|_, (outbox, contract)| {
            let frame = frames[contract.index()]
                .get_or_insert_with(|| contract.reply(&reply, &Stamp::now(None)).map(|text| Frame::text(&text)));
            frame.as_ref().is_none_or(|frame| outbox.push(frame).is_ok())
        });
    }
}
