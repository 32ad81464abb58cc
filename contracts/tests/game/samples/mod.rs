//! One sample at least of everything that the server can say.

mod denials;
mod notices;
pub(crate) mod replies;

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use contracts::{Arrival, Contract, Farewell, game::Game};
use game_rules::{Action, BySeat, Declaration, Piece, PieceSet, Play, RedealDecision, RuleSet, Seat, SeatSet};
use serde_json::Value;
use vocabulary::{
    Announcement, Author, Bulletin, ChatEvent, ChatNotice, ConnectionId, Difficulty, Gesture, Maintenance, Pace, Pause,
    Player, PlayerId, PlayerKind, PrivateNotice, RoomOptions, RoomStatus, Roster, Scope, Sequence, Severity, Situation,
    Stamp, Status, Timestamp,
};

pub(crate) use self::{
    denials::denials,
    notices::{publics, secrets},
    replies::replies,
};
use crate::{NOW, json, name, room, stages};

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

fn roster(status: RoomStatus) -> Arc<Roster> {
    let player =
        |index: usize, text: &str, kind| (index, Player { name: name(text), kind, stand_in: None, account: None });
    let players = [
        player(0, "Alice", PlayerKind::Human),
        player(1, "Bob", PlayerKind::Human),
        player(2, "Carol", PlayerKind::Human),
        player(3, "David", PlayerKind::Bot(Difficulty::Hard)),
    ];
    let mut seats = BySeat::<Option<Player>>::default();
    for (index, player) in players {
        seats[seat(index)] = Some(player);
    }
    Arc::new(Roster {
        room: room(),
        room_name: name("Alice's Room"),
        created_at: Timestamp(1_673_890_123_456),
        options: options(),
        host: Some(seat(0)),
        seats,
        status,
    })
}

/// A connection that has just been made, of nobody in particular.
pub(crate) fn arrival() -> Arrival<'static> {
    Arrival { connection: ConnectionId::random(), account: None, device: None, guests_allowed: true }
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

/// A room at this stage of its game.
pub(crate) fn playing(game: &game_rules::Game) -> Situation {
    Situation {
        roster: roster(RoomStatus::Playing),
        table: Some(Box::new(game.table().clone())),
        deadline: Some(NOW + Duration::from_secs(30)),
        connected: SeatSet::default(),
        last_action: None,
    }
}

pub(crate) fn pair() -> Play {
    let pieces = ["p3", "p4"].iter().map(|id| id.parse::<Piece>().unwrap());
    Play::new(pieces.fold(PieceSet::EMPTY, PieceSet::with)).unwrap()
}

fn three() -> Declaration {
    Declaration::new(3).unwrap()
}

/// One of each kind of action.
pub(crate) fn actions() -> [Action; 4] {
    [
        Action::Declare(three()),
        Action::Play(pair()),
        Action::Redeal(RedealDecision::Accept),
        Action::Redeal(RedealDecision::Decline),
    ]
}

/// The stages that the samples show: both preparations, then every step of a game.
pub(crate) fn games() -> &'static [game_rules::Game] {
    static GAMES: LazyLock<Vec<game_rules::Game>> = LazyLock::new(|| {
        let mut games = vec![stages::weak(), stages::weak_again()];
        games.extend(stages::whole_game());
        games
    });
    &GAMES
}

pub(crate) const FAREWELLS: [Farewell; 19] = [
    Farewell::Replaced,
    Farewell::RoomClosed,
    Farewell::RoomFailed,
    Farewell::ServerStopping,
    Farewell::TooSlow,
    Farewell::UnknownRoom,
    Farewell::HeartbeatLost,
    Farewell::MessageTooBig,
    Farewell::ClosedByOperator,
    Farewell::Blocked,
    Farewell::Banned,
    Farewell::Removed,
    Farewell::NotAdmitted,
    Farewell::BinaryRefused,
    Farewell::NotAuthenticated,
    Farewell::InvalidToken,
    Farewell::TokenExpired,
    Farewell::TooManyConnections,
    Farewell::TooManyAttempts,
];

/// The stamp of an event of the room.
pub(crate) fn numbered() -> Stamp {
    Stamp { sequence: Some(Sequence(42)), ..answering() }
}

/// The stamp of an answer.
pub(crate) fn answering() -> Stamp {
    Stamp { room: Some(room()), sequence: None, at: NOW, client_sequence: Some(123) }
}

/// Everything that can happen in a scope.
pub(crate) fn chats() -> [ChatNotice; 3] {
    let author = Author { id: PlayerId::Guest(room(), seat(0)), name: name("Alice") };
    let gesture = ChatEvent::Gesture { gesture: Gesture::Thinking, metadata: None };
    [ChatEvent::Said("good luck".into()), ChatEvent::Status(Status::Typing), gesture]
        .map(|event| ChatNotice::now(Scope::Room(room()), author.clone(), event))
}

/// Everything that operators can tell everybody.
pub(crate) fn bulletins() -> Vec<Bulletin> {
    let message = "New rules from Monday on";
    let word = |severity| Announcement {
        message: message.to_owned(),
        severity,
        at: NOW,
        duration: Announcement::DEFAULT_DURATION,
    };
    let pause = |event| Maintenance { event, scheduled: NOW, duration: Duration::from_secs(600) };
    let words = Severity::ALL.map(|severity| Bulletin::Announcement(word(severity)));
    let withdrawn = Severity::ALL.map(|severity| Bulletin::AnnouncementWithdrawn(word(severity)));
    let planned = Pause::ALL.map(|event| Bulletin::Maintenance(pause(event)));
    let over = Pause::ALL.map(|event| Bulletin::MaintenanceOver(pause(event)));
    [words, planned, over, withdrawn].concat()
}

/// Everything that the server can say apart from what `decode` answers by itself, as it is sent.
pub(crate) fn messages() -> Vec<Value> {
    let (event, answer) = (numbered(), answering());
    let lobby = Stamp { room: None, client_sequence: None, ..answer };
    let mut texts = vec![Game::greet(&arrival(), &lobby).unwrap(), Game::greet(&arrival(), &answer).unwrap()];
    texts.extend(publics().iter().map(|notice| Game::public(notice, &event).unwrap()));
    texts.extend(
        secrets().into_iter().map(|secret| Game::private(&PrivateNotice { seat: seat(0), secret }, &event).unwrap()),
    );
    texts.extend(replies().iter().map(|reply| Game::reply(reply, &answer).unwrap()));
    texts.extend(denials().iter().map(|(denial, _)| Game::deny(denial, &answer)));
    texts.extend(chats().iter().filter_map(|notice| Game::chat(notice, &answer)));
    texts.extend(bulletins().iter().map(|bulletin| Game::announce(bulletin, &lobby)));
    let pause = Maintenance { event: Pause::Restart, scheduled: NOW, duration: Duration::from_secs(600) };
    texts.extend(Game::forewarn(&pause, &lobby));
    texts.extend(FAREWELLS.iter().map(|farewell| Game::farewell(*farewell, &lobby).unwrap()));
    texts.iter().map(|text| json(text)).collect()
}
