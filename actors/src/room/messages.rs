//! The room's door: all that other actors may say to it.

use std::{sync::Arc, time::Instant};

use actix::Message;
use bytestring::ByteString;
use chronicle::{Claim, History, RoomView};
use contracts::ContractId;
use game_rules::{PieceSet, Seat, View};
use ipnet::IpNet;
use vocabulary::{
    AccountId, ChatNotice, ConnectionId, Denial, Name, Page, RoomId, RoomRequest, Sequence, SessionToken,
};

use super::progress::Progress;
use crate::{Network, Source, connections::Identified, cost::Allowance, outbox::Outbox};

/// A connection, as a room knows it.
#[derive(Clone)]
pub(crate) struct Listener {
    pub(crate) connection: ConnectionId,
    pub(crate) contract: ContractId,
    pub(crate) outbox: Arc<Outbox>,
    /// How far it is in this room's events.
    pub(crate) progress: Arc<Progress>,
    /// Whose it is; guests have no account.
    pub(crate) account: Option<AccountId>,
    /// Where its client is.
    pub(crate) network: Network,
    /// Whether it goes back to the lobby when it has no seat any more.
    pub(crate) from_lobby: bool,
    /// How it is there.
    pub(crate) mode: Mode,
    /// What it may ask for that makes work.
    pub(crate) allowance: Arc<Allowance>,
}

/// How a connection is in a room.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mode {
    /// It plays a seat, of which it is the one connection; or it watches.
    Play,
    /// It plays its account's seat beside other connections; or it watches.
    Follow,
    /// It only ever watches.
    Watch,
}

/// A message of the chat for those at this table.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Overhear(pub(crate) ChatNotice);

/// From a room to the chat: a message at its table, which its own connections have received already.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct TableNotice {
    pub(crate) notice: ChatNotice,
    /// The accounts that sit there.
    pub(crate) accounts: Vec<AccountId>,
    /// The source that it counts against in the live log.
    pub(crate) source: Source,
}

/// From a room to the supervisor: it has stopped, and must be read from its journal again.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) enum Stopped {
    /// It panicked. It has told its sessions and left the index.
    Panicked(RoomId),
    /// Its journal holds what the room does not. That is no fault of the room.
    Diverged(RoomId),
}

/// Sit down, or come back. The room itself sends the answer to the listener; the session learns its seat.
#[derive(Message)]
#[rtype(result = "Result<Seated, Denial>")]
pub(crate) struct Enter {
    pub(crate) listener: Listener,
    pub(crate) player: Name,
    pub(crate) token: Option<SessionToken>,
    pub(crate) last_sequence: Option<Sequence>,
    /// Whether this is who made the room.
    pub(crate) creates: bool,
    pub(crate) client_sequence: Option<u64>,
}

/// Go straight to a room by one's account: to one's seat there, or to watch. The room sends the answer to the listener.
#[derive(Message)]
#[rtype(result = "Result<Option<(Seat, Name)>, Denial>")]
pub(crate) struct Attend {
    pub(crate) listener: Listener,
    pub(crate) account: AccountId,
}

/// What an account asks of a room without a connection (contract *battles*, REST).
#[derive(Message)]
#[rtype(result = "Result<Seen, Denial>")]
pub(crate) struct AccountRequest {
    pub(crate) account: AccountId,
    pub(crate) command: AccountCommand,
}

/// See [`AccountRequest`].
#[derive(Clone)]
pub(crate) enum AccountCommand {
    /// Only look.
    Look,
    /// Sit down.
    Join { player: Name, network: Network, creates: bool },
    /// Give the seat up before the game.
    Leave,
    /// Give a game up for good.
    Forfeit,
    /// What one asks from a seat.
    Do(RoomRequest),
}

/// How the room stands for an account.
#[derive(Debug)]
pub struct Seen {
    /// For everybody.
    pub view: RoomView,
    /// The account's seat.
    pub seat: Option<Seat>,
    /// The pieces of that seat; none before the start.
    pub hand: Option<PieceSet>,
}

/// The facts of a room up to the end of a page, to be folded elsewhere.
#[derive(Message)]
#[rtype(result = "Recalled")]
pub(crate) struct Recall {
    pub(crate) account: AccountId,
    pub(crate) page: Page,
}

/// See [`Recall`].
pub(crate) struct Recalled {
    pub(crate) history: History,
    /// How many facts there are in all.
    pub(crate) total: usize,
    /// The account's seat.
    pub(crate) seat: Option<Seat>,
}

/// What a seat can see of the game, when it has to decide.
#[derive(Message)]
#[rtype(result = "Result<View, Denial>")]
pub(crate) struct GetView(pub(crate) Claim);

/// Which seat of this room is theirs.
#[derive(Message)]
#[rtype(result = "Result<Seat, Denial>")]
pub(crate) struct Recognise(pub(crate) Claim);

/// What a session learns of its seat.
pub(crate) struct Seated {
    pub(crate) seat: Seat,
    pub(crate) name: Name,
    /// The answer that the listener was sent, for a repeat of the request.
    pub(crate) answer: ByteString,
}

/// A request from a seated connection. The room answers to its outbox.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Ask {
    pub(crate) connection: ConnectionId,
    pub(crate) client_sequence: Option<u64>,
    pub(crate) digest: u64,
    pub(crate) request: RoomRequest,
    /// When it came, for the latency histogram.
    pub(crate) received: Instant,
}

/// A request for what was missed. The session waits for the answer: one at a time.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Synchronise(pub(crate) Ask);

/// The process has paused.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Awake;

/// What had arrived when a clock ran out is handled: what is due now is due.
#[derive(Message)]
#[rtype(result = "()")]
pub(super) struct RunOut;

/// A connection has ended.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Gone(pub(crate) ConnectionId);

/// Close the room, by an operator's word.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Close;

/// Only bots play here, and the room's place is needed: the index has forgotten it, now it closes.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct MakeWay;
/// Somebody who is cut off by an operator.
#[derive(Clone, Debug)]
pub(crate) enum Whom {
    /// An account.
    Account(AccountId),
    /// Everybody in a network.
    Network(IpNet),
    /// The person of this name at a table.
    Named(String),
}

/// Remove somebody from this room if it waits. The answer is the connections of their seats.
#[derive(Message)]
#[rtype(result = "Vec<ConnectionId>")]
pub(crate) struct Evict(pub(crate) Whom);

/// Who sits in this room under a name; `None` if no person does.
#[derive(Message)]
#[rtype(result = "Option<Identified>")]
pub(crate) struct Identify(pub(crate) String);

/// Start the game with four bots.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct StartAlone;
