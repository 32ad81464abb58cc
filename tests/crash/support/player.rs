//! How a person plays: one numbered message at a time, sent again with the same number until it is answered.

use serde_json::{Value, json};

use super::{Person, memory, person::is_not_durable, wire::Stop};
use crate::shared::guest;

impl Person {
    /// Asks for something with the next message number.
    pub(super) async fn ask(&mut self, event: &'static str, mut data: Value) {
        data["player_name"] = json!(self.name);
        self.asked_so_far += 1;
        self.asked = Some((self.asked_so_far, event, data));
        self.send_asked().await;
    }

    async fn ask_again(&mut self) {
        self.sent_again.0 += 1;
        self.send_asked().await;
    }

    async fn send_asked(&mut self) {
        self.refused = false;
        if let Some((number, event, data)) = &self.asked {
            let message = json!({ "event": event, "sequence": number, "data": data });
            self.send(&message).await;
        }
    }

    /// The host wants the game to begin; the answer comes while one plays.
    pub(super) async fn start_game(&mut self) {
        self.ask("start_game", json!({})).await;
    }

    /// Whether one has asked for anything in this room.
    pub(super) const fn has_asked(&self) -> bool {
        self.asked_so_far > 0
    }

    /// Plays until the game is over.
    pub(crate) async fn play_to_the_end(&mut self) -> Result<(), Stop> {
        self.go_on().await;
        while !self.over {
            let message = self.next().await?;
            self.react(&message).await;
        }
        Ok(())
    }

    /// Listens until one has to decide.
    pub(crate) async fn wait_for_turn(&mut self) -> Result<(), Stop> {
        while self.asked.is_some() || self.decision().is_none() {
            let message = self.next().await?;
            let answers = message["client_sequence"].is_u64();
            if answers {
                self.take_answer(&message);
            }
        }
        Ok(())
    }

    /// Takes one's turn, and listens until the next one.
    pub(crate) async fn take_one_turn(&mut self) -> Result<(), Stop> {
        self.decide().await;
        let phase = std::mem::take(&mut self.phase);
        assert!(phase.is_object(), "it is one's turn");
        self.wait_for_turn().await
    }

    /// The host asks for the start: whether it was refused because it could not be made durable.
    pub(crate) async fn is_refused_the_start(&mut self) -> Result<bool, Stop> {
        match self.asked {
            None => self.start_game().await,
            Some(_) => self.ask_again().await,
        }
        let before = self.refusals;
        while self.asked.is_some() && self.refusals == before {
            let message = self.next().await?;
            if message.get("error").is_some() {
                self.take_refusal(&message);
            } else if message["client_sequence"].is_u64() {
                self.take_answer(&message);
            }
        }
        Ok(self.asked.is_some())
    }

    /// Sends what was refused or lost once more, or decides.
    async fn go_on(&mut self) {
        if self.asked.is_none() {
            self.decide().await;
        } else if self.refused {
            self.ask_again().await;
        }
    }

    async fn react(&mut self, message: &Value) {
        let answered = self.asked.as_ref().map(|(number, ..)| *number);
        if message.get("error").is_some() {
            self.take_refusal(message);
        } else if message["client_sequence"].is_null() {
            if message["event"] == "phase_change" {
                self.go_on().await;
            }
        } else if message["client_sequence"].as_u64() == answered && self.take_answer(message) {
            // No new phase follows the answer.
            self.decide().await;
        }
    }

    /// Notes that what one asked was done: whether that was before the past was checked.
    fn take_answer(&mut self, message: &Value) -> bool {
        self.asked = None;
        let event = message["sequence_number"].as_u64().expect("an event");
        if memory::is_accepted(message) {
            self.memory.acknowledge(event);
        }
        let had_acted = event <= self.checked_to;
        self.sent_again.1 += usize::from(had_acted);
        had_acted
    }

    /// Only one refusal is right: that it can't be made durable now. The room says when it goes on.
    fn take_refusal(&mut self, message: &Value) {
        if message["error"]["details"]["reason"] == "server_error" {
            // The room is read again; the connection ends with this.
            return;
        }
        assert!(is_not_durable(message), "{} asked {:?}: {message}", self.name, self.asked);
        self.refusals += 1;
        self.refused = true;
    }

    async fn decide(&mut self) {
        if let Some((event, data)) = self.decision() {
            self.ask(event, data).await;
        }
    }

    /// What a person does who is asked now. What they choose differs from turn to turn.
    fn decision(&self) -> Option<(&'static str, Value)> {
        let whim = usize::try_from(self.memory.last()).unwrap_or_default();
        guest::decision(&self.name, &self.phase, &self.hand, whim)
    }
}
