//! Four people with accounts around one battle, who act over REST one after another: no bot, so nothing happens by itself.

use serde_json::{Value, json};

use super::{Person, TestServer, player::decision};

/// The people by seat, the host first.
pub(crate) struct Four {
    /// By seat.
    pub(crate) people: Vec<Person>,
    /// Their ids, by seat.
    pub(crate) ids: Vec<String>,
    /// The battle.
    pub(crate) battle: String,
}

impl Four {
    /// Seated, before the start.
    pub(crate) async fn seated(server: &TestServer, wanted: Value) -> Self {
        Self::named(server, ["Ann", "Bob", "Cem", "Dee"], wanted).await
    }

    /// The same with other names.
    pub(crate) async fn named(server: &TestServer, names: [&str; 4], wanted: Value) -> Self {
        let mut people = Vec::new();
        let mut ids = Vec::new();
        for name in names {
            let person = server.person(name).await;
            ids.push(person.id().await);
            people.push(person);
        }
        let battle = people[0].create(&wanted).await;
        for person in &people[1..] {
            person.join(&battle).await;
        }
        Self { people, ids, battle }
    }

    /// In a game of one round at full speed.
    pub(crate) async fn playing(server: &TestServer) -> Self {
        let wanted = json!({ "pace": "instant", "turnTimeoutSeconds": 600, "rules": { "maxRounds": 1 } });
        Self::playing_as(server, wanted).await
    }

    /// In a game that is set up like this.
    pub(crate) async fn playing_as(server: &TestServer, wanted: Value) -> Self {
        let four = Self::seated(server, wanted).await;
        four.people[0].start(&four.battle).await;
        four
    }

    /// The state as this seat sees it.
    pub(crate) async fn state(&self, seat: usize) -> Value {
        self.people[seat].state(&self.battle).await
    }

    /// The seat that is to act, by any state.
    pub(crate) fn current(&self, state: &Value) -> usize {
        self.ids.iter().position(|id| state["currentTurn"] == *id).expect("someone's turn")
    }

    /// Who is to act does something legal: the state after it. Between two rounds it is the next deal.
    pub(crate) async fn step(&self, state: &Value, whim: usize) -> Value {
        if state["status"] == "SCORING" {
            return self.next_round().await;
        }
        let seat = self.current(state);
        let own = self.state(seat).await;
        self.people[seat].does(&self.battle, &decision(&own, whim)).await
    }

    /// Waits for the next deal: the state after it.
    pub(crate) async fn next_round(&self) -> Value {
        let mut host = self.people[0].attend(&self.battle).await;
        let mut state = host.state().await;
        while state["status"] == "SCORING" {
            state = host.next_update().await;
        }
        state
    }

    /// Steps until a state of this status: that state, as someone sees it.
    pub(crate) async fn reach(&self, status: &str) -> Value {
        let mut state = self.state(0).await;
        for whim in 1.. {
            if state["status"] == status {
                break;
            }
            state = self.step(&state, whim).await;
        }
        state
    }

    /// Everybody plays until the battle is over.
    pub(crate) async fn finish(&self) -> Value {
        self.reach("GAME_OVER").await
    }
}
