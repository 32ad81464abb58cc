//! Sends an event to everybody who may receive it: each contract's text is encoded at most once, and its bytes are
//! shared.

use chronicle::{Narration, Stage, who};
use contracts::{ContractId, Farewell};
use game_rules::Seat;
use vocabulary::{Attendance, ConnectionId, Denial, Notice, PrivateNotice, PublicNotice, Reply, RoomId, Stamp, Who};

use super::{Room, messages::Listener};
use crate::outbox::Frame;

/// A connection to the room.
pub(super) struct Member {
    pub(super) listener: Listener,
    /// Its seat; `None` for a spectator.
    pub(super) seat: Option<Seat>,
}

impl Member {
    /// Closes the connection for this reason. A connection that follows several games only receives that this one is
    /// gone.
    pub(super) fn dismiss(&self, farewell: Farewell, room: RoomId) {
        let Listener { contract, outbox, .. } = &self.listener;
        if contract.is_gateway() {
            let text = contract.deny(&Denial::RoomNotFound { room: room.to_string() }, &Stamp::now(Some(room)));
            let _ = outbox.push(&Frame::text(&text));
            return;
        }
        let words = contract.farewell(farewell, &Stamp::now(Some(room)));
        outbox.close(*contract, farewell, words.map(|text| Frame::text(&text)));
    }

    /// Sends an error and closes the connection, because the room has failed.
    pub(super) fn fail(&self, room: RoomId) {
        let text = self.listener.contract.deny(&Denial::ServerError, &Stamp::now(Some(room)));
        let _ = self.listener.outbox.push(&Frame::text(&text));
        self.dismiss(Farewell::RoomFailed, room);
    }
}

/// The request that an event answers: the requester's copy carries the number of their message.
#[derive(Clone, Copy)]
pub(super) struct Asker {
    pub(super) connection: ConnectionId,
    pub(super) client_sequence: u64,
}

/// The frames of one public event, each encoded when the first member of its contract needs it.
struct Wording<'a> {
    notice: &'a PublicNotice,
    stamp: &'a Stamp,
    frames: [Option<Option<Frame>>; ContractId::COUNT],
}

impl Wording<'_> {
    fn frame(&mut self, contract: ContractId) -> Option<Frame> {
        let (notice, stamp) = (self.notice, self.stamp);
        self.frames[contract.index()]
            .get_or_insert_with(|| contract.public(notice, stamp).map(|text| Frame::text(&text)))
            .clone()
    }
}

impl Room {
    /// Sends everybody what they may receive, once it is durable. The first event for the requester carries their
    /// message's number.
    pub(super) fn broadcast(&mut self, narration: &Narration, asker: Option<Asker>) {
        let mut unanswered = asker;
        let members = std::mem::take(&mut self.audience.members);
        for (stamp, notice) in narration {
            match notice {
                Notice::Private(private) => self.tell(private, stamp, &members, &mut unanswered),
                Notice::Public(audience, public) => {
                    // One encoding per contract serves every member but the requester, whose copy is numbered.
                    let mut wording = Wording { notice: public, stamp, frames: [const { None }; ContractId::COUNT] };
                    for member in members.iter().filter(|member| audience.includes(member.seat)) {
                        let contract = member.listener.contract;
                        let frame = match answered(member, &mut unanswered) {
                            _ if contract.is_gateway() && self.changes_seats(public) => {
                                self.how_it_stands(member, stamp)
                            }
                            Some(number) => {
                                let text = contract.public(public, &stamp.answering(Some(number)));
                                text.map(|text| Frame::text(&text))
                            }
                            None => wording.frame(contract),
                        };
                        frame.into_iter().for_each(|frame| self.hold(&member.listener, frame));
                    }
                }
            }
        }
        self.audience.members = members;
    }

    /// Whether somebody joined or left before the start. Bots that take seats at the start appear with the game.
    fn changes_seats(&self, notice: &PublicNotice) -> bool {
        let comes_or_goes =
            matches!(notice, PublicNotice::PlayerJoined { returned: false, .. } | PublicNotice::PlayerLeft { .. });
        comes_or_goes && matches!(self.state.stage, Stage::Waiting)
    }

    /// The state of the room after an event, for a member whose contract has no message for who sits there.
    fn how_it_stands(&self, member: &Member, stamp: &Stamp) -> Option<Frame> {
        let Listener { connection, contract, account, .. } = member.listener;
        let attendance = Attendance {
            connection,
            account: account?,
            seat: member.seat,
            situation: self.state.situation(self.audience.connected),
            hand: member.seat.and_then(|seat| self.state.hand(seat)),
            missed: None,
            truncated: false,
        };
        contract.reply(&Reply::Attending(attendance), stamp).map(|text| Frame::text(&text))
    }

    /// Sends an unnumbered notice, which is not resent to clients that missed it.
    pub(super) fn mention(&mut self, seat: Seat, notice: impl FnOnce(Who) -> PublicNotice) {
        // Bots think many times per game, and usually nobody is informed of it.
        if !self.audience.members.iter().any(|member| member.listener.contract.hears_in_passing()) {
            return;
        }
        let (notice, stamp) = (notice(who(&self.state, seat)), Stamp::now(Some(self.id)));
        let mut wording = Wording { notice: &notice, stamp: &stamp, frames: [const { None }; ContractId::COUNT] };
        let members = std::mem::take(&mut self.audience.members);
        for member in &members {
            if let Some(frame) = wording.frame(member.listener.contract) {
                self.send(&member.listener, frame);
            }
        }
        self.audience.members = members;
    }

    fn tell(&mut self, private: &PrivateNotice, stamp: &Stamp, members: &[Member], unanswered: &mut Option<Asker>) {
        for member in members.iter().filter(|member| member.seat == Some(private.seat)) {
            let stamp = stamp.answering(answered(member, unanswered));
            if let Some(text) = member.listener.contract.private(private, &stamp) {
                self.hold(&member.listener, Frame::text(&text));
            }
        }
    }
}

/// The requester's message number, for the first event only.
fn answered(member: &Member, unanswered: &mut Option<Asker>) -> Option<u64> {
    let asker = unanswered.take_if(|asker| asker.connection == member.listener.connection)?;
    Some(asker.client_sequence)
}
