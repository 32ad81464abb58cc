//! Facts and the events of the rules → notices, in the order that the contract asks for: to the sender its
//! acceptance, to the others the action, to whom it concerns the hand, to all the phase.

use game_rules::{
    Action, BySeat, DeckSeed, Event, Phase, PieceSet, Preparation, RoundResult, RoundScore, Seat, SeatSet,
};
use vocabulary::{
    Audience, BonusKind, By, Departure, Finale, Name, Notice, PlayerId, PrivateNotice, PublicNotice, Secret, Situation,
    TakeoverReason, Timestamp, Who,
};

use super::State;

fn all(notice: PublicNotice) -> Notice {
    Notice::Public(Audience::All, notice)
}

fn private(seat: Seat, secret: Secret) -> Notice {
    Notice::Private(PrivateNotice { seat, secret })
}

/// The name at a taken seat.
fn name(state: &State, seat: Seat) -> Option<Name> {
    state.roster.seats[seat].as_ref().map(|player| player.name.clone())
}

/// Who sits there.
pub fn who(state: &State, seat: Seat) -> Who {
    let id = state.roster.player_id(seat).unwrap_or(PlayerId::Guest(state.roster.room, seat));
    Who { seat, id, name: seated(state, seat) }
}

/// In a game every seat is taken; the room's own name stands in for a seat that a damaged record left empty.
fn seated(state: &State, seat: Seat) -> Name {
    name(state, seat).unwrap_or_else(|| state.roster.room_name.clone())
}

fn is_person(state: &State, seat: Seat) -> bool {
    state.roster.seats[seat].as_ref().is_some_and(|player| !player.is_bot())
}

fn phase(state: &State) -> Option<&Phase> {
    state.game().map(|game| &game.table().phase)
}

/// The notices of one fact, in order.
pub(super) struct Narrator {
    /// The seats whose people are connected, as notices show it.
    connected: SeatSet,
    notices: Vec<Notice>,
}

impl Narrator {
    pub(super) fn new(connected: SeatSet) -> Self {
        Self { connected, notices: Vec::with_capacity(8) }
    }

    pub(super) fn into_notices(self) -> Vec<Notice> {
        self.notices
    }

    fn push(&mut self, notice: Notice) {
        self.notices.push(notice);
    }

    fn situation(&self, state: &State) -> Situation {
        state.situation(self.connected)
    }

    /// Someone sat down.
    pub(super) fn joined(&mut self, state: &State, seat: Seat, created: bool) {
        let situation = self.situation(state);
        let secret = if created {
            Secret::RoomCreated { situation, token: None }
        } else {
            Secret::RoomJoined { situation, token: None }
        };
        self.push(private(seat, secret));
        self.player_joined(state, seat, false);
    }

    /// A bot sat down.
    pub(super) fn bot_placed(&mut self, state: &State, seat: Seat) {
        let joined = PublicNotice::PlayerJoined { who: who(state, seat), is_bot: true, returned: false };
        self.push(all(joined));
    }

    /// Someone is back.
    pub(super) fn returned(&mut self, state: &State, seat: Seat) {
        self.player_joined(state, seat, true);
    }

    fn player_joined(&mut self, state: &State, seat: Seat, returned: bool) {
        let joined = PublicNotice::PlayerJoined { who: who(state, seat), is_bot: false, returned };
        self.push(Notice::Public(Audience::Except(seat), joined));
    }

    /// The seat's own connection is out of the room.
    pub(super) fn room_left(&mut self, seat: Seat, departure: Departure) {
        self.push(private(seat, Secret::RoomLeft(departure)));
    }

    /// Someone left, or a bot was taken away; the host is settled already.
    pub(super) fn left(&mut self, state: &State, seat: Seat, departure: Departure) {
        let host = state.roster.host.and_then(|host| name(state, host));
        let left = PublicNotice::PlayerLeft { who: who(state, seat), host, departure };
        self.push(Notice::Public(Audience::Except(seat), left));
    }

    /// A bot plays for someone.
    pub(super) fn taken_over(&mut self, state: &State, seat: Seat, reason: TakeoverReason) {
        let difficulty = state.roster.options.difficulty;
        self.push(all(PublicNotice::BotActivated { who: who(state, seat), reason, difficulty }));
    }

    /// The game begins.
    pub(super) fn game_started(&mut self, state: &State, seed: &DeckSeed) {
        let situation = self.situation(state);
        self.push(all(PublicNotice::GameStarted { deck_commitment: seed.commitment(), situation }));
    }

    /// The room stands in another phase, or its clock was restarted.
    pub(super) fn phase_changed(&mut self, state: &State) {
        let situation = self.situation(state);
        self.push(all(PublicNotice::PhaseChanged(situation)));
    }

    /// A phase that the game may have passed through already.
    fn entered(&mut self, state: &State, phase: Phase) {
        let mut situation = self.situation(state);
        if let Some(table) = &mut situation.table {
            table.phase = phase;
        }
        self.push(all(PublicNotice::PhaseChanged(situation)));
    }

    /// A seat decided.
    pub(super) fn acted(&mut self, state: &State, seat: Seat, action: Action, by: By) {
        let who = who(state, seat);
        if by == By::Clock {
            let timeout = state.roster.options.turn_timeout();
            self.push(all(PublicNotice::PlayerTimedOut { who: who.clone(), automatic: action, timeout }));
        }
        let mut audience = Audience::All;
        if by == By::Player {
            self.push(private(seat, Secret::Accepted { who: who.clone(), action }));
            audience = Audience::Except(seat);
        }
        self.push(Notice::Public(audience, PublicNotice::PlayerActed { who, action, by }));
        if let (Action::Play(_), Some(hand)) = (action, state.hand(seat))
            && is_person(state, seat)
        {
            self.push(private(seat, Secret::Hand(hand)));
        }
    }

    /// What the rules say happened: hands to their owners, bonuses, and every phase that was entered. The end of the game
    /// is announced by [`game_over`](Self::game_over), after the state has changed.
    pub(super) fn events(&mut self, state: &State, events: &[Event]) {
        let mut told = false;
        for event in events {
            match event {
                Event::Dealt { hands, weak, .. } => {
                    self.dealt(state, hands, *weak);
                    told = matches!(phase(state), Some(Phase::Preparation(_)));
                }
                Event::RoundScored { scores } => {
                    self.scored(state, scores);
                    told = true;
                }
                Event::RoundStarted { .. }
                | Event::RedealDecided { .. }
                | Event::Redealing { .. }
                | Event::StarterChosen { .. }
                | Event::Declared { .. }
                | Event::Played { .. }
                | Event::TurnWon { .. }
                | Event::GameOver { .. } => {}
            }
        }
        if !told {
            self.phase_changed(state);
        }
    }

    /// Hands to their owners, then the preparation phase as this deal opened it, even when nobody is asked.
    fn dealt(&mut self, state: &State, hands: &BySeat<PieceSet>, weak: SeatSet) {
        let people = Seat::ALL.into_iter().filter(|seat| is_person(state, *seat));
        self.notices.extend(people.map(|seat| private(seat, Secret::Hand(hands[seat]))));
        let redealt = state.game().is_some_and(|game| game.table().multiplier > 1);
        let preparation = Preparation { weak, decisions: BySeat::default(), redealt };
        self.entered(state, Phase::Preparation(preparation));
    }

    fn scored(&mut self, state: &State, scores: &BySeat<RoundScore>) {
        for (seat, score) in scores.iter().filter(|(_, score)| score.is_exact()) {
            let kind = if score.captured == 0 { BonusKind::PerfectZero } else { BonusKind::PerfectDeclaration };
            self.push(all(PublicNotice::Bonus { name: seated(state, seat), kind, points: score.bonus() }));
        }
        self.entered(state, Phase::Scoring(RoundResult { scores: *scores }));
    }

    /// The game is over, and the room too.
    pub(super) fn game_over(&mut self, state: &State, winners: SeatSet, totals: BySeat<i32>, at: Timestamp) {
        self.phase_changed(state);
        let Some(game) = state.game() else { return };
        let finale = Finale {
            situation: self.situation(state),
            winners,
            totals,
            rounds_played: u32::from(game.table().round),
            duration: state.duration(at),
            statistics: state.statistics,
            deck_seed: game.seed().map(DeckSeed::to_hex).unwrap_or_default(),
        };
        self.push(all(PublicNotice::GameOver(Box::new(finale))));
    }
}
