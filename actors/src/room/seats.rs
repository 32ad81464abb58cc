//! Seats: sitting down, coming back, leaving, and bots beside people.

use std::sync::Arc;

use actix::{Actor, AsyncContext, AtomicResponse, Context, Handler, ResponseActFuture};
use chronicle::{AccountJoined, Answers, Fact, Joined, Narration, Stage, Started};
use contracts::Farewell;
use game_rules::{DeckSeed, Seat};
use rand::RngExt;
use vocabulary::{
    ConnectionId, Denial, Gesture, Name, Notice, PublicNotice, Reconnection, Reply, RoomStatus, Secret, SessionToken,
    Stamp,
};

use super::{
    Room,
    backlog::Gap,
    broadcast::Asker,
    messages::{Close, Enter, Gone, Mode, Seated, StartAlone},
    missed::Telling,
    removal::Newcomer,
};
use crate::{
    bot::{Bot, Decide},
    cost::Cost,
    outbox::Frame,
};

impl Handler<Enter> for Room {
    type Result = AtomicResponse<Self, Result<Seated, Denial>>;

    fn handle(&mut self, enter: Enter, ctx: &mut Self::Context) -> Self::Result {
        let since = self.seat_of(&enter).map(|seat| enter.last_sequence.unwrap_or(self.confirmed[seat]));
        let listener = enter.listener.clone();
        self.ready_then(&listener, since, move |room, telling, ctx| room.enter(&enter, telling, ctx), ctx)
    }
}

impl Room {
    fn enter(
        &mut self,
        enter: &Enter,
        telling: Telling,
        ctx: &mut Context<Self>,
    ) -> ResponseActFuture<Self, Result<Seated, Denial>> {
        let seated = match &enter.token {
            _ if self.is_frozen() => Err(Denial::NotDurable),
            Some(token) => self.seat_of_token(enter, token).map(|seat| self.come_back(enter, seat, telling)),
            None => match self.seat_of_account(enter) {
                Some(seat) => Ok(self.come_back(enter, seat, telling)),
                None => self.sit_down(enter),
            },
        };
        if seated.is_ok() {
            self.audience.note_somebody();
        }
        self.when_durable(seated, Some(enter.listener.connection), ctx)
    }

    /// The seat that the player comes back to.
    fn seat_of(&self, enter: &Enter) -> Option<Seat> {
        match &enter.token {
            Some(token) => self.seat_of_token(enter, token).ok(),
            None => self.seat_of_account(enter),
        }
    }

    fn sit_down(&mut self, enter: &Enter) -> Result<Seated, Denial> {
        let token = SessionToken::random();
        let newcomer = Newcomer {
            name: &enter.player,
            account: enter.listener.account,
            connection: Some(enter.listener.connection),
            network: enter.listener.network,
        };
        let mut narration = self.seat(&newcomer, &token, enter.creates)?;
        let seat = narration.iter().find_map(|(_, notice)| match notice {
            Notice::Private(private) => Some(private.seat),
            Notice::Public(..) => None,
        });
        let seat = seat.ok_or(Denial::ServerError)?;
        self.arrive(&enter.listener, Some(seat), self.confirmed[seat]);
        self.reseat();
        let answer = self.hand_over(&mut narration, seat, &token, enter);
        let asker = enter
            .client_sequence
            .map(|client_sequence| Asker { connection: enter.listener.connection, client_sequence });
        self.broadcast(&narration, asker);
        Ok(Seated { seat, name: enter.player.clone(), answer })
    }

    /// Gives a player the first free seat.
    pub(super) fn seat(
        &mut self,
        newcomer: &Newcomer<'_>,
        secret: &SessionToken,
        created: bool,
    ) -> Result<Narration, Denial> {
        self.check_newcomer(newcomer)?;
        let seat = self.free_seat_for(newcomer.name)?;
        // The last check, because it already counts the seat.
        self.waiting_seats[seat] = self.waiting_seat(newcomer.network)?;
        let joined = Joined { seat, name: newcomer.name.clone(), token: secret.hash(), created };
        self.networks[seat] = Some(newcomer.network);
        let fact = match newcomer.account {
            Some(account) => Fact::AccountJoined(Box::new(AccountJoined { joined, account })),
            None => Fact::Joined(Box::new(joined)),
        };
        // A newcomer has missed nothing yet.
        self.confirmed[seat] = self.state.sequence;
        Ok(self.commit(fact, None))
    }

    /// Puts the secret into the newcomer's answer. The history never contains it.
    fn hand_over(
        &self,
        narration: &mut Narration,
        seat: Seat,
        secret: &SessionToken,
        enter: &Enter,
    ) -> bytestring::ByteString {
        for (stamp, notice) in narration {
            let Notice::Private(private) = notice else {
                continue;
            };
            if private.seat != seat {
                continue;
            }
            if let Secret::RoomCreated { token, .. } | Secret::RoomJoined { token, .. } = &mut private.secret {
                *token = Some(secret.clone());
                let stamp = stamp.answering(enter.client_sequence);
                return enter.listener.contract.private(private, &stamp).unwrap_or_default();
            }
        }
        bytestring::ByteString::new()
    }

    fn free_seat_for(&self, name: &Name) -> Result<Seat, Denial> {
        if self.state.roster.players().any(|(_, player)| player.name.resembles(name)) {
            return Err(Denial::NameTaken { name: name.clone() });
        }
        match self.state.stage {
            Stage::Waiting => self.state.roster.free_seats().next().ok_or(Denial::RoomFull),
            Stage::Playing(_) | Stage::Over(_) => Err(Denial::AlreadyStarted),
        }
    }

    fn seat_of_token(&self, enter: &Enter, token: &SessionToken) -> Result<Seat, Denial> {
        let seat = self.state.seat_of_secret(token).ok_or_else(|| self.wrong_token(token))?;
        if enter.player.is_meant_by(self.state.roster.name(seat)) { Ok(seat) } else { Err(Denial::WrongToken) }
    }

    fn seat_of_account(&self, enter: &Enter) -> Option<Seat> {
        let seat = self.state.roster.seat_of(enter.listener.account?)?;
        self.state.is_held(seat).then_some(seat)
    }

    /// Returns a player to their seat: an older connection of it is closed, and missed events are sent in order.
    fn come_back(&mut self, enter: &Enter, seat: Seat, telling: Telling) -> Seated {
        let name = self.state.roster.seats[seat].as_ref().map_or_else(|| enter.player.clone(), |own| own.name.clone());
        self.replace(seat);
        self.audience.lost[seat] = None;
        self.networks[seat] = Some(enter.listener.network);
        let since = enter.last_sequence.unwrap_or(self.confirmed[seat]).min(self.state.sequence);
        let gap = self.gap(&enter.listener, seat, since, telling);
        let answer = self.tell_missed(enter, seat, &name, &gap);
        self.arrive(&enter.listener, Some(seat), since);
        self.desk.dismiss(seat);
        self.happen(Fact::Returned { seat });
        Seated { seat, name, answer }
    }

    fn tell_missed(&self, enter: &Enter, seat: Seat, name: &Name, gap: &Gap) -> bytestring::ByteString {
        let listener = &enter.listener;
        let reply = Reply::Reconnected(Reconnection {
            connection: listener.connection,
            room: self.id,
            player: name.clone(),
            missed: gap.missed.len(),
            truncated: gap.truncated,
            situation: self.state.situation(self.audience.connected),
            hand: self.state.hand(seat),
            token: enter.token.clone(),
            last_client_sequence: self.answers[seat].highest(),
        });
        let stamp = Stamp::now(Some(self.id)).answering(enter.client_sequence);
        let answer = listener.contract.reply(&reply, &stamp).unwrap_or_default();
        let frames = Frame::texts(std::iter::once(&answer).chain(gap.texts()));
        listener.allowance.charge(Cost::bytes(frames.len()));
        let _ = listener.outbox.push_past(&frames);
        answer
    }

    /// Removes a connection whose seat stays, and returns whether it was a member.
    pub(super) fn lose(&mut self, connection: ConnectionId, ctx: &mut Context<Self>) -> bool {
        let Some(place) = self.audience.place_of(connection) else {
            return false;
        };
        let member = self.audience.members.swap_remove(place);
        self.note_confirmed(&member);
        let gone = member.seat;
        let still_there = self.audience.members.iter().any(|member| member.seat == gone);
        if let (Some(seat), false) = (gone, still_there) {
            self.audience.lose(seat, false);
            self.note_presence(seat, false);
        }
        self.note_desertion();
        self.arm(ctx);
        true
    }

    /// Gives a seat up for good.
    pub(super) fn leave(&mut self, seat: Seat, asker: Option<Asker>) -> Narration {
        let narration = self.commit(Fact::Left { seat }, None);
        for member in self.audience.members.iter_mut().filter(|member| member.listener.mode == Mode::Follow) {
            // It keeps following the game, without a seat.
            member.seat = member.seat.filter(|own| *own != seat);
        }
        self.show_out();
        self.broadcast(&narration, asker);
        self.audience.members.retain(|member| member.seat != Some(seat));
        self.audience.forget(seat);
        self.answers[seat] = Answers::default();
        self.note_desertion();
        narration
    }

    /// The fact that starts the game, with bots on the empty seats if the room is set up so.
    pub(super) fn start_fact(&self) -> Result<Fact, Denial> {
        if self.state.roster.status != RoomStatus::Waiting {
            return Err(Denial::AlreadyStarted);
        }
        self.services.disk.has_space_for_games()?;
        let options = &self.state.roster.options;
        let free: Vec<Seat> = self.state.roster.free_seats().collect();
        if !free.is_empty() && !options.fill_with_bots {
            return Err(Denial::NotEnoughPlayers { present: Seat::COUNT - free.len() });
        }
        let bots = free.into_iter().map(|seat| (seat, self.bot_name(seat), options.difficulty)).collect();
        let seed = DeckSeed::from_bytes(rand::rng().random());
        Ok(Fact::Started(Box::new(Started { seed, bots })))
    }

    /// A bot's name that resembles nobody's in the room.
    pub(super) fn bot_name(&self, seat: Seat) -> Name {
        const NAMES: [&str; 4] = ["Mali", "Niran", "Ping", "Suda"];
        let taken = |name: &Name| self.state.roster.players().any(|(_, player)| player.name.resembles(name));
        let numbered = (1..).map(|number| match number {
            1 => format!("{} {}", NAMES[seat.index()], Name::BOT_SUFFIX),
            _ => format!("{} {number} {}", NAMES[seat.index()], Name::BOT_SUFFIX),
        });
        numbered
            .filter_map(|name| Name::parse(&name).ok())
            .find(|name| !taken(name))
            .unwrap_or_else(|| self.state.roster.room_name.clone())
    }

    /// Asks every bot that must decide and has not been asked yet.
    pub(super) fn ask_bots(&mut self, ctx: &mut Context<Self>) {
        let pending = self.state.game().map(|game| game.table().pending()).unwrap_or_default();
        for seat in pending.iter() {
            let Some(difficulty) = self.state.bot_at(seat) else {
                continue;
            };
            if self.desk.is_asked(seat) {
                continue;
            }
            let ticket = self.desk.ticket(seat);
            let Some(view) = self.state.game().map(|game| game.view(seat)) else { return };
            let pace = self.state.roster.options.pace;
            let network = self.network;
            self.mention(seat, |who| PublicNotice::BotThinking { who });
            self.gesture(seat, Gesture::Thinking);
            let thinking = (Arc::clone(&self.services.thinkers), self.services.settings.bot_think);
            let room = (self.id, ctx.address().recipient());
            let decide = Decide { ticket, view, network, due: self.clock.decision_due };
            self.desk.ask(seat, decide, || Bot::new(thinking, room, seat, difficulty, pace).start());
        }
    }
}

impl Handler<Gone> for Room {
    type Result = ();

    fn handle(&mut self, Gone(connection): Gone, ctx: &mut Self::Context) {
        self.lose(connection, ctx);
    }
}

impl Handler<Close> for Room {
    type Result = ();

    fn handle(&mut self, _: Close, ctx: &mut Self::Context) {
        log::info!("room {}: closed by an operator", self.id);
        self.pending.close(Farewell::ClosedByOperator);
        self.settle(ctx);
    }
}

impl Handler<StartAlone> for Room {
    type Result = ();

    fn handle(&mut self, _: StartAlone, ctx: &mut Self::Context) {
        if let Ok(fact) = self.start_fact() {
            self.services.meters.games_started.increment(1);
            self.happen(fact);
        }
        self.settle(ctx);
    }
}
