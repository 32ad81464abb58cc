//! Messages that a room accepts, and those that it sends to the chat and the supervisor.

use std::{sync::Arc, time::Instant};

use actix::Message;
use bytestring::ByteString;
use chronicle::{Claim, History, RoomView};
use contracts::ContractId;
use game_rules::{PieceSet, Seat, View};
use vocabulary::{
    AccountId, ChatNotice, ConnectionId, Denial, Name, Page, RoomId, RoomRequest, Sequence, SessionToken,
};

use super::progress::Progress;
use crate::{BanTarget, Network, Source, connections::Identified, cost::Allowance, outbox::Outbox};

/// A connection, as a room knows it.
#[derive(Clone)]
pub(crate) struct Listener {
    pub(crate) connection: ConnectionId,
    pub(crate) contract: ContractId,
    pub(crate) outbox: Arc<Outbox>,
    /// The events that were sent to it and that it has confirmed.
    pub(crate) progress: Arc<Progress>,
    /// Its account; `None` for a guest.
    pub(crate) account: Option<AccountId>,
    /// The network of its client.
    pub(crate) network: Network,
    /// Whether it returns to the lobby when it loses its seat.
    pub(crate) from_lobby: bool,
    /// What it does in the room.
    pub(crate) mode: Mode,
    /// The budget of the work that it asks for.
    pub(crate) allowance: Arc<Allowance>,
}

/// What a connection does in a room.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mode {
    /// Plays a seat as its only connection, or watches.
    Play,
    /// Plays its account's seat beside other connections, or watches.
    Follow,
    /// Only watches.
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
    /// The journal has facts that the room does not. The room is not at fault.
    Diverged(RoomId),
}

/// Sit down, or come back. The room sends the answer to the listener; the session receives its seat.
#[derive(Message)]
#[rtype(result = "Result<Seated, Denial>")]
pub(crate) struct Enter {
    pub(crate) listener: Listener,
    pub(crate) player: Name,
    pub(crate) token: Option<SessionToken>,
    pub(crate) last_sequence: Option<Sequence>,
    /// Whether this player created the room.
    pub(crate) creates: bool,
    pub(crate) client_sequence: Option<u64>,
}

/// Enter a room by an account: on its seat there, or as a spectator. The room sends the answer to the listener.
#[derive(Message)]
#[rtype(result = "Result<Option<(Seat, Name)>, Denial>")]
pub(crate) struct Attend {
    pub(crate) listener: Listener,
    pub(crate) account: AccountId,
}

/// A command of an account without a connection (contract *battles*, REST).
#[derive(Message)]
#[rtype(result = "Result<Seen, Denial>")]
pub(crate) struct AccountRequest {
    pub(crate) account: AccountId,
    pub(crate) command: AccountCommand,
}

/// See [`AccountRequest`].
#[derive(Clone)]
pub(crate) enum AccountCommand {
    /// Only return the state.
    Look,
    /// Take a free seat.
    Join { player: Name, network: Network, creates: bool },
    /// Give up the seat before the game.
    Leave,
    /// Forfeit the game.
    Forfeit,
    /// A request from the account's seat.
    Do(RoomRequest),
}

/// The state of a room as an account sees it.
#[derive(Debug)]
pub struct Seen {
    /// What everybody may see.
    pub view: RoomView,
    /// The account's seat.
    pub seat: Option<Seat>,
    /// The pieces of that seat; `None` before the start.
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
    /// The number of all facts.
    pub(crate) total: usize,
    /// The account's seat.
    pub(crate) seat: Option<Seat>,
}

/// Returns what a seat can see, if it has to decide.
#[derive(Message)]
#[rtype(result = "Result<View, Denial>")]
pub(crate) struct GetView(pub(crate) Claim);

/// Returns the claimant's seat.
#[derive(Message)]
#[rtype(result = "Result<Seat, Denial>")]
pub(crate) struct Recognise(pub(crate) Claim);

/// The seat that a session has got.
pub(crate) struct Seated {
    pub(crate) seat: Seat,
    pub(crate) name: Name,
    /// The answer that the room has sent, for a repeat of the request.
    pub(crate) answer: ByteString,
}

/// A request from a seated connection. The room answers through its outbox.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Ask {
    pub(crate) connection: ConnectionId,
    pub(crate) client_sequence: Option<u64>,
    pub(crate) digest: u64,
    pub(crate) request: RoomRequest,
    /// The time of its arrival, for the latency histogram.
    pub(crate) received: Instant,
}

/// A request for missed events. The session waits for the answer, so there is one at a time.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Synchronise(pub(crate) Ask);

/// The process has paused.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Awake;

/// Everything that had arrived when the clock ran out is handled: what is due now is due.
#[derive(Message)]
#[rtype(result = "()")]
pub(super) struct RunOut;

/// A connection has ended.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Gone(pub(crate) ConnectionId);

/// Close the room for an operator.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Close;

/// Close the room, because only bots play here and its place is needed. It is out of the index already.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct MakeWay;
/// The people whom an operator disconnects.
#[derive(Clone, Debug)]
pub(crate) enum Whom {
    /// The players of this account, or whose clients are in this network.
    Target(BanTarget),
    /// The person of this name.
    Named(String),
}

/// Remove these people if the room is waiting. Returns the connections of their seats.
#[derive(Message)]
#[rtype(result = "Vec<ConnectionId>")]
pub(crate) struct Evict(pub(crate) Whom);

/// Returns the player of this name; `None` if no person has it.
#[derive(Message)]
#[rtype(result = "Option<Identified>")]
pub(crate) struct Identify(pub(crate) String);

/// Start the game with four bots.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct StartAlone;
