//! A bot: a brain on a seat. It is asked with a view, waits as its pace says, and answers with an action.

use std::time::{Duration, Instant};

use actix::{Actor, ActorFutureExt, Addr, AsyncContext, Context, Handler, Message, WrapFuture};
use bots::{Brain, Level};
use game_rules::{Seat, View};
use rand::RngExt;
use vocabulary::{Difficulty, Pace};

use crate::room::{Room, messages::Decided};

/// How long after its time a search may need to end: it looks at the clock only between two imagined rounds.
const OVERTIME: Duration = Duration::from_millis(10);

/// One bot on one seat of one room.
pub(crate) struct Bot {
    room: Addr<Room>,
    seat: Seat,
    pace: Pace,
    level: Level,
    /// How long it thinks at most.
    think: Duration,
    /// None while it thinks on another thread.
    brain: Option<Box<dyn Brain + Send>>,
}

impl Bot {
    pub(crate) fn new(room: Addr<Room>, seat: Seat, difficulty: Difficulty, pace: Pace, think: Duration) -> Self {
        let level = level(difficulty);
        Self { room, seat, pace, level, think, brain: Some(level.brain(rand::rng().random())) }
    }

    /// Answers at the moment that was set before it decided.
    fn answer(&self, decided: Decided, at: AnswerAt, ctx: &mut Context<Self>) {
        let wait = at.0.saturating_duration_since(Instant::now());
        if wait.is_zero() {
            self.room.do_send(decided);
        } else {
            ctx.run_later(wait, move |bot, _| bot.room.do_send(decided));
        }
    }
}

/// When a bot answers. It follows from when and how it was asked, and never from what it found: a bot that answered sooner
/// when it had no choice would tell everybody what it holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct AnswerAt(Instant);

impl AnswerAt {
    /// A bot that takes at least this long and decides in microseconds.
    fn shallow(asked: Instant, pause: Duration) -> Self {
        Self(asked + pause)
    }

    /// A bot that takes at least this long and thinks from `began` for `time`, whether it has one choice or many.
    fn deep(asked: Instant, pause: Duration, began: Instant, time: Duration) -> Self {
        Self((asked + pause).max(began + time + OVERTIME))
    }
}

impl Actor for Bot {
    type Context = Context<Self>;
}

/// Asks a bot to decide. A room asks again only when it has the answer or no longer wants it, so nothing piles up.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Decide {
    /// Comes back with the answer.
    pub(crate) ticket: u64,
    /// All that the seat may know.
    pub(crate) view: View,
    /// When the decision is taken from it, if it ever is.
    pub(crate) due: Option<Instant>,
}

impl Handler<Decide> for Bot {
    type Result = ();

    fn handle(&mut self, Decide { ticket, view, due }: Decide, ctx: &mut Self::Context) {
        let (asked, pause) = (Instant::now(), pause(self.pace));
        let seat = self.seat;
        let Some(mut brain) = self.brain.take() else {
            return;
        };
        if !self.level.is_deep() {
            let action = Some(brain.decide(&view));
            self.brain = Some(brain);
            return self.answer(Decided { seat, ticket, action }, AnswerAt::shallow(asked, pause), ctx);
        }
        let think = self.think;
        let thinking = actix::clock::timeout(
            Duration::from_secs(60),
            tokio::task::spawn_blocking(move || {
                let began = Instant::now();
                let time = time_to_think(think, due.map(|due| due.saturating_duration_since(began)));
                let action = brain.decide_until(&view, &|| began.elapsed() >= time);
                (brain, action, AnswerAt::deep(asked, pause, began, time))
            }),
        );
        let done = thinking.into_actor(self).map(move |result, bot, ctx| match result {
            Ok(Ok((brain, action, at))) => {
                bot.brain = Some(brain);
                bot.answer(Decided { seat, ticket, action: Some(action) }, at, ctx);
            }
            Ok(Err(_)) | Err(_) => {
                bot.brain = Some(bot.level.brain(rand::rng().random()));
                bot.answer(Decided { seat, ticket, action: None }, AnswerAt::shallow(asked, pause), ctx);
            }
        });
        // The mailbox waits: a bot thinks of one thing at a time.
        ctx.wait(done);
    }
}

/// How long a bot thinks when so much time is left: never into the last half of it.
fn time_to_think(think: Duration, left: Option<Duration>) -> Duration {
    left.map_or(think, |left| think.min(left / 2))
}

/// How long a bot takes at least.
fn pause(pace: Pace) -> Duration {
    match pace {
        Pace::Normal => Duration::from_millis(rand::rng().random_range(800..=2_500)),
        Pace::Fast => Duration::from_millis(100),
        Pace::Instant => Duration::ZERO,
    }
}

pub(crate) fn level(difficulty: Difficulty) -> Level {
    match difficulty {
        Difficulty::Easy => Level::Easy,
        Difficulty::Medium => Level::Medium,
        Difficulty::Hard => Level::Hard,
        Difficulty::Expert => Level::Expert,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bot_answers_when_it_would_whatever_it_found_and_however_soon() {
        let (asked, time) = (Instant::now(), Duration::from_millis(50));
        let began = asked + Duration::from_millis(3);
        let at = AnswerAt::deep(asked, pause(Pace::Instant), began, time);
        assert_eq!(at, AnswerAt(began + time + OVERTIME), "one choice is found at once, and waits like any other");
        let pause = Duration::from_millis(800);
        assert_eq!(AnswerAt::deep(asked, pause, began, time), AnswerAt(asked + pause), "the pace hides a short search");
        let long = Duration::from_secs(2);
        assert_eq!(AnswerAt::deep(asked, pause, began, long), AnswerAt(began + long + OVERTIME), "and not a long one");
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
