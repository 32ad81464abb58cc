//! One sample at least of everything that the server can say.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use contracts::{Arrival, Contract, state::State};
use game_rules::{Action, BySeat, Declaration, Game, Piece, PieceSet, Play, RedealDecision, RuleSet, Seat, SeatSet};
use serde_json::Value;
use vocabulary::{
    Announcement, Attendance, BonusKind, Bulletin, By, ConnectionId, Departure, Difficulty, Finale, Maintenance, Pace,
    Pause, Player, PlayerId, PlayerKind, PrivateNotice, PublicNotice, Reply, RoomOptions, RoomStatus, Roster, Secret,
    Sequence, SessionToken, Severity, Situation, Stamp, Statistics, Synchronisation, TakeoverReason, Timestamp, Who,
};

use crate::{NOW, alice, denials, json, name, room, stages};

pub(crate) fn options() -> RoomOptions {
    RoomOptions {
        public: true,
        fill_with_bots: true,
        difficulty: Difficulty::Medium,
        turn_timeout_seconds: 30,
        pace: Pace::Normal,
        rules: RuleSet::default(),
    }
}

pub(crate) fn seat(index: usize) -> Seat {
    Seat::new(index).unwrap()
}

/// Alice has an account, Bob is a guest, Carol's seat is free before the start, David is a bot.
fn roster(status: RoomStatus) -> Arc<Roster> {
    let player = |text: &str, kind, account| Some(Player { name: name(text), kind, stand_in: None, account });
    let carol = player("Carol", PlayerKind::Human, None).filter(|_| status != RoomStatus::Waiting);
    Arc::new(Roster {
        room: room(),
        room_name: name("Alice's Room"),
        created_at: Timestamp(1_711_031_300_000),
        options: options(),
        host: Some(seat(0)),
        seats: BySeat::new([
            player("Alice", PlayerKind::Human, Some(alice())),
            player("Bob", PlayerKind::Human, None),
            carol,
            player("David", PlayerKind::Bot(Difficulty::Hard), None),
        ]),
        status,
    })
}

/// A room that waits for players; there is no game yet.
pub(crate) fn waiting() -> Situation {
    Situation {
        roster: roster(RoomStatus::Waiting),
        table: None,
        deadline: None,
        connected: SeatSet::default(),
        last_action: None,
    }
}

/// A room at this stage of its game; 29.2 seconds are left.
pub(crate) fn playing(game: &Game) -> Situation {
    Situation {
        roster: roster(RoomStatus::Playing),
        table: Some(Box::new(game.table().clone())),
        deadline: Some(NOW + Duration::from_millis(29_200)),
        ..waiting()
    }
}

/// Both preparations, then every step of a game.
pub(crate) fn games() -> &'static [Game] {
    static GAMES: LazyLock<Vec<Game>> = LazyLock::new(|| {
        let mut games = vec![stages::weak(), stages::weak_again()];
        games.extend(stages::whole_game());
        games
    });
    &GAMES
}

/// One of each kind of action.
pub(crate) fn actions() -> [Action; 4] {
    let pair = ["p3", "p4"].iter().map(|id| id.parse::<Piece>().unwrap()).fold(PieceSet::EMPTY, PieceSet::with);
    [
        Action::Declare(Declaration::new(3).unwrap()),
        Action::Play(Play::new(pair).unwrap()),
        Action::Redeal(RedealDecision::Accept),
        Action::Redeal(RedealDecision::Decline),
    ]
}

/// The stamp of an event of the room.
pub(crate) fn numbered() -> Stamp {
    Stamp { sequence: Some(Sequence(42)), ..answering() }
}

/// The stamp of an answer.
pub(crate) fn answering() -> Stamp {
    Stamp { room: Some(room()), sequence: None, at: NOW, client_sequence: None }
}

/// The stamp of what has to do with no room.
pub(crate) fn nowhere() -> Stamp {
    Stamp { room: None, ..answering() }
}

pub(crate) fn bob() -> Who {
    Who { seat: seat(1), id: PlayerId::Guest(room(), seat(1)), name: name("Bob") }
}

pub(crate) fn over() -> Finale {
    let situation = playing(games().last().unwrap());
    Finale {
        winners: [seat(0), seat(2)].into_iter().collect(),
        totals: BySeat::new([52, 45, 52, -3]),
        rounds_played: 8,
        duration: Duration::from_secs(61),
        statistics: Statistics::default(),
        deck_seed: "07".repeat(32),
        situation,
    }
}

/// What everybody hears.
pub(crate) fn told() -> Vec<PublicNotice> {
    let started = PublicNotice::GameStarted { deck_commitment: "ab".repeat(32), situation: playing(&games()[0]) };
    let mut notices = vec![started, PublicNotice::GameOver(Box::new(over()))];
    notices.extend(games().iter().map(|game| PublicNotice::PhaseChanged(playing(game))));
    for by in [By::Player, By::Bot, By::Clock] {
        notices.extend(actions().map(|action| PublicNotice::PlayerActed { who: bob(), action, by }));
    }
    notices
}

/// What the contract has no word for.
pub(crate) fn untold() -> Vec<PublicNotice> {
    let automatic = actions()[0];
    vec![
        PublicNotice::PlayerJoined { who: bob(), is_bot: false, returned: false },
        PublicNotice::PlayerLeft { who: bob(), host: None, departure: Departure::Left },
        PublicNotice::Bonus { name: name("Bob"), kind: BonusKind::PerfectZero, points: 3 },
        PublicNotice::PlayerTimedOut { who: bob(), automatic, timeout: Duration::from_secs(30) },
        PublicNotice::BotActivated { who: bob(), reason: TakeoverReason::Left, difficulty: Difficulty::Easy },
        PublicNotice::BotThinking { who: bob() },
        PublicNotice::BotFailed { who: bob() },
        PublicNotice::Presence { who: bob(), connected: true },
    ]
}

pub(crate) fn secrets() -> Vec<Secret> {
    let who = Who { seat: seat(0), id: PlayerId::Account(alice()), name: name("Alice") };
    let mut secrets = vec![
        Secret::RoomCreated { situation: waiting(), token: Some(SessionToken::presented("a-secret")) },
        Secret::RoomJoined { situation: playing(&games()[0]), token: None },
        Secret::Hand(PieceSet::EMPTY),
    ];
    secrets.extend(games().iter().map(|game| Secret::Hand(game.view(seat(0)).hand())));
    secrets.extend(actions().map(|action| Secret::Accepted { who: who.clone(), action }));
    secrets
}

pub(crate) fn attendance(situation: Situation, seat: Option<Seat>, hand: Option<PieceSet>) -> Reply {
    Reply::Attending(Attendance {
        connection: ConnectionId::random(),
        account: alice(),
        seat,
        situation,
        hand,
        missed: None,
        truncated: false,
    })
}

pub(crate) fn synchronised(situation: Situation, hand: Option<PieceSet>) -> Reply {
    Reply::Synchronised(Synchronisation {
        current: Sequence(45),
        missed: Vec::new(),
        truncated: false,
        situation,
        hand,
        client_hash: None,
    })
}

fn replies() -> Vec<Reply> {
    let mut replies = vec![attendance(waiting(), Some(seat(0)), None), synchronised(waiting(), None)];
    for game in games() {
        let hand = Some(game.view(seat(0)).hand());
        replies.push(attendance(playing(game), Some(seat(0)), hand));
        replies.push(attendance(playing(game), None, None));
        replies.push(synchronised(playing(game), hand));
    }
    replies
}

pub(crate) fn bulletins() -> Vec<Bulletin> {
    let word = |severity| Announcement {
        message: "New rules".to_owned(),
        severity,
        at: NOW,
        duration: Announcement::DEFAULT_DURATION,
    };
    let mut bulletins: Vec<Bulletin> = Severity::ALL.map(|severity| Bulletin::Announcement(word(severity))).into();
    for event in Pause::ALL {
        let pause =
            Maintenance { event, scheduled: NOW + Duration::from_secs(60), duration: Duration::from_secs(1_800) };
        bulletins.extend([Bulletin::Maintenance(pause), Bulletin::MaintenanceOver(pause)]);
    }
    bulletins.push(Bulletin::AnnouncementWithdrawn(word(Severity::Error)));
    bulletins
}

/// Everything that the server can say, as it is sent.
pub(crate) fn messages() -> Vec<Value> {
    let arrival =
        |device| Arrival { connection: ConnectionId::random(), account: Some(alice()), device, guests_allowed: true };
    let mut texts = vec![
        State::greet(&arrival(None), &nowhere()).unwrap(),
        State::greet(&arrival(Some("kitchen")), &nowhere()).unwrap(),
    ];
    texts.extend(told().iter().map(|notice| State::public(notice, &numbered()).unwrap()));
    let private = |secret| State::private(&PrivateNotice { seat: seat(0), secret }, &numbered()).unwrap();
    texts.extend(secrets().into_iter().map(private));
    texts.extend(replies().iter().map(|reply| State::reply(reply, &answering()).unwrap()));
    for stamp in [numbered(), answering(), nowhere()] {
        texts.extend(denials::denials().iter().map(|denial| State::deny(denial, &stamp)));
        texts.extend(denials::malformed().iter().map(|malformed| State::malformed(malformed, &stamp)));
    }
    texts.extend(denials::FAREWELLS.map(|farewell| State::farewell(farewell, &nowhere()).unwrap()));
    texts.extend(bulletins().iter().map(|bulletin| State::announce(bulletin, &nowhere())));
    texts.iter().map(|text| json(text)).collect()
}
