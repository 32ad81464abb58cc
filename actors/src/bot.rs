//! A bot: a brain on a seat. It is asked with a view, waits as its pace says, and answers with an action.

use std::time::{Duration, Instant};

use actix::{Actor, ActorFutureExt, Addr, AsyncContext, Context, Handler, Message, WrapFuture};
use bots::{Brain, Level};
use game_rules::{Seat, View};
use rand::RngExt;
use vocabulary::{Difficulty, Pace};

use crate::room::{Room, messages::Decided};

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

    fn answer(&self, decided: Decided, started: Instant, ctx: &mut Context<Self>) {
        let wait = pause(self.pace).saturating_sub(started.elapsed());
        if wait.is_zero() {
            self.room.do_send(decided);
        } else {
            ctx.run_later(wait, move |bot, _| bot.room.do_send(decided));
        }
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
        let started = Instant::now();
        let seat = self.seat;
        let Some(mut brain) = self.brain.take() else {
            return;
        };
        if !self.level.is_deep() {
            let action = Some(brain.decide(&view));
            self.brain = Some(brain);
            return self.answer(Decided { seat, ticket, action }, started, ctx);
        }
        let think = self.think;
        let thinking = actix::clock::timeout(
            Duration::from_secs(60),
            tokio::task::spawn_blocking(move || {
                let began = Instant::now();
                let time = time_to_think(think, due.map(|due| due.saturating_duration_since(began)));
                let action = brain.decide_until(&view, &|| began.elapsed() >= time);
                (brain, action)
            }),
        );
        let done = thinking.into_actor(self).map(move |result, bot, ctx| match result {
            Ok(Ok((brain, action))) => {
                bot.brain = Some(brain);
                bot.answer(Decided { seat, ticket, action: Some(action) }, started, ctx);
            }
            Ok(Err(_)) | Err(_) => {
                bot.brain = Some(bot.level.brain(rand::rng().random()));
                bot.answer(Decided { seat, ticket, action: None }, started, ctx);
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
    fn a_bot_stops_to_think_when_its_time_nears_its_end() {
        let think = Duration::from_millis(50);
        assert_eq!(time_to_think(think, None), think);
        assert_eq!(time_to_think(think, Some(Duration::from_secs(30))), think);
        assert_eq!(time_to_think(think, Some(Duration::from_millis(60))), Duration::from_millis(30));
        assert_eq!(time_to_think(think, Some(Duration::ZERO)), Duration::ZERO);
    }
}
