//! A player who does what players do: asks for signs of life, opens rooms, waits for the first hand. Each room is opened
//! from another address, as by another person.

use std::{
    net::Ipv4Addr,
    time::{Duration, Instant},
};

use tokio::time::sleep;

use crate::socket::{Frame, Socket};

/// A request that has no answer by then counts with this time.
const PATIENCE: Duration = Duration::from_secs(20);
const BETWEEN_PINGS: Duration = Duration::from_millis(2);
const BETWEEN_ROOMS: Duration = Duration::from_millis(50);

/// How long was waited, in milliseconds, sorted.
#[derive(Default)]
pub(crate) struct Waits {
    pub(crate) pings: Vec<f64>,
    /// From `create_room` to `room_created`.
    pub(crate) opens: Vec<f64>,
    /// From `start_game` to the first `hand_updated`.
    pub(crate) hands: Vec<f64>,
    /// Requests that were refused, and connections that were.
    pub(crate) refused: u64,
}

/// Measures all of it for this long.
pub(crate) async fn wait(port: u16, turn: Duration) -> Waits {
    let end = Instant::now() + turn;
    let (pings, (mut opens, mut hands, refused)) = tokio::join!(ping(port, end), open_rooms(port, end));
    let mut pings = pings;
    for times in [&mut pings, &mut opens, &mut hands] {
        times.sort_unstable_by(f64::total_cmp);
    }
    Waits { pings, opens, hands, refused }
}

async fn ping(port: u16, end: Instant) -> Vec<f64> {
    let mut times = Vec::new();
    let Ok(mut socket) = Socket::connect_from(Ipv4Addr::new(127, 1, 0, 1), port, "lobby").await else {
        return times;
    };
    while Instant::now() < end {
        let asked = Instant::now();
        socket.send(r#"{"event":"ping","data":{"client_time":1}}"#).await;
        times.push(until(&mut socket, "pong", asked).await.unwrap_or(PATIENCE.as_secs_f64() * 1e3));
        sleep(BETWEEN_PINGS).await;
    }
    times
}

async fn open_rooms(port: u16, end: Instant) -> (Vec<f64>, Vec<f64>, u64) {
    let (mut opens, mut hands, mut refused) = (Vec::new(), Vec::new(), 0);
    let mut number = 0_u8;
    while Instant::now() < end {
        number = number.wrapping_add(1);
        match open(port, Ipv4Addr::new(127, 2, number, 1)).await {
            Some((open, hand)) => {
                opens.push(open);
                hands.push(hand);
            }
            None => refused += 1,
        }
        sleep(BETWEEN_ROOMS).await;
    }
    (opens, hands, refused)
}

/// Opens a room and starts a game with bots; how long each took.
async fn open(port: u16, client: Ipv4Addr) -> Option<(f64, f64)> {
    let mut socket = Socket::connect_from(client, port, "lobby").await.ok()?;
    let asked = Instant::now();
    socket
        .send(r#"{"event":"create_room","data":{"player_name":"Ann","room_name":"Bench","options":{"pace":"normal"}}}"#)
        .await;
    let opened = until(&mut socket, "room_created", asked).await?;
    let asked = Instant::now();
    socket.send(r#"{"event":"start_game","data":{"player_name":"Ann"}}"#).await;
    let dealt = until(&mut socket, "hand_updated", asked).await?;
    socket.send(r#"{"event":"leave_room","data":{"player_name":"Ann"}}"#).await;
    Some((opened, dealt))
}

/// How long it took until this event; `None` if the answer is an error or the connection ends.
async fn until(socket: &mut Socket, wanted: &str, asked: Instant) -> Option<f64> {
    let heard = async {
        loop {
            match socket.next().await {
                Some(Frame::Text(text)) if is(text, wanted) => return Some(()),
                Some(Frame::Text(text)) if is(text, "error") => return None,
                Some(Frame::Text(_) | Frame::Pong) => {}
                Some(Frame::Close) | None => return None,
            }
        }
    };
    tokio::time::timeout(PATIENCE, heard).await.ok()??;
    Some(asked.elapsed().as_secs_f64() * 1e3)
}

/// Whether a message has this event; it is read no further than that.
pub(crate) fn is(text: &str, event: &str) -> bool {
    text.strip_prefix(r#"{"event":""#)
        .is_some_and(|rest| rest.strip_prefix(event).is_some_and(|rest| rest.starts_with('"')))
}

/// The time below which this part of the sorted times stays.
pub(crate) fn percentile(sorted: &[f64], part: f64) -> f64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
    let place = (sorted.len() as f64 * part) as usize;
    sorted.get(place).copied().unwrap_or(f64::NAN)
}
