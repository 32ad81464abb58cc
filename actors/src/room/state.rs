//! A room as a value: a fold over its facts. Live, resume and recovery use the same fold.

use std::{sync::Arc, time::Duration};

use game_rules::{BySeat, Game, Phase, PieceSet, Seat, SeatSet};
use serde::{Deserialize, Serialize};
use vocabulary::{
    AccountId, Audience, By, Departure, LastAction, Notice, Player, PlayerKind, PublicNotice, RoomOptions, RoomStatus,
    Roster, Secret, Sequence, SessionToken, Situation, Stamp, Statistics, TakeoverReason, Timestamp, TokenHash,
};

use super::{
    digest::EventDigest,
    fact::{Entry, Fact, Joined},
    narrate,
    removal::Removals,
};
use crate::rooms::RoomView;

/// How a room begins.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Founding {
    pub(crate) room: vocabulary::RoomId,
    pub(crate) room_name: vocabulary::Name,
    pub(crate) options: RoomOptions,
    pub(crate) at: Timestamp,
}

impl Founding {
    /// The room before anyone sits in it.
    pub(crate) fn roster(&self) -> Arc<Roster> {
        Arc::new(Roster {
            room: self.room,
            room_name: self.room_name.clone(),
            created_at: self.at,
            options: self.options,
            host: None,
            seats: BySeat::default(),
            status: RoomStatus::Waiting,
        })
    }
}

/// Where the room is in its life.
pub(crate) enum Stage {
    /// Gathering players.
    Waiting,
    /// A game is on.
    Playing(Box<Game>),
    /// The game is over.
    Over(Box<Game>),
}

/// What the room keeps of a person's seat.
#[derive(Clone, Copy, Default)]
pub(crate) struct Keeping {
    /// The hash of the seat's secret; none for bots, and for those who left for good.
    pub(crate) token: Option<TokenHash>,
    /// Timeouts in a row.
    pub(crate) timeouts: u8,
}

/// A fact that does not fit the room: the record of the room is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the fact does not fit the room")]
pub(crate) struct Unfitting;

/// Numbered events, in order.
pub(crate) type Narration = Vec<(Stamp, Notice)>;

/// The room.
pub(crate) struct State {
    pub(crate) roster: Arc<Roster>,
    pub(crate) stage: Stage,
    pub(crate) keeping: BySeat<Keeping>,
    pub(crate) sequence: Sequence,
    pub(crate) deadline: Option<Timestamp>,
    pub(crate) statistics: Statistics,
    pub(crate) started_at: Timestamp,
    /// When its last fact happened; before the first one, when it was founded.
    updated_at: Timestamp,
    /// Of all events of the game.
    pub(crate) digest: EventDigest,
    /// How often each seat took exactly what it had declared.
    pub(crate) exact: BySeat<u16>,
    /// The seats whose people have decided something themselves.
    pub(super) decided: SeatSet,
    /// The last decision of the game.
    last_action: Option<LastAction>,
    /// Who was removed before the start.
    pub(crate) removals: Removals,
    /// The seats whose people are connected. It does not follow from facts: the room sets it.
    pub(crate) connected: SeatSet,
}

impl State {
    /// The room before its first fact.
    pub(crate) fn new(founding: &Founding) -> Self {
        Self {
            roster: founding.roster(),
            stage: Stage::Waiting,
            keeping: BySeat::default(),
            sequence: Sequence::default(),
            deadline: None,
            statistics: Statistics::default(),
            started_at: founding.at,
            updated_at: founding.at,
            digest: EventDigest::default(),
            exact: BySeat::default(),
            decided: SeatSet::default(),
            last_action: None,
            removals: Removals::default(),
            connected: SeatSet::default(),
        }
    }

    /// Takes a fact in and says what follows from it for those who listen.
    ///
    /// # Errors
    /// When the fact does not fit; the caller checks before it makes one, so only a damaged record can.
    pub(crate) fn apply(&mut self, entry: &Entry) -> Result<Narration, Unfitting> {
        let mut notices = Vec::with_capacity(8);
        self.updated_at = entry.at;
        match &entry.fact {
            Fact::Joined(joined) => {
                self.join(joined, None, &mut notices);
            }
            Fact::AccountJoined(joined) => self.join(&joined.joined, Some(joined.account), &mut notices),
            Fact::BotPlaced { seat, name, difficulty } => {
                notices.push(self.place_bot(*seat, name, *difficulty));
            }
            Fact::BotRemoved { seat } => notices.extend(self.free(*seat, Departure::Left)),
            Fact::Removed { seat, network } => self.remove(*seat, *network, entry.at, &mut notices)?,
            Fact::Left { seat } => self.leave(*seat, &mut notices),
            Fact::Started(started) => {
                for (seat, name, difficulty) in &started.bots {
                    notices.push(self.place_bot(*seat, name, *difficulty));
                }
                self.begin(&started.seed, entry.at, &mut notices);
            }
            Fact::Acted { seat, action, by } => self.act(*seat, *action, *by, entry.at, &mut notices)?,
            Fact::Resumed => self.resume(entry.at, &mut notices),
            Fact::NextRound => self.next_round(entry.at, &mut notices)?,
            Fact::TakenOver { seat, reason } => notices.push(self.take_over(*seat, *reason)),
            Fact::Returned { seat } => {
                self.keeping[*seat].timeouts = 0;
                self.set_stand_in(*seat, None);
                notices.push(narrate::returned(self, *seat));
            }
        }
        Ok(self.number(notices, entry.at))
    }

    /// The clock starts anew, and everybody is told until when it runs.
    fn resume(&mut self, at: Timestamp, notices: &mut Vec<Notice>) {
        if matches!(self.stage, Stage::Playing(_)) {
            self.deadline = self.deadline_from(at);
            notices.push(Notice::Public(Audience::All, PublicNotice::PhaseChanged(self.situation())));
        }
    }

    fn number(&mut self, notices: Vec<Notice>, at: Timestamp) -> Narration {
        let room = Some(self.roster.room);
        let numbered = notices.into_iter().map(|notice| {
            self.sequence = self.sequence.next();
            (Stamp { room, sequence: Some(self.sequence), at, client_sequence: None }, notice)
        });
        numbered.collect()
    }

    fn join(&mut self, joined: &Joined, account: Option<AccountId>, notices: &mut Vec<Notice>) {
        let Joined { seat, name, token, created } = joined;
        let player = Player { name: name.clone(), kind: PlayerKind::Human, stand_in: None, account };
        self.seat_player(*seat, player);
        self.keeping[*seat] = Keeping { token: Some(*token), timeouts: 0 };
        self.settle_host();
        notices.extend(narrate::joined(self, *seat, *created));
    }

    fn seat_player(&mut self, seat: Seat, player: Player) {
        Arc::make_mut(&mut self.roster).seats[seat] = Some(player);
    }

    fn place_bot(&mut self, seat: Seat, name: &vocabulary::Name, difficulty: vocabulary::Difficulty) -> Notice {
        let kind = PlayerKind::Bot(difficulty);
        self.seat_player(seat, Player { name: name.clone(), kind, stand_in: None, account: None });
        let who = narrate::who(self, seat);
        Notice::Public(Audience::All, PublicNotice::PlayerJoined { who, is_bot: true, returned: false })
    }

    /// The host stays while they hold their seat; then the next person takes over.
    fn settle_host(&mut self) {
        if self.roster.host.is_some_and(|host| self.is_held(host)) {
            return;
        }
        let from = self.roster.host.map_or(Seat::ALL[0], Seat::next);
        let next = from.order().into_iter().find(|seat| self.is_held(*seat));
        Arc::make_mut(&mut self.roster).host = next;
    }

    /// The seat is empty again.
    pub(super) fn free(&mut self, seat: Seat, departure: Departure) -> Option<Notice> {
        self.keeping[seat] = Keeping::default();
        self.settle_host();
        let notice = self.roster.seats[seat].is_some().then(|| narrate::left(self, seat, departure));
        Arc::make_mut(&mut self.roster).seats[seat] = None;
        notice
    }

    /// A person gives the seat up: before the start it is free, in a game a bot has it for good.
    fn leave(&mut self, seat: Seat, notices: &mut Vec<Notice>) {
        notices.push(Notice::Private(vocabulary::PrivateNotice { seat, secret: Secret::RoomLeft(Departure::Left) }));
        if matches!(self.stage, Stage::Waiting) {
            notices.extend(self.free(seat, Departure::Left));
            return;
        }
        self.keeping[seat].token = None;
        self.settle_host();
        notices.push(narrate::left(self, seat, Departure::Left));
        if matches!(self.stage, Stage::Playing(_)) {
            notices.push(self.take_over(seat, TakeoverReason::Left));
        }
    }

    fn take_over(&mut self, seat: Seat, reason: TakeoverReason) -> Notice {
        self.statistics.bot_takeovers += 1;
        self.set_stand_in(seat, Some(reason));
        narrate::taken_over(self, seat, reason)
    }

    fn set_stand_in(&mut self, seat: Seat, reason: Option<TakeoverReason>) {
        if let Some(player) = &mut Arc::make_mut(&mut self.roster).seats[seat] {
            player.stand_in = reason;
        }
    }

    /// Why a bot stands in for the person of this seat, if one does.
    pub(crate) fn stand_in(&self, seat: Seat) -> Option<TakeoverReason> {
        self.roster.seats[seat].as_ref()?.stand_in
    }

    fn set_status(&mut self, status: RoomStatus) {
        Arc::make_mut(&mut self.roster).status = status;
    }

    fn begin(&mut self, seed: &game_rules::DeckSeed, at: Timestamp, notices: &mut Vec<Notice>) {
        let (game, events) = Game::new(self.roster.options.rules, seed.clone());
        self.digest.add(&events);
        self.stage = Stage::Playing(Box::new(game));
        self.started_at = at;
        self.set_status(RoomStatus::Playing);
        self.deadline = self.deadline_from(at);
        notices.push(narrate::game_started(self, seed));
        narrate::events(self, &events, at, notices);
    }

    /// **The one place where a game changes.**
    fn act(
        &mut self,
        seat: Seat,
        action: game_rules::Action,
        by: By,
        at: Timestamp,
        notices: &mut Vec<Notice>,
    ) -> Result<(), Unfitting> {
        let Stage::Playing(game) = &mut self.stage else {
            return Err(Unfitting);
        };
        let legal = game.check(seat, action).map_err(|_| Unfitting)?;
        let preparing = matches!(game.table().phase, Phase::Preparation(_));
        let events = game.apply(legal);
        self.digest.add(&events);
        self.count_timeouts(seat, by);
        self.last_action = Some(LastAction { seat, action, by });
        let dealt = events.iter().any(|event| matches!(event, game_rules::Event::Dealt { .. }));
        let still_preparing = preparing && !dealt && matches!(self.phase(), Some(Phase::Preparation(_)));
        if !still_preparing {
            self.deadline = self.deadline_from(at);
        }
        notices.extend(narrate::acted(self, seat, action, by));
        narrate::events(self, &events, at, notices);
        Ok(())
    }

    fn next_round(&mut self, at: Timestamp, notices: &mut Vec<Notice>) -> Result<(), Unfitting> {
        let Stage::Playing(game) = &mut self.stage else {
            return Err(Unfitting);
        };
        let legal = game.next_round().ok_or(Unfitting)?;
        let events = game.apply(legal);
        self.digest.add(&events);
        self.deadline = self.deadline_from(at);
        narrate::events(self, &events, at, notices);
        Ok(())
    }

    /// Ends the game, once the notices of its last play are made.
    pub(crate) fn finish(&mut self) {
        if let Stage::Playing(game) = std::mem::replace(&mut self.stage, Stage::Waiting) {
            self.stage = Stage::Over(game);
        }
        self.deadline = None;
        self.set_status(RoomStatus::Finished);
    }

    fn count_timeouts(&mut self, seat: Seat, by: By) {
        match by {
            By::Player => {
                self.keeping[seat].timeouts = 0;
                self.decided.insert(seat);
            }
            By::Bot => {}
            By::Clock => {
                self.keeping[seat].timeouts = self.keeping[seat].timeouts.saturating_add(1);
                self.statistics.timeouts += 1;
            }
        }
    }

    fn deadline_from(&self, at: Timestamp) -> Option<Timestamp> {
        let options = &self.roster.options;
        let time = match self.phase()? {
            Phase::Preparation(_) | Phase::Declaration(_) | Phase::Turn(_) => options.turn_timeout(),
            Phase::Scoring(_) => options.pace.scoring_pause(),
            Phase::Over(_) => return None,
        };
        Some(at + time)
    }

    /// The game, once there is one.
    pub(crate) fn game(&self) -> Option<&Game> {
        match &self.stage {
            Stage::Waiting => None,
            Stage::Playing(game) | Stage::Over(game) => Some(game),
        }
    }

    fn phase(&self) -> Option<&Phase> {
        self.game().map(|game| &game.table().phase)
    }

    /// A seat's pieces, once there is a game.
    pub(crate) fn hand(&self, seat: Seat) -> Option<PieceSet> {
        self.game().map(|game| game.view(seat).hand())
    }

    /// How things stand, for everybody.
    pub(crate) fn situation(&self) -> Situation {
        Situation {
            roster: Arc::clone(&self.roster),
            table: self.game().map(|game| Box::new(game.table().clone())),
            deadline: self.deadline,
            connected: self.connected,
            last_action: self.last_action,
        }
    }

    /// Facts do not tell who was connected; looking back, nobody is shown as away.
    pub(crate) fn all_connected(&mut self) {
        self.connected = Seat::ALL.into_iter().collect();
    }

    /// The same for the index of rooms.
    pub(crate) fn view(&self) -> RoomView {
        RoomView { situation: self.situation(), sequence: self.sequence, updated_at: self.updated_at }
    }

    /// Whether a bot decides for this seat, and how well it plays.
    pub(crate) fn bot_at(&self, seat: Seat) -> Option<vocabulary::Difficulty> {
        let player = self.roster.seats[seat].as_ref()?;
        match player.kind {
            PlayerKind::Bot(difficulty) => Some(difficulty),
            PlayerKind::Human => player.stand_in.map(|_| self.roster.options.difficulty),
        }
    }

    /// The seat that the secret belongs to, as long as it is not given up.
    pub(crate) fn seat_of_secret(&self, secret: &SessionToken) -> Option<Seat> {
        let hash = secret.hash();
        Seat::ALL.into_iter().find(|seat| self.keeping[*seat].token == Some(hash))
    }

    /// Whether a person holds the seat and may still act on it.
    pub(crate) fn is_held(&self, seat: Seat) -> bool {
        self.keeping[seat].token.is_some()
    }

    /// How long the game has lasted.
    pub(crate) fn duration(&self, at: Timestamp) -> Duration {
        at.since(self.started_at)
    }
}
