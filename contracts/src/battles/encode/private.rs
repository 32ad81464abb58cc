//! Events for one seat.

use bytestring::ByteString;
use game_rules::Seat;
use vocabulary::{By, PrivateNotice, Secret, Situation, Stamp};

use super::message;
use crate::battles::server::{Connect, Disconnect, GameAction, GameState, GameUpdate, Piece, PlayerAction, ValidSet};

/// Encodes an event for one seat. `None` for a seat's token, as accounts prove their seats here.
pub(in crate::battles) fn private(notice: &PrivateNotice, stamp: &Stamp) -> ByteString {
    match &notice.secret {
        Secret::RoomCreated { situation, .. } | Secret::RoomJoined { situation, .. } => {
            seated(situation, notice.seat, stamp)
        }
        Secret::RoomLeft(departure) => {
            message("disconnect", Disconnect::Seat { seat: notice.seat.index(), reason: departure.as_str() }, stamp)
        }
        Secret::Accepted { who, action } => {
            message("game:action", GameAction { action: PlayerAction::of(who.id, *action, By::Player) }, stamp)
        }
        Secret::Hand(hand) => {
            let update = GameUpdate::Hand { hand: Piece::hand(*hand), valid_sets: ValidSet::of(*hand) };
            message("game:update", update, stamp)
        }
    }
}

fn seated(situation: &Situation, seat: Seat, stamp: &Stamp) -> ByteString {
    let here = Connect::Here {
        connection_id: None,
        player_id: situation.roster.player_id(seat).map(|id| id.to_string()).unwrap_or_default(),
        seat: Some(seat.index()),
        state: GameState::of(situation, Some((seat, None))).into(),
    };
    message("connect", here, stamp)
}
