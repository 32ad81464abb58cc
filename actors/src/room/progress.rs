//! A connection's progress in its room's events: which ones were sent, and which it has confirmed. What is written into
//! a dead connection counts as sent for minutes, so only a confirmation shows what a client has received.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use vocabulary::Sequence;

/// Numbers of a room's events, shared by the room, which sends them, and the session, which receives the pongs.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    sent: AtomicU64,
    confirmed: AtomicU64,
    ended: AtomicBool,
}

impl Progress {
    /// Starts with a connection that has all events up to this one.
    pub(crate) fn begin_at(&self, known: Sequence) {
        self.confirmed.store(known.0, Ordering::Relaxed);
        self.note_sent(known);
    }

    /// Notes that the room has removed the connection. The session then sees everything that the room did before.
    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::Release);
    }

    /// Whether the room has removed the connection.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    /// Notes that all events up to this one are in the connection's outbox.
    pub(crate) fn note_sent(&self, sequence: Sequence) {
        self.sent.store(sequence.0, Ordering::Release);
    }

    /// The last event that the client has confirmed.
    pub(crate) fn confirmed(&self) -> Sequence {
        Sequence(self.confirmed.load(Ordering::Relaxed))
    }

    /// The last event that was put into the connection's outbox.
    pub(crate) fn sent(&self) -> Sequence {
        Sequence(self.sent.load(Ordering::Acquire))
    }

    /// Notes that the client has received all events up to this one.
    pub(crate) fn confirm(&self, sequence: Sequence) {
        self.confirmed.fetch_max(sequence.0, Ordering::Relaxed);
    }
}
