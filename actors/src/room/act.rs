//! Requests of seated connections: check → note → apply → number → deliver.

use actix::{Context, Handler};
use chronicle::{Answer, Fact, Narration, Numbered, Recall, Stage, first_heard};
use game_rules::{Action, Piece, PieceSet, Play, Refusal, Seat};
use vocabulary::{
    By, Choice, Denial, Gesture, InvalidPlay, Pieces, PublicNotice, Reply, RoomRequest, Stamp, Synchronisation,
};

use super::{
    Room,
    broadcast::Asker,
    messages::{Ask, Listener},
    missed::Telling,
};
use crate::{bot::Decided, cost::Cost, outbox::Frame};

impl Handler<Ask> for Room {
    type Result = ();

    fn handle(&mut self, ask: Ask, ctx: &mut Self::Context) {
        self.answer(&ask, ctx);
    }
}

impl Room {
    /// Handles a request and answers it.
    pub(super) fn answer(&mut self, ask: &Ask, ctx: &mut Context<Self>) {
        let Some(place) = self.audience.place_of(ask.connection) else {
            // Only a connection that follows several games can still send requests after it has ceased to be a member
            // of this one.
            let stamp = Stamp { sequence: Some(self.state.sequence), ..Stamp::now(Some(self.id)) };
            return self.services.connections.refuse(ask.connection, &Denial::NotInRoom, &stamp);
        };
        let listener = self.audience.members[place].listener.clone();
        let Some(seat) = self.audience.members[place].seat else {
            return self.deny(&listener, &Denial::NotInRoom, ask.client_sequence);
        };
        self.pending.note_asker(&listener, ask.client_sequence, ask.received);
        let known = match ask.client_sequence {
            // The session has already released the seat; after that there is nothing to repeat.
            Some(sequence) if !matches!(ask.request, RoomRequest::Leave) => {
                self.answers[seat].recall(sequence, ask.digest)
            }
            Some(_) | None => Recall::New,
        };
        match known {
            Recall::New => self.serve(ask, &listener, seat, ctx),
            Recall::Repeat(answer) => {
                let answer = answer.clone();
                self.repeat(&listener, &answer, ask.client_sequence);
            }
            Recall::Reused => {
                let denial = Denial::SequenceReused { sequence: ask.client_sequence.unwrap_or_default() };
                self.deny(&listener, &denial, ask.client_sequence);
            }
        }
        self.settle(ctx);
    }

    fn serve(&mut self, ask: &Ask, listener: &Listener, seat: Seat, ctx: &mut Context<Self>) {
        if let RoomRequest::Synchronise { since, state_hash } = &ask.request {
            return self.synchronise(listener, seat, *since, state_hash.clone(), ask.client_sequence);
        }
        if let RoomRequest::Say(words) = &ask.request {
            let notice = self.say(seat, words, asker(ask));
            if let Some(sequence) = ask.client_sequence {
                self.pending.remember(seat, sequence, ask.digest, Answer::Said(notice));
            }
            return;
        }
        // Nothing can be written now, so nothing may change.
        if self.is_frozen() {
            self.deny(listener, &Denial::NotDurable, ask.client_sequence);
            if matches!(ask.request, RoomRequest::Leave) {
                // The session has left, but the seat is still its player's.
                self.lose(ask.connection, ctx);
            }
            return;
        }
        let answer = match self.fulfil(ask, seat) {
            Ok(narration) => first_heard(narration, seat),
            Err(denial) => {
                self.deny(listener, &denial, ask.client_sequence);
                Some(Answer::Denied(denial))
            }
        };
        if let (Some(sequence), Some(answer)) = (ask.client_sequence, answer) {
            self.pending.remember(seat, sequence, ask.digest, answer);
        }
    }

    pub(super) fn fulfil(&mut self, ask: &Ask, seat: Seat) -> Result<Narration, Denial> {
        let asker = asker(ask);
        let fact = match &ask.request {
            RoomRequest::Leave => return Ok(self.leave(seat, asker)),
            RoomRequest::Start => {
                self.host_only(seat)?;
                let fact = self.start_fact()?;
                self.services.meters.games_started.increment(1);
                fact
            }
            RoomRequest::AddBot { seat: place, difficulty } => {
                self.host_only(seat)?;
                self.bot_fact(*place, *difficulty)?
            }
            RoomRequest::RemoveBot { seat: place } => {
                self.host_only(seat)?;
                self.removal_fact(*place)?
            }
            RoomRequest::RemovePlayer(occupant) => {
                self.host_only(seat)?;
                self.player_removal_fact(seat, occupant)?
            }
            RoomRequest::Act(choice) => self.action_fact(seat, choice)?,
            // The session and `serve` have answered these.
            RoomRequest::Describe | RoomRequest::Synchronise { .. } | RoomRequest::Say(_) => {
                return Ok(Narration::new());
            }
        };
        let request = ask.client_sequence.map(|sequence| Numbered { seat, sequence, digest: ask.digest });
        if let Fact::Removed { seat: place, .. } = fact {
            self.pending.note_removal(place, self.account_at(place));
        }
        let narration = self.commit(fact, request);
        self.broadcast(&narration, asker);
        if matches!(self.state.stage, Stage::Over(_)) {
            self.services.meters.games_finished.increment(1);
        }
        Ok(narration)
    }

    fn host_only(&self, seat: Seat) -> Result<(), Denial> {
        if self.state.roster.host == Some(seat) {
            return Ok(());
        }
        Err(Denial::HostOnly { host: self.state.roster.host_name().to_owned() })
    }

    pub(super) fn waiting_only(&self) -> Result<(), Denial> {
        match self.state.stage {
            Stage::Waiting => Ok(()),
            Stage::Playing(_) | Stage::Over(_) => Err(Denial::AlreadyStarted),
        }
    }

    fn bot_fact(&self, place: Option<Seat>, difficulty: Option<vocabulary::Difficulty>) -> Result<Fact, Denial> {
        self.waiting_only()?;
        let roster = &self.state.roster;
        let free: Vec<Seat> = roster.free_seats().collect();
        let seat = match place {
            None => *free.first().ok_or(Denial::RoomFull)?,
            Some(seat) if free.contains(&seat) => seat,
            Some(_) => return Err(Denial::SeatTaken { free }),
        };
        let difficulty = difficulty.unwrap_or(roster.options.difficulty);
        Ok(Fact::BotPlaced { seat, name: self.bot_name(seat), difficulty })
    }

    fn removal_fact(&self, seat: Seat) -> Result<Fact, Denial> {
        self.waiting_only()?;
        let bots = self.state.roster.players().filter(|(_, player)| player.is_bot()).map(|(seat, _)| seat);
        let bots: Vec<Seat> = bots.collect();
        if bots.contains(&seat) { Ok(Fact::BotRemoved { seat }) } else { Err(Denial::NoBotThere { bots }) }
    }

    /// Checks a decision against the rules. A player whom the clock had replaced returns by trying to act.
    fn action_fact(&mut self, seat: Seat, choice: &Choice) -> Result<Fact, Denial> {
        if self.state.stand_in(seat).is_some() {
            self.desk.dismiss(seat);
            self.happen(Fact::Returned { seat });
        }
        let game = self.state.game().ok_or(Denial::NotStarted)?;
        // Indices count through the hand as the client was shown it.
        let action = action(choice, game.view(seat).hand())?;
        // The fold checks again when it applies the fact, so that it does the same live and from the journal.
        let _legal = game.check(seat, action).map_err(|refusal| self.denial(seat, refusal))?;
        self.desk.withdraw(seat);
        self.services.meters.player_actions.increment(1);
        Ok(Fact::Acted { seat, action, by: By::Player })
    }

    fn denial(&self, seat: Seat, refusal: Refusal) -> Denial {
        match refusal {
            Refusal::WrongPhase { phase } => Denial::WrongPhase { phase },
            Refusal::NotYourTurn { expected } => {
                Denial::NotYourTurn { current_player: self.state.roster.name(expected).to_owned(), your_position: seat }
            }
            Refusal::AlreadyDeclared { declared } => Denial::AlreadyDeclared { declared },
            Refusal::IllegalDeclaration { declared, legal, reason } => {
                Denial::InvalidDeclaration { declared, legal, reason }
            }
            Refusal::NoRedealDecision => Denial::NoRedealDecision,
            Refusal::ForeignPieces { foreign } => Denial::InvalidPlay(InvalidPlay::ForeignPieces { pieces: foreign }),
            Refusal::WrongCount { required, played } => {
                Denial::InvalidPlay(InvalidPlay::WrongCount { required, played })
            }
            Refusal::InvalidSet { pieces } => Denial::InvalidPlay(InvalidPlay::NoValidSet { pieces }),
        }
    }

    fn repeat(&mut self, listener: &Listener, answer: &Answer, client_sequence: Option<u64>) {
        let text = match answer {
            Answer::Denied(denial) => return self.deny(listener, denial, client_sequence),
            Answer::Said(notice) => return self.say_again(listener, notice, client_sequence),
            Answer::Told(stamp, notice) => listener.contract.notice(notice, &stamp.answering(client_sequence)),
        };
        if let Some(text) = text {
            self.send(listener, Frame::text(&text));
        }
    }

    fn synchronise(
        &mut self,
        listener: &Listener,
        seat: Seat,
        since: vocabulary::Sequence,
        client_hash: Option<String>,
        client_sequence: Option<u64>,
    ) {
        let gap = self.gap(listener, seat, since, Telling::All);
        let reply = Reply::Synchronised(Synchronisation {
            current: self.state.sequence,
            missed: gap.missed,
            truncated: gap.truncated,
            situation: self.state.situation(self.audience.connected),
            hand: self.state.hand(seat),
            client_hash,
        });
        let stamp = Stamp::now(Some(self.id)).answering(client_sequence);
        if let Some(text) = listener.contract.reply(&reply, &stamp) {
            listener.allowance.charge(Cost::bytes(text.len()));
            self.send(listener, Frame::text(&text));
        }
    }
}

/// The message that an event answers, if it has a number.
fn asker(ask: &Ask) -> Option<Asker> {
    ask.client_sequence.map(|client_sequence| Asker { connection: ask.connection, client_sequence })
}

/// Converts a client's choice into an action of the rules.
fn action(choice: &Choice, hand: PieceSet) -> Result<Action, Denial> {
    let pieces = match choice {
        Choice::Redeal(decision) => return Ok(Action::Redeal(*decision)),
        Choice::Declare(declaration) => return Ok(Action::Declare(*declaration)),
        Choice::Play(Pieces::Named(pieces)) => *pieces,
        Choice::Play(Pieces::At(indices)) => at(indices, hand)?,
    };
    match Play::new(pieces) {
        Some(play) => Ok(Action::Play(play)),
        None if pieces.is_empty() => Err(Denial::NoPiecesSelected),
        None => Err(Denial::InvalidPlay(InvalidPlay::TooMany { played: pieces.len() })),
    }
}

/// Indices count from 0 through the hand as `hand_updated` shows it.
fn at(indices: &[u8], hand: PieceSet) -> Result<PieceSet, Denial> {
    let mut pieces = PieceSet::EMPTY;
    for &index in indices {
        let bad = Denial::InvalidPlay(InvalidPlay::BadIndex { index, hand: hand.len() });
        let piece: Piece = hand.iter().nth(usize::from(index)).ok_or_else(|| bad.clone())?;
        if pieces.contains(piece) {
            return Err(bad);
        }
        pieces.insert(piece);
    }
    Ok(pieces)
}

impl Handler<Decided> for Room {
    type Result = ();

    fn handle(&mut self, decided: Decided, ctx: &mut Self::Context) {
        let Decided { seat, ticket, action } = decided;
        if !self.desk.take(seat, ticket) {
            return;
        }
        let Some(game) = self.state.game() else { return };
        let legal = action.filter(|action| game.check(seat, *action).is_ok());
        // A bot that fails must not stop the game: the clock's choice replaces its own.
        let Some(action) = legal.or_else(|| game.automatic(seat)) else { return };
        if legal.is_none() {
            log::error!("room {}: the bot at seat {seat} returned no legal action", self.id);
            self.mention(seat, |who| PublicNotice::BotFailed { who });
        }
        self.services.meters.bot_actions.increment(1);
        self.gesture(seat, Gesture::Idle);
        self.happen(Fact::Acted { seat, action, by: By::Bot });
        if matches!(self.state.stage, Stage::Over(_)) {
            self.services.meters.games_finished.increment(1);
        }
        self.settle(ctx);
    }
}
