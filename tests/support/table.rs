//! Four people around one table, who have all heard the same up to now.

use std::ops::{Index, IndexMut};

use serde_json::{Value, json};

use super::Guest;

/// The people by position; the host is at 0.
pub(crate) struct Table {
    /// By position.
    pub(crate) guests: Vec<Guest>,
}

impl Index<usize> for Table {
    type Output = Guest;

    fn index(&self, position: usize) -> &Guest {
        &self.guests[position]
    }
}

impl IndexMut<usize> for Table {
    fn index_mut(&mut self, position: usize) -> &mut Guest {
        &mut self.guests[position]
    }
}

impl Table {
    pub(super) const fn new(guests: Vec<Guest>) -> Self {
        Self { guests }
    }

    /// Everybody hears what there is to hear: the events of each since the last time.
    pub(crate) async fn catch_up(&mut self) -> Vec<Vec<Value>> {
        let mut heard = Vec::new();
        for guest in &mut self.guests {
            heard.push(guest.catch_up().await);
        }
        heard
    }

    /// The host starts the game: what each of the four hears of it.
    pub(crate) async fn start(&mut self) -> Vec<Vec<Value>> {
        self[0].act("start_game", json!({})).await;
        self[0].expect("game_started").await;
        let mut heard = self.catch_up().await;
        let of_host = self[0].seen.iter().rposition(|message| message["event"] == "game_started").expect("heard");
        heard[0].insert(0, self[0].seen[of_host].clone());
        heard
    }

    /// The present phase.
    pub(crate) fn phase(&self) -> &str {
        self[0].phase["phase"].as_str().expect("a game")
    }

    /// What belongs to the phase.
    pub(crate) fn phase_data(&self) -> &Value {
        &self[0].phase["phase_data"]
    }

    /// The position of who has to act.
    pub(crate) fn current(&self) -> usize {
        let name = self.phase_data()["current_player"].as_str().expect("someone's turn");
        self.position(name)
    }

    /// The position of this name.
    pub(crate) fn position(&self, name: &str) -> usize {
        self.guests.iter().position(|guest| guest.name() == name).expect("someone at the table")
    }

    /// The position of someone who does not have to act.
    pub(crate) fn idle(&self) -> usize {
        (self.current() + 1) % 4
    }

    /// Everybody with a weak hand keeps it.
    pub(crate) async fn reach_declaration(&mut self) {
        while self.phase() == "PREPARATION" {
            let open = self.undecided();
            let position = *open.first().expect("a preparation waits for someone");
            self[position].act("decline_redeal", json!({})).await;
            self[position].expect("redeal_decision_accepted").await;
            self.catch_up().await;
        }
        assert_eq!(self.phase(), "DECLARATION");
    }

    /// The positions of those who are asked about a redeal.
    pub(crate) fn undecided(&self) -> Vec<usize> {
        let decisions = self.phase_data()["decisions"].as_object().expect("decisions");
        decisions.iter().filter(|(_, decision)| decision.is_null()).map(|(name, _)| self.position(name)).collect()
    }

    /// Whose turn it is does what they like; what each of the four hears of it.
    pub(crate) async fn step(&mut self) -> Vec<Vec<Value>> {
        let current = self.current();
        let (event, data) = self[current].decision().expect("it is their turn");
        self.do_as(current, event, data).await
    }

    /// The leader plays one piece: its id.
    pub(crate) async fn lead_single(&mut self) -> String {
        let leader = self.current();
        let piece = self[leader].hand[0].clone();
        self.do_as(leader, "play", json!({ "piece_ids": [piece] })).await;
        piece
    }

    /// Who was asked about a redeal when the present preparation began; nobody in any other phase.
    pub(crate) fn weak_seats(&self) -> Vec<usize> {
        if self.phase() == "PREPARATION" { self.undecided() } else { Vec::new() }
    }

    /// Someone acts: what each of the four hears of it.
    pub(crate) async fn do_as(&mut self, position: usize, event: &str, data: Value) -> Vec<Vec<Value>> {
        self[position].act(event, data).await;
        // The answer proves that the room has acted, so that the others hear it before their own answer.
        let mut own = self[position].catch_up().await;
        let mut heard = Vec::new();
        for (seat, guest) in self.guests.iter_mut().enumerate() {
            heard.push(if seat == position { std::mem::take(&mut own) } else { guest.catch_up().await });
        }
        heard
    }

    /// Someone leaves: what each of the four hears of it.
    pub(crate) async fn do_leaving(&mut self, position: usize) -> Vec<Vec<Value>> {
        self[position].act("leave_room", json!({})).await;
        let left = self[position].expect("room_left").await;
        let mut heard = Vec::new();
        for (seat, guest) in self.guests.iter_mut().enumerate() {
            heard.push(if seat == position { vec![left.clone()] } else { guest.catch_up().await });
        }
        heard
    }

    /// All four play what they like until the game is over: the data of `game_over`.
    pub(crate) async fn reach_the_end(&mut self) -> Value {
        let games = self.guests.iter_mut().map(Guest::play_to_the_end);
        let mut ends = futures_util::future::join_all(games).await;
        let first = ends.swap_remove(0);
        assert!(ends.iter().all(|end| *end == first), "all hear the same end");
        first
    }

    /// Everybody declares what they like.
    pub(crate) async fn reach_turns(&mut self) {
        self.reach_declaration().await;
        while self.phase() == "DECLARATION" {
            self.step().await;
        }
        assert_eq!(self.phase(), "TURN");
    }
}
