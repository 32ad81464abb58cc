//! Every answer.

use contracts::ContractId;
use game_rules::PieceSet;
use vocabulary::{
    Audience, ConnectionId, Missed, Notice, PrivateNotice, PublicNotice, Reconnection, Reply, RoomListing, RoomStatus,
    Secret, Sequence, SessionToken, Situation, Stamp, Synchronisation,
};

use super::{answering, games, notices::joined, numbered, playing, roster, seat, waiting};
use crate::{name, room};

fn synchronisation(situation: Situation, hand: Option<PieceSet>) -> Synchronisation {
    let mut missed = Vec::new();
    let some = [PublicNotice::PhaseChanged(situation.clone()), joined(false), joined(true)];
    for (number, notice) in some.into_iter().enumerate() {
        let stamp = Stamp { sequence: Some(Sequence(number as u64 + 1)), ..answering() };
        missed.push(sent(&Notice::Public(Audience::All, notice), &stamp));
    }
    let secret = Secret::Hand(hand.unwrap_or_default());
    missed.push(sent(&Notice::Private(PrivateNotice { seat: seat(0), secret }), &numbered()));
    Synchronisation { current: Sequence(45), missed, truncated: true, situation, hand, client_hash: None }
}

/// An event as those who were there were sent it.
pub(crate) fn sent(notice: &Notice, stamp: &Stamp) -> Missed {
    let text = ContractId::Game.notice(notice, stamp).unwrap();
    Missed { sequence: stamp.sequence.unwrap(), text }
}

fn reconnection(situation: Situation, hand: Option<PieceSet>) -> Reconnection {
    Reconnection {
        connection: ConnectionId::random(),
        room: room(),
        player: name("Alice"),
        missed: 3,
        truncated: false,
        situation,
        hand,
        token: Some(SessionToken::presented("a-secret")),
        last_client_sequence: hand.map(|_| 9),
    }
}

pub(crate) fn replies() -> Vec<Reply> {
    let mut replies = vec![
        Reply::Rooms(RoomListing { rooms: Vec::new(), total: 0 }),
        Reply::Rooms(RoomListing { rooms: vec![roster(RoomStatus::Waiting), roster(RoomStatus::Playing)], total: 2 }),
        Reply::Synchronised(synchronisation(waiting(), None)),
        Reply::Reconnected(reconnection(waiting(), None)),
    ];
    for status in [RoomStatus::Waiting, RoomStatus::Playing, RoomStatus::Finished] {
        replies.push(Reply::Room(roster(status)));
    }
    for game in games() {
        let hand = Some(game.view(seat(0)).hand());
        replies.push(Reply::Synchronised(synchronisation(playing(game), hand)));
        replies.push(Reply::Reconnected(reconnection(playing(game), hand)));
    }
    replies
}
