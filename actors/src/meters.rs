//! The engine's metrics: handles that need no lookup on the hot path, each described where it is registered.

use metrics::{
    Counter, Gauge, Histogram, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
};

use crate::{limit, mistakes};

/// Handles of the metrics that change with every message.
pub(crate) struct Meters {
    pub(crate) rooms: Gauge,
    pub(crate) sessions: Gauge,
    pub(crate) received: Counter,
    pub(crate) delivered: Counter,
    pub(crate) player_actions: Counter,
    pub(crate) bot_actions: Counter,
    pub(crate) clock_actions: Counter,
    pub(crate) games_started: Counter,
    pub(crate) games_finished: Counter,
    pub(crate) rooms_failed: Counter,
    pub(crate) facts_folded: Counter,
    pub(crate) action_seconds: Histogram,
}

impl Meters {
    /// Registers everything with the recorder of the process, if there is one.
    pub(crate) fn new() -> Self {
        mistakes::describe();
        limit::describe();
        describe_counter!("liap_errors_total", "Errors sent to clients, by contract and code");
        describe_counter!("liap_connections_closed_total", "Connections closed by the server, by reason");
        describe_counter!("liap_actions_total", "Decisions that changed a game, by who made them");
        let actions = |by: &'static str| counter!("liap_actions_total", "by" => by);
        Self {
            rooms: gauge("liap_rooms", "Open rooms"),
            sessions: gauge("liap_sessions", "Open WebSocket connections"),
            received: counter("liap_messages_received_total", "Messages from clients"),
            delivered: counter("liap_messages_delivered_total", "Messages to clients, counted once per recipient"),
            player_actions: actions("player"),
            bot_actions: actions("bot"),
            clock_actions: actions("clock"),
            games_started: counter("liap_games_started_total", "Games that were started"),
            games_finished: counter("liap_games_finished_total", "Games that were played to their end"),
            rooms_failed: counter("liap_rooms_failed_total", "Rooms that panicked; each was closed alone"),
            facts_folded: counter("liap_facts_folded_total", "Facts folded again for those who missed events"),
            action_seconds: histogram(
                "liap_action_seconds",
                "Time from a client's action to the last recipient's outbox, in seconds",
            ),
        }
    }

    /// Counts an error that a client was sent.
    #[expect(clippy::unused_self, reason = "all metrics go through the meters")]
    pub(crate) fn error(&self, contract: &'static str, code: &'static str) {
        counter!("liap_errors_total", "contract" => contract, "code" => code).increment(1);
    }

    /// Counts a connection that the server closed.
    #[expect(clippy::unused_self, reason = "all metrics go through the meters")]
    pub(crate) fn closed(&self, reason: &'static str) {
        counter!("liap_connections_closed_total", "reason" => reason).increment(1);
    }
}

pub(crate) fn counter(name: &'static str, meaning: &'static str) -> Counter {
    describe_counter!(name, meaning);
    counter!(name)
}

pub(crate) fn gauge(name: &'static str, meaning: &'static str) -> Gauge {
    describe_gauge!(name, meaning);
    gauge!(name)
}

pub(crate) fn histogram(name: &'static str, meaning: &'static str) -> Histogram {
    describe_histogram!(name, meaning);
    histogram!(name)
}

/// A number as a metric's value, which need not be exact above 2^53.
#[expect(clippy::cast_precision_loss, reason = "a metric need not be exact")]
pub(crate) const fn as_float(number: u64) -> f64 {
    number as f64
}
