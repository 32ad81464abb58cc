//! Answers, which have no number.

use bytestring::ByteString;
use vocabulary::{Attendance, PlayerId, Reply, Stamp, Synchronisation};

use super::message;
use crate::battles::server::{Connect, GameState, GameUpdate, Reconnect};

/// `None` for the answer to a request that this contract does not have.
pub(in crate::battles) fn reply(reply: &Reply, stamp: &Stamp) -> Option<ByteString> {
    match reply {
        Reply::Attending(attendance) => Some(attending(attendance, stamp)),
        Reply::Synchronised(answer) => Some(synchronised(answer, stamp)),
        Reply::Rooms(_)
        | Reply::Room(_)
        | Reply::Reconnected(_)
        | Reply::Subscribed(_)
        | Reply::History(_)
        | Reply::Found(_) => None,
    }
}

fn attending(attendance: &Attendance, stamp: &Stamp) -> ByteString {
    let Attendance { connection, account, seat, situation, hand, missed, truncated } = attendance;
    let connection_id = connection.to_string();
    let player_id = PlayerId::Account(*account).to_string();
    let state = GameState::of(situation, seat.map(|seat| (seat, *hand))).into();
    let seat = seat.map(|seat| seat.index());
    match *missed {
        Some(missed_events) => {
            let back = Reconnect::Here { connection_id, player_id, seat, missed_events, truncated: *truncated, state };
            message("reconnect", back, stamp)
        }
        None => {
            let here = Connect::Here { connection_id: Some(connection_id), player_id, seat, state };
            message("connect", here, stamp)
        }
    }
}

/// The answer to a client's `game:update`.
fn synchronised(answer: &Synchronisation, stamp: &Stamp) -> ByteString {
    let state = GameState::of(&answer.situation, None).holding(answer.hand).into();
    message("game:update", GameUpdate::State { state }, stamp)
}
