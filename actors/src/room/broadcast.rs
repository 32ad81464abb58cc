//! One event to all who may hear it: each contract's text is made at most once, and its bytes are shared.

use chronicle::{Narration, Stage, who};
use contracts::{ContractId, Farewell};
use game_rules::Seat;
use vocabulary::{Attendance, ConnectionId, Denial, Notice, PrivateNotice, PublicNotice, Reply, RoomId, Stamp, Who};

use super::{Room, messages::Listener};
use crate::outbox::Frame;

/// A connection in the room.
pub(super) struct Member {
    pub(super) listener: Listener,
    /// Its seat; none for one who watches.
    pub(super) seat: Option<Seat>,
}

impl Member {
    /// Says good-bye and closes the connection; one that follows several games hears that this one is gone.
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

    /// The room has failed: an error, then the close.
    pub(super) fn fail(&self, room: RoomId) {
        let text = self.listener.contract.deny(&Denial::ServerError, &Stamp::now(Some(room)));
        let _ = self.listener.outbox.push(&Frame::text(&text));
        self.dismiss(Farewell::RoomFailed, room);
    }
}

/// Whose request an event answers, so that their copy carries the number of their message.
#[derive(Clone, Copy)]
pub(super) struct Asker {
    pub(super) connection: ConnectionId,
    pub(super) client_sequence: u64,
}

/// The texts of one public event, made when the first listener of a contract needs them.
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
    /// Tells everybody what they may hear, once it is durable. The first event that the asker hears carries their
    /// message's number.
    pub(super) fn broadcast(&mut self, narration: &Narration, asker: Option<Asker>) {
        let mut unanswered = asker;
        let members = std::mem::take(&mut self.audience.members);
        for (stamp, notice) in narration {
            match notice {
                Notice::Private(private) => self.tell(private, stamp, &members, &mut unanswered),
                Notice::Public(audience, public) => {
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

    /// Whether someone came or went before the start. The bots that sit down as it starts are told with the game.
    fn changes_seats(&self, notice: &PublicNotice) -> bool {
        let comes_or_goes =
            matches!(notice, PublicNotice::PlayerJoined { returned: false, .. } | PublicNotice::PlayerLeft { .. });
        comes_or_goes && matches!(self.state.stage, Stage::Waiting)
    }

    /// How the room stands after an event, for a member whose contract has no other word for who sits there.
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

    /// Tells in passing: without a number, and not again to whoever missed it.
    pub(super) fn mention(&mut self, seat: Seat, notice: impl FnOnce(Who) -> PublicNotice) {
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

/// The asker's message number, once.
fn answered(member: &Member, unanswered: &mut Option<Asker>) -> Option<u64> {
    let asker = unanswered.take_if(|asker| asker.connection == member.listener.connection)?;
    Some(asker.client_sequence)
}
