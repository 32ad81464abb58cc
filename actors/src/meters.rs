//! The engine's metrics: names, meanings, and handles that cost no lookup on the hot path.

use metrics::{
    Counter, Gauge, Histogram, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
};

use crate::{limit, mistakes};

/// Handles of the metrics that change with every message.
pub(crate) struct Meters {
    /// Rooms that live.
    pub(crate) rooms: Gauge,
    /// Open connections.
    pub(crate) sessions: Gauge,
    /// Messages from clients.
    pub(crate) received: Counter,
    /// Messages to clients, each listener counted.
    pub(crate) delivered: Counter,
    /// Decisions by people.
    pub(crate) player_actions: Counter,
    /// Decisions by bots.
    pub(crate) bot_actions: Counter,
    /// Decisions by the clock.
    pub(crate) clock_actions: Counter,
    /// Games that began.
    pub(crate) games_started: Counter,
    /// Games that ended.
    pub(crate) games_finished: Counter,
    /// Rooms that panicked.
    pub(crate) rooms_failed: Counter,
    /// Facts folded again for those who missed events.
    pub(crate) facts_folded: Counter,
    /// From a client's message to the last listener's outbox, in seconds.
    pub(crate) action_seconds: Histogram,
}

impl Meters {
    /// Registers everything with the recorder of the process, if there is one.
    pub(crate) fn new() -> Self {
        describe();
        let actions = |by: &'static str| counter!("liap_actions_total", "by" => by);
        Self {
            rooms: gauge!("liap_rooms"),
            sessions: gauge!("liap_sessions"),
            received: counter!("liap_messages_received_total"),
            delivered: counter!("liap_messages_delivered_total"),
            player_actions: actions("player"),
            bot_actions: actions("bot"),
            clock_actions: actions("clock"),
            games_started: counter!("liap_games_started_total"),
            games_finished: counter!("liap_games_finished_total"),
            rooms_failed: counter!("liap_rooms_failed_total"),
            facts_folded: counter!("liap_facts_folded_total"),
            action_seconds: histogram!("liap_action_seconds"),
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

fn describe() {
    mistakes::describe();
    limit::describe();
    describe_gauge!("liap_rooms", "Rooms that live");
    describe_gauge!("liap_sessions", "Open WebSocket connections");
    describe_counter!("liap_messages_received_total", "Messages from clients");
    describe_counter!("liap_messages_delivered_total", "Messages to clients, each listener counted");
    describe_counter!("liap_actions_total", "Decisions that changed a game, by who took them");
    describe_counter!("liap_games_started_total", "Games that began");
    describe_counter!("liap_games_finished_total", "Games that ended");
    describe_counter!("liap_facts_folded_total", "Facts folded again for those who missed events");
    describe_counter!("liap_rooms_failed_total", "Rooms that panicked and were closed alone");
    describe_counter!("liap_errors_total", "Errors sent to clients, by contract and code");
    describe_counter!("liap_connections_closed_total", "Connections closed by the server, by reason");
    describe_histogram!("liap_action_seconds", "From a client's action to the last listener's outbox, in seconds");
}
