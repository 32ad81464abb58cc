//! A simulated player in one game: hears, decides when it is asked, acts when it is time, and checks the numbers of what
//! it hears.

use std::{
    net::Ipv4Addr,
    rc::Rc,
    time::{Duration, Instant},
};

use game_rules::Action;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use super::{
    ledger::Sent,
    link::Link,
    mind::{Ask, Mind, Standing},
    room::Table,
    wire::{Names, What, battles, game},
    worker::Worker,
};

/// How long an acknowledgement may take once the run is over.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a player waits that was refused.
const PAUSE: Duration = Duration::from_secs(1);
/// After so long a silence at the end nothing is under way any more.
const QUIET: Duration = Duration::from_millis(300);

/// Which contract a player speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Speaks {
    Game,
    Battles,
}

/// A player with a seat.
pub(super) struct Player {
    pub(super) worker: Rc<Worker>,
    pub(super) table: Rc<Table>,
    /// Its number among the room's players.
    pub(super) member: usize,
    pub(super) speaks: Speaks,
    /// The address that it comes from, where it is not the machine's own.
    pub(super) from: Option<Ipv4Addr>,
    pub(super) link: Link,
    /// The name, or the account's id: what the contract calls it by.
    pub(super) name: String,
    pub(super) room: String,
    /// Of the seat, or of the account.
    pub(super) token: String,
    /// The words that ask this player.
    pub(super) asked: String,
    pub(super) names: Names,
    pub(super) mind: Mind,
    /// The last message about one's own pieces; it is read when they are needed.
    pub(super) hand: Option<Utf8Bytes>,
    /// What the player is asked at present, and when it will act.
    pub(super) question: Option<(Standing, Ask, Instant)>,
    /// The action that is not acknowledged yet.
    pub(super) waiting: Option<String>,
    /// What that action answers, should the server refuse it.
    pub(super) answered: Option<(Standing, Ask)>,
    /// The last number heard.
    pub(super) last: u64,
    /// The number of the last action.
    pub(super) number: u64,
    /// Whether an action was sent twice, so that its acknowledgement may come twice.
    pub(super) has_resent: bool,
    /// When the player came back last: what others did before, it hears late by its own fault.
    pub(super) back: Option<Instant>,
    /// Whether what was told in between may have been missed.
    pub(super) is_excused: bool,
    /// The last number that was heard before the last return: up to it, the server may send events again.
    pub(super) again_until: u64,
}

/// How it goes on after a message.
#[derive(PartialEq, Eq)]
enum Course {
    On,
    /// The game is over.
    Over,
    /// The server has answered the last question.
    Answered,
}

impl Player {
    /// Plays until the game or the run is over.
    pub(super) async fn play(mut self) {
        let mut stop = self.worker.stop.clone();
        let timer = sleep(Duration::ZERO);
        tokio::pin!(timer);
        loop {
            let asked = self.question.as_ref().map(|(_, _, due)| *due);
            if asked.is_some_and(|due| due <= Instant::now()) {
                // A timer would ring a millisecond late.
                if self.act().await.is_err() {
                    return;
                }
                continue;
            }
            if let Some(due) = asked
                && timer.deadline().into_std() != due
            {
                timer.as_mut().reset(due.into());
            }
            tokio::select! {
                biased;
                heard = self.link.next() => match heard {
                    Ok(text) => if self.hear(text) == Course::Over {
                        return;
                    },
                    Err(_) if self.worker.is_over() => return,
                    Err(broken) => {
                        self.worker.error(broken.0);
                        if self.come_back().await.is_err() {
                            return;
                        }
                    }
                },
                () = &mut timer, if asked.is_some() => if self.act().await.is_err() {
                    return;
                },
                _ = stop.wait_for(|over| *over) => return self.finish().await,
            }
        }
    }

    /// Takes in a message that is not the answer to a last question.
    pub(super) fn take_in(&mut self, text: Utf8Bytes) {
        self.hear(text);
    }

    fn hear(&mut self, text: Utf8Bytes) -> Course {
        let (what, number) = match self.speaks {
            Speaks::Game => game::glance(&text),
            Speaks::Battles => battles::glance(&text, &self.name),
        };
        self.count(&text);
        self.settle();
        let is_new = number.is_none_or(|number| self.check(number, what));
        match what {
            What::Started if is_new => self.starts(&text),
            What::Hand => self.hand = Some(text),
            What::Accepted => {
                self.acknowledged(number);
                self.remember(&text, is_new, None);
            }
            What::Acted => self.remember(&text, is_new, number),
            What::Stands if is_new => self.stands(&text),
            What::Over => {
                self.worker.meters.borrow_mut().games_finished += u64::from(self.member == 0);
                return Course::Over;
            }
            What::Refused => self.refused(&text),
            What::Answer => {
                if self.speaks == Speaks::Game {
                    self.worker.meters.borrow_mut().lost += game::never_came(&text, self.last);
                }
                return Course::Answered;
            }
            What::Started | What::Stands | What::Back | What::Here | What::Closing | What::Event(_) | What::Passing => {
            }
        }
        Course::On
    }

    fn starts(&mut self, text: &str) {
        self.worker.meters.borrow_mut().games_started += u64::from(self.member == 0);
        let names = match self.speaks {
            Speaks::Game => game::names(text),
            Speaks::Battles => battles::names(text),
        };
        self.names = names.unwrap_or_default();
        if let Some(seat) = self.names.seat(&self.name) {
            self.mind.sits_at(seat);
            self.table.book.borrow_mut().members[seat.index()] = Some(self.member);
        }
    }

    fn stands(&mut self, text: &str) {
        let (opens, asks) = match self.speaks {
            Speaks::Game => (game::opens_round(text), game::may_ask(text, &self.asked)),
            Speaks::Battles => (battles::opens_round(text), battles::may_ask(text, &self.asked)),
        };
        if opens {
            self.mind.dealt();
        }
        if asks {
            self.consider(text);
        } else {
            self.question = None;
        }
    }

    /// Reads how the game stands, and thinks when it is asked.
    pub(super) fn consider(&mut self, text: &str) {
        let standing = match self.speaks {
            Speaks::Game => game::standing(text, &self.names, &self.name),
            Speaks::Battles => battles::standing(text, &self.names, &self.name),
        };
        let Some(standing) = standing else { return self.worker.error("unreadable") };
        self.mind.stands(&standing);
        let Some(ask) = standing.ask.filter(|_| self.waiting.is_none()) else {
            self.question = None;
            return;
        };
        let due = self.question.as_ref().map_or_else(|| self.worker.due(), |(_, _, due)| *due);
        self.question = Some((standing, ask, due));
    }

    fn refused(&mut self, text: &str) {
        self.worker.error(match self.speaks {
            Speaks::Game => game::code(text),
            Speaks::Battles => battles::code(text),
        });
        self.waiting = None;
        self.table.book.borrow_mut().under_way[self.member] = None;
        let again = self.answered.take().map(|(standing, ask)| (standing, ask, Instant::now() + PAUSE));
        self.question = again.or(self.question.take());
    }

    async fn act(&mut self) -> Result<(), ()> {
        let drops = self.worker.happens(self.worker.run.settings.chaos.unwrap_or_default());
        let drops_first = drops && self.worker.chance().is_multiple_of(2);
        if drops_first {
            self.come_back().await?;
        }
        let Some((standing, ask, due)) = self.question.take() else { return Ok(()) };
        let action = self.decide(&standing, ask);
        self.number += 1;
        let message = match self.speaks {
            Speaks::Game => game::act(&self.name, action, self.number),
            Speaks::Battles => battles::act(action, self.number),
        };
        self.waiting = Some(message.clone());
        self.answered = Some((standing, ask));
        let at = Instant::now();
        let due = if self.worker.is_open_loop() && due >= self.worker.run.measure_from() { due } else { at };
        let sent = Sent { due, at, is_broken: drops };
        self.table.book.borrow_mut().under_way[self.member] = Some(sent);
        self.link.send(message).await;
        if drops && !drops_first { self.come_back().await } else { Ok(()) }
    }

    fn decide(&mut self, standing: &Standing, ask: Ask) -> Action {
        if let Some(text) = self.hand.take() {
            let hand = match self.speaks {
                Speaks::Game => game::hand(&text),
                Speaks::Battles => battles::hand(&text),
            };
            hand.into_iter().for_each(|hand| self.mind.holds(hand));
        }
        self.mind.decide(standing, ask, self.last)
    }

    /// The run is over: hears out what is under way, and asks the server whether that was all.
    async fn finish(mut self) {
        self.question = None;
        while self.waiting.is_some() {
            match timeout(PATIENCE, self.link.next()).await {
                Ok(Ok(text)) => {
                    if self.hear(text) == Course::Over {
                        return;
                    }
                }
                Ok(Err(broken)) => return self.worker.error(broken.0),
                Err(_) => return self.worker.error("no answer"),
            }
        }
        while let Ok(Ok(text)) = timeout(QUIET, self.link.next()).await {
            if self.hear(text) == Course::Over {
                return;
            }
        }
        self.link
            .send(match self.speaks {
                Speaks::Game => game::sync(&self.name, self.last),
                Speaks::Battles => battles::sync(),
            })
            .await;
        loop {
            match timeout(PATIENCE, self.link.next()).await {
                Ok(Ok(text)) => {
                    if self.hear(text) != Course::On {
                        return;
                    }
                }
                Ok(Err(broken)) => return self.worker.error(broken.0),
                Err(_) => return self.worker.error("no answer"),
            }
        }
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        self.worker.meters.borrow_mut().players -= 1;
    }
}
