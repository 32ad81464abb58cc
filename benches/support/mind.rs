//! What a player decides when it is asked. It reads as little as it can, for the players must not be what the server waits
//! for.

use std::{collections::HashMap, time::Duration};

use serde::{Deserialize, de::IgnoredAny};

/// What a player has to do after a message.
pub(crate) enum Next {
    /// Nothing.
    Listen,
    /// To send this.
    Act(String),
    /// To go, for the game is over.
    Go,
}

/// What a player knows of its game.
pub(crate) struct Mind {
    pub(crate) name: String,
    /// What a message says when this player is asked to declare or to play.
    asked: String,
    /// The last message about one's own pieces; it is read when they are needed.
    hand: String,
    redeal_decided: bool,
    acted: usize,
}

impl Mind {
    pub(crate) fn new(name: String) -> Self {
        let asked = format!("\"current_player\":\"{name}\"");
        Self { name, asked, hand: String::new(), redeal_decided: false, acted: 0 }
    }

    /// Takes a message in.
    pub(crate) fn hear(&mut self, text: &str) -> Next {
        match event(text) {
            "hand_updated" => {
                self.hand.clear();
                self.hand.push_str(text);
            }
            "phase_change" if self.may_be_asked(text) => return self.decide(text).map_or(Next::Listen, Next::Act),
            "game_over" => return Next::Go,
            _ => {}
        }
        Next::Listen
    }

    /// A quick look before the message is read: there are four players, and mostly one is asked.
    fn may_be_asked(&self, text: &str) -> bool {
        text.contains(&self.asked) || text.contains("\"PREPARATION\"")
    }

    fn decide(&mut self, text: &str) -> Option<String> {
        let Of { data: now } = serde_json::from_str::<Of<PhaseChange<'_>>>(text).expect("a phase");
        let open = now.phase_data;
        let mine = open.current_player == Some(self.name.as_str());
        let undecided = matches!(open.decisions.get(self.name.as_str()), Some(None));
        let name = &self.name;
        let text = match now.phase {
            "PREPARATION" if undecided && !self.redeal_decided => {
                format!(r#"{{"event":"decline_redeal","data":{{"player_name":"{name}"}}}}"#)
            }
            "DECLARATION" if mine => {
                let declaration = open.valid_declarations[self.acted % open.valid_declarations.len()];
                format!(r#"{{"event":"declare","data":{{"player_name":"{name}","declaration":{declaration}}}}}"#)
            }
            "TURN" if mine => {
                let pieces = self.choice(open.required_piece_count).join("\",\"");
                format!(r#"{{"event":"play","data":{{"player_name":"{name}","piece_ids":["{pieces}"]}}}}"#)
            }
            _ => return None,
        };
        self.redeal_decided = now.phase == "PREPARATION";
        self.acted += 1;
        Some(text)
    }

    fn choice(&self, count: Option<usize>) -> Vec<&str> {
        let Of { data: hand } = serde_json::from_str::<Of<Hand<'_>>>(&self.hand).expect("a hand");
        match count {
            None => hand.valid_sets[self.acted % hand.valid_sets.len()].piece_ids.clone(),
            Some(count) => hand.pieces.iter().map(|piece| piece.id).take(count).collect(),
        }
    }

    /// How long it thinks, from a half to three halves of this time, so that rooms do not march in step.
    pub(crate) fn pause(&self, think: Duration) -> Duration {
        let part = (self.acted * 37 + self.hand.len() * 17) % 101;
        think.mul_f64(0.5 + part as f64 / 100.0)
    }
}

/// The part of a message that players look at.
#[derive(Deserialize)]
struct Of<Data> {
    data: Data,
}

#[derive(Deserialize)]
struct PhaseChange<'a> {
    phase: &'a str,
    #[serde(borrow)]
    phase_data: PhaseData<'a>,
}

#[derive(Deserialize)]
struct PhaseData<'a> {
    current_player: Option<&'a str>,
    #[serde(default)]
    valid_declarations: Vec<u8>,
    required_piece_count: Option<usize>,
    #[serde(default, borrow)]
    decisions: HashMap<&'a str, Option<IgnoredAny>>,
}

#[derive(Deserialize)]
struct Hand<'a> {
    #[serde(borrow)]
    pieces: Vec<Piece<'a>>,
    #[serde(borrow)]
    valid_sets: Vec<ValidSet<'a>>,
}

#[derive(Deserialize)]
struct Piece<'a> {
    id: &'a str,
}

#[derive(Deserialize)]
struct ValidSet<'a> {
    #[serde(borrow)]
    piece_ids: Vec<&'a str>,
}

/// The event's name, without reading the whole message.
pub(crate) fn event(text: &str) -> &str {
    let rest = text.split_once("\"event\":\"").map_or("", |(_, rest)| rest);
    rest.split('"').next().unwrap_or_default()
}
