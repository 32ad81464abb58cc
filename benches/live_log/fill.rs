//! A library of messages: words as frequent as in a language, a thousand people, the types and channels of a busy month.

use rand::{RngExt, SeedableRng, rngs::SmallRng};
use serde_json::json;
use store::{Location, NewMessage, Store};
use vocabulary::Timestamp;

/// Different words; the n-th is an n-th as frequent as the first.
const WORDS: usize = 20_000;
const PEOPLE: u32 = 1_000;
/// How long ago the first message was made.
const SPAN_MS: i64 = 30 * 24 * 60 * 60 * 1_000;
/// Messages of one write.
const BATCH: usize = 1_000;
/// Types by their index, as frequent as they stand here.
const KINDS: [(u8, &str); 10] = [
    (0, "user"),
    (0, "user"),
    (0, "user"),
    (0, "user"),
    (0, "user"),
    (1, "system"),
    (1, "system"),
    (2, "dm"),
    (3, "raid"),
    (4, "party"),
];

pub(crate) struct Library {
    rng: SmallRng,
    /// How often one of the first words comes, all together.
    harmonic: f64,
}

impl Library {
    /// Always the same.
    pub(crate) fn new() -> Self {
        let harmonic = (1..=WORDS).map(|rank| 1.0 / rank as f64).sum();
        Self { rng: SmallRng::seed_from_u64(7), harmonic }
    }

    /// A word as often as it comes in a text.
    pub(crate) fn said(&mut self) -> String {
        let mut left = self.rng.random::<f64>() * self.harmonic;
        let rank = (1..=WORDS).find(|rank| {
            left -= 1.0 / *rank as f64;
            left <= 0.0
        });
        word(rank.unwrap_or(WORDS))
    }

    /// A word of the dictionary, all alike.
    pub(crate) fn listed(&mut self) -> String {
        word(self.rng.random_range(1..=WORDS))
    }

    /// One of the people, as an id.
    pub(crate) fn person(&mut self) -> String {
        format!("0190a000-0000-7000-8000-{:012}", self.rng.random_range(0..PEOPLE))
    }

    fn message(&mut self, at: Timestamp) -> NewMessage {
        let (kind, name) = KINDS[self.rng.random_range(0..KINDS.len())];
        let length = self.rng.random_range(4..16);
        let content = (0..length).map(|_| self.said()).collect::<Vec<_>>().join(" ");
        let (from, to) = (self.person(), self.person());
        let direct = name == "dm";
        let channel = if direct || self.rng.random_bool(0.5) { "lobby" } else { "room:ABCD2345" };
        let id = format!("{name}_{}", uuid::Uuid::now_v7());
        let body = json!({
            "type": name, "id": id, "timestamp": "2025-12-03T12:00:00.000Z", "user_id": from, "username": "Somebody",
            "user_badge": "member", "content": content, "metadata": { "server": "main", "channel": channel, "level": 5 },
        });
        NewMessage {
            id,
            kind,
            at,
            users: if direct { vec![from.clone(), to.clone()] } else { vec![from.clone()] },
            channel: if direct { String::new() } else { channel.to_owned() },
            names: "Somebody".to_owned(),
            content,
            audience: if direct { vec![from, to] } else { Vec::new() },
            body: body.to_string(),
        }
    }

    /// Fills a new database with so many messages, the newest of now.
    pub(crate) async fn fill(&mut self, location: &Location, messages: usize) {
        let store = Store::open(location).await.expect("a database");
        let now = Timestamp::now().millis();
        let step = SPAN_MS as f64 / messages as f64;
        for first in (0..messages).step_by(BATCH) {
            #[expect(clippy::cast_possible_truncation, reason = "milliseconds")]
            let at = |place: usize| now - SPAN_MS + (place as f64 * step) as i64;
            let batch: Vec<NewMessage> = (first..messages.min(first + BATCH))
                .map(|place| self.message(Timestamp::from_millis(at(place))))
                .collect();
            store.store_messages(&batch).await.expect("stored");
        }
        store.close().await;
    }
}

/// The n-th word: syllables, so that no word is the beginning of many others.
pub(crate) fn word(rank: usize) -> String {
    const SYLLABLES: [&str; 20] = [
        "ka", "lo", "mi", "nu", "pe", "ra", "so", "ti", "vu", "we", "ba", "do", "fi", "gu", "he", "ja", "ko", "li",
        "mo", "ne",
    ];
    let mut rest = rank;
    let mut word = String::from("x");
    for _ in 0..4 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}
