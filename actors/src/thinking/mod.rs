//! The threads that think for deep bots: a fixed number of them for all rooms, and a queue that is fair by network and by
//! room. Under load a decision gets less time, and in the end none: then it is the move of level `hard`, which takes
//! microseconds.

mod queue;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use game_rules::{Action, View};
use metrics::{
    Counter, Gauge, Histogram, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
};
use parking_lot::{Condvar, Mutex};
use tokio::sync::oneshot;
use vocabulary::{Difficulty, RoomId};

use self::queue::{FairQueue, Load};
use crate::{Limit, Network};

/// A search needs about this long to be worth anything: under load each gets as much, and some get none.
const SHORTEST: Duration = Duration::from_millis(1);
/// How far these threads stand back behind those that serve connections (`nice`).
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// The pool. Dropping it ends its threads.
pub(crate) struct Thinkers {
    pool: Arc<Pool>,
    /// Whether there is a thread at all.
    works: bool,
}

struct Pool {
    threads: u32,
    waiting: Mutex<Waiting>,
    arrived: Condvar,
    meters: Meters,
}

struct Waiting {
    queue: FairQueue<Job>,
    closed: bool,
}

/// A decision to think about.
pub(crate) struct Question {
    /// Where the people of the room are; `None` if nobody has connected to it yet.
    pub(crate) network: Option<Network>,
    /// The room.
    pub(crate) room: RoomId,
    /// The level that decides, with its seed.
    pub(crate) level: Difficulty,
    pub(crate) seed: u64,
    /// What it decides from.
    pub(crate) view: View,
    /// How long to think at most.
    pub(crate) think: Duration,
    /// When thinking ends, however late it began.
    pub(crate) until: Instant,
}

impl Question {
    /// The move without a search, which is that of level `hard`.
    fn answer_at_once(&self) -> Action {
        bots::brain(self.level, self.seed).decide_until(&self.view, &|| true)
    }
}

struct Job {
    question: Arc<Question>,
    answer: oneshot::Sender<Thought>,
}

/// What thinking came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Thought {
    /// `None` if the search panicked.
    pub(crate) action: Option<Action>,
    /// How much of the time it got.
    pub(crate) search: Search,
}

/// How much a decision was searched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Search {
    /// For all its time but the moment until a thread took it up: nine tenths at least.
    Full,
    /// For less, because others waited.
    Shortened,
    /// Not at all: its turn did not come in time.
    None,
}

/// A decision that was asked for.
pub(crate) struct Pending {
    answer: oneshot::Receiver<Thought>,
    /// For the move without a search.
    question: Arc<Question>,
    pool: Arc<Pool>,
}

impl Pending {
    /// What was found until now; the move of level `hard` if there is nothing yet. The search is then given up.
    pub(crate) fn take(mut self) -> Thought {
        let thought = self.answer.try_recv().ok();
        self.finish(thought)
    }

    /// Waits until thinking has ended.
    pub(crate) async fn wait(mut self) -> Thought {
        let thought = (&mut self.answer).await.ok();
        self.finish(thought)
    }

    fn finish(self, thought: Option<Thought>) -> Thought {
        let unsearched = || Thought { action: Some(self.question.answer_at_once()), search: Search::None };
        let thought = thought.unwrap_or_else(unsearched);
        self.pool.meters.count(thought.search);
        thought
    }
}

impl Thinkers {
    /// Starts the threads. Where the system has none, every decision is that of level `hard`.
    pub(crate) fn start(threads: usize) -> Self {
        let mut thinkers = Self::without_threads(threads);
        for number in 0..threads {
            let working = Arc::clone(&thinkers.pool);
            let started = thread::Builder::new().name(format!("thinker-{number}")).spawn(move || working.work());
            match started {
                Ok(_) => thinkers.works = true,
                Err(error) => log::error!("no thread for bots that think ahead: {error}"),
            }
        }
        thinkers
    }

    /// A pool that divides its time as if it had this many threads.
    fn without_threads(threads: usize) -> Self {
        let threads = u32::try_from(threads).unwrap_or(u32::MAX);
        let waiting = Mutex::new(Waiting { queue: FairQueue::new(), closed: false });
        let pool = Pool { threads, waiting, arrived: Condvar::new(), meters: Meters::new() };
        Self { pool: Arc::new(pool), works: false }
    }

    /// Has a decision thought about.
    pub(crate) fn ask(&self, question: Question) -> Pending {
        let question = Arc::new(question);
        let (sender, answer) = oneshot::channel();
        if self.works {
            self.pool.queue(Job { question: Arc::clone(&question), answer: sender });
        }
        Pending { answer, question, pool: Arc::clone(&self.pool) }
    }
}

impl Drop for Thinkers {
    fn drop(&mut self) {
        self.pool.waiting.lock().closed = true;
        self.pool.arrived.notify_all();
    }
}

impl Pool {
    /// A job that finds no room is dropped, so its decision is made without a search.
    fn queue(&self, job: Job) {
        let (network, room) = (job.question.network, job.question.room);
        let mut waiting = self.waiting.lock();
        if waiting.queue.push(network, room, job) {
            self.meters.waiting.set(count(waiting.queue.len()));
            self.arrived.notify_one();
        }
    }

    fn work(&self) {
        stand_back();
        while let Some((job, time)) = self.next() {
            let Job { question, answer } = job;
            let began = Instant::now();
            let enough = || began.elapsed() >= time;
            let deciding = || bots::brain(question.level, question.seed).decide_until(&question.view, &enough);
            let action = catch_unwind(AssertUnwindSafe(deciding)).inspect_err(|_| log::error!("a bot's search failed"));
            self.meters.seconds.record(began.elapsed().as_secs_f64());
            let _ = answer.send(Thought { action: action.ok(), search: how_much(time, question.think) });
        }
    }

    /// Waits for the next job that can still be done in time, and says how long it may take. `None` when the pool ends.
    fn next(&self) -> Option<(Job, Duration)> {
        let mut waiting = self.waiting.lock();
        loop {
            if waiting.closed {
                return None;
            }
            let Some((job, load)) = waiting.queue.pop() else {
                self.arrived.wait(&mut waiting);
                continue;
            };
            self.meters.waiting.set(count(waiting.queue.len()));
            let left = job.question.until.saturating_duration_since(Instant::now());
            let time = time_for(job.question.think, left, self.threads, load);
            if let Some(time) = time.filter(|_| !job.answer.is_closed()) {
                return Some((job, time));
            }
        }
    }
}

/// How long a decision may take of the time that is left for it: its share among the networks, and in its network among the
/// decisions that wait. `None` when too little is left.
fn time_for(think: Duration, left: Duration, threads: u32, load: Load) -> Option<Duration> {
    let shortest = SHORTEST.min(think / 2);
    if left < shortest {
        return None;
    }
    let sharers = u32::try_from(load.networks.saturating_mul(load.of_network)).unwrap_or(u32::MAX).max(1);
    let share = left.saturating_mul(threads) / sharers;
    Some(share.max(shortest).min(left).min(think))
}

fn how_much(time: Duration, think: Duration) -> Search {
    if time >= think * 9 / 10 { Search::Full } else { Search::Shortened }
}

/// Threads that serve people come first.
#[cfg(target_os = "linux")]
fn stand_back() {
    if let Err(error) = rustix::process::nice(NICENESS) {
        log::warn!("a thread that thinks for bots can't stand back behind the others: {error}");
    }
}

#[cfg(not(target_os = "linux"))]
const fn stand_back() {}

struct Meters {
    waiting: Gauge,
    seconds: Histogram,
    full: Counter,
    shortened: Counter,
    none: Counter,
}

impl Meters {
    fn new() -> Self {
        describe_gauge!("liap_thinking_waiting", "Decisions of expert bots that wait for a thread");
        describe_histogram!(
            "liap_thinking_seconds",
            "Time that threads spent on a decision of an expert bot, in seconds"
        );
        describe_counter!(
            "liap_thinking_decisions_total",
            "Decisions of expert bots, by whether the search had all its time, less because others waited, or none"
        );
        let decisions = |search: &'static str| counter!("liap_thinking_decisions_total", "search" => search);
        Self {
            waiting: gauge!("liap_thinking_waiting"),
            seconds: histogram!("liap_thinking_seconds"),
            full: decisions("full"),
            shortened: decisions("shortened"),
            none: decisions("none"),
        }
    }

    fn count(&self, search: Search) {
        match search {
            Search::Full => self.full.increment(1),
            Search::Shortened => self.shortened.increment(1),
            Search::None => {
                self.none.increment(1);
                Limit::Thinking.hit();
            }
        }
    }
}

fn count(waiting: usize) -> f64 {
    f64::from(u32::try_from(waiting).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests;
