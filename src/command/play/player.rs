//! The core of the terminal player: server messages and typed lines in, lines to print and messages to send out. It
//! does no I/O.

use clients::game::{
    Chat, Declare, Message, Named, Play, Request,
    server::{ErrorData, PhaseData},
};

use super::{Plan, answer::Answer, dialogue::Question, hand::Hand, table::Table, words::Paint};

/// How it ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Ending {
    /// The game is over, or the player went.
    Fine,
    /// It can't go on: a sentence.
    Failed(String),
}

/// A seat and the secret that regains it.
pub(super) struct Seat {
    pub(super) room: String,
    pub(super) token: Option<String>,
}

/// A decision that was sent.
pub(super) struct Sent {
    question: Question,
    message: String,
}

/// One player's side of a game.
pub(super) struct Player {
    pub(super) plan: Plan,
    pub(super) paint: Paint,
    pub(super) table: Table,
    pub(super) hand: Hand,
    pub(super) host: Option<String>,
    pub(super) commitment: Option<String>,
    pub(super) told_turn: Option<(u32, u8)>,
    /// How many missed events are still to come, after a reconnection.
    pub(super) missed: usize,
    /// Whether what was under way when the connection broke is to be sent again.
    pub(super) resends: bool,
    pub(super) seat: Option<Seat>,
    pub(super) name_taken: bool,
    pub(super) asked: Option<Question>,
    pub(super) sent: Option<Sent>,
    next_number: u64,
    pub(super) last_sequence: u64,
    lines: Vec<String>,
    messages: Vec<String>,
    pub(super) ending: Option<Ending>,
}

impl Player {
    /// Somebody who is about to connect.
    pub(super) fn new(name: &str, plan: Plan, paint: Paint) -> Self {
        Self {
            plan,
            paint,
            table: Table::new(name.trim().to_owned()),
            hand: Hand::default(),
            host: None,
            commitment: None,
            told_turn: None,
            missed: 0,
            resends: false,
            seat: None,
            name_taken: false,
            asked: None,
            sent: None,
            next_number: 1,
            last_sequence: 0,
            lines: Vec::new(),
            messages: Vec::new(),
            ending: None,
        }
    }

    /// Whether an answer is waited for.
    pub(super) const fn asks(&self) -> bool {
        self.asked.is_some()
    }

    /// The end, once it is there.
    pub(super) const fn ending(&self) -> Option<&Ending> {
        self.ending.as_ref()
    }

    /// What is to be printed, and what is to be sent.
    pub(super) fn take(&mut self) -> (Vec<String>, Vec<String>) {
        (std::mem::take(&mut self.lines), std::mem::take(&mut self.messages))
    }

    /// Takes in one message of the server.
    pub(super) fn hear(&mut self, text: &str) {
        if self.ending.is_some() {
            return;
        }
        let Ok(mut message) = Message::parse(text) else {
            return self.tell("(The server said something that is no message.)".to_owned());
        };
        if let Some(number) = message.sequence_number {
            self.last_sequence = self.last_sequence.max(number);
            self.missed = self.missed.saturating_sub(1);
        }
        match message.error.take() {
            Some(refusal) if is_forewarning(&refusal) => {}
            Some(refusal) => self.refused(&refusal),
            None if message.event == "connected" => self.sit_down(),
            None => match message.read() {
                Ok(event) => self.notice(event, message.server_time),
                Err(error) => self.tell(format!("(“{}” of the server is not understood: {error})", message.event)),
            },
        }
        self.ask();
    }

    /// Takes in one typed line.
    pub(super) fn say(&mut self, line: &str) {
        if let (Some(words), Some(_)) = (spoken(line), &self.seat) {
            let player_name = self.table.own_name.clone();
            return self.send(&Request::Chat(Chat { player_name, message: words.to_owned() }));
        }
        let Some(question) = self.asked.clone() else {
            return self.say_unasked(line);
        };
        match question.answer(line, &self.hand) {
            Ok(Answer::Quit) => self.quit(),
            Ok(Answer::Help) => {
                let help = question.help(&self.hand);
                help.into_iter().for_each(|line| self.tell(line));
                self.tell(question.text(&self.hand));
            }
            Ok(answer) => self.decide(question, answer),
            Err(sentence) => {
                self.tell(sentence);
                self.tell(question.text(&self.hand));
            }
        }
    }

    fn say_unasked(&mut self, line: &str) {
        match line.trim().to_lowercase().as_str() {
            "quit" | "exit" | "q" => self.quit(),
            "" => {}
            _ => self.tell(match self.table.current() {
                Some(name) => format!("It is {name}'s turn. (say … talks, quit leaves the game.)"),
                None => "There is nothing to decide just now. (say … talks, quit leaves the game.)".to_owned(),
            }),
        }
    }

    fn decide(&mut self, question: Question, answer: Answer) {
        let Named { player_name } = self.named();
        let request = match answer {
            Answer::Name(name) => {
                self.table.own_name = name;
                self.name_taken = false;
                self.asked = None;
                return self.sit_down();
            }
            Answer::Start => Request::StartGame(Named { player_name }),
            Answer::Redeal(true) => Request::AcceptRedeal(Named { player_name }),
            Answer::Redeal(false) => Request::DeclineRedeal(Named { player_name }),
            Answer::Declare(declaration) => Request::Declare(Declare { player_name, declaration }),
            Answer::Play(pieces) => {
                let piece_ids = pieces.iter().map(ToString::to_string).collect();
                Request::Play(Play { player_name, piece_ids })
            }
            Answer::Quit | Answer::Help => return,
        };
        self.send_decision(question, &request);
    }

    /// The data of requests that say no more than who sends them.
    pub(super) fn named(&self) -> Named {
        Named { player_name: self.table.own_name.clone() }
    }

    /// Sends it under a number, so that sending it again after a lost connection acts once.
    pub(super) fn send_decision(&mut self, question: Question, request: &Request) {
        let message = request.text(Some(self.next_number));
        self.next_number += 1;
        self.messages.push(message.clone());
        self.sent = Some(Sent { question, message });
        self.asked = None;
    }

    /// Sends what needs no number.
    pub(super) fn send(&mut self, request: &Request) {
        self.messages.push(request.text(None));
    }

    /// A line to print.
    pub(super) fn tell(&mut self, line: String) {
        self.lines.push(line);
    }

    /// Asks what is to be decided now, once.
    fn ask(&mut self) {
        if self.ending.is_some() || self.missed > 0 {
            return;
        }
        self.send_again();
        let due = self.due();
        if self.asked == due {
            return;
        }
        self.asked = due;
        let Some(question) = &self.asked else { return };
        let mut lines = Vec::new();
        if matches!(question, Question::Declare { .. } | Question::Lead { .. } | Question::Follow { .. }) {
            lines.push(String::new());
            lines.extend(self.table.lines(self.paint));
        }
        if !matches!(question, Question::Name | Question::Start) {
            lines.push("Your hand:".to_owned());
            lines.extend(self.hand.lines(self.paint));
        }
        lines.push(self.paint.bold(&question.text(&self.hand)));
        self.lines.extend(lines);
    }

    /// What was decided just before the connection broke, if it is still to be decided.
    fn send_again(&mut self) {
        if !std::mem::take(&mut self.resends) {
            return;
        }
        let question = self.question();
        match self.sent.take() {
            Some(sent) if Some(&sent.question) == question.as_ref() => {
                self.messages.push(sent.message.clone());
                self.sent = Some(sent);
            }
            _ => {}
        }
    }

    fn due(&self) -> Option<Question> {
        let due = self.question()?;
        let is_sent = self.sent.as_ref().is_some_and(|sent| sent.question == due);
        (!is_sent).then_some(due)
    }

    fn question(&self) -> Option<Question> {
        let name = &self.table.own_name;
        if self.name_taken {
            return Some(Question::Name);
        }
        self.seat.as_ref()?;
        let round = self.table.game.round_number;
        match &self.table.phase {
            PhaseData::NotStarted(_) => (self.host.as_ref() == Some(name)).then_some(Question::Start),
            PhaseData::Preparation(now) => matches!(now.decisions.get(name), Some(None))
                .then_some(Question::Redeal { round, multiplier: now.redeal_multiplier }),
            PhaseData::Declaration(now) => (now.current_player == *name).then(|| Question::Declare {
                round,
                said: now.total_declared,
                allowed: now.valid_declarations.to_vec(),
            }),
            PhaseData::Turn(now) => (now.current_player == *name).then(|| match now.required_piece_count {
                None => Question::Lead { round, turn: now.turn_number },
                Some(count) => Question::Follow { round, turn: now.turn_number, count, led: self.table.led() },
            }),
            PhaseData::Scoring(_) | PhaseData::GameOver(_) => None,
        }
    }
}

/// Whether it refuses nothing: it comes with a planned pause, which an event of its own tells of.
fn is_forewarning(refusal: &ErrorData) -> bool {
    refusal.code == "4003" && refusal.details.get("scheduled_time").is_some()
}

/// What is to be said at the table: the words after `say`.
fn spoken(line: &str) -> Option<&str> {
    let (verb, words) = line.trim().split_once(char::is_whitespace)?;
    let words = words.trim();
    (verb.eq_ignore_ascii_case("say") && !words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests;
