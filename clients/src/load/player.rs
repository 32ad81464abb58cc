//! A simulated player in one game: hears, decides when it is asked, acts when it is time, and checks the numbers of what
//! it hears.

use std::{
    rc::Rc,
    time::{Duration, Instant},
};

use game_rules::Action;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use super::{context::Worker, ledger::Sent, table::Table};
use crate::{
    Dialect, Heard, Seat, SeatError, What,
    dialect::Names,
    mind::{Ask, Mind, Standing},
};

/// How long an acknowledgement may take once the run is over.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a player waits that was refused.
const PAUSE: Duration = Duration::from_secs(1);
/// After so long a silence at the end nothing is under way any more.
const QUIET: Duration = Duration::from_millis(300);

/// A player with a seat.
pub(super) struct Player {
    pub(super) worker: Rc<Worker>,
    pub(super) table: Rc<Table>,
    /// Its number among the room's players.
    pub(super) member: usize,
    pub(super) seat: Seat,
    /// The words that ask this player.
    asked: String,
    pub(super) names: Names,
    pub(super) mind: Mind,
    /// The last message about one's own pieces; it is read when they are needed.
    hand: Option<Utf8Bytes>,
    /// What the player is asked at present, and when it will act.
    pub(super) question: Option<(Standing, Ask, Instant)>,
    /// What the last action answers, should the server refuse it.
    answered: Option<(Standing, Ask)>,
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
    pub(super) fn new(worker: Rc<Worker>, table: Rc<Table>, member: usize, seat: Seat) -> Self {
        worker.meters.borrow_mut().players += 1;
        let asked = seat.dialect().asked(seat.name());
        let mind = Mind::new(worker.run.plan.level, worker.chance());
        Self {
            worker,
            table,
            member,
            seat,
            asked,
            names: Names::default(),
            mind,
            hand: None,
            question: None,
            answered: None,
            has_resent: false,
            back: None,
            is_excused: false,
            again_until: 0,
        }
    }

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
                heard = self.seat.next() => match heard {
                    Ok(heard) => if self.hear(heard) == Course::Over {
                        return;
                    },
                    Err(_) if self.worker.is_over() => return,
                    Err(end) => {
                        self.worker.error(SeatError::from(end).to_string());
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

    fn hear(&mut self, Heard { what, number, text }: Heard) -> Course {
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
                self.worker.meters.borrow_mut().lost += self.dialect().never_came(&text, self.seat.last());
                return Course::Answered;
            }
            What::Started | What::Stands | What::Back | What::Here | What::Closing | What::Event(_) | What::Passing => {
            }
        }
        Course::On
    }

    fn starts(&mut self, text: &str) {
        self.worker.meters.borrow_mut().games_started += u64::from(self.member == 0);
        self.names = self.dialect().names(text).unwrap_or_default();
        if let Some(seat) = self.names.seat(self.seat.name()) {
            self.mind.sits_at(seat);
            self.table.book.borrow_mut().members[seat.index()] = Some(self.member);
        }
    }

    fn stands(&mut self, text: &str) {
        if self.dialect().opens_round(text) {
            self.mind.dealt();
        }
        if self.dialect().may_ask(text, &self.asked) {
            self.consider(text);
        } else {
            self.question = None;
        }
    }

    /// Reads how the game stands, and thinks when it is asked.
    fn consider(&mut self, text: &str) {
        let standing = self.dialect().standing(text, &self.names, self.seat.name());
        let Some(standing) = standing else { return self.worker.error("unreadable") };
        self.mind.stands(&standing);
        let Some(ask) = standing.ask.filter(|_| !self.seat.is_waiting()) else {
            self.question = None;
            return;
        };
        let due = self.question.as_ref().map_or_else(|| self.worker.due(), |(_, _, due)| *due);
        self.question = Some((standing, ask, due));
    }

    fn refused(&mut self, text: &str) {
        self.worker.error(self.dialect().code(text));
        self.table.book.borrow_mut().under_way[self.member] = None;
        let again = self.answered.take().map(|(standing, ask)| (standing, ask, Instant::now() + PAUSE));
        self.question = again.or(self.question.take());
    }

    async fn act(&mut self) -> Result<(), ()> {
        let drops = self.worker.happens(self.worker.run.plan.chaos);
        let drops_first = drops && self.worker.chance().is_multiple_of(2);
        if drops_first {
            self.come_back().await?;
        }
        let Some((standing, ask, due)) = self.question.take() else { return Ok(()) };
        let action = self.decide(&standing, ask);
        self.answered = Some((standing, ask));
        let at = Instant::now();
        let due = if self.worker.is_open_loop() && due >= self.worker.run.measure_from() { due } else { at };
        let sent = Sent { due, at, is_broken: drops };
        self.table.book.borrow_mut().under_way[self.member] = Some(sent);
        self.seat.act(action).await;
        if drops && !drops_first { self.come_back().await } else { Ok(()) }
    }

    fn decide(&mut self, standing: &Standing, ask: Ask) -> Action {
        if let Some(text) = self.hand.take() {
            self.dialect().hand(&text).into_iter().for_each(|hand| self.mind.holds(hand));
        }
        self.mind.decide(standing, ask, self.seat.last())
    }

    /// Drops the connection and comes back to the seat. What was under way is sent again, unless it was done.
    async fn come_back(&mut self) -> Result<(), ()> {
        let begun = Instant::now();
        self.worker.meters.borrow_mut().disconnects += 1;
        let again_until = self.seat.last();
        let back = match self.seat.come_back().await {
            Ok(back) => back,
            Err(error) => {
                self.worker.error(format!("reconnect: {error}"));
                return Err(());
            }
        };
        self.worker.meters.borrow_mut().reconnected.record(back.at - begun);
        self.back = Some(back.at);
        for heard in back.missed {
            self.hear(heard);
        }
        if self.dialect() == Dialect::Battles {
            (self.is_excused, self.again_until) = (true, again_until);
            self.take_up(&back.answer);
        }
        self.has_resent |= self.seat.send_again().await;
        Ok(())
    }

    /// Takes in the state that the server sends to a player who is back in a battle.
    fn take_up(&mut self, text: &str) {
        if self.names.seat(self.seat.name()).is_none() {
            return;
        }
        if let Some(hand) = self.dialect().hand(text) {
            self.hand = None;
            self.mind.holds(hand);
        }
        self.consider(text);
    }

    /// The run is over: hears out what is under way, and asks the server whether that was all.
    async fn finish(mut self) {
        self.question = None;
        while self.seat.is_waiting() {
            let Some(heard) = self.next_at_the_end().await else { return };
            if self.hear(heard) == Course::Over {
                return;
            }
        }
        while let Ok(Ok(heard)) = timeout(QUIET, self.seat.next()).await {
            if self.hear(heard) == Course::Over {
                return;
            }
        }
        self.seat.sync().await;
        while let Some(heard) = self.next_at_the_end().await {
            if self.hear(heard) != Course::On {
                return;
            }
        }
    }

    /// The next message; that there is none is an error.
    async fn next_at_the_end(&mut self) -> Option<Heard> {
        let error = match timeout(PATIENCE, self.seat.next()).await {
            Ok(Ok(heard)) => return Some(heard),
            Ok(Err(end)) => SeatError::from(end),
            Err(_) => SeatError::NoAnswer,
        };
        self.worker.error(error.to_string());
        None
    }

    const fn dialect(&self) -> Dialect {
        self.seat.dialect()
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        self.worker.meters.borrow_mut().players -= 1;
    }
}
