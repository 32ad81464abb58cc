//! Rooms that have closed after their game: what is asked of them is answered from the record of the game, with the same
//! refusals as while the finished room was still open.

use chronicle::{
    Claim, State,
    replay::{self, ReplayError},
};
use game_rules::Seat;
use vocabulary::{AccountId, Attendance, ConnectionId, Denial, RoomId, RoomRequest};

use crate::{Engine, room::messages::Wish};

/// The room of a finished game, as its record leaves it.
pub(crate) struct Closed(State);

impl Engine {
    /// The room of a game that has ended; `None` if there is no record of such a game.
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
        let folded: Result<State, ReplayError> = self.background().run(move || replay::end_state(&game.record)).await?;
        Ok(Some(Closed(folded.map_err(|error| unreadable(&error))?)))
    }

    /// Whether this is the room of a finished game that this account may see; `None` if no such game is known.
    ///
    /// # Errors
    /// [`Denial::ServerError`] if the record can't be read.
    pub async fn closed_to(&self, room: RoomId, account: Option<AccountId>) -> Result<Option<Visibility>, Denial> {
        Ok(self.closed(room).await?.map(|closed| closed.visibility(account)))
    }

    /// Why a room that is not there refuses: it has closed after its game, or there never was one.
    pub(crate) async fn gone(&self, room: RoomId, refusal: impl FnOnce(&Closed) -> Denial) -> Denial {
        match self.closed(room).await {
            Ok(Some(closed)) => refusal(&closed),
            Ok(None) => Denial::RoomNotFound { room: room.to_string() },
            Err(denial) => denial,
        }
    }
}

/// Who may see a game that has ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Visibility {
    /// This account: it was seated, or the game is public.
    Open,
    /// Only those who were seated.
    Hidden,
}

impl Closed {
    /// Whether the account, or a guest, may see the game.
    pub(crate) fn visibility(&self, account: Option<AccountId>) -> Visibility {
        let roster = &self.0.roster;
        let was_seated = account.is_some_and(|account| roster.seat_of(account).is_some());
        if was_seated || roster.options.public { Visibility::Open } else { Visibility::Hidden }
    }

    /// How the game ended, for a connection of an account that may see it.
    pub(crate) fn attendance(&self, connection: ConnectionId, account: AccountId) -> Attendance {
        Attendance {
            connection,
            account,
            seat: self.0.roster.seat_of(account),
            // Facts do not tell who was connected; looking back, nobody is shown as away.
            situation: self.0.situation(Seat::ALL.into_iter().collect()),
            hand: None,
            missed: None,
            truncated: false,
        }
    }

    /// Why a seat decides nothing any more: it is not the claimant's, or the game is over.
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

    /// Why nothing comes of an account's wish.
    pub(crate) fn refuse_wish(&self, account: AccountId, wish: &Wish) -> Denial {
        let refusal = self.refuse(&Claim::Account(account));
        match (wish, &refusal) {
            (Wish::Join { .. }, Denial::NotInRoom) => Denial::AlreadyStarted,
            (Wish::Join { .. }, _) => Denial::AlreadyInRoom,
            (Wish::Leave | Wish::Do(RoomRequest::Start | RoomRequest::RemovePlayer(_)), Denial::WrongPhase { .. }) => {
                Denial::AlreadyStarted
            }
            (Wish::Leave | Wish::Look | Wish::Forfeit | Wish::Do(_), _) => refusal,
        }
    }
}
