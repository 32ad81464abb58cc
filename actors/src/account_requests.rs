//! What an account or the holder of a seat may ask of rooms without a connection (contract *battles*, REST).

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

/// Longest wait of a hint for a thread of the bots.
const HINT_PATIENCE: Duration = Duration::from_secs(1);

impl Engine {
    /// Creates a room with this account as its host, for a client in this network.
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

    /// The state of a room, with the account's own seat and hand.
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

    /// Gives up the seat before the game.
    ///
    /// # Errors
    /// [`Denial::NotInRoom`], [`Denial::AlreadyStarted`], and those of [`look`](Self::look).
    pub async fn leave(&self, account: AccountId, room: RoomId) -> Result<Seen, Denial> {
        self.command(account, room, AccountCommand::Leave).await
    }

    /// Forfeits the game.
    ///
    /// # Errors
    /// [`Denial::NotInRoom`], [`Denial::NotStarted`], [`Denial::WrongPhase`] when it is over, and those of
    /// [`look`](Self::look).
    pub async fn forfeit(&self, account: AccountId, room: RoomId) -> Result<Seen, Denial> {
        self.command(account, room, AccountCommand::Forfeit).await
    }

    /// Sends a request from the account's seat.
    ///
    /// # Errors
    /// As for a connection on that seat.
    pub async fn act(&self, account: AccountId, room: RoomId, request: RoomRequest) -> Result<Seen, Denial> {
        self.command(account, room, AccountCommand::Do(request)).await
    }

    /// The state of an open room after each of its events, as the account may see it.
    ///
    /// # Errors
    /// [`Denial::RoomNotFound`], [`Denial::Busy`].
    pub async fn past(&self, account: AccountId, room: RoomId, page: Page) -> Result<Past, Denial> {
        let Recalled { history, total, seat } =
            self.room(room)?.send(Recall { account, page }).await.map_err(|_| gone(room))?;
        let past = self.background().run(move || history.past(seat, page)).await?;
        Ok(Past { total, ..past })
    }

    /// The action that a bot of this level, or of the room's level, would choose in a seat's place, only from what that
    /// seat can see. Returns it with the level that it comes from: `hard` if `expert` was asked for and the bots'
    /// threads were busy.
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

    /// The claimant's seat in an open room.
    ///
    /// # Errors
    /// [`Denial::NotInRoom`], [`Denial::RoomNotFound`].
    pub async fn seat_of(&self, claim: Claim, room: RoomId) -> Result<Seat, Denial> {
        self.room(room)?.send(Recognise(claim)).await.map_err(|_| gone(room))?
    }

    /// The newest room with an unfinished game in which this account has a seat.
    pub fn current_room(&self, account: AccountId) -> Option<Arc<RoomView>> {
        self.rooms().current_of(account)
    }

    /// Closes a room for an operator. Its people are informed; an unfinished game is not kept.
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
    // This waits for a place in a full mailbox. Rate limits bound the number of such requests.
    address.send(petition).await.map_err(|_| gone(room))?
}

fn gone(room: RoomId) -> Denial {
    Denial::RoomNotFound { room: room.to_string() }
}
