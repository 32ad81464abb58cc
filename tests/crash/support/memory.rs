//! What one person was told, by number, and the claims that a server which was started again has to meet.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// The events that say that an action of one's own was taken.
const ACCEPTED: [&str; 3] = ["declaration_accepted", "play_accepted", "redeal_decision_accepted"];

/// All numbered events that one seat heard in one room.
#[derive(Default)]
pub(crate) struct Memory {
    told: BTreeMap<u64, Value>,
    /// The numbers of the answers to one's own actions, heard on the connection that asked.
    acknowledged: BTreeSet<u64>,
    /// Whether the past is learned from the server, not held against what was told.
    learns: bool,
}

impl Memory {
    /// Of someone who takes the past as the server tells it.
    pub(crate) fn learning() -> Self {
        Self { learns: true, ..Self::default() }
    }

    /// The highest number.
    pub(crate) fn last(&self) -> u64 {
        self.told.keys().next_back().copied().unwrap_or_default()
    }

    /// How many own actions were acknowledged.
    pub(crate) fn acknowledged(&self) -> usize {
        self.acknowledged.len()
    }

    /// Takes an event in. Under a number that is known already, only the same event may come again, in an answer.
    pub(crate) fn hear(&mut self, number: u64, message: &Value) {
        let event = without_secret(&message["event"], &message["data"]);
        if let Some(known) = self.told.get(&number) {
            assert!(message["client_sequence"].is_u64(), "number {number} is told twice: {message}");
            assert_eq!(*known, event, "number {number} was something else before");
            return;
        }
        assert!(number > self.last(), "number {number} after {}: {message}", self.last());
        self.told.insert(number, event);
    }

    /// Notes that the server has acknowledged an own action under this number.
    pub(crate) fn acknowledge(&mut self, number: u64) {
        assert!(self.acknowledged.insert(number), "two messages were answered with event {number}");
    }

    /// Holds what the server now calls the past against what was told, event by event. One action may be in it whose
    /// answer was not heard, if there is `unanswered`.
    pub(crate) fn check(&mut self, past: &Value, unanswered: bool) {
        assert_eq!(past["truncated"], false);
        let past = past["missed_events"].as_array().expect("a list");
        let mut accepted = BTreeSet::new();
        let mut now = BTreeMap::new();
        let mut before = 0;
        for event in past {
            let number = event["sequence"].as_u64().expect("a number");
            assert!(number > before, "number {number} after {before}");
            before = number;
            if is_accepted(event) {
                accepted.insert(number);
            }
            now.insert(number, without_secret(&event["event"], &event["data"]));
        }
        for (number, told) in &self.told {
            assert_eq!(now.get(number), Some(told), "event {number} is not what it was");
        }
        // What happened before one sat down was not told.
        let first = self.told.keys().next().copied().unwrap_or_default();
        let heard_of: Vec<_> = now.range(first..=self.last()).map(|(number, _)| number).collect();
        assert_eq!(heard_of, self.told.keys().collect::<Vec<_>>(), "an event has come into the past");
        if std::mem::take(&mut self.learns) {
            self.acknowledged.clone_from(&accepted);
        }
        let lost: Vec<_> = self.acknowledged.difference(&accepted).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        let strange: Vec<_> = accepted.difference(&self.acknowledged).collect();
        assert!(strange.len() <= usize::from(unanswered), "actions that nobody asked for: {strange:?}");
    }

    /// What was told and is not in `now`, from the first difference on.
    pub(crate) fn lost_in(&self, now: &Self) -> Vec<Value> {
        let same = self.told.iter().take_while(|(number, told)| now.told.get(number) == Some(told)).count();
        self.told.values().skip(same).cloned().collect()
    }

    /// The pieces that one must hold: the last deal without one's plays since. None before the first deal.
    pub(crate) fn hand(&self) -> Option<BTreeSet<String>> {
        let mut hand = None;
        for told in self.told.values() {
            let data = &told["data"];
            if told["event"] == "hand_updated" && data["count"] == 8 {
                hand = Some(ids(data["pieces"].as_array().into_iter().flatten().map(|piece| &piece["id"])));
            } else if told["event"] == "play_accepted" {
                let played = ids(data["pieces_played"].as_array().into_iter().flatten());
                let hand = hand.as_mut().expect("a play comes after a deal");
                played.iter().for_each(|piece| assert!(hand.remove(piece), "{piece} was played and not held"));
            }
        }
        hand
    }

    /// The plays that were told as one's own.
    pub(crate) fn plays(&self) -> Vec<BTreeSet<String>> {
        let own = self.told.values().filter(|told| told["event"] == "play_accepted");
        own.map(|told| ids(told["data"]["pieces_played"].as_array().into_iter().flatten())).collect()
    }

    /// The end of the game, if it was told.
    pub(crate) fn end(&self) -> Option<&Value> {
        self.told.values().find(|told| told["event"] == "game_over").map(|told| &told["data"])
    }

    /// Two people of one room must have heard the same wherever they heard the same event.
    pub(crate) fn agrees_with(&self, other: &Self) {
        for (number, told) in &self.told {
            if let Some(theirs) = other.told.get(number).filter(|theirs| theirs["event"] == told["event"]) {
                assert_eq!(theirs, told, "two people heard different events {number}");
            }
        }
    }
}

/// Whether it answers an own action.
pub(crate) fn is_accepted(message: &Value) -> bool {
    ACCEPTED.iter().any(|accepted| message["event"] == *accepted)
}

/// The token is given once, and is no part of the past.
fn without_secret(event: &Value, data: &Value) -> Value {
    let mut data = data.clone();
    if let Some(data) = data.as_object_mut() {
        data.remove("session_token");
    }
    json!({ "event": event, "data": data })
}

/// The ids, as a set.
pub(crate) fn ids<'a>(values: impl Iterator<Item = &'a Value>) -> BTreeSet<String> {
    values.filter_map(Value::as_str).map(str::to_owned).collect()
}
