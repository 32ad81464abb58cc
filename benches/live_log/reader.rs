//! Someone who looks things up: lists with every filter, searches for rare and for common words.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{
    figures::Times,
    fill::{Library, word},
    socket::Socket,
};

pub(crate) struct Reader {
    socket: Socket,
    /// How long it thinks before each.
    pause: Duration,
    library: Library,
}

impl Reader {
    pub(crate) async fn connect(port: u16, pause: Duration) -> Self {
        Self { socket: Socket::greeted(port).await, pause, library: Library::new() }
    }

    /// Lists of fifty, each sort so often.
    pub(crate) async fn histories(&mut self, times: usize) -> Vec<(&'static str, Times)> {
        let person = self.library.person();
        let sorts = [
            ("the newest", json!({}), 0),
            ("of a type", json!({ "type": "raid" }), 0),
            ("of a user", json!({ "user_id": person }), 0),
            ("of a channel", json!({ "channel": "lobby" }), 0),
            ("of a type, a user and a channel", json!({ "type": "user", "user_id": person, "channel": "lobby" }), 0),
            ("of a type, 10,000 further", json!({ "type": "user" }), 10_000),
        ];
        let mut all = Vec::new();
        for (what, filters, offset) in sorts {
            let command = json!({ "action": "get_history", "limit": 50, "offset": offset, "filters": filters });
            all.push((what, self.ask(times, |_| command.clone(), "total_count").await));
        }
        all
    }

    /// Searches, each sort so often.
    pub(crate) async fn searches(&mut self, times: usize) -> Vec<(&'static str, Times)> {
        let search = |query: String| json!({ "action": "search", "query": query });
        let one = |query: String| json!({ "action": "search", "query": query, "filters": { "type": "user" } });
        vec![
            ("a word of the dictionary", self.ask(times, |library| search(library.listed()), "count").await),
            ("a word as people use it", self.ask(times, |library| search(library.said()), "count").await),
            ("two words as people use them", self.ask(times, |library| search(two(library)), "count").await),
            ("a word in one type", self.ask(times, |library| one(library.said()), "count").await),
            ("the most frequent word", self.ask(times, |_| search(word(1)), "count").await),
        ]
    }

    async fn ask(&mut self, times: usize, command: impl Fn(&mut Library) -> Value, counted: &str) -> Times {
        let mut took = Vec::with_capacity(times);
        for _ in 0..times {
            let command = command(&mut self.library).to_string();
            tokio::time::sleep(self.pause).await;
            let began = Instant::now();
            self.socket.send(&command).await;
            let answer = self.socket.text().await;
            took.push(began.elapsed());
            assert!(answer.contains(counted) && !answer.contains("error_code"), "an answer: {answer}");
        }
        Times::new(took)
    }
}

fn two(library: &mut Library) -> String {
    format!("{} {}", library.said(), library.said())
}
