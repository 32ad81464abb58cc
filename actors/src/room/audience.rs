//! Who is in a room: its connections, and the people whose connection was lost.

use std::time::Instant;

use game_rules::{BySeat, Seat, SeatSet};
use vocabulary::ConnectionId;

use super::broadcast::Member;

/// A lost connection's seat.
#[derive(Clone, Copy)]
pub(super) struct Lost {
    pub(super) at: Instant,
    /// Whether the seat is only kept: an account may play without a connection, and the clock decides for who does not.
    pub(super) kept: bool,
}

/// The connections of a room, and who is away.
pub(super) struct Audience {
    pub(super) members: Vec<Member>,
    /// The seats whose people are connected, as the last notices show it.
    pub(super) connected: SeatSet,
    /// When the people of seats lost their connections, for those who are away.
    pub(super) lost: BySeat<Option<Lost>>,
    /// When the last person disconnected; `None` while a person is connected.
    deserted: Option<Instant>,
}

impl Audience {
    /// Nobody is there yet.
    pub(super) fn nobody() -> Self {
        Self {
            members: Vec::new(),
            connected: SeatSet::default(),
            lost: BySeat::default(),
            deserted: Some(Instant::now()),
        }
    }

    /// The place of a connection among the members.
    pub(super) fn place_of(&self, connection: ConnectionId) -> Option<usize> {
        self.members.iter().position(|member| member.listener.connection == connection)
    }

    /// Whether a connection is on this seat.
    pub(super) fn is_on(&self, seat: Seat) -> bool {
        self.members.iter().any(|member| member.seat == Some(seat))
    }

    /// The person of a seat is away from now on.
    pub(super) fn lose(&mut self, seat: Seat, kept: bool) {
        self.lost[seat] = Some(Lost { at: Instant::now(), kept });
    }

    /// The person of a seat has given it up, or was removed.
    pub(super) fn forget(&mut self, seat: Seat) {
        self.connected.remove(seat);
        self.lost[seat] = None;
    }

    /// Since when no person is connected; `None` while one is.
    pub(super) const fn deserted(&self) -> Option<Instant> {
        self.deserted
    }

    /// Somebody is there.
    pub(super) const fn note_somebody(&mut self) {
        self.deserted = None;
    }

    /// Somebody was there just now, without a connection.
    pub(super) fn note_visit(&mut self) {
        self.deserted = Some(Instant::now());
    }

    /// Notes when the last connection has gone.
    pub(super) fn note_desertion(&mut self) {
        if self.members.is_empty() {
            self.deserted.get_or_insert_with(Instant::now);
        }
    }
}
