//! How a player gets a seat, gets it back, and leaves it.

use clients::game::{CreateRoom, JoinRoom, Request, server::ErrorData};

use super::{
    dialogue::Question,
    player::{Ending, Player, Seat},
};

impl Player {
    /// The door to connect to: the room, or `lobby`.
    pub(super) fn door(&self) -> &str {
        let seat = self.seat.as_ref().map(|seat| seat.room.as_str());
        seat.or(self.plan.room.as_deref()).unwrap_or("lobby")
    }

    /// Whether there is a seat to come back to.
    pub(super) const fn is_seated(&self) -> bool {
        self.seat.is_some()
    }

    /// Asks for a seat, or for one's own.
    pub(super) fn sit_down(&mut self) {
        let player_name = self.table.own_name.clone();
        let request = match (&self.seat, &self.plan.room) {
            (Some(seat), _) => Request::JoinRoom(JoinRoom {
                player_name,
                session_token: seat.token.clone(),
                room_id: None,
                last_sequence: Some(self.last_sequence),
            }),
            (None, Some(_)) => Request::JoinRoom(JoinRoom { player_name, ..JoinRoom::default() }),
            (None, None) => Request::CreateRoom(CreateRoom {
                room_name: format!("{}'s table", player_name.chars().take(40).collect::<String>()),
                player_name,
                is_public: Some(self.plan.wait),
                options: Some(self.plan.options.clone()),
            }),
        };
        self.send(&request);
    }

    /// There is a seat now.
    pub(super) fn seated(&mut self, room: String, token: Option<String>) {
        self.seat = Some(Seat { room, token });
    }

    /// The seat's room.
    pub(super) fn room(&self) -> &str {
        self.seat.as_ref().map_or("", |seat| &seat.room)
    }

    /// Starts the game as soon as the room is there.
    pub(super) fn start_at_once(&mut self) {
        let start = Request::StartGame(self.named());
        self.send_decision(Question::Start, &start);
    }

    /// Back in the seat: what was under way when the connection broke is sent again.
    pub(super) fn returned(&mut self, room: String, token: Option<String>) {
        self.seated(room, token);
        self.asked = None;
        self.resends = true;
    }

    /// Leaves the room; the seat goes to a bot, or is free again.
    pub(super) fn quit(&mut self) {
        if self.ending.is_none() {
            self.tell("You leave. Goodbye!".to_owned());
            self.end(Ending::Fine);
        }
    }

    /// The end; who has a seat gives it back.
    pub(super) fn end(&mut self, ending: Ending) {
        if self.is_seated() && ending == Ending::Fine {
            self.send(&Request::LeaveRoom(self.named()));
        }
        self.ending = Some(ending);
        self.asked = None;
    }

    /// Takes in why the server did not do what it was asked.
    pub(super) fn refused(&mut self, refusal: &ErrorData) {
        const NAME_TAKEN: &str = "1005";
        const FATAL: [&str; 3] = ["1001", "1002", "1003"];
        let sentence = format!("{} (code {})", refusal.message, refusal.code);
        if self.seat.is_none() && refusal.code == NAME_TAKEN {
            self.name_taken = true;
            self.tell(format!("The name {} is taken in this room.", self.table.own_name));
        } else if self.seat.is_none() || FATAL.contains(&refusal.code.as_str()) {
            self.end(Ending::Failed(format!("the server refuses: {sentence}")));
        } else {
            self.tell(format!("The server refuses: {sentence}"));
            self.sent = None;
        }
    }
}
