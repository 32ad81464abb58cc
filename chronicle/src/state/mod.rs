//! A room as a value: a fold over its facts. Live, resume and recovery use the same fold.

mod narrate;
mod read;
mod removal;

use std::{collections::VecDeque, sync::Arc};

use game_rules::{Action, BySeat, DeckSeed, Event, Game, Phase, Seat, SeatSet};
use vocabulary::{
    AccountId, By, Departure, Difficulty, LastAction, Name, Notice, Player, PlayerKind, RoomStatus, Roster, Sequence,
    Stamp, Statistics, TakeoverReason, Timestamp, TokenHash,
};

use self::narrate::Narrator;
pub use self::{narrate::who, removal::Removal};
use crate::{
    digest::EventDigest,
    fact::{Entry, Fact, Joined},
    founding::Founding,
};

/// Where the room is in its life.
pub enum Stage {
    /// Gathering players.
    Waiting,
    /// A game is on.
    Playing(Box<Game>),
    /// The game is over.
    Over(Box<Game>),
}

/// What the room keeps of a person's seat.
#[derive(Clone, Copy, Default)]
pub struct Keeping {
    /// The hash of the seat's secret; `None` for bots, and for those who left for good.
    pub token: Option<TokenHash>,
    /// Timeouts in a row.
    pub timeouts: u8,
}

/// A fact that does not fit the room: the record of the room is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the fact does not fit the room")]
pub struct Unfitting;

/// Numbered events, in order.
pub type Narration = Vec<(Stamp, Notice)>;

/// The room.
pub struct State {
    /// Who sits where, and how the room was set up.
    pub roster: Arc<Roster>,
    /// Where the room is in its life, with its game.
    pub stage: Stage,
    /// What the room keeps of each seat's person.
    pub keeping: BySeat<Keeping>,
    /// The number of the last notice.
    pub sequence: Sequence,
    /// When the open decision, or the pause after a round, runs out; `None` while no clock runs.
    pub deadline: Option<Timestamp>,
    /// Statistics of the game so far.
    pub statistics: Statistics,
    /// When the game began; before that, when the room was founded.
    pub started_at: Timestamp,
    /// When its last fact happened; before the first one, when it was founded.
    updated_at: Timestamp,
    /// Of all events of the game.
    pub digest: EventDigest,
    /// How often each seat took exactly what it had declared.
    pub exact: BySeat<u16>,
    /// The seats whose people have decided something themselves.
    decided: SeatSet,
    /// The last decision of the game.
    last_action: Option<LastAction>,
    /// Who was removed before the start, oldest first.
    pub removals: VecDeque<Removal>,
}

impl State {
    /// The room before its first fact.
    pub fn new(founding: &Founding) -> Self {
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
            removals: VecDeque::new(),
        }
    }

    /// Takes a fact in and returns the numbered notices that follow from it. `connected` are the seats whose people are
    /// connected, which does not follow from facts; notices that show how the room stands show it.
    ///
    /// # Errors
    /// When the fact does not fit; the caller checks before it makes one, so only a damaged record can.
    pub fn apply(&mut self, entry: &Entry, connected: SeatSet) -> Result<Narration, Unfitting> {
        let mut narrator = Narrator::new(connected);
        self.updated_at = entry.at;
        self.change(&entry.fact, entry.at, &mut narrator)?;
        Ok(self.number(narrator.into_notices(), entry.at))
    }

    fn change(&mut self, fact: &Fact, at: Timestamp, narrator: &mut Narrator) -> Result<(), Unfitting> {
        match fact {
            Fact::Joined(joined) => self.join(joined, None, narrator),
            Fact::AccountJoined(joined) => self.join(&joined.joined, Some(joined.account), narrator),
            Fact::BotPlaced { seat, name, difficulty } => self.place_bot(*seat, name, *difficulty, narrator),
            Fact::BotRemoved { seat } => self.free(*seat, Departure::Left, narrator),
            Fact::Removed { seat, network } => self.remove(*seat, *network, at, narrator)?,
            Fact::Left { seat } => self.leave(*seat, narrator),
            Fact::Started(started) => {
                for (seat, name, difficulty) in &started.bots {
                    self.place_bot(*seat, name, *difficulty, narrator);
                }
                self.begin(&started.seed, at, narrator);
            }
            Fact::Acted { seat, action, by } => self.act(*seat, *action, *by, at, narrator)?,
            Fact::Resumed => self.resume(at, narrator),
            Fact::NextRound => self.next_round(at, narrator)?,
            Fact::TakenOver { seat, reason } => self.take_over(*seat, *reason, narrator),
            Fact::Returned { seat } => {
                self.keeping[*seat].timeouts = 0;
                self.set_stand_in(*seat, None);
                narrator.returned(self, *seat);
            }
        }
        Ok(())
    }

    /// The clock restarts, and everybody is sent until when it runs.
    fn resume(&mut self, at: Timestamp, narrator: &mut Narrator) {
        if matches!(self.stage, Stage::Playing(_)) {
            self.deadline = self.deadline_from(at);
            narrator.phase_changed(self);
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

    fn join(&mut self, joined: &Joined, account: Option<AccountId>, narrator: &mut Narrator) {
        let Joined { seat, name, token, created } = joined;
        let player = Player { name: name.clone(), kind: PlayerKind::Human, stand_in: None, account };
        self.seat_player(*seat, player);
        self.keeping[*seat] = Keeping { token: Some(*token), timeouts: 0 };
        self.settle_host();
        narrator.joined(self, *seat, *created);
    }

    fn seat_player(&mut self, seat: Seat, player: Player) {
        Arc::make_mut(&mut self.roster).seats[seat] = Some(player);
    }

    fn place_bot(&mut self, seat: Seat, name: &Name, difficulty: Difficulty, narrator: &mut Narrator) {
        let kind = PlayerKind::Bot(difficulty);
        self.seat_player(seat, Player { name: name.clone(), kind, stand_in: None, account: None });
        narrator.bot_placed(self, seat);
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
    fn free(&mut self, seat: Seat, departure: Departure, narrator: &mut Narrator) {
        self.keeping[seat] = Keeping::default();
        self.settle_host();
        if self.roster.seats[seat].is_some() {
            narrator.left(self, seat, departure);
        }
        Arc::make_mut(&mut self.roster).seats[seat] = None;
    }

    /// A person gives the seat up: before the start it is free, in a game a bot has it for good.
    fn leave(&mut self, seat: Seat, narrator: &mut Narrator) {
        narrator.room_left(seat, Departure::Left);
        if matches!(self.stage, Stage::Waiting) {
            return self.free(seat, Departure::Left, narrator);
        }
        self.keeping[seat].token = None;
        self.settle_host();
        narrator.left(self, seat, Departure::Left);
        if matches!(self.stage, Stage::Playing(_)) {
            self.take_over(seat, TakeoverReason::Left, narrator);
        }
    }

    fn take_over(&mut self, seat: Seat, reason: TakeoverReason, narrator: &mut Narrator) {
        self.statistics.bot_takeovers += 1;
        self.set_stand_in(seat, Some(reason));
        narrator.taken_over(self, seat, reason);
    }

    fn set_stand_in(&mut self, seat: Seat, reason: Option<TakeoverReason>) {
        if let Some(player) = &mut Arc::make_mut(&mut self.roster).seats[seat] {
            player.stand_in = reason;
        }
    }

    fn set_status(&mut self, status: RoomStatus) {
        Arc::make_mut(&mut self.roster).status = status;
    }

    fn begin(&mut self, seed: &DeckSeed, at: Timestamp, narrator: &mut Narrator) {
        let (game, events) = Game::new(self.roster.options.rules, seed.clone());
        self.stage = Stage::Playing(Box::new(game));
        self.started_at = at;
        self.set_status(RoomStatus::Playing);
        self.deadline = self.deadline_from(at);
        narrator.game_started(self, seed);
        self.follow(&events, at, narrator);
    }

    /// **The one place where a game changes.**
    fn act(
        &mut self,
        seat: Seat,
        action: Action,
        by: By,
        at: Timestamp,
        narrator: &mut Narrator,
    ) -> Result<(), Unfitting> {
        let Stage::Playing(game) = &mut self.stage else {
            return Err(Unfitting);
        };
        let legal = game.check(seat, action).map_err(|_| Unfitting)?;
        let preparing = matches!(game.table().phase, Phase::Preparation(_));
        let events = game.apply(legal);
        self.count_timeouts(seat, by);
        self.last_action = Some(LastAction { seat, action, by });
        let dealt = events.iter().any(|event| matches!(event, Event::Dealt { .. }));
        let still_preparing = preparing && !dealt && matches!(self.phase(), Some(Phase::Preparation(_)));
        if !still_preparing {
            self.deadline = self.deadline_from(at);
        }
        narrator.acted(self, seat, action, by);
        self.follow(&events, at, narrator);
        Ok(())
    }

    fn next_round(&mut self, at: Timestamp, narrator: &mut Narrator) -> Result<(), Unfitting> {
        let Stage::Playing(game) = &mut self.stage else {
            return Err(Unfitting);
        };
        let legal = game.next_round().ok_or(Unfitting)?;
        let events = game.apply(legal);
        self.deadline = self.deadline_from(at);
        self.follow(&events, at, narrator);
        Ok(())
    }

    /// Applies the consequences of the rules' events: statistics, notices and the end of the game.
    fn follow(&mut self, events: &[Event], at: Timestamp, narrator: &mut Narrator) {
        self.digest.add(events);
        events.iter().for_each(|event| self.count(event));
        narrator.events(self, events);
        let over = events.iter().find_map(|event| match event {
            Event::GameOver { winners, totals } => Some((*winners, *totals)),
            _ => None,
        });
        if let Some((winners, totals)) = over {
            // The notices of the last round show a room that is still playing, so the state ends after them.
            self.finish();
            narrator.game_over(self, winners, totals, at);
        }
    }

    fn count(&mut self, event: &Event) {
        match event {
            Event::Redealing { .. } => self.statistics.redeals += 1,
            Event::TurnWon { .. } => self.statistics.total_turns += 1,
            Event::RoundScored { scores } => {
                for (seat, _) in scores.iter().filter(|(_, score)| score.is_exact()) {
                    self.statistics.perfect_declarations += 1;
                    self.exact[seat] += 1;
                }
            }
            Event::RoundStarted { .. }
            | Event::Dealt { .. }
            | Event::RedealDecided { .. }
            | Event::StarterChosen { .. }
            | Event::Declared { .. }
            | Event::Played { .. }
            | Event::GameOver { .. } => {}
        }
    }

    /// Ends the game, once the notices of its last play are made.
    fn finish(&mut self) {
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
}
