//! How far a connection is in its room's events: which ones were sent to it, and which it has confirmed. What is written
//! into a dead connection counts as sent for minutes, so only a confirmation says what a client has.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use vocabulary::Sequence;

/// Numbers of a room's events, shared by the room, which sends them, and the session, which hears the pongs.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    sent: AtomicU64,
    confirmed: AtomicU64,
    ended: AtomicBool,
}

impl Progress {
    /// The connection enters the room, and has all events up to this one.
    pub(crate) fn begin_at(&self, known: Sequence) {
        self.confirmed.store(known.0, Ordering::Relaxed);
        self.note_sent(known);
    }

    /// The room has removed the connection. Whatever the room did before, the session finds done.
    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::Release);
    }

    /// Whether the room has removed the connection.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    /// All events up to this one are in the connection's outbox.
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

    /// The client has all events up to this one.
    pub(crate) fn confirm(&self, sequence: Sequence) {
        self.confirmed.fetch_max(sequence.0, Ordering::Relaxed);
    }
}
