//! Events for one seat.

use bytestring::ByteString;
use game_rules::Action;
use vocabulary::{Name, PrivateNotice, Secret, Stamp, redeal_word};

use super::{
    message, room_id,
    words::{options, seats},
};
use crate::game::{
    server::{self, Hand, PieceId, PlayTypeName, Text},
    situation,
};

pub(in crate::game) fn private(notice: &PrivateNotice, stamp: &Stamp) -> ByteString {
    match &notice.secret {
        Secret::RoomCreated { situation, token } => {
            let roster = &*situation.roster;
            let data = server::RoomCreated {
                room_id: roster.room.as_str().into(),
                room_name: roster.room_name.as_str().into(),
                creator: roster.name(notice.seat).into(),
                created_at: roster.created_at.into(),
                options: options(&roster.options),
                session_token: token.as_ref().map(|token| token.reveal().into()),
            };
            message("room_created", &data, stamp)
        }
        Secret::RoomJoined { situation, token } => {
            let roster = &*situation.roster;
            let data = server::RoomJoined {
                room_id: roster.room.as_str().into(),
                room_name: roster.room_name.as_str().into(),
                host: roster.host_name().into(),
                players: seats(roster),
                options: options(&roster.options),
                game_state: situation.table.is_some().then(|| situation::whole_game_state(situation)),
                session_token: token.as_ref().map(|token| token.reveal().into()),
            };
            message("room_joined", &data, stamp)
        }
        Secret::RoomLeft(departure) => {
            let reason = server::RemovalReason::of(*departure);
            message("room_left", &server::RoomLeft { room_id: room_id(stamp).into(), reason }, stamp)
        }
        Secret::Accepted { who, action } => accepted(&who.name, *action, stamp),
        Secret::Hand(hand) => message("hand_updated", &Hand::new(*hand), stamp),
    }
}

fn accepted(name: &Name, action: Action, stamp: &Stamp) -> ByteString {
    let player = Text::from(name.as_str());
    match action {
        Action::Declare(number) => {
            message("declaration_accepted", &server::DeclarationAccepted { player, declaration: number.value() }, stamp)
        }
        Action::Play(play) => {
            let data = server::PlayAccepted {
                player,
                pieces_played: PieceId::of(play.pieces()),
                play_type: PlayTypeName(play.play_type()),
            };
            message("play_accepted", &data, stamp)
        }
        Action::Redeal(decision) => {
            let data = server::RedealDecisionAccepted { player, decision: redeal_word(decision).into() };
            message("redeal_decision_accepted", &data, stamp)
        }
    }
}
