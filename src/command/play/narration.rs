//! What just happened, in sentences: one function per event of the server.

use clients::game::{
    Event,
    server::{
        ActionData, Announcement, BotActivated, ChatMessage, Disconnected, GameOver, GameStarted, PlayAccepted,
        PlayerAction, PlayerJoined, PlayerLeft, PlayerTimeout, Reconnected, RedealDecisionAccepted, RoomCreated,
        RoomJoined, Text,
    },
};
use game_rules::{DeckSeed, Piece, PlayType};

use super::{
    player::{Ending, Player},
    words,
};

impl Player {
    /// Takes in an event and tells of it.
    pub(super) fn notice(&mut self, event: Event, now: f64) {
        match event {
            Event::RoomCreated(created) => self.room_created(created),
            Event::RoomJoined(joined) => self.room_joined(*joined),
            Event::Reconnected(back) => self.reconnected(*back),
            Event::PlayerJoined(joined) => self.player_joined(&joined),
            Event::PlayerLeft(left) => self.player_left(&left),
            Event::GameStarted(started) => self.game_started(&started),
            Event::HandUpdated(hand) => self.hand = hand.into(),
            Event::PhaseChange(change) => self.phase_change(*change),
            Event::PlayerAction(acted) => self.player_action(&acted),
            Event::DeclarationAccepted(accepted) => self.declared(accepted.declaration),
            Event::PlayAccepted(accepted) => self.own_play(&accepted),
            Event::RedealDecisionAccepted(decided) => self.redeal_decided(&decided),
            Event::PlayerTimeout(timeout) => self.timed_out(&timeout),
            Event::BotActivated(activated) => self.bot_activated(&activated),
            Event::ChatMessage(said) => self.said(&said),
            Event::GameOver(over) => self.game_over(&over),
            Event::Disconnected(farewell) => self.disconnected(&farewell),
            Event::Announcement(announcement) => self.announced(&announcement),
            Event::Maintenance(pause) => self.tell(words::pause(&pause, now)),
            _ => {}
        }
    }

    fn announced(&mut self, announcement: &Announcement<'_>) {
        let Announcement { message, severity, ended, .. } = announcement;
        let line = match &**severity {
            _ if *ended => format!("Announcement withdrawn: {message}"),
            "info" => format!("Announcement: {message}"),
            urgent => format!("Announcement ({urgent}): {message}"),
        };
        self.tell(line);
    }

    fn room_created(&mut self, created: RoomCreated<'_>) {
        self.host = Some(self.table.own_name.clone());
        self.seated(created.room_id.into_owned(), created.session_token.map(Text::into_owned));
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

    fn room_joined(&mut self, joined: RoomJoined<'_>) {
        let own_name = &self.table.own_name;
        let others = joined.players.iter().map(|player| &player.name);
        let others: Vec<_> = others.filter(|name| *name != own_name).collect();
        let line = format!("You sit in room {} with {}.", joined.room_id, words::and(&others));
        self.tell(line);
        self.tell(format!("{} starts the game.", joined.host));
        self.host = Some(joined.host.into_owned());
        self.seated(joined.room_id.into_owned(), joined.session_token.map(Text::into_owned));
    }

    fn reconnected(&mut self, back: Reconnected<'static>) {
        self.tell("You are back in your seat.".to_owned());
        self.missed = back.missed_events;
        self.host = Some(back.host.into_owned());
        if let Some(hand) = back.hand {
            self.hand = hand.into();
        }
        self.table.game = back.game_state;
        if let Some(phase) = self.table.game.phase_data.take() {
            self.table.phase = phase;
        }
        let room = self.room().to_owned();
        self.returned(room, back.session_token.map(Text::into_owned));
    }

    fn player_joined(&mut self, visit: &PlayerJoined<'_>) {
        let name = &visit.player_name;
        if *name == self.table.own_name {
            return;
        }
        self.tell(if visit.reconnected { format!("{name} is back.") } else { format!("{name} sits down.") });
    }

    fn player_left(&mut self, visit: &PlayerLeft<'_>) {
        self.tell(format!("{} leaves the table.", visit.player_name));
        let Some(host) = visit.host.as_deref().filter(|host| self.host.as_deref() != Some(*host)) else { return };
        self.host = Some(host.to_owned());
        let line = if host == self.table.own_name { "You are".to_owned() } else { format!("{host} is") };
        self.tell(format!("{line} the host now."));
    }

    fn game_started(&mut self, started: &GameStarted<'_>) {
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
        self.commitment = Some(started.deck_commitment.to_string());
    }

    fn player_action(&mut self, acted: &PlayerAction<'_>) {
        let who = &acted.player;
        match &acted.action {
            ActionData::Declare { declaration } => self.told_declaration(who, *declaration),
            ActionData::Play { piece_ids, play_type, .. } => {
                let pieces: Vec<_> = piece_ids.iter().map(|id| id.0).collect();
                self.told_play(who, &pieces, play_type.0);
            }
            ActionData::AcceptRedeal => self.tell(format!("{} for a new deal.", self.table.does(who, "ask"))),
            ActionData::DeclineRedeal => self.tell(format!("{} the hand.", self.table.does(who, "keep"))),
        }
    }

    fn declared(&mut self, declaration: u8) {
        let own = self.table.own_name.clone();
        self.told_declaration(&own, declaration);
    }

    fn own_play(&mut self, accepted: &PlayAccepted<'_>) {
        let own = self.table.own_name.clone();
        let pieces: Vec<_> = accepted.pieces_played.iter().map(|id| id.0).collect();
        self.told_play(&own, &pieces, accepted.play_type.0);
    }

    fn redeal_decided(&mut self, decided: &RedealDecisionAccepted<'_>) {
        self.tell(if decided.decision == "accept" {
            "You ask for a new deal.".to_owned()
        } else {
            "You keep the hand.".to_owned()
        });
    }

    fn told_declaration(&mut self, who: &str, number: u8) {
        self.tell(format!("{} {}.", self.table.does(who, "declare"), words::count(number, "pile")));
    }

    fn told_play(&mut self, who: &str, pieces: &[Piece], play_type: PlayType) {
        let told: Vec<_> = pieces.iter().map(|piece| self.paint.piece(*piece)).collect();
        let (verb, kind) = match play_type {
            PlayType::Single => ("play", String::new()),
            PlayType::Invalid => ("give", "away ".to_owned()),
            kind => ("play", format!("{}: ", words::play_type(kind))),
        };
        self.tell(format!("{} {kind}{}.", self.table.does(who, verb), told.join(", ")));
    }

    fn timed_out(&mut self, timeout: &PlayerTimeout<'_>) {
        let after = words::count(timeout.timeout_seconds, "second");
        self.tell(if timeout.player == self.table.own_name {
            format!("Your time is over ({after}); the server decides for you.")
        } else {
            format!("The time of {} is over ({after}).", timeout.player)
        });
    }

    fn bot_activated(&mut self, activated: &BotActivated<'_>) {
        let name = &activated.player;
        self.tell(match &*activated.reason {
            _ if *name == self.table.own_name => "A bot plays for you until you decide something again.".to_owned(),
            "left" => format!("{name} has left; a bot takes the seat."),
            "disconnected" => format!("{name} has lost the connection; a bot stands in."),
            _ => format!("{name} does not answer; a bot stands in."),
        });
    }

    /// What somebody says; nothing in it may move the cursor.
    fn said(&mut self, said: &ChatMessage<'_>) {
        let words: String = said.message.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
        self.tell(format!("{}: “{words}”", self.table.who(&said.player)));
    }

    fn game_over(&mut self, over: &GameOver<'_>) {
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

    fn disconnected(&mut self, farewell: &Disconnected<'_>) {
        let sentence = match &*farewell.reason {
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
