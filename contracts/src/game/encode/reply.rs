//! Answers, which have no number.

use bytestring::ByteString;
use vocabulary::{Reconnection, Reply, RoomListing, Stamp};

use super::{
    message, resume,
    words::{options, seats},
};
use crate::game::{
    server::{self, Hand},
    situation,
};

/// `None` for the answer to a request that this contract does not have.
pub(in crate::game) fn reply(reply: &Reply, stamp: &Stamp) -> Option<ByteString> {
    Some(match reply {
        Reply::Rooms(listing) => message("room_list", &room_list(listing), stamp),
        Reply::Room(roster) => {
            let data = server::RoomState {
                room_id: roster.room.as_str().into(),
                room_name: roster.room_name.as_str().into(),
                host: roster.host_name().into(),
                status: roster.status.as_str().into(),
                players: seats(roster),
                options: options(&roster.options),
            };
            message("room_state", &data, stamp)
        }
        Reply::Synchronised(synchronisation) => resume::sync_response(synchronisation, stamp),
        Reply::Reconnected(reconnection) => reconnected(reconnection, stamp),
        Reply::Attending(_) | Reply::Subscribed(_) | Reply::History(_) | Reply::Found(_) => return None,
    })
}

fn reconnected(reconnection: &Reconnection, stamp: &Stamp) -> ByteString {
    let roster = &*reconnection.situation.roster;
    let data = server::Reconnected {
        connection_id: reconnection.connection.to_string(),
        room_id: reconnection.room.as_str().into(),
        room_name: roster.room_name.as_str().into(),
        host: roster.host_name().into(),
        players: seats(roster),
        options: options(&roster.options),
        player_name: reconnection.player.as_str().into(),
        missed_events: reconnection.missed,
        truncated: reconnection.truncated,
        game_state: situation::whole_game_state(&reconnection.situation),
        hand: reconnection.hand.map(Hand::new),
        session_token: reconnection.token.as_ref().map(|token| token.reveal().into()),
        last_client_sequence: reconnection.last_client_sequence,
    };
    message("reconnected", &data, stamp)
}

fn room_list(listing: &RoomListing) -> server::RoomListData<'_> {
    let rooms = listing.rooms.iter().map(|roster| server::ListedRoom {
        room_id: roster.room.as_str().into(),
        room_name: roster.room_name.as_str().into(),
        host: roster.host_name().into(),
        status: roster.status.as_str().into(),
        players: seats(roster),
        player_count: roster.players().count(),
        created_at: roster.created_at.into(),
    });
    server::RoomListData { rooms: rooms.collect(), total: listing.total }
}
