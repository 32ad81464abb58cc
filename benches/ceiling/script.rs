//! A real game of four people, recorded: what each of them got after each action.

use std::{collections::VecDeque, path::Path};

use crate::{
    mind::{Next, event},
    player::{Player, sit_down},
    server::{SERVER_CORE, Server},
    socket::Frame,
};

/// The texts that each person got in answer to one action, or to the start of the game.
pub(crate) type Step = [Vec<String>; 4];

/// What people are told when they sit down.
const BEFORE: [&str; 2] = ["player_joined", "room_state"];

/// How many actions are recorded, some ten rounds.
const ACTIONS: usize = 300;

/// A game that is being recorded.
struct Recorder {
    players: Vec<Player>,
    /// Who was asked and has not acted yet, with the action.
    asked: VecDeque<(usize, String)>,
    step: Step,
}

/// Plays at the real server and records.
pub(crate) async fn record() -> Vec<Step> {
    let folder = tempfile::TempDir::new().expect("a folder");
    let flags = ["--durability", "off", "--workers", "1", "--log", "warn"];
    let server = Server::start(folder.path(), &flags, Some(SERVER_CORE), &folder.path().join("log"));
    let mut players = sit_down(server.port, 4).await;
    players[0].start().await;
    let mut recorder = Recorder { players, asked: VecDeque::new(), step: Step::default() };
    recorder.flush().await;
    // What was told before the start is no part of the game.
    recorder.step.iter_mut().for_each(|texts| texts.retain(|text| !BEFORE.contains(&event(text))));
    recorder.until(|_| true).await;
    let mut steps = Vec::new();
    while steps.len() < ACTIONS {
        steps.push(std::mem::take(&mut recorder.step));
        let (place, action) = recorder.asked.pop_front().expect("someone is asked");
        recorder.players[place].socket.send(&action).await;
        recorder.until(|step| step[place].iter().any(|text| event(text).ends_with("_accepted"))).await;
    }
    steps
}

impl Recorder {
    /// Until the action has been accepted, and the next person asked.
    async fn until(&mut self, accepted: impl Fn(&Step) -> bool) {
        while !accepted(&self.step) || self.asked.is_empty() {
            self.flush().await;
        }
        // Whoever was looked at before the answer was there.
        self.flush().await;
    }

    /// Reads all that is on its way to anybody: what was sent before a pong arrives before it.
    async fn flush(&mut self) {
        for (place, player) in self.players.iter_mut().enumerate() {
            player.socket.ping().await;
            loop {
                match player.socket.next().await.expect("an open connection") {
                    Frame::Text(text) => {
                        assert!(!event(text).ends_with("error"), "{text}");
                        self.step[place].push(text.to_owned());
                        if let Next::Act(action) = player.mind.hear(text) {
                            self.asked.push_back((place, action));
                        }
                    }
                    Frame::Pong => break,
                    Frame::Close => panic!("the server closed the connection"),
                }
            }
        }
    }
}

/// Writes a record down for the ceiling.
pub(crate) fn save(steps: &[Step], file: &Path) {
    std::fs::write(file, serde_json::to_vec(steps).expect("texts")).expect("a file");
}

/// Reads it again.
pub(crate) fn load(file: &Path) -> Vec<Step> {
    serde_json::from_slice(&std::fs::read(file).expect("a file")).expect("a record")
}

/// Says what the record holds.
pub(crate) fn describe(steps: &[Step]) {
    let texts: Vec<&String> = steps.iter().flatten().flatten().collect();
    let (messages, bytes) = (texts.len(), texts.iter().map(|text| text.len()).sum::<usize>());
    println!(
        "  the record: {} actions, {:.1} messages of {:.0} bytes each to four people",
        steps.len(),
        messages as f64 / steps.len() as f64,
        bytes as f64 / messages as f64
    );
}
