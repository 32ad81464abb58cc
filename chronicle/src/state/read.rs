//! What can be read from a room.

use std::{sync::Arc, time::Duration};

use game_rules::{Game, Phase, PieceSet, Seat, SeatSet};
use vocabulary::{Difficulty, PlayerKind, SessionToken, Situation, TakeoverReason, Timestamp};

use super::{Stage, State};
use crate::view::RoomView;

impl State {
    /// Why a bot stands in for the person of this seat, if one does.
    pub fn stand_in(&self, seat: Seat) -> Option<TakeoverReason> {
        self.roster.seats[seat].as_ref()?.stand_in
    }

    /// The game, once there is one.
    pub fn game(&self) -> Option<&Game> {
        match &self.stage {
            Stage::Waiting => None,
            Stage::Playing(game) | Stage::Over(game) => Some(game),
        }
    }

    pub(super) fn phase(&self) -> Option<&Phase> {
        self.game().map(|game| &game.table().phase)
    }

    /// A seat's pieces, once there is a game.
    pub fn hand(&self, seat: Seat) -> Option<PieceSet> {
        self.game().map(|game| game.view(seat).hand())
    }

    /// How things stand, for everybody.
    pub fn situation(&self, connected: SeatSet) -> Situation {
        Situation {
            roster: Arc::clone(&self.roster),
            table: self.game().map(|game| Box::new(game.table().clone())),
            deadline: self.deadline,
            connected,
            last_action: self.last_action,
        }
    }

    /// The same for the index of rooms.
    pub fn view(&self, connected: SeatSet) -> RoomView {
        RoomView { situation: self.situation(connected), sequence: self.sequence, updated_at: self.updated_at }
    }

    /// Whether a bot decides for this seat, and how well it plays.
    pub fn bot_at(&self, seat: Seat) -> Option<Difficulty> {
        let player = self.roster.seats[seat].as_ref()?;
        match player.kind {
            PlayerKind::Bot(difficulty) => Some(difficulty),
            PlayerKind::Human => player.stand_in.map(|_| self.roster.options.difficulty),
        }
    }

    /// The seat that the secret belongs to, as long as it is not given up.
    pub fn seat_of_secret(&self, secret: &SessionToken) -> Option<Seat> {
        let hash = secret.hash();
        Seat::ALL.into_iter().find(|seat| self.keeping[*seat].token == Some(hash))
    }

    /// Whether a person holds the seat and may still act on it.
    pub fn is_held(&self, seat: Seat) -> bool {
        self.keeping[seat].token.is_some()
    }

    /// How long the game has lasted.
    pub fn duration(&self, at: Timestamp) -> Duration {
        at.since(self.started_at)
    }

    /// Whether a game is on that no person can come back to.
    pub fn is_left_to_bots(&self) -> bool {
        matches!(self.stage, Stage::Playing(_)) && !Seat::ALL.into_iter().any(|seat| self.is_held(seat))
    }

    /// Whether only bots are left in the game: nobody in it has an account, and every guest gave it up, or left it to a bot
    /// without having decided anything.
    pub fn is_of_bots(&self) -> bool {
        let is_absent = |seat: Seat| self.stand_in(seat).is_some() && !self.decided.contains(seat);
        let mut people = self.roster.players().filter(|(_, player)| !player.is_bot());
        people.all(|(seat, player)| player.account.is_none() && (player.has_forfeited() || is_absent(seat)))
    }
}
