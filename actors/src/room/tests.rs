//! What can't be reached over a socket: a room that panics.

use std::{sync::Arc, time::Duration};

use actix::{Addr, Handler, Message};
use contracts::ContractId;
use futures_util::StreamExt;
use store::{Location, Store};
use vocabulary::{ConnectionId, CreateRoom, Name, RoomId, SessionToken};

use super::{
    Room,
    messages::{Enter, Listener},
};
use crate::{
    Engine, Settings,
    session::{Outbox, Outgoing},
};

#[derive(Message)]
#[rtype(result = "()")]
struct Panic;

impl Handler<Panic> for Room {
    type Result = ();

    fn handle(&mut self, _: Panic, _: &mut Self::Context) {
        panic!("as the test asked");
    }
}

/// A room with Ann in it, and the way out to her.
async fn room_with_ann(engine: &Engine) -> (RoomId, Addr<Room>, Arc<Outbox>) {
    let name = |text: &str| Name::parse(text).unwrap();
    let options = engine.settings().room_defaults;
    let create = CreateRoom { room_name: name("Room"), player: name("Ann"), options };
    let (id, room) = engine.create(&create).unwrap();
    let outbox = Arc::new(Outbox::new(1 << 20, None));
    let listener = Listener {
        connection: ConnectionId::random(),
        contract: ContractId::Game,
        outbox: Arc::clone(&outbox),
        progress: Arc::default(),
        account: None,
        network: std::net::IpAddr::from([127, 0, 0, 1]).into(),
        manner: crate::room::messages::Manner::Play,
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

/// The secret of the seat, from the answer.
fn token(words: &str) -> SessionToken {
    let secret = words.split(r#""session_token":""#).nth(1).and_then(|rest| rest.split('"').next());
    SessionToken::presented(secret.expect("an answer with a token"))
}

#[actix::test]
async fn a_room_that_panics_is_rebuilt_from_its_journal_and_its_seats_are_the_same() {
    let folder = tempfile::TempDir::new().unwrap();
    let store = Store::open(&Location::Sqlite(folder.path().join("games.db"))).await.unwrap();
    let engine = Engine::start_with(Settings::default(), store);
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
        network: std::net::IpAddr::from([127, 0, 0, 1]).into(),
        manner: crate::room::messages::Manner::Play,
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
    let engine = Engine::start_with(Settings::default(), store.clone());
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
