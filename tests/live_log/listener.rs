//! Who listens to the live log, and the service that puts messages into it.

use std::ops::{Deref, DerefMut};

use serde_json::{Value, json};

use crate::support::{Answer, Attendant, Person, Request, Speaker, TestServer, player::decision, schemas};

/// The key of the tests' service.
pub(super) const KEY: &str = "the key of a service";

/// A service with this key, and no limit that a test could meet by accident.
pub(super) const GENEROUS: [&str; 6] = [
    "--live-log-api-keys=another key than that,the key of a service",
    "--live-log-commands-per-minute=1000000",
    "--live-log-messages-per-minute=1000000",
    "--live-log-posts-per-minute=0",
    "--work-kib-per-second=0",
    "--address-work-kib-per-second=0",
];

/// A server with such settings, and more.
pub(super) fn serve(flags: &[&str]) -> TestServer {
    TestServer::unlimited(&[&GENEROUS[..], flags].concat())
}

/// A connection to the live log.
pub(super) struct Listener(Speaker);

impl Deref for Listener {
    type Target = Speaker;

    fn deref(&self) -> &Speaker {
        &self.0
    }
}

impl DerefMut for Listener {
    fn deref_mut(&mut self) -> &mut Speaker {
        &mut self.0
    }
}

impl Listener {
    /// A connection that has heard `connected`; the query begins with `?`, or is empty.
    pub(super) async fn at(port: u16, query: &str) -> Self {
        let mut log = Self(Speaker::live_log(port, query).await);
        assert_eq!(log.next().await["action"], "connected");
        log
    }

    /// Nobody in particular, subscribed to these types.
    pub(super) async fn to(port: u16, types: &[&str]) -> Self {
        let mut log = Self::at(port, "").await;
        log.subscribe(types).await;
        log
    }

    /// This person, subscribed to these types.
    pub(super) async fn of(person: &Person, types: &[&str]) -> Self {
        let mut log = Self::at(person.port(), &format!("?token={}", person.token)).await;
        log.subscribe(types).await;
        log
    }

    /// Subscribes: all that the connection is subscribed to then.
    pub(super) async fn subscribe(&mut self, types: &[&str]) -> Value {
        self.send(&json!({ "action": "subscribe", "message_types": types })).await;
        self.expect("subscribed").await["message_types"].take()
    }

    /// Unsubscribes: all that the connection is subscribed to then.
    pub(super) async fn unsubscribe(&mut self, types: &[&str]) -> Value {
        self.send(&json!({ "action": "unsubscribe", "message_types": types })).await;
        self.expect("subscribed").await["message_types"].take()
    }

    /// Asks for the history with these fields.
    pub(super) async fn history(&mut self, mut fields: Value) -> Value {
        fields["action"] = json!("get_history");
        self.send(&fields).await;
        self.expect("history").await
    }

    /// The history of all that this filter lets through: the messages, the newest first.
    pub(super) async fn listed(&mut self, filters: Value) -> Vec<Value> {
        let mut history = self.history(json!({ "limit": 500, "filters": filters })).await;
        let messages = history["messages"].as_array_mut().map(std::mem::take).expect("a list");
        assert_eq!(history["total_count"], messages.len(), "{history}");
        messages
    }

    /// Searches.
    pub(super) async fn search(&mut self, query: &str, filters: Value) -> Value {
        self.send(&json!({ "action": "search", "query": query, "filters": filters })).await;
        let found = self.expect("search_results").await;
        assert_eq!(found["query"], query.trim());
        found
    }

    /// What a search finds, the best first.
    pub(super) async fn found(&mut self, query: &str) -> Vec<Value> {
        let mut found = self.search(query, json!({})).await;
        let results = found["results"].as_array_mut().map(std::mem::take).expect("a list");
        assert_eq!((&found["count"], &found["count_exact"]), (&json!(results.len()), &json!(true)), "{found}");
        results
    }

    /// The next message, which is this error: its details.
    pub(super) async fn refused(&mut self, code: u16, name: &str) -> Value {
        let mut error = self.next().await;
        assert_eq!(error["action"], "error", "{error}");
        assert_eq!((&error["error_code"], &error["error_message"]), (&json!(code), &json!(name)), "{error}");
        assert!(error["details"]["issue"].as_str().is_some_and(|issue| issue.len() > 5), "{error}");
        error["details"].take()
    }

    /// The connection's end, which is told by this error and closes with its code.
    pub(super) async fn turned_away(port: u16, query: &str, headers: &[(&'static str, &str)]) -> u16 {
        let path = format!("/ws/live-log{query}");
        let mut log = Speaker::knock(port, "live_log", &path, headers).await.expect("an upgrade");
        let error = log.next().await;
        assert_eq!(error["action"], "error", "{error}");
        let (code, _) = log.hear().await.expect_err("the error is the last word");
        assert_eq!(error["error_code"], code);
        code
    }
}

/// Sends a message as the service does.
pub(super) async fn send(port: u16, message: &Value) -> Answer {
    Request::new("POST", "/api/v1/live-log/messages").header("X-API-Key", KEY).json(message).send(port).await
}

/// Posts a message, which is taken: as it is stored.
pub(super) async fn post(port: u16, message: &Value) -> Value {
    let answer = send(port, message).await;
    let stored = answer.expect(201);
    schemas::check("live_log/response/LogMessage", &answer.body, &stored);
    stored
}

/// What somebody says in a channel of the service's.
pub(super) fn saying(content: &str) -> Value {
    json!({ "type": "user", "user_id": "user_12345", "username": "DragonMaster", "content": content })
}

/// A direct message between two accounts.
pub(super) fn direct(from: &str, to: &str, content: &str) -> Value {
    json!({ "type": "dm", "from_user_id": from, "from_username": "Somebody", "to_user_id": to, "content": content })
}

/// An instance of each type as a service may post it: the seed's own, with ids of accounts where there must be.
pub(super) fn one_of_each(from: &str, to: &str) -> [Value; 6] {
    [
        json!({
            "type": "user", "user_id": "user_12345", "username": "DragonMaster",
            "user_avatar": "https://api.example.com/avatars/user_12345.png", "user_badge": "admin",
            "content": "Message text here", "metadata": { "server": "main", "channel": "general", "level": 50 },
        }),
        json!({
            "type": "system", "event": "user_joined", "severity": "info",
            "data": { "user_id": "user_12345", "username": "DragonMaster", "count_online": 245 },
        }),
        direct(from, to, "Private message text"),
        json!({
            "type": "raid", "raid_id": "raid_001", "raid_name": "Dragon's Lair", "boss_name": "Ancient Red Dragon",
            "difficulty": "mythic", "status": "in_progress", "health_percentage": 45, "duration_seconds": 324,
            "participants": [{ "user_id": "user_12345", "username": "DragonMaster", "role": "tank", "class": "warrior" }],
        }),
        json!({
            "type": "party", "party_id": "party_123", "leader_id": "user_12345", "leader_name": "DragonMaster",
            "member_count": 4, "event": "member_joined",
            "event_data": { "member_id": "user_99999", "member_name": "NewAdventurer" },
        }),
        json!({
            "type": "guild", "guild_id": "guild_001", "guild_name": "The Dragonslayers", "guild_level": 25,
            "event": "conquest_complete",
            "event_data": { "territory": "Dragon Valley", "points_earned": 5000, "rank_change": "Tier 2 → Tier 1" },
        }),
    ]
}

/// Plays the person's part in a battle with bots until it is over.
pub(super) async fn play_out(person: &Person, battle: &str) {
    let mut connection: Attendant = person.attend(battle).await;
    for whim in 1.. {
        let mut state = connection.state().await;
        while state["status"] != "GAME_OVER" && !connection.is_asked(&state) {
            connection.next_update().await;
            state = connection.state().await;
        }
        if state["status"] == "GAME_OVER" {
            return;
        }
        person.does(battle, &decision(&state, whim)).await;
    }
}
