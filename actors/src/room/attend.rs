//! A connection that enters a room by its account: on the account's seat there, or as a spectator.

use actix::{AtomicResponse, Context, Handler, ResponseActFuture};
use chronicle::Fact;
use contracts::Farewell;
use game_rules::Seat;
use vocabulary::{Attendance, Denial, Name, Reply, Sequence, Stamp};

use super::{
    Room,
    backlog::Gap,
    broadcast::Member,
    messages::{Attend, Listener, Mode},
    missed::Telling,
};
use crate::{cost::Cost, outbox::Frame};

/// The spectator limit of a room, because every event is sent to each of them.
const WATCHERS: usize = 64;

impl Handler<Attend> for Room {
    type Result = AtomicResponse<Self, Result<Option<(Seat, Name)>, Denial>>;

    fn handle(&mut self, attend: Attend, ctx: &mut Self::Context) -> Self::Result {
        let (since, listener) = (self.missed_since(&attend), attend.listener.clone());
        self.ready_then(&listener, since, move |room, telling, ctx| room.attend(&attend, telling, ctx), ctx)
    }
}

impl Room {
    fn attend(
        &mut self,
        attend: &Attend,
        telling: Telling,
        ctx: &mut Context<Self>,
    ) -> ResponseActFuture<Self, Result<Option<(Seat, Name)>, Denial>> {
        let connection = attend.listener.connection;
        let attending = self.admit(attend).map(|seat| {
            // A connection that already follows the game only asks for its state.
            self.audience.members.retain(|member| member.listener.connection != connection);
            self.audience.note_somebody();
            match seat {
                Some(seat) => self.take_seat_again(attend, seat, telling),
                None => self.watch(attend),
            }
        });
        self.when_durable(attending, Some(connection), ctx)
    }

    /// The last event before those that are resent; `None` if the connection does not return to a seat.
    fn missed_since(&self, attend: &Attend) -> Option<Sequence> {
        let seat = self.admit(attend).ok()??;
        // Only a connection that follows or replaces another of its seat can have missed events.
        let again = self.audience.lost[seat].is_some() || self.player_on(seat).is_some();
        (attend.listener.mode == Mode::Play && again).then(|| self.confirmed[seat])
    }

    /// The seat of the connection's account; `None` if it may only watch.
    fn admit(&self, attend: &Attend) -> Result<Option<Seat>, Denial> {
        let listener = &attend.listener;
        let seat = self.seat_held_by(attend.account).filter(|_| listener.mode != Mode::Watch);
        let watches = |member: &&Member| member.seat.is_none() && member.listener.connection != listener.connection;
        match seat {
            _ if self.is_frozen() => Err(Denial::NotDurable),
            Some(seat) => Ok(Some(seat)),
            None if !self.may_watch(listener) => Err(Denial::NotInRoom),
            None if self.audience.members.iter().filter(watches).count() >= WATCHERS => Err(Denial::RoomFull),
            None => self.check_account(attend.account).map(|()| None),
        }
    }

    fn take_seat_again(&mut self, attend: &Attend, seat: Seat, telling: Telling) -> Option<(Seat, Name)> {
        let plays = attend.listener.mode == Mode::Play;
        let replaces = plays && self.replace(seat);
        let lost = self.audience.lost[seat].take().is_some();
        self.networks[seat] = Some(attend.listener.network);
        let since = self.confirmed[seat];
        let gap = (plays && (lost || replaces)).then(|| self.gap(&attend.listener, seat, since, telling));
        // A connection that replaces another and missed nothing is treated as a first one.
        let gap = gap.filter(|gap| lost || gap.truncated || !gap.missed.is_empty());
        let returns = lost || self.state.stand_in(seat).is_some();
        self.arrive(&attend.listener, Some(seat), if gap.is_some() { since } else { self.state.sequence });
        let attendance = Attendance {
            connection: attend.listener.connection,
            account: attend.account,
            seat: Some(seat),
            situation: self.state.situation(self.audience.connected),
            hand: self.state.hand(seat),
            missed: gap.as_ref().map(|gap| gap.missed.len()),
            truncated: gap.as_ref().is_some_and(|gap| gap.truncated),
        };
        self.greet(&attend.listener, attendance, gap);
        if returns {
            self.desk.dismiss(seat);
            self.happen(Fact::Returned { seat });
        }
        let name = self.state.roster.seats[seat].as_ref().map(|player| player.name.clone());
        name.map(|name| (seat, name))
    }

    /// Everybody may watch a public room; a player who has forfeited may still watch a private one.
    fn may_watch(&self, listener: &Listener) -> bool {
        let roster = &self.state.roster;
        let played = || listener.account.is_some_and(|account| roster.seat_of(account).is_some());
        roster.options.public || listener.mode != Mode::Watch && played()
    }

    fn watch(&mut self, attend: &Attend) -> Option<(Seat, Name)> {
        self.arrive(&attend.listener, None, self.state.sequence);
        let attendance = Attendance {
            connection: attend.listener.connection,
            account: attend.account,
            seat: None,
            situation: self.state.situation(self.audience.connected),
            hand: None,
            missed: None,
            truncated: false,
        };
        self.greet(&attend.listener, attendance, None);
        None
    }

    /// Sends the answer, and then the missed events in order.
    fn greet(&mut self, listener: &Listener, attendance: Attendance, gap: Option<Gap>) {
        let contract = listener.contract;
        // A connection that follows several games receives the number of the last event instead of the events before
        // it.
        let sequence = contract.is_gateway().then_some(self.state.sequence);
        let stamp = Stamp { sequence, ..Stamp::now(Some(self.id)) };
        let answer = contract.reply(&Reply::Attending(attendance), &stamp);
        let gap = gap.filter(|_| sequence.is_none());
        let frames = Frame::texts(answer.iter().chain(gap.iter().flat_map(Gap::texts)));
        listener.allowance.charge(Cost::bytes(frames.len()));
        let _ = listener.outbox.push_past(&frames);
    }

    /// Closes an older connection of the seat, and returns whether there was one.
    pub(super) fn replace(&mut self, seat: Seat) -> bool {
        let Some(older) = self.player_on(seat) else { return false };
        let older = self.audience.members.swap_remove(older);
        self.note_confirmed(&older);
        older.dismiss(Farewell::Replaced, self.id);
        true
    }

    /// The index of the member that plays the seat.
    fn player_on(&self, seat: Seat) -> Option<usize> {
        let plays = |member: &Member| member.seat == Some(seat) && member.listener.mode == Mode::Play;
        self.audience.members.iter().position(plays)
    }

    /// Keeps what the seat's connection has confirmed, before it is removed.
    pub(super) fn note_confirmed(&mut self, member: &Member) {
        let Listener { progress, mode: Mode::Play, .. } = &member.listener else { return };
        if let Some(seat) = member.seat {
            self.confirmed[seat] = progress.confirmed();
        }
    }

    pub(super) fn has_account(&self, seat: Seat) -> bool {
        self.account_at(seat).is_some()
    }

    /// Adds a connection that is known to have all events up to this one. The others are informed; it itself receives
    /// its greeting first.
    pub(super) fn arrive(&mut self, listener: &Listener, seat: Option<Seat>, known: Sequence) {
        listener.progress.begin_at(known);
        if let Some(seat) = seat {
            self.network.get_or_insert(listener.network);
            self.note_presence(seat, true);
            self.count_seat_again(seat, listener.network);
        }
        self.audience.members.push(Member { listener: listener.clone(), seat });
    }

    pub(super) fn note_presence(&mut self, seat: Seat, connected: bool) {
        if self.audience.connected.contains(seat) == connected {
            return;
        }
        if connected {
            self.audience.connected.insert(seat);
        } else {
            self.audience.connected.remove(seat);
        }
        self.mention(seat, |who| vocabulary::PublicNotice::Presence { who, connected });
        self.services.rooms.update(self.view());
    }

    pub(super) fn note_desertion(&mut self) {
        self.audience.note_desertion();
        if self.pending.is_empty() {
            self.note_bot_game();
        }
    }
}
