//! A bot: a brain on a seat. It receives a view, waits according to the room's pace, and answers with an action.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use actix::{Actor, AsyncContext, Context, Handler, Message, Recipient};
use bots::Brain;
use game_rules::{Action, Seat, View};
use rand::RngExt;
use vocabulary::{Difficulty, Pace, RoomId};

use crate::{
    Network,
    thinking::{Question, Thinkers, Thought},
};

/// Overrun of a search, which checks the clock only between two simulated rounds.
const OVERTIME: Duration = Duration::from_millis(10);

/// One bot on one seat of one room.
pub(crate) struct Bot {
    thinkers: Arc<Thinkers>,
    /// Longest time to think about a decision.
    think: Duration,
    room: (RoomId, Recipient<Decided>),
    seat: Seat,
    pace: Pace,
    level: Difficulty,
    seed: u64,
    brain: Box<dyn Brain + Send>,
}

impl Bot {
    pub(crate) fn new(
        (thinkers, think): (Arc<Thinkers>, Duration),
        room: (RoomId, Recipient<Decided>),
        seat: Seat,
        level: Difficulty,
        pace: Pace,
    ) -> Self {
        let seed = rand::rng().random();
        Self { thinkers, think, room, seat, pace, level, seed, brain: bots::brain(level, seed) }
    }

    /// Queues the search for the pool's threads. The moment of the answer is fixed now; what the search has found by
    /// then is the answer.
    fn think(&self, Decide { ticket, view, network, due }: Decide, asked: Instant, ctx: &mut Context<Self>) {
        let think = time_to_think(self.think, due.map(|due| due.saturating_duration_since(asked)));
        let at = AnswerAt::deep(asked, pause(self.pace), think);
        // The search must be over when the timer fires, although it checks the clock only now and then.
        let until = at.0.checked_sub(OVERTIME).unwrap_or(asked);
        let (room, level, seed) = (self.room.0, self.level, self.seed);
        let pending = self.thinkers.ask(Question { network, room, level, seed, view, think, until });
        ctx.run_later(at.0.saturating_duration_since(Instant::now()), move |bot, _| {
            let Thought { action, .. } = pending.take();
            bot.room.1.do_send(Decided { seat: bot.seat, ticket, action });
        });
    }

    /// Sends a decision at the moment that was fixed before it was made.
    fn answer(&self, decided: Decided, at: AnswerAt, ctx: &mut Context<Self>) {
        let wait = at.0.saturating_duration_since(Instant::now());
        if wait.is_zero() {
            self.room.1.do_send(decided);
        } else {
            ctx.run_later(wait, move |bot, _| bot.room.1.do_send(decided));
        }
    }
}

/// The moment of a bot's answer. It depends on when and how the bot was asked, never on what it found or how long it
/// waited for a thread: a bot that answered sooner without a choice would reveal its hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct AnswerAt(Instant);

impl AnswerAt {
    /// For a bot that decides within microseconds: after its pause.
    fn shallow(asked: Instant, pause: Duration) -> Self {
        Self(asked + pause)
    }

    /// For a bot that searches for up to `time`: after its pause or its search, whichever is longer, even if it has no
    /// choice.
    fn deep(asked: Instant, pause: Duration, time: Duration) -> Self {
        Self(asked + pause.max(time + OVERTIME))
    }
}

impl Actor for Bot {
    type Context = Context<Self>;
}

/// Asks a bot to decide. A room asks again only when it has the answer or no longer wants it, so nothing piles up.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Decide {
    /// The ticket that the answer must carry.
    pub(crate) ticket: u64,
    /// What the seat can see.
    pub(crate) view: View,
    /// The network of the room's players; `None` before anybody has connected.
    pub(crate) network: Option<Network>,
    /// The moment at which the clock decides for the bot; `None` if it never does.
    pub(crate) due: Option<Instant>,
}

/// A bot has decided: the answer to [`Decide`].
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Decided {
    pub(crate) seat: Seat,
    /// The ticket of the question.
    pub(crate) ticket: u64,
    /// `None` if the search failed.
    pub(crate) action: Option<Action>,
}

impl Handler<Decide> for Bot {
    type Result = ();

    fn handle(&mut self, decide: Decide, ctx: &mut Self::Context) {
        let asked = Instant::now();
        if bots::is_deep(self.level) {
            return self.think(decide, asked, ctx);
        }
        // These levels take microseconds, so they decide on the room's own thread.
        let action = Some(self.brain.decide(&decide.view));
        let decided = Decided { seat: self.seat, ticket: decide.ticket, action };
        self.answer(decided, AnswerAt::shallow(asked, pause(self.pace)), ctx);
    }
}

/// The time to think: at most half of the time that is left until the clock decides.
fn time_to_think(think: Duration, left: Option<Duration>) -> Duration {
    left.map_or(think, |left| think.min(left / 2))
}

/// The shortest time until a bot of this pace answers.
fn pause(pace: Pace) -> Duration {
    match pace {
        Pace::Normal => Duration::from_millis(rand::rng().random_range(800..=2_500)),
        Pace::Fast => Duration::from_millis(100),
        Pace::Instant => Duration::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bot_answers_when_it_would_whatever_it_found_and_however_soon() {
        let (asked, time) = (Instant::now(), Duration::from_millis(50));
        let at = AnswerAt::deep(asked, pause(Pace::Instant), time);
        assert_eq!(at, AnswerAt(asked + time + OVERTIME), "the time to think counts from the question, busy or not");
        let pause = Duration::from_millis(800);
        assert_eq!(AnswerAt::deep(asked, pause, time), AnswerAt(asked + pause), "the pace hides a short search");
        let long = Duration::from_secs(2);
        assert_eq!(AnswerAt::deep(asked, pause, long), AnswerAt(asked + long + OVERTIME), "and not a long one");
        assert_eq!(AnswerAt::shallow(asked, pause), AnswerAt(asked + pause));
    }

    #[test]
    fn a_bot_stops_to_think_when_its_time_nears_its_end() {
        let think = Duration::from_millis(50);
        assert_eq!(time_to_think(think, None), think);
        assert_eq!(time_to_think(think, Some(Duration::from_secs(30))), think);
        assert_eq!(time_to_think(think, Some(Duration::from_millis(60))), Duration::from_millis(30));
        assert_eq!(time_to_think(think, Some(Duration::ZERO)), Duration::ZERO);
    }
}
