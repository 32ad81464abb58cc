//! The room's events that a client has confirmed to have received, by its pongs and messages.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use vocabulary::Sequence;

use crate::room::Progress;

/// The event numbers that a session's pings carry, and their confirmations.
#[derive(Debug, Default)]
pub(super) struct Confirmations {
    progress: Arc<Progress>,
    /// The oldest ping that is not confirmed.
    open: Option<(Instant, Sequence)>,
    /// The highest number that a ping carried.
    asked: Sequence,
}

impl Confirmations {
    /// For a connection that has just entered a room. A late pong from its last room confirms nothing here.
    pub(super) fn new(progress: Arc<Progress>) -> Self {
        Self { progress, ..Self::default() }
    }

    /// The progress that the session shares with its room.
    pub(super) const fn progress(&self) -> &Arc<Progress> {
        &self.progress
    }

    /// The payload of the next ping: the number of the room's last event in decimal, or nothing before the first one.
    pub(super) fn ping(&mut self, now: Instant) -> String {
        // Read before the ping is pushed, so that the ping stands behind all these events in the outbox.
        let sent = self.progress.sent();
        if sent == Sequence::default() {
            return String::new();
        }
        self.asked = self.asked.max(sent);
        self.open.get_or_insert((now, sent));
        sent.0.to_string()
    }

    /// A pong confirms the number that it repeats, unless no ping carried one as high.
    pub(super) fn pong(&mut self, payload: &[u8]) {
        let number = std::str::from_utf8(payload).ok().and_then(|text| text.parse().ok()).map(Sequence);
        if let Some(number) = number.filter(|number| *number <= self.asked) {
            self.confirm(number);
        }
    }

    /// Any other message confirms a ping that is at least `pong_within` old. The message may have been on its way
    /// already when a younger ping was sent.
    pub(super) fn message(&mut self, now: Instant, pong_within: Duration) {
        if let Some((asked, number)) = self.open
            && now.saturating_duration_since(asked) >= pong_within
        {
            self.confirm(number);
        }
    }

    fn confirm(&mut self, number: Sequence) {
        self.progress.confirm(number);
        self.open = self.open.filter(|(_, open)| *open > number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LATE: Duration = Duration::from_secs(10);

    fn at(sent: u64) -> Confirmations {
        let confirmations = Confirmations::default();
        confirmations.progress.begin_at(Sequence(3));
        confirmations.progress.note_sent(Sequence(sent));
        confirmations
    }

    #[test]
    fn a_pong_confirms_its_own_ping_and_nothing_that_was_sent_later() {
        let mut client = at(7);
        assert_eq!(client.ping(Instant::now()), "7");
        client.progress.note_sent(Sequence(9));
        assert_eq!(client.progress.confirmed(), Sequence(3), "what was sent is not confirmed");
        client.pong(b"7");
        assert_eq!(client.progress.confirmed(), Sequence(7));
    }

    #[test]
    fn a_pong_that_answers_no_ping_confirms_nothing() {
        let mut client = at(7);
        for payload in [&b"7"[..], b"", b"-1", b"18446744073709551616", b"\xff", b"seven"] {
            client.pong(payload);
        }
        assert_eq!(client.ping(Instant::now()), "7");
        client.pong(b"8");
        assert_eq!(client.progress.confirmed(), Sequence(3));
    }

    #[test]
    fn a_message_confirms_a_ping_whose_answer_is_due_and_no_younger_one() {
        let (mut client, start) = (at(7), Instant::now());
        client.ping(start);
        client.message(start + LATE / 2, LATE);
        assert_eq!(client.progress.confirmed(), Sequence(3), "the message may have been under way");
        client.progress.note_sent(Sequence(9));
        client.ping(start + LATE);
        client.message(start + LATE, LATE);
        assert_eq!(client.progress.confirmed(), Sequence(7));
    }

    #[test]
    fn a_lower_number_takes_nothing_back() {
        let mut client = at(7);
        client.ping(Instant::now());
        client.pong(b"7");
        client.pong(b"5");
        assert_eq!(client.progress.confirmed(), Sequence(7));
    }
}
