//! Facts and the events of the rules → notices, in the order that the contract asks for: to the sender its
//! acceptance, to the others the action, to whom it concerns the hand, to all the phase.

use game_rules::{
    Action, BySeat, DeckSeed, Event, Phase, PieceSet, Preparation, RoundResult, RoundScore, Seat, SeatSet,
};
use vocabulary::{
    Audience, BonusKind, By, Departure, Finale, Name, Notice, PlayerId, PrivateNotice, PublicNotice, Secret, Situation,
    TakeoverReason, Timestamp, Who,
};

use super::state::State;

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

/// Someone sat down.
pub(super) fn joined(state: &State, seat: Seat, created: bool) -> Vec<Notice> {
    let situation = state.situation();
    let secret = if created {
        Secret::RoomCreated { situation, token: None }
    } else {
        Secret::RoomJoined { situation, token: None }
    };
    let who = who(state, seat);
    let told =
        Notice::Public(Audience::Except(seat), PublicNotice::PlayerJoined { who, is_bot: false, returned: false });
    vec![private(seat, secret), told]
}

/// Someone left, or a bot was taken away; the host is settled already.
pub(super) fn left(state: &State, seat: Seat, departure: Departure) -> Notice {
    let host = state.roster.host.and_then(|host| name(state, host));
    Notice::Public(Audience::Except(seat), PublicNotice::PlayerLeft { who: who(state, seat), host, departure })
}

/// Someone is back.
pub(super) fn returned(state: &State, seat: Seat) -> Notice {
    let who = who(state, seat);
    Notice::Public(Audience::Except(seat), PublicNotice::PlayerJoined { who, is_bot: false, returned: true })
}

/// A bot plays for someone.
pub(super) fn taken_over(state: &State, seat: Seat, reason: TakeoverReason) -> Notice {
    let who = who(state, seat);
    all(PublicNotice::BotActivated { who, reason, difficulty: state.roster.options.difficulty })
}

/// Who sits there.
pub(super) fn who(state: &State, seat: Seat) -> Who {
    let id = state.roster.player_id(seat).unwrap_or(PlayerId::Guest(state.roster.room, seat));
    Who { seat, id, name: seated(state, seat) }
}

/// In a game every seat is taken; the room's own name stands in for a seat that a damaged record left empty.
fn seated(state: &State, seat: Seat) -> Name {
    name(state, seat).unwrap_or_else(|| state.roster.room_name.clone())
}

/// The game begins.
pub(super) fn game_started(state: &State, seed: &DeckSeed) -> Notice {
    all(PublicNotice::GameStarted { deck_commitment: seed.commitment(), situation: state.situation() })
}

/// A seat decided.
pub(super) fn acted(state: &State, seat: Seat, action: Action, by: By) -> Vec<Notice> {
    let who = who(state, seat);
    let mut notices = Vec::with_capacity(4);
    if by == By::Clock {
        let timeout = state.roster.options.turn_timeout();
        notices.push(all(PublicNotice::PlayerTimedOut { who: who.clone(), automatic: action, timeout }));
    }
    let mut audience = Audience::All;
    if by == By::Player {
        notices.push(private(seat, Secret::Accepted { who: who.clone(), action }));
        audience = Audience::Except(seat);
    }
    notices.push(Notice::Public(audience, PublicNotice::PlayerActed { who, action, by }));
    if let (Action::Play(_), Some(hand)) = (action, state.hand(seat)) {
        notices.extend(is_person(state, seat).then(|| private(seat, Secret::Hand(hand))));
    }
    notices
}

fn is_person(state: &State, seat: Seat) -> bool {
    state.roster.seats[seat].as_ref().is_some_and(|player| !player.is_bot())
}

/// What the rules say happened: hands to their owners, bonuses, and every phase that was entered.
pub(super) fn events(state: &mut State, events: &[Event], at: Timestamp, notices: &mut Vec<Notice>) {
    let mut told = false;
    for event in events {
        match event {
            Event::Dealt { hands, weak, .. } => {
                dealt(state, hands, *weak, notices);
                told = matches!(phase(state), Some(Phase::Preparation(_)));
            }
            Event::Redealing { .. } => state.statistics.redeals += 1,
            Event::TurnWon { .. } => state.statistics.total_turns += 1,
            Event::RoundScored { scores } => {
                scored(state, scores, notices);
                told = true;
            }
            Event::GameOver { winners, totals } => game_over(state, *winners, *totals, at, notices),
            Event::RoundStarted { .. }
            | Event::RedealDecided { .. }
            | Event::StarterChosen { .. }
            | Event::Declared { .. }
            | Event::Played { .. } => {}
        }
    }
    if !told {
        notices.push(all(PublicNotice::PhaseChanged(state.situation())));
    }
}

fn phase(state: &State) -> Option<&Phase> {
    state.game().map(|game| &game.table().phase)
}

/// Hands to their owners, then the preparation phase as this deal opened it, even when nobody is asked.
fn dealt(state: &State, hands: &BySeat<PieceSet>, weak: SeatSet, notices: &mut Vec<Notice>) {
    let people = Seat::ALL.into_iter().filter(|seat| is_person(state, *seat));
    notices.extend(people.map(|seat| private(seat, Secret::Hand(hands[seat]))));
    let redealt = state.game().is_some_and(|game| game.table().multiplier > 1);
    let preparation = Preparation { weak, decisions: BySeat::default(), redealt };
    notices.push(entered(state, Phase::Preparation(preparation)));
}

/// A phase that the game may have passed through already.
fn entered(state: &State, phase: Phase) -> Notice {
    let mut situation: Situation = state.situation();
    if let Some(table) = &mut situation.table {
        table.phase = phase;
    }
    all(PublicNotice::PhaseChanged(situation))
}

fn scored(state: &mut State, scores: &BySeat<RoundScore>, notices: &mut Vec<Notice>) {
    for (seat, score) in scores.iter().filter(|(_, score)| score.declared.value() == score.captured) {
        state.statistics.perfect_declarations += 1;
        state.exact[seat] += 1;
        let (kind, bonus) = match score.captured {
            0 => (BonusKind::PerfectZero, 3),
            _ => (BonusKind::PerfectDeclaration, 5),
        };
        let points = bonus * i32::try_from(score.multiplier).unwrap_or(i32::MAX);
        notices.push(all(PublicNotice::Bonus { name: seated(state, seat), kind, points }));
    }
    notices.push(entered(state, Phase::Scoring(RoundResult { scores: *scores })));
}

fn game_over(state: &mut State, winners: SeatSet, totals: BySeat<i32>, at: Timestamp, notices: &mut Vec<Notice>) {
    state.finish();
    notices.push(all(PublicNotice::PhaseChanged(state.situation())));
    let Some(game) = state.game() else { return };
    notices.push(all(PublicNotice::GameOver(Box::new(Finale {
        situation: state.situation(),
        winners,
        totals,
        rounds_played: u32::from(game.table().round),
        duration: state.duration(at),
        statistics: state.statistics,
        deck_seed: game.seed().map(DeckSeed::to_hex).unwrap_or_default(),
    }))));
}
