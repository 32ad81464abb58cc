//! Attackers: each has an address of its own, and asks for what costs most as fast as the server takes it. A refusal makes
//! none of them stop.

use std::{net::Ipv4Addr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpSocket,
    task::spawn_local,
    time::{sleep, timeout},
};

use crate::{
    socket::{Frame, Socket},
    victim::is,
};

/// What attackers do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Attack {
    Rooms,
    Sync,
    Experts,
    Log,
    List,
    Probes,
    Connections,
}

impl Attack {
    pub(crate) const ALL: [Self; 7] =
        [Self::Rooms, Self::Sync, Self::Experts, Self::Log, Self::List, Self::Probes, Self::Connections];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Rooms => "rooms",
            Self::Sync => "sync",
            Self::Experts => "experts",
            Self::Log => "log",
            Self::List => "list",
            Self::Probes => "probes",
            Self::Connections => "connections",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|attack| attack.name() == name)
    }

    pub(crate) const fn what(self) -> &'static str {
        match self {
            Self::Rooms => "rooms: create_room, start_game, leave_room, and again",
            Self::Sync => "sync: sync_request from the beginning of a long game, and again",
            Self::Experts => "experts: private rooms of expert bots at pace instant, one after another",
            Self::Log => "log: public one-round games at pace instant, one after another",
            Self::List => "list: room_list, about 900 a second",
            Self::Probes => "probes: /metrics, /api/docs/swagger-ui-bundle.js, /api/openapi.json, /health, and again",
            Self::Connections => "connections: as many as can be had, held open",
        }
    }
}

/// Attacks until it is killed.
pub(crate) async fn run(attack: Attack, port: u16, attackers: u8) {
    for number in 0..attackers {
        let from = Ipv4Addr::new(127, 0, 0, 2 + number);
        spawn_local(async move {
            loop {
                // It ends when the server has closed the connection.
                let _ = once(attack, from, port).await;
                sleep(Duration::from_millis(1)).await;
            }
        });
    }
    std::future::pending::<()>().await;
}

async fn once(attack: Attack, from: Ipv4Addr, port: u16) -> Option<()> {
    match attack {
        Attack::Rooms => open_rooms(from, port, r#"{"pace":"normal"}"#).await,
        Attack::Experts => open_rooms(from, port, r#"{"public":false,"pace":"instant","difficulty":"expert"}"#).await,
        Attack::Log => open_rooms(from, port, r#"{"public":true,"pace":"instant","rules":{"max_rounds":1}}"#).await,
        Attack::Sync => sync(from, port).await,
        Attack::List => list(from, port).await,
        Attack::Probes => probe(from, port).await,
        Attack::Connections => hold(from, port).await,
    }
}

/// Hears on until one of these events, or an error.
async fn until(socket: &mut Socket, wanted: &str) -> Option<bool> {
    loop {
        match socket.next().await? {
            Frame::Text(text) if is(text, wanted) => return Some(true),
            Frame::Text(text) if is(text, "error") => return Some(false),
            Frame::Text(_) | Frame::Pong => {}
            Frame::Close => return None,
        }
    }
}

async fn open_rooms(from: Ipv4Addr, port: u16, options: &str) -> Option<()> {
    let mut socket = Socket::connect_from(from, port, "lobby").await.ok()?;
    let create =
        format!(r#"{{"event":"create_room","data":{{"player_name":"Mallory","room_name":"x","options":{options}}}}}"#);
    loop {
        socket.send(&create).await;
        if !until(&mut socket, "room_created").await? {
            continue;
        }
        socket.send(r#"{"event":"start_game","data":{"player_name":"Mallory"}}"#).await;
        socket.send(r#"{"event":"leave_room","data":{"player_name":"Mallory"}}"#).await;
        until(&mut socket, "room_left").await?;
    }
}

/// A game that has gone on for a while, its clock decides for the attacker; then the whole of it, again and again.
async fn sync(from: Ipv4Addr, port: u16) -> Option<()> {
    let mut socket = Socket::connect_from(from, port, "lobby").await.ok()?;
    let options = r#"{"pace":"instant","turn_timeout_seconds":3600,"rules":{"target_score":200,"max_rounds":100}}"#;
    socket
        .send(&format!(
            r#"{{"event":"create_room","data":{{"player_name":"Mallory","room_name":"x","options":{options}}}}}"#
        ))
        .await;
    if !until(&mut socket, "room_created").await? {
        return None;
    }
    socket.send(r#"{"event":"start_game","data":{"player_name":"Mallory"}}"#).await;
    play(&mut socket).await?;
    loop {
        socket.send(r#"{"event":"sync_request","data":{"player_name":"Mallory","last_sequence":0}}"#).await;
        until(&mut socket, "sync_response").await?;
    }
}

/// Plays by its own mind until there is much to tell.
async fn play(socket: &mut Socket) -> Option<()> {
    let mut mind = crate::mind::Mind::new("Mallory".to_owned());
    let mut heard = 0;
    while heard < 1_000 {
        let act = match socket.next().await? {
            Frame::Text(text) => {
                heard += 1;
                mind.hear(text)
            }
            Frame::Pong => continue,
            Frame::Close => return None,
        };
        match act {
            crate::mind::Next::Act(text) => socket.send(&text).await,
            crate::mind::Next::Listen => {}
            crate::mind::Next::Go => break,
        }
    }
    Some(())
}

async fn list(from: Ipv4Addr, port: u16) -> Option<()> {
    let mut socket = Socket::connect_from(from, port, "lobby").await.ok()?;
    loop {
        socket.send(r#"{"event":"room_list","data":{}}"#).await;
        let _ = timeout(Duration::from_millis(1), socket.next()).await;
    }
}

async fn probe(from: Ipv4Addr, port: u16) -> Option<()> {
    let socket = TcpSocket::new_v4().ok()?;
    socket.bind((from, 0).into()).ok()?;
    let mut stream = socket.connect((Ipv4Addr::LOCALHOST, port).into()).await.ok()?;
    let paths = ["/metrics", "/api/docs/swagger-ui-bundle.js", "/api/openapi.json", "/health"];
    let requests: String = paths.map(|path| format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")).concat();
    let mut buffer = vec![0; 1 << 20];
    loop {
        stream.write_all(requests.as_bytes()).await.ok()?;
        if stream.read(&mut buffer).await.ok()? == 0 {
            return None;
        }
    }
}

async fn hold(from: Ipv4Addr, port: u16) -> Option<()> {
    let mut held = Vec::new();
    loop {
        match Socket::connect_from(from, port, "lobby").await {
            Ok(socket) => held.push(socket),
            Err(_) => sleep(Duration::from_millis(1)).await,
        }
    }
}
