//! Every event of a room.

use std::time::Duration;

use game_rules::{BySeat, PieceSet, Seat};
use vocabulary::{
    BonusKind, By, Departure, Difficulty, Finale, PlayerId, PublicNotice, Secret, SessionToken, Statistics,
    TakeoverReason, Who,
};

use super::{actions, games, playing, seat, waiting};
use crate::{name, room};

fn finale() -> Finale {
    let end = games().last().unwrap();
    Finale {
        situation: playing(end),
        winners: [seat(0), seat(2)].into_iter().collect(),
        totals: BySeat::new([52, 45, 52, -3]),
        rounds_played: 8,
        duration: Duration::from_millis(1_234_560),
        statistics: Statistics::default(),
        deck_seed: "00".repeat(32),
    }
}

fn bob() -> Who {
    Who { seat: seat(1), id: PlayerId::Guest(room(), seat(1)), name: name("Bob") }
}

pub(super) fn joined(is_bot: bool) -> PublicNotice {
    PublicNotice::PlayerJoined { who: bob(), is_bot, returned: is_bot }
}

pub(crate) fn publics() -> Vec<PublicNotice> {
    let mut notices = vec![
        joined(false),
        joined(true),
        PublicNotice::PlayerLeft { who: bob(), host: Some(name("Alice")), departure: Departure::Removed },
        PublicNotice::PlayerLeft { who: bob(), host: None, departure: Departure::Left },
        PublicNotice::GameStarted { deck_commitment: "ab".repeat(32), situation: playing(&games()[0]) },
        PublicNotice::GameOver(Box::new(finale())),
    ];
    notices.extend(games().iter().map(|game| PublicNotice::PhaseChanged(playing(game))));
    for action in actions() {
        notices.push(PublicNotice::PlayerActed { who: bob(), action, by: By::Player });
        notices.push(PublicNotice::PlayerTimedOut { who: bob(), automatic: action, timeout: Duration::from_secs(30) });
    }
    for kind in [BonusKind::PerfectDeclaration, BonusKind::PerfectZero] {
        notices.push(PublicNotice::Bonus { name: name("Bob"), kind, points: 5 });
    }
    for reason in [TakeoverReason::Disconnected, TakeoverReason::Left, TakeoverReason::Inactive] {
        for difficulty in Difficulty::ALL {
            notices.push(PublicNotice::BotActivated { who: bob(), reason, difficulty });
        }
    }
    notices
}

pub(crate) fn secrets() -> Vec<Secret> {
    let token = || Some(SessionToken::presented("a-secret"));
    let mut secrets = vec![
        Secret::RoomCreated { situation: waiting(), token: token() },
        Secret::RoomCreated { situation: waiting(), token: None },
        Secret::RoomJoined { situation: waiting(), token: token() },
        Secret::RoomJoined { situation: playing(&games()[0]), token: None },
        Secret::RoomLeft(Departure::Left),
        Secret::RoomLeft(Departure::Removed),
        Secret::Hand(PieceSet::EMPTY),
    ];
    secrets.extend(games().iter().flat_map(|game| Seat::ALL.map(|seat| Secret::Hand(game.view(seat).hand()))));
    for action in actions() {
        let alice = Who { seat: seat(0), id: PlayerId::Guest(room(), seat(0)), name: name("Alice") };
        secrets.push(Secret::Accepted { who: alice, action });
    }
    secrets
}
