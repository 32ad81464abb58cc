//! What an account, or who has a seat, may ask of the rooms without a connection (contract *battles*, REST).

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chronicle::{Claim, Past, RoomView};
use game_rules::{Action, Seat};
use rand::RngExt;
use vocabulary::{AccountId, CreateRoom, Denial, Difficulty, Name, Page, RoomId, RoomRequest};

use crate::{
    Engine, Network, Requester,
    cost::Cost,
    room::{
        Room, Seen,
        messages::{AccountCommand, AccountRequest, Close, GetView, Recall, Recalled, Recognise},
    },
    thinking::{Question, Search},
};

/// How long a hint may wait for its turn to be thought about.
const HINT_PATIENCE: Duration = Duration::from_secs(1);

impl Engine {
    /// Makes a room with this account as its host, for a client in this network.
    ///
    /// # Errors
    /// [`Denial::Maintenance`], [`Denial::RateLimited`], [`Denial::QuotaReached`], [`Denial::TooManyRooms`],
    /// [`Denial::NotDurable`].
    pub async fn create_for(&self, account: AccountId, network: Network, request: &CreateRoom) -> Result<Seen, Denial> {
        let requester = Requester { network, account: Some(account), connection: None };
        let (room, address) = self.create(&requester, request)?;
        let command = AccountCommand::Join { player: request.player.clone(), network, creates: true };
        ask(room, &address, AccountRequest { account, command }).await
    }

    /// How a room stands, with what the account may see of its own seat.
    ///
    /// # Errors
    /// [`Denial::RoomNotFound`], [`Denial::Busy`].
    pub async fn look(&self, account: AccountId, room: RoomId) -> Result<Seen, Denial> {
        self.command(account, room, AccountCommand::Look).await
    }

    /// Sits down, for a client in this network.
    ///
    /// # Errors
    /// [`Denial::AlreadyInRoom`], [`Denial::RoomFull`], [`Denial::AlreadyStarted`], [`Denial::NameTaken`],
    /// [`Denial::Removed`], [`Denial::QuotaReached`], and those of [`look`](Self::look).
    pub async fn join(&self, account: AccountId, network: Network, room: RoomId, player: Name) -> Result<Seen, Denial> {
        self.command(account, room, AccountCommand::Join { player, network, creates: false }).await
    }

    /// Gives the seat up before the game.
    ///
    /// # Errors
    /// [`Denial::NotInRoom`], [`Denial::AlreadyStarted`], and those of [`look`](Self::look).
    pub async fn leave(&self, account: AccountId, room: RoomId) -> Result<Seen, Denial> {
        self.command(account, room, AccountCommand::Leave).await
    }

    /// Gives a game up for good.
    ///
    /// # Errors
    /// [`Denial::NotInRoom`], [`Denial::NotStarted`], [`Denial::WrongPhase`] when it is over, and those of
    /// [`look`](Self::look).
    pub async fn forfeit(&self, account: AccountId, room: RoomId) -> Result<Seen, Denial> {
        self.command(account, room, AccountCommand::Forfeit).await
    }

    /// Does what one asks from a seat.
    ///
    /// # Errors
    /// As for a connection on that seat.
    pub async fn act(&self, account: AccountId, room: RoomId, request: RoomRequest) -> Result<Seen, Denial> {
        self.command(account, room, AccountCommand::Do(request)).await
    }

    /// How a room that lives stood after each of its events, as the account may see it.
    ///
    /// # Errors
    /// [`Denial::RoomNotFound`], [`Denial::Busy`].
    pub async fn past(&self, account: AccountId, room: RoomId, page: Page) -> Result<Past, Denial> {
        let Recalled { history, total, seat } =
            self.room(room)?.send(Recall { account, page }).await.map_err(|_| gone(room))?;
        let past = self.background().run(move || history.past(seat, page)).await?;
        Ok(Past { total, ..past })
    }

    /// What a bot of this level, or of the room's own, would do in a seat's place, only from what that seat can see; and the
    /// level that it comes from, which is `hard` if `expert` was asked for and the threads that think were busy.
    ///
    /// # Errors
    /// [`Denial::NotInRoom`], [`Denial::NotStarted`], [`Denial::NotYourTurn`], [`Denial::WrongPhase`],
    /// [`Denial::RoomNotFound`], [`Denial::Busy`].
    pub async fn hint(
        &self,
        claim: Claim,
        network: Network,
        room: RoomId,
        difficulty: Option<Difficulty>,
    ) -> Result<(Action, Difficulty), Denial> {
        let peeked = match self.room(room) {
            Ok(address) => address.send(GetView(claim.clone())).await.map_err(|_| gone(room)).flatten(),
            Err(denial) => Err(denial),
        };
        let view = match peeked {
            Err(Denial::RoomNotFound { .. }) => return Err(self.gone(room, |closed| closed.refuse(&claim)).await),
            peeked => peeked?,
        };
        let of_room = || self.rooms().roster(room).map(|roster| roster.options.difficulty);
        let level = difficulty.or_else(of_room).unwrap_or_default();
        let seed = rand::rng().random();
        if !bots::is_deep(level) {
            let deciding = move || {
                let began = Instant::now();
                (bots::brain(level, seed).decide(&view), began.elapsed())
            };
            let (action, took) = self.background().run(deciding).await?;
            self.costs().charge(network, Cost::time(took));
            return Ok((action, level));
        }
        let (think, until) = (self.settings().bot_think, Instant::now() + HINT_PATIENCE);
        let network = Some(network);
        let thought =
            self.services().thinkers.ask(Question { network, room, level, seed, view, think, until }).wait().await;
        let level = if thought.search == Search::None { Difficulty::Hard } else { level };
        Ok((thought.action.ok_or(Denial::ServerError)?, level))
    }

    /// The seat in a room that lives that is theirs.
    ///
    /// # Errors
    /// [`Denial::NotInRoom`], [`Denial::RoomNotFound`].
    pub async fn seat_of(&self, claim: Claim, room: RoomId) -> Result<Seat, Denial> {
        self.room(room)?.send(Recognise(claim)).await.map_err(|_| gone(room))?
    }

    /// The newest room that is not over and where this account has a seat.
    pub fn current_room(&self, account: AccountId) -> Option<Arc<RoomView>> {
        self.rooms().current_of(account)
    }

    /// Closes a room by an operator's word. Its people are told; a game that has not ended is not kept.
    ///
    /// # Errors
    /// [`Denial::RoomNotFound`].
    pub async fn close_room(&self, room: RoomId) -> Result<(), Denial> {
        self.room(room)?.send(Close).await.map_err(|_| gone(room))
    }

    async fn command(&self, account: AccountId, room: RoomId, command: AccountCommand) -> Result<Seen, Denial> {
        let answer = match self.room(room) {
            Ok(address) => ask(room, &address, AccountRequest { account, command: command.clone() }).await,
            Err(denial) => Err(denial),
        };
        match (&command, answer) {
            (
                AccountCommand::Join { .. } | AccountCommand::Leave | AccountCommand::Forfeit | AccountCommand::Do(_),
                Err(Denial::RoomNotFound { .. }),
            ) => Err(self.gone(room, |closed| closed.refuse_command(account, &command)).await),
            (_, answer) => answer,
        }
    }

    fn room(&self, room: RoomId) -> Result<actix::Addr<Room>, Denial> {
        self.rooms().address(room).ok_or_else(|| gone(room))
    }
}

async fn ask(room: RoomId, address: &actix::Addr<Room>, petition: AccountRequest) -> Result<Seen, Denial> {
    // Waits for a place in a full mailbox; the requests that may wait are bounded by their rate limits.
    address.send(petition).await.map_err(|_| gone(room))?
}

fn gone(room: RoomId) -> Denial {
    Denial::RoomNotFound { room: room.to_string() }
}
