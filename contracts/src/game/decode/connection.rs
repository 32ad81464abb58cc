//! Messages about the connection itself: versions, clocks and missed events.

use vocabulary::{Request, RoomRequest, Sequence};

use super::{Reading, Stop};
use crate::{
    Said,
    game::{
        server::{Features, Pong, ServerTime, VersionAccepted},
        version,
    },
};

pub(super) fn negotiate(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let version = version::negotiate(&reading.envelope, &reading.data)?;
    reading.game.version = version;
    let accepted = VersionAccepted {
        server_version: version::SERVER_VERSION.into(),
        negotiated_version: version.as_str().into(),
        features: Features { weak_hand_redeal: true, bot_players: true, replay_system: true },
    };
    Ok(reading.answer("version_accepted", &accepted))
}

pub(super) fn sync_request(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let since = Sequence(reading.data.integer("last_sequence", 0, u64::MAX)?);
    let state_hash = reading.data.optional_text("client_state_hash")?.map(str::to_owned);
    Ok(Said::Ask(Request::Room(RoomRequest::Synchronise { since, state_hash })))
}

pub(super) fn server_time(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    Ok(reading.answer("server_time", &ServerTime { server_time: reading.stamp.at.into() }))
}

pub(super) fn ping(reading: &mut Reading<'_>) -> Result<Said, Stop> {
    let client_time = reading.data.number("client_time")?;
    let sequence = reading.data.optional_integer("sequence", 0, u64::MAX)?;
    let server_time = reading.stamp.at.0;
    let pong = Pong {
        client_time: reading.data.get("client_time").cloned().unwrap_or_default(),
        server_time,
        latency: (millis(server_time) - client_time).max(0.0),
        sequence,
    };
    Ok(reading.answer("pong", &pong))
}

/// Milliseconds as a JSON number.
fn millis(since_epoch: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "exact below 2^53 milliseconds")]
    let millis = since_epoch as f64;
    millis
}
