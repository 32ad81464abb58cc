//! Commands of an account without a connection (contract *battles*, REST): with the same checks, and written to the
//! journal, like a connection's.

use std::time::Instant;

use actix::{ActorFutureExt, AtomicResponse, Context, Handler, MessageResult, ResponseActFuture, WrapFuture};
use chronicle::{Claim, Stage};
use contracts::Farewell;
use game_rules::{Seat, View};
use vocabulary::{AccountId, ConnectionId, Denial};

use super::{
    Room,
    broadcast::Member,
    messages::{AccountCommand, AccountRequest, Ask, GetView, Listener, Mode, Recall, Recalled, Recognise, Seen},
    removal::Newcomer,
};

impl Handler<AccountRequest> for Room {
    type Result = AtomicResponse<Self, Result<Seen, Denial>>;

    fn handle(&mut self, request: AccountRequest, ctx: &mut Self::Context) -> Self::Result {
        let AccountRequest { account, command } = request;
        let outcome = self.handle_account_command(account, command);
        if self.audience.members.is_empty() && self.seat_held_by(account).is_some() {
            // A player over REST counts as present too.
            self.audience.note_visit();
        }
        let seen = outcome.map(|()| self.seen(account));
        AtomicResponse::new(self.when_durable(seen, None, ctx))
    }
}

impl Room {
    fn handle_account_command(&mut self, account: AccountId, command: AccountCommand) -> Result<(), Denial> {
        match command {
            AccountCommand::Look => return Ok(()),
            _ if self.is_frozen() => return Err(Denial::NotDurable),
            AccountCommand::Join { .. } if self.seat_held_by(account).is_some() => return Err(Denial::AlreadyInRoom),
            // Checked before the name: a player who has forfeited would hear that their own seat has taken it.
            AccountCommand::Join { .. } if !matches!(self.state.stage, Stage::Waiting) => {
                return Err(Denial::AlreadyStarted);
            }
            AccountCommand::Join { player, network, creates } => {
                // The account opens the seat, so nobody receives the secret.
                let secret = vocabulary::SessionToken::random();
                let newcomer = Newcomer { name: &player, account: Some(account), connection: None, network };
                let narration = self.seat(&newcomer, &secret, creates)?;
                self.reseat();
                self.broadcast(&narration, None);
            }
            AccountCommand::Leave => {
                let seat = self.seat_held_by(account).ok_or(Denial::NotInRoom)?;
                if !matches!(self.state.stage, Stage::Waiting) {
                    return Err(Denial::AlreadyStarted);
                }
                self.give_up(seat);
            }
            AccountCommand::Forfeit => {
                let seat = self.seat_held_by(account).ok_or(Denial::NotInRoom)?;
                match self.state.stage {
                    Stage::Waiting => return Err(Denial::NotStarted),
                    Stage::Over(_) => return Err(Denial::WrongPhase { phase: game_rules::PhaseKind::Over }),
                    Stage::Playing(_) => {}
                }
                self.give_up(seat);
            }
            AccountCommand::Do(request) => {
                let seat = self.seat_held_by(account).ok_or(Denial::NotInRoom)?;
                let connection = ConnectionId::random();
                let received = Instant::now();
                let ask = Ask { connection, client_sequence: None, digest: 0, request, received };
                self.fulfil(&ask, seat)?;
            }
        }
        Ok(())
    }

    fn give_up(&mut self, seat: Seat) {
        // A connection of the account stays as a spectator, where it may.
        for member in self.audience.members.iter_mut().filter(|member| member.seat == Some(seat)) {
            member.seat = None;
        }
        self.leave(seat, None);
    }

    /// Closes spectators' connections to a private room before its game.
    pub(super) fn show_out(&mut self) {
        if !self.state.roster.options.public && matches!(self.state.stage, Stage::Waiting) {
            let gone = |member: &mut Member| member.seat.is_none();
            for member in self.audience.members.extract_if(.., gone).collect::<Vec<_>>() {
                member.dismiss(Farewell::NotAdmitted, self.id);
            }
        }
    }

    /// Moves connections of accounts to the seats that the accounts have now; of several, the newest plays.
    pub(super) fn reseat(&mut self) {
        let mut arrived = Vec::new();
        for place in (0..self.audience.members.len()).rev() {
            let Listener { account: Some(account), mode, .. } = self.audience.members[place].listener else {
                continue;
            };
            if mode == Mode::Watch {
                continue;
            }
            let seat = self.seat_held_by(account);
            let plays = |member: &Member| member.seat.is_some() && member.listener.mode == Mode::Play;
            let taken = self.audience.members.iter().any(|member| plays(member) && member.seat == seat);
            if seat.is_none() || !taken || mode == Mode::Follow {
                self.audience.members[place].seat = seat;
                arrived.extend(seat);
            }
        }
        for seat in arrived {
            self.audience.lost[seat] = None;
            self.note_presence(seat, true);
        }
    }

    /// The seat of the account, unless it has given it up.
    pub(super) fn seat_held_by(&self, account: AccountId) -> Option<Seat> {
        self.state.roster.seat_of(account).filter(|seat| self.state.is_held(*seat))
    }

    fn seat_claimed(&self, claim: &Claim) -> Result<Seat, Denial> {
        let seat = match claim {
            Claim::Account(account) => self.seat_held_by(*account),
            Claim::Seat(secret) => self.state.seat_of_secret(secret),
        };
        seat.ok_or(Denial::NotInRoom)
    }

    fn seen(&self, account: AccountId) -> Seen {
        // A player who has given up the seat is still named, but its pieces are the bot's.
        let hand = self.seat_held_by(account).and_then(|seat| self.state.hand(seat));
        Seen { view: self.view(), seat: self.state.roster.seat_of(account), hand }
    }

    /// The end of a handler with an answer, which is given when the changes are durable. The room accepts nothing else
    /// meanwhile.
    pub(super) fn when_durable<T: 'static>(
        &mut self,
        answer: Result<T, Denial>,
        asker: Option<ConnectionId>,
        ctx: &mut Context<Self>,
    ) -> ResponseActFuture<Self, Result<T, Denial>> {
        self.go_on(ctx);
        let append = self.append();
        let written = async move {
            match append {
                Some(append) => append.await,
                None => Ok(()),
            }
        };
        Box::pin(written.into_actor(self).map(move |result, room, ctx| match result {
            Ok(()) => {
                room.publish(ctx);
                answer
            }
            Err(failure) => {
                if let Some(asker) = asker {
                    room.lose(asker, ctx);
                }
                room.roll_back(failure, ctx);
                answer.and(Err(Denial::NotDurable))
            }
        }))
    }
}

impl Handler<Recall> for Room {
    type Result = MessageResult<Recall>;

    fn handle(&mut self, Recall { account, page }: Recall, _: &mut Self::Context) -> Self::Result {
        MessageResult(Recalled {
            history: self.history.up_to(page),
            total: self.history.len(),
            seat: self.state.roster.seat_of(account),
        })
    }
}

impl Handler<Recognise> for Room {
    type Result = Result<Seat, Denial>;

    fn handle(&mut self, Recognise(claim): Recognise, _: &mut Self::Context) -> Self::Result {
        self.seat_claimed(&claim)
    }
}

impl Handler<GetView> for Room {
    type Result = Result<View, Denial>;

    fn handle(&mut self, GetView(claim): GetView, _: &mut Self::Context) -> Self::Result {
        let seat = self.seat_claimed(&claim)?;
        let game = self.state.game().ok_or(Denial::NotStarted)?;
        let pending = game.table().pending();
        if pending.contains(seat) {
            return Ok(game.view(seat));
        }
        Err(match pending.iter().next() {
            Some(other) => {
                Denial::NotYourTurn { current_player: self.state.roster.name(other).to_owned(), your_position: seat }
            }
            None => Denial::WrongPhase { phase: game.table().phase.kind() },
        })
    }
}
