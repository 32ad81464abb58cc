//! One sample at least of everything that the server can say.

use std::time::Duration;

use contracts::{Arrival, Contract, chat::Chat};
use game_rules::{RuleSet, Seat};
use serde_json::Value;
use vocabulary::{
    Announcement, Author, Bulletin, ChatEvent, ChatNotice, ConnectionId, Difficulty, Gesture, Maintenance, Pace, Pause,
    PlayerId, RoomOptions, Scope, Severity, Stamp, Status,
};

use crate::{ALICE, BOB, NOW, account, denials, json, name, room};

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

pub(crate) fn stamp() -> Stamp {
    Stamp { room: None, sequence: None, at: NOW, client_sequence: None }
}

pub(crate) fn alice() -> Author {
    Author { id: PlayerId::Account(account(ALICE)), name: name("Alice") }
}

pub(crate) fn bot() -> Author {
    Author { id: PlayerId::Bot(room(), Seat::new(3).unwrap()), name: name("David") }
}

/// Id and time are the same in all of them.
pub(crate) fn notice(scope: Scope, author: Author, event: ChatEvent) -> ChatNotice {
    ChatNotice { id: "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7aff".parse().unwrap(), at: NOW, scope, author, event }
}

pub(crate) fn notices() -> Vec<ChatNotice> {
    let mut events = vec![ChatEvent::Said("Hello!".into())];
    events.extend([Status::Online, Status::Offline, Status::Typing].map(ChatEvent::Status));
    for gesture in Gesture::ALL {
        events.extend([None, Some("smiles".to_owned())].map(|metadata| ChatEvent::Gesture { gesture, metadata }));
    }
    let guest = Author { id: PlayerId::Guest(room(), Seat::new(1).unwrap()), name: name("Bob") };
    let mut notices = Vec::new();
    for scope in [Scope::Lobby, Scope::Room(room()), Scope::Direct(account(BOB))] {
        for author in [alice(), guest.clone(), bot()] {
            notices.extend(events.iter().map(|event| notice(scope, author.clone(), event.clone())));
        }
    }
    notices
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
    let arrival = Arrival {
        connection: ConnectionId::random(),
        account: Some(account(ALICE)),
        device: None,
        guests_allowed: true,
    };
    let mut texts = vec![Chat::greet(&arrival, &stamp()).unwrap()];
    texts.extend(notices().iter().map(|notice| Chat::chat(notice, &stamp()).unwrap()));
    texts.extend(denials::denials().iter().map(|denial| Chat::deny(denial, &stamp())));
    texts.extend(denials::malformed().iter().map(|malformed| Chat::malformed(malformed, &stamp())));
    texts.extend(denials::FAREWELLS.iter().filter_map(|farewell| Chat::farewell(*farewell, &stamp())));
    texts.extend(bulletins().iter().map(|bulletin| Chat::announce(bulletin, &stamp())));
    texts.iter().map(|text| json(text)).collect()
}
