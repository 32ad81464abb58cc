//! What can't be reached over a socket: a room that panics, and how often facts are folded.

use std::{
    net::IpAddr,
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use actix::{Addr, Handler, Message};
use chronicle::Fact;
use contracts::ContractId;
use futures_util::StreamExt;
use store::{Location, Store};
use vocabulary::{By, ConnectionId, CreateRoom, Name, RoomId, RoomRequest, Sequence, SessionToken};

use super::{
    Room,
    messages::{Ask, Close, Enter, Listener, Synchronise},
};
use crate::{
    Bans, Engine, Network, Requester, Settings,
    cost::Allowance,
    outbox::{Outbox, Outgoing},
};

#[derive(Message)]
#[rtype(result = "()")]
struct Panic;

/// Makes this many decisions for everybody; returns how many facts there are, and how many were folded for backlogs.
#[derive(Message)]
#[rtype(result = "Counted")]
struct PlayOn(usize);

#[derive(actix::MessageResponse)]
struct Counted {
    facts: u64,
    folded: u64,
    /// Ann's.
    connection: ConnectionId,
}

impl Handler<PlayOn> for Room {
    type Result = Counted;

    fn handle(&mut self, PlayOn(decisions): PlayOn, ctx: &mut Self::Context) -> Counted {
        if self.state.game().is_none() {
            let fact = self.start_fact().unwrap();
            self.happen(fact);
        }
        for _ in 0..decisions {
            let game = self.state.game().unwrap();
            let fact = match game.table().pending().iter().next() {
                Some(seat) => Fact::Acted { seat, action: game.automatic(seat).unwrap(), by: By::Bot },
                None => Fact::NextRound,
            };
            self.happen(fact);
        }
        self.settle(ctx);
        Counted {
            facts: u64::try_from(self.history.len()).unwrap(),
            folded: self.backlogs.folded,
            connection: self.audience.members[0].listener.connection,
        }
    }
}

impl Handler<Panic> for Room {
    type Result = ();

    fn handle(&mut self, _: Panic, _: &mut Self::Context) {
        panic!("as the test asked");
    }
}

fn requester() -> Requester {
    let network = Network::from(IpAddr::from([127, 0, 0, 1]));
    Requester { network, account: None, connection: Some(ConnectionId::random()) }
}

/// A room with Ann in it, and the way out to her.
async fn room_with_ann(engine: &Engine) -> (RoomId, Addr<Room>, Arc<Outbox>) {
    let name = |text: &str| Name::parse(text).unwrap();
    let options = engine.settings().room_defaults;
    let create = CreateRoom { room_name: name("Room"), player: name("Ann"), options };
    let (id, room) = engine.create(&requester(), &create).unwrap();
    // She does not read.
    let outbox = Arc::new(Outbox::new(1 << 28, None));
    let listener = Listener {
        connection: ConnectionId::random(),
        contract: ContractId::Game,
        outbox: Arc::clone(&outbox),
        progress: Arc::default(),
        account: None,
        network: requester().network,
        from_lobby: true,
        mode: crate::room::messages::Mode::Play,
        allowance: Arc::new(Allowance::new(engine.costs(), Network::from(std::net::IpAddr::from([127, 0, 0, 1])))),
    };
    let player = name("Ann");
    let enter = Enter { listener, player, token: None, last_sequence: None, creates: true, client_sequence: None };
    assert!(room.send(enter).await.unwrap().is_ok());
    (id, room, outbox)
}

/// All that a closed outbox still had to say.
async fn last_words(outbox: Arc<Outbox>) -> String {
    let frames: Vec<_> = Outgoing(outbox).collect().await;
    frames.iter().map(|frame| String::from_utf8_lossy(frame).into_owned()).collect()
}

#[actix::test]
async fn a_room_that_panics_is_closed_alone_and_its_sessions_are_told() {
    let engine = Engine::start(Settings::default());
    let (_, failing, to_ann) = room_with_ann(&engine).await;
    let (_, other, _to_other) = room_with_ann(&engine).await;

    assert!(failing.send(Panic).await.is_err());

    let words = last_words(to_ann).await;
    assert!(words.contains(r#""code":"4002""#), "{words}");
    assert!(words.contains(r#""code":1011"#), "{words}");
    assert!(words.contains("room failed"), "{words}");
    assert_eq!(engine.rooms().len(), 1);
    assert!(other.connected(), "the other room lives on");
}

/// Ann's request for what came after this event.
fn sync(connection: ConnectionId, since: u64) -> Synchronise {
    let request = RoomRequest::Synchronise { since: Sequence(since), state_hash: None };
    Synchronise(Ask { connection, client_sequence: None, digest: 0, request, received: Instant::now() })
}

#[actix::test]
async fn a_rooms_facts_are_folded_once_for_any_number_of_syncs() {
    let engine = Engine::start(Settings::default());
    let (_, room, _outbox) = room_with_ann(&engine).await;
    let Counted { folded, connection, .. } = room.send(PlayOn(100)).await.unwrap();
    assert_eq!(folded, 0, "nobody has asked yet");
    for since in [0, 0, 7, 50, 0, u64::MAX] {
        room.send(sync(connection, since)).await.unwrap();
    }
    let after = room.send(PlayOn(0)).await.unwrap();
    assert_eq!(after.folded, after.facts);
    for decisions in [1, 50, 3] {
        room.send(PlayOn(decisions)).await.unwrap();
        room.send(sync(connection, 0)).await.unwrap();
    }
    let end = room.send(PlayOn(0)).await.unwrap();
    assert!(end.facts >= after.facts + 54);
    assert_eq!(end.folded, end.facts, "each fact once");
    assert!(engine.services().backlog_bytes.load(Ordering::Relaxed) > 10_000);
    room.send(Close).await.unwrap();
    while engine.services().backlog_bytes.load(Ordering::Relaxed) > 0 {
        actix::clock::sleep(Duration::from_millis(5)).await;
    }
    assert!(!room.connected(), "a room that has gone keeps no texts");
}

#[actix::test]
async fn a_backlog_holds_little_for_who_missed_little_and_all_for_who_missed_more() {
    let engine = Engine::start(Settings::default());
    let (_, room, _outbox) = room_with_ann(&engine).await;
    let Counted { facts, connection, .. } = room.send(PlayOn(200)).await.unwrap();
    room.send(sync(connection, 300)).await.unwrap();
    let little = engine.services().backlog_bytes.load(Ordering::Relaxed);
    for since in (0..300).rev().step_by(50) {
        room.send(sync(connection, since)).await.unwrap();
    }
    assert_eq!(room.send(PlayOn(0)).await.unwrap().folded, 2 * facts, "twice, however many ask");
    let all = engine.services().backlog_bytes.load(Ordering::Relaxed);
    assert!(little > 0 && all > little, "{little} and {all} bytes");
}

/// The secret of the seat, from the answer.
fn token(words: &str) -> SessionToken {
    let secret = words.split(r#""session_token":""#).nth(1).and_then(|rest| rest.split('"').next());
    SessionToken::presented(secret.expect("an answer with a token"))
}

#[actix::test]
async fn a_room_that_panics_is_rebuilt_from_its_journal_and_its_seats_are_the_same() {
    let folder = tempfile::TempDir::new().unwrap();
    let store = Store::open(&Location::Sqlite(folder.path().join("games.db"))).await.unwrap();
    let engine = Engine::start_with(Settings::default(), store, Bans::default());
    let (id, failing, to_ann) = room_with_ann(&engine).await;
    assert!(failing.send(Panic).await.is_err());
    let secret = token(&last_words(to_ann).await);

    let rebuilt = loop {
        match engine.rooms().address(id) {
            Some(room) => break room,
            None => actix::clock::sleep(Duration::from_millis(5)).await,
        }
    };
    let outbox = Arc::new(Outbox::new(1 << 20, None));
    let listener = Listener {
        connection: ConnectionId::random(),
        contract: ContractId::Game,
        outbox,
        progress: Arc::default(),
        account: None,
        network: requester().network,
        from_lobby: true,
        mode: crate::room::messages::Mode::Play,
        allowance: Arc::new(Allowance::new(engine.costs(), Network::from(std::net::IpAddr::from([127, 0, 0, 1])))),
    };
    let player = Name::parse("Ann").unwrap();
    let token = Some(secret);
    let enter = Enter { listener, player, token, last_sequence: None, creates: false, client_sequence: None };
    assert!(rebuilt.send(enter).await.unwrap().is_ok(), "Ann's token opens her seat");
}

#[actix::test]
async fn a_room_that_fails_again_and_again_is_put_aside() {
    let folder = tempfile::TempDir::new().unwrap();
    let store = Store::open(&Location::Sqlite(folder.path().join("games.db"))).await.unwrap();
    let engine = Engine::start_with(Settings::default(), store.clone(), Bans::default());
    let (id, _, _) = room_with_ann(&engine).await;
    while store.quarantined().await.unwrap().is_empty() {
        if let Some(room) = engine.rooms().address(id) {
            let _ = room.send(Panic).await;
        }
        actix::clock::sleep(Duration::from_millis(5)).await;
    }
    assert!(engine.rooms().address(id).is_none());
    assert_eq!(store.quarantined().await.unwrap()[0].0, id.to_string());
}
