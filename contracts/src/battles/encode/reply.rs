//! Answers, which have no number.

use bytestring::ByteString;
use vocabulary::{Attendance, PlayerId, Reply, Stamp, Synchronisation};

use super::message;
use crate::battles::server::{BackHere, Connect, GameState, GameUpdate, Here, Reconnect, StateUpdate};

/// None for what this contract does not ask for.
pub(in crate::battles) fn reply(reply: &Reply, stamp: &Stamp) -> Option<ByteString> {
    match reply {
        Reply::Attending(attendance) => Some(attending(attendance, stamp)),
        Reply::Synchronised(answer) => Some(synchronised(answer, stamp)),
        Reply::Rooms(_) | Reply::Room(_) | Reply::Reconnected(_) => None,
    }
}

fn attending(attendance: &Attendance, stamp: &Stamp) -> ByteString {
    let Attendance { connection, account, seat, situation, hand, missed, truncated } = attendance;
    let connection_id = connection.to_string();
    let player_id = PlayerId::Account(*account).to_string();
    let state = GameState::of(situation, seat.map(|seat| (seat, *hand)));
    let seat = seat.map(|seat| seat.index());
    match *missed {
        Some(missed_events) => {
            let back = BackHere { connection_id, player_id, seat, missed_events, truncated: *truncated, state };
            message("reconnect", Reconnect::Here(Box::new(back)), stamp)
        }
        None => {
            let here = Here { connection_id: Some(connection_id), player_id, seat, state };
            message("connect", Connect::Here(Box::new(here)), stamp)
        }
    }
}

/// The answer to a client's `game:update`.
fn synchronised(answer: &Synchronisation, stamp: &Stamp) -> ByteString {
    let state = GameState::of(&answer.situation, None).holding(answer.hand);
    message("game:update", GameUpdate::State(Box::new(StateUpdate { state })), stamp)
}
