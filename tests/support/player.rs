//! What somebody with an account asks of battles. Every body that comes back is held against its schema.

use serde_json::{Value, json};

use super::{Answer, Attendant, Person, Request, schemas};

/// An answer of 200, which has this schema.
#[track_caller]
pub(crate) fn body(answer: &Answer, schema: &str) -> Value {
    let body = answer.expect(200);
    schemas::check(&format!("battles/response/{schema}"), &answer.body, &body);
    body
}

impl Person {
    /// Sends a JSON body.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Request::new("POST", path).json(body)).await
    }

    /// Sends nothing to an address that changes something.
    pub(crate) async fn press(&self, path: &str) -> Answer {
        self.send(Request::new("POST", path)).await
    }

    /// Makes a battle: its id.
    pub(crate) async fn create(&self, wanted: &Value) -> String {
        let answer = self.post("/battles", wanted).await;
        let battle = answer.expect(201);
        schemas::check("battles/response/Battle", &answer.body, &battle);
        battle["id"].as_str().expect("an id").to_owned()
    }

    /// Looks at a battle.
    pub(crate) async fn battle(&self, id: &str) -> Value {
        body(&self.get(&format!("/battles/{id}")).await, "Battle")
    }

    /// Sits down in a battle.
    pub(crate) async fn join(&self, id: &str) -> Value {
        body(&self.press(&format!("/battles/{id}/join")).await, "Battle")
    }

    /// Starts a battle.
    pub(crate) async fn start(&self, id: &str) -> Value {
        body(&self.press(&format!("/battles/{id}/start")).await, "Battle")
    }

    /// The state of a battle as this person may see it.
    pub(crate) async fn state(&self, id: &str) -> Value {
        body(&self.get(&format!("/state?battleId={id}")).await, "GameState")
    }

    /// Submits an action.
    pub(crate) async fn act(&self, id: &str, action: &Value) -> Answer {
        self.post("/game/state", &json!({ "battleId": id, "action": action })).await
    }

    /// Submits an action that is taken: the state after it.
    pub(crate) async fn does(&self, id: &str, action: &Value) -> Value {
        body(&self.act(id, action).await, "GameState")
    }

    /// The whole past of a battle, page by page.
    pub(crate) async fn history(&self, id: &str) -> Vec<Value> {
        let mut entries = Vec::new();
        loop {
            let answer = self.get(&format!("/state/history?battleId={id}&limit=100&offset={}", entries.len())).await;
            let total: usize = answer.header("x-total-count").and_then(|total| total.parse().ok()).expect("a total");
            for entry in answer.expect(200).as_array().expect("a list") {
                schemas::check("battles/response/HistoryEntry", &entry.to_string(), entry);
                entries.push(entry.clone());
            }
            if entries.len() >= total {
                assert_eq!(entries.len(), total);
                return entries;
            }
        }
    }

    /// The replay of a battle.
    pub(crate) async fn replay(&self, id: &str) -> Value {
        body(&self.get(&format!("/state/replay/{id}")).await, "Replay")
    }

    /// A connection to a battle.
    pub(crate) async fn attend(&self, id: &str) -> Attendant {
        let bearer = format!("Bearer {}", self.token);
        let path = format!("/ws/battles/{id}");
        match Attendant::knock(self.port(), &path, &[("authorization", &bearer)]).await {
            Ok(attendant) => attendant.arrived().await,
            Err(answer) => panic!("no upgrade: {answer:?}"),
        }
    }
}

/// What a player does whose turn it is, by the state that they see. The whim chooses among what is legal.
pub(crate) fn decision(state: &Value, whim: usize) -> Value {
    match state["status"].as_str() {
        Some("PREPARATION") if whim.is_multiple_of(3) => json!({ "type": "accept_redeal" }),
        Some("PREPARATION") => json!({ "type": "decline_redeal" }),
        Some("DECLARATION") => {
            let legal = state["validDeclarations"].as_array().expect("legal numbers");
            json!({ "type": "declare", "value": legal[whim % legal.len()] })
        }
        Some("TURN") => json!({ "type": "play", "pieceIds": choice(state, whim) }),
        _ => panic!("nobody is asked: {state}"),
    }
}

fn choice(state: &Value, whim: usize) -> Vec<String> {
    match state["requiredPieceCount"].as_u64() {
        None => {
            let sets = state["validSets"].as_array().expect("sets");
            texts(sets[whim % sets.len()]["pieceIds"].as_array().into_iter().flatten())
        }
        Some(count) => {
            let hand = hand(state);
            let from = hand.iter().cycle().skip(whim % hand.len());
            from.take(usize::try_from(count).expect("a small number")).cloned().collect()
        }
    }
}

/// The ids of the pieces that a state shows as the own ones.
pub(crate) fn hand(state: &Value) -> Vec<String> {
    texts(state["hand"].as_array().expect("a hand").iter().map(|piece| &piece["id"]))
}

fn texts<'a>(values: impl Iterator<Item = &'a Value>) -> Vec<String> {
    values.filter_map(Value::as_str).map(str::to_owned).collect()
}
