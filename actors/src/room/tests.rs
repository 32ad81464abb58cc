//! What can't be reached over a socket: a room that panics.

use std::sync::Arc;

use actix::{Addr, Handler, Message};
use contracts::ContractId;
use futures_util::StreamExt;
use vocabulary::{ConnectionId, CreateRoom, Name};

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
async fn room_with_ann(engine: &Engine) -> (Addr<Room>, Arc<Outbox>) {
    let name = |text: &str| Name::parse(text).unwrap();
    let options = engine.settings().room_defaults;
    let create = CreateRoom { room_name: name("Room"), player: name("Ann"), options };
    let (_, room) = engine.create(&create).unwrap();
    let outbox = Arc::new(Outbox::new(1 << 20, None));
    let listener =
        Listener { connection: ConnectionId::random(), contract: ContractId::Game, outbox: Arc::clone(&outbox) };
    let player = name("Ann");
    let enter = Enter { listener, player, token: None, last_sequence: None, creates: true, client_sequence: None };
    assert!(room.send(enter).await.unwrap().is_ok());
    (room, outbox)
}

/// All that a closed outbox still had to say.
async fn last_words(outbox: Arc<Outbox>) -> String {
    let frames: Vec<_> = Outgoing(outbox).collect().await;
    frames.iter().map(|frame| String::from_utf8_lossy(frame).into_owned()).collect()
}

#[actix::test]
async fn a_room_that_panics_is_closed_alone_and_its_sessions_are_told() {
    let engine = Engine::start(Settings::default());
    let (failing, to_ann) = room_with_ann(&engine).await;
    let (other, _to_other) = room_with_ann(&engine).await;

    assert!(failing.send(Panic).await.is_err());

    let words = last_words(to_ann).await;
    assert!(words.contains(r#""code":"4002""#), "{words}");
    assert!(words.contains(r#""code":1011"#), "{words}");
    assert!(words.contains("room failed"), "{words}");
    assert_eq!(engine.rooms().len(), 1);
    assert!(other.connected(), "the other room lives on");
}
