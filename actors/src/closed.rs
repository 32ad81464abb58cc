//! Rooms that have closed after their game. Requests about them are answered from the record of the game, with the same
//! refusals as while the finished room was open.

use chronicle::{
    Claim, State,
    replay::{self, ReplayError},
};
use game_rules::Seat;
use vocabulary::{AccountId, Attendance, ConnectionId, Denial, RoomId, RoomRequest};

use crate::{Engine, room::messages::AccountCommand};

/// The final state of a room, folded from the record of its game.
pub(crate) struct Closed(State);

impl Engine {
    /// The room of a finished game; `None` if there is no record of one.
    ///
    /// # Errors
    /// [`Denial::ServerError`] if the record can't be read.
    pub(crate) async fn closed(&self, room: RoomId) -> Result<Option<Closed>, Denial> {
        let Some(store) = self.store() else { return Ok(None) };
        let unreadable = |error: &dyn std::fmt::Display| {
            log::error!("the record of room {room} can't be read: {error}");
            Denial::ServerError
        };
        let Some(game) = store.finished(room.as_str()).await.map_err(|error| unreadable(&error))? else {
            return Ok(None);
        };
        // Folding a long game takes milliseconds, too long for a serving thread.
        let folded: Result<State, ReplayError> = self.background().run(move || replay::end_state(&game.record)).await?;
        Ok(Some(Closed(folded.map_err(|error| unreadable(&error))?)))
    }

    /// Whether this account may see the finished game of this room; `None` if the game does not exist.
    ///
    /// # Errors
    /// [`Denial::ServerError`] if the record can't be read.
    pub async fn closed_to(&self, room: RoomId, account: Option<AccountId>) -> Result<Option<Visibility>, Denial> {
        Ok(self.closed(room).await?.map(|closed| closed.visibility(account)))
    }

    /// The refusal for a room that is not open: from the record of its game, or [`Denial::RoomNotFound`] if there is
    /// none.
    pub(crate) async fn gone(&self, room: RoomId, refusal: impl FnOnce(&Closed) -> Denial) -> Denial {
        match self.closed(room).await {
            Ok(Some(closed)) => refusal(&closed),
            Ok(None) => Denial::RoomNotFound { room: room.to_string() },
            Err(denial) => denial,
        }
    }
}

/// Whether somebody may see a finished game.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Visibility {
    /// They may: they had a seat, or the game is public.
    Open,
    /// They may not: only those who had a seat may.
    Hidden,
}

impl Closed {
    /// Whether the account may see the game; `None` is a guest.
    pub(crate) fn visibility(&self, account: Option<AccountId>) -> Visibility {
        let roster = &self.0.roster;
        let was_seated = account.is_some_and(|account| roster.seat_of(account).is_some());
        if was_seated || roster.options.public { Visibility::Open } else { Visibility::Hidden }
    }

    /// The end of the game, for a connection of an account that may see it.
    pub(crate) fn attendance(&self, connection: ConnectionId, account: AccountId) -> Attendance {
        Attendance {
            connection,
            account,
            seat: self.0.roster.seat_of(account),
            // Facts do not record who was connected; in a finished game nobody is shown as away.
            situation: self.0.situation(Seat::ALL.into_iter().collect()),
            hand: None,
            missed: None,
            truncated: false,
        }
    }

    /// The refusal of a decision: the seat is not the claimant's, or the game is over.
    pub(crate) fn refuse(&self, claim: &Claim) -> Denial {
        let seat = match claim {
            Claim::Account(account) => self.0.roster.seat_of(*account).filter(|seat| self.0.is_held(*seat)),
            Claim::Seat(secret) => self.0.seat_of_secret(secret),
        };
        match seat {
            Some(_) => Denial::WrongPhase { phase: game_rules::PhaseKind::Over },
            None => Denial::NotInRoom,
        }
    }

    /// The refusal of an account's command.
    pub(crate) fn refuse_command(&self, account: AccountId, command: &AccountCommand) -> Denial {
        let refusal = self.refuse(&Claim::Account(account));
        match (command, &refusal) {
            (AccountCommand::Join { .. }, Denial::NotInRoom) => Denial::AlreadyStarted,
            (AccountCommand::Join { .. }, _) => Denial::AlreadyInRoom,
            (
                AccountCommand::Leave | AccountCommand::Do(RoomRequest::Start | RoomRequest::RemovePlayer(_)),
                Denial::WrongPhase { .. },
            ) => Denial::AlreadyStarted,
            (AccountCommand::Leave | AccountCommand::Look | AccountCommand::Forfeit | AccountCommand::Do(_), _) => {
                refusal
            }
        }
    }
}
