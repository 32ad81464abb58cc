//! What just happened, in sentences: one function per event of the server.

use game_rules::{DeckSeed, Piece};

use super::{
    player::{Ending, Player},
    wire::{
        Action, Announcement, BotActivated, ChatMessage, DeclarationAccepted, Disconnected, Envelope, GameOver, Hand,
        Maintenance, PlayAccepted, PlayerAction, Reconnected, RedealDecided, Seated, Started, Timeout, Visit,
    },
    words,
};

impl Player {
    /// Takes in an event and tells of it.
    pub(super) fn notice(&mut self, message: Envelope) -> serde_json::Result<()> {
        match message.event.as_str() {
            "room_created" => self.room_created(message.read()?),
            "room_joined" => self.room_joined(message.read()?),
            "reconnected" => self.reconnected(message.read()?),
            "player_joined" => self.player_joined(&message.read()?),
            "player_left" => self.player_left(message.read()?),
            "game_started" => self.game_started(message.read()?),
            "hand_updated" => self.hand = message.read::<Hand>()?.into(),
            "phase_change" => self.phase_change(message.read()?),
            "player_action" => self.player_action(&message.read()?),
            "declaration_accepted" => self.declared(&message.read()?),
            "play_accepted" => self.own_play(&message.read()?),
            "redeal_decision_accepted" => self.redeal_decided(&message.read()?),
            "player_timeout" => self.timed_out(&message.read()?),
            "bot_activated" => self.bot_activated(&message.read()?),
            "chat_message" => self.said(&message.read()?),
            "game_over" => self.game_over(&message.read()?),
            "disconnected" => self.disconnected(&message.read()?),
            "announcement" => self.announced(&message.read()?),
            "maintenance" => {
                let now = message.server_time;
                self.paused(&message.read()?, now);
            }
            _ => {}
        }
        Ok(())
    }

    fn announced(&mut self, announcement: &Announcement) {
        let Announcement { message, severity, ended } = announcement;
        let line = match severity.as_str() {
            _ if *ended => format!("Announcement withdrawn: {message}"),
            "info" => format!("Announcement: {message}"),
            urgent => format!("Announcement ({urgent}): {message}"),
        };
        self.tell(line);
    }

    fn paused(&mut self, pause: &Maintenance, now: f64) {
        self.tell(words::pause(pause, now));
    }

    fn room_created(&mut self, seated: Seated) {
        self.host = Some(self.table.own_name.clone());
        self.seated(seated.room_id, seated.session_token);
        if !self.plan.wait {
            return self.start_at_once();
        }
        let (room, url) = (self.room(), &self.plan.url);
        let lines = [
            format!("Your room is {room}. Others join it with"),
            format!("  liap-tui play --room {room} --name NAME --url {url}"),
        ];
        lines.into_iter().for_each(|line| self.tell(line));
    }

    fn room_joined(&mut self, seated: Seated) {
        let own_name = &self.table.own_name;
        let others = seated.players.iter().map(|player| player.name.as_str());
        let others: Vec<_> = others.filter(|name| name != own_name).collect();
        let line = format!("You sit in room {} with {}.", seated.room_id, words::and(&others));
        self.tell(line);
        if let Some(host) = &seated.host {
            self.tell(format!("{host} starts the game."));
        }
        self.host = seated.host;
        self.seated(seated.room_id, seated.session_token);
    }

    fn reconnected(&mut self, back: Reconnected) {
        self.tell("You are back in your seat.".to_owned());
        self.missed = back.missed_events;
        self.host = back.host;
        if let Some(hand) = back.hand {
            self.hand = hand.into();
        }
        self.table.game = back.game_state.game;
        self.table.phase = back.game_state.phase;
        let room = self.room().to_owned();
        self.returned(room, back.session_token);
    }

    fn player_joined(&mut self, visit: &Visit) {
        let name = &visit.player_name;
        if *name == self.table.own_name {
            return;
        }
        self.tell(if visit.reconnected { format!("{name} is back.") } else { format!("{name} sits down.") });
    }

    fn player_left(&mut self, visit: Visit) {
        self.tell(format!("{} leaves the table.", visit.player_name));
        if visit.host.is_some() && visit.host != self.host {
            self.host = visit.host;
            if let Some(host) = &self.host {
                self.tell(format!(
                    "{} the host now.",
                    if *host == self.table.own_name { "You are".to_owned() } else { format!("{host} is") }
                ));
            }
        }
    }

    fn game_started(&mut self, started: Started) {
        let own_name = &self.table.own_name;
        let others = started.players.iter().filter(|player| player.name != *own_name);
        let others: Vec<_> = others.map(|player| &player.name).collect();
        self.tell(format!("The game begins. You play against {}.", words::and(&others)));
        let rules = &started.options.rules;
        let rounds = rules.max_rounds.map(|rounds| format!(", or round {rounds}")).unwrap_or_default();
        self.tell(format!(
            "{} points end the game{rounds}. You have {} for each decision.",
            rules.target_score,
            words::count(started.options.turn_timeout_seconds, "second")
        ));
        self.commitment = Some(started.deck_commitment);
    }

    fn player_action(&mut self, acted: &PlayerAction) {
        let who = &acted.player;
        match &acted.action {
            Action::Declare { declaration } => self.told_declaration(who, *declaration),
            Action::Play(play) => self.told_play(who, &play.pieces, &play.play_type),
            Action::AcceptRedeal => self.tell(format!("{} for a new deal.", self.table.does(who, "ask"))),
            Action::DeclineRedeal => self.tell(format!("{} the hand.", self.table.does(who, "keep"))),
        }
    }

    fn declared(&mut self, accepted: &DeclarationAccepted) {
        let own = self.table.own_name.clone();
        self.told_declaration(&own, accepted.declaration);
    }

    fn own_play(&mut self, accepted: &PlayAccepted) {
        let own = self.table.own_name.clone();
        self.told_play(&own, &accepted.pieces_played, &accepted.play_type);
    }

    fn redeal_decided(&mut self, decided: &RedealDecided) {
        self.tell(if decided.decision == "accept" {
            "You ask for a new deal.".to_owned()
        } else {
            "You keep the hand.".to_owned()
        });
    }

    fn told_declaration(&mut self, who: &str, number: u8) {
        self.tell(format!("{} {}.", self.table.does(who, "declare"), words::count(number, "pile")));
    }

    fn told_play(&mut self, who: &str, pieces: &[Piece], play_type: &str) {
        let told: Vec<_> = pieces.iter().map(|piece| self.paint.piece(*piece)).collect();
        let (verb, kind) = match play_type {
            "SINGLE" => ("play", String::new()),
            "INVALID" => ("give", "away ".to_owned()),
            name => ("play", format!("{}: ", words::play_type(name))),
        };
        self.tell(format!("{} {kind}{}.", self.table.does(who, verb), told.join(", ")));
    }

    fn timed_out(&mut self, timeout: &Timeout) {
        let after = words::count(timeout.timeout_seconds, "second");
        self.tell(if timeout.player == self.table.own_name {
            format!("Your time is over ({after}); the server decides for you.")
        } else {
            format!("The time of {} is over ({after}).", timeout.player)
        });
    }

    fn bot_activated(&mut self, activated: &BotActivated) {
        let name = &activated.player;
        self.tell(match activated.reason.as_str() {
            _ if *name == self.table.own_name => "A bot plays for you until you decide something again.".to_owned(),
            "left" => format!("{name} has left; a bot takes the seat."),
            "disconnected" => format!("{name} has lost the connection; a bot stands in."),
            _ => format!("{name} does not answer; a bot stands in."),
        });
    }

    /// What somebody says; nothing in it may move the cursor.
    fn said(&mut self, said: &ChatMessage) {
        let words: String = said.message.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
        self.tell(format!("{}: “{words}”", self.table.who(&said.player)));
    }

    fn game_over(&mut self, over: &GameOver) {
        let winners: Vec<_> = over.winners.iter().map(|name| self.table.who(name)).collect();
        let win = if winners == ["You"] || winners.len() > 1 { "win" } else { "wins" };
        let headline = format!(
            "The game is over after {}. {} {win}!",
            words::count(over.rounds_played, "round"),
            words::and(&winners)
        );
        let mut lines = vec![String::new(), self.paint.bold(&headline)];
        lines.extend(self.table.result_lines(&over.final_scores));
        lines.push(deck_check(self.commitment.as_deref(), &over.deck_seed));
        lines.into_iter().for_each(|line| self.tell(line));
        self.end(Ending::Fine);
    }

    fn disconnected(&mut self, farewell: &Disconnected) {
        let sentence = match farewell.reason.as_str() {
            "replaced" => "somebody else plays with your seat now",
            "room closed" => "the room was closed",
            "room failed" => "the room failed; the game can't go on",
            "unknown room" => "there is no such room",
            _ => return,
        };
        self.end(Ending::Failed(sentence.to_owned()));
    }
}

fn deck_check(commitment: Option<&str>, seed: &str) -> String {
    let commitment_of = |seed: &str| seed.parse().ok().map(|seed: DeckSeed| seed.commitment());
    match (commitment, commitment_of(seed)) {
        (Some(told), Some(found)) if told.eq_ignore_ascii_case(&found) => {
            format!("The deck was fair: its seed {seed} has the SHA-256 that the server told before the first deal.")
        }
        (Some(told), _) => format!(
            "THE DECK WAS NOT FAIR: the seed {seed} does not have the SHA-256 that the server told at the start, {told}."
        ),
        (None, _) => "The deck can't be checked: the server told no SHA-256 of its seed at the start.".to_owned(),
    }
}
