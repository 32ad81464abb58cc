//! The audience of a room: its connections, and the people whose connection was lost.

use std::time::Instant;

use game_rules::{BySeat, Seat, SeatSet};
use vocabulary::ConnectionId;

use super::broadcast::Member;

/// The loss of a seat's connection.
#[derive(Clone, Copy)]
pub(super) struct Lost {
    pub(super) at: Instant,
    /// Whether no bot takes over: an account may play without a connection, and the clock decides for it if it does
    /// not.
    pub(super) kept: bool,
}

/// The connections of a room, and the people who are away.
pub(super) struct Audience {
    pub(super) members: Vec<Member>,
    /// The seats whose people are connected, as the members have been informed.
    pub(super) connected: SeatSet,
    /// The losses of connections, for the seats whose people are away.
    pub(super) lost: BySeat<Option<Lost>>,
    /// The time at which the last person disconnected; `None` while a person is connected.
    deserted: Option<Instant>,
}

impl Audience {
    /// A room without connections.
    pub(super) fn nobody() -> Self {
        Self {
            members: Vec::new(),
            connected: SeatSet::default(),
            lost: BySeat::default(),
            deserted: Some(Instant::now()),
        }
    }

    /// The index of a connection among the members.
    pub(super) fn place_of(&self, connection: ConnectionId) -> Option<usize> {
        self.members.iter().position(|member| member.listener.connection == connection)
    }

    /// Whether a connection is on this seat.
    pub(super) fn is_on(&self, seat: Seat) -> bool {
        self.members.iter().any(|member| member.seat == Some(seat))
    }

    /// Notes that the person of a seat is away.
    pub(super) fn lose(&mut self, seat: Seat, kept: bool) {
        self.lost[seat] = Some(Lost { at: Instant::now(), kept });
    }

    /// Drops the presence of a seat's person, who has left or was removed.
    pub(super) fn forget(&mut self, seat: Seat) {
        self.connected.remove(seat);
        self.lost[seat] = None;
    }

    /// The time at which the last person disconnected; `None` while a person is connected.
    pub(super) const fn deserted(&self) -> Option<Instant> {
        self.deserted
    }

    /// Notes that a person has connected.
    pub(super) const fn note_somebody(&mut self) {
        self.deserted = None;
    }

    /// Notes a request of a person without a connection.
    pub(super) fn note_visit(&mut self) {
        self.deserted = Some(Instant::now());
    }

    /// Notes the time if the last connection has gone.
    pub(super) fn note_desertion(&mut self) {
        if self.members.is_empty() {
            self.deserted.get_or_insert_with(Instant::now);
        }
    }
}
