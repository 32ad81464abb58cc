//! The threads that search for expert bots: a fixed number for all rooms, with a queue that is fair by network and by
//! room. Under load a decision gets less time, and in the end none: it is then made like one of level `hard`, which
//! takes microseconds.

mod queue;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use game_rules::{Action, View};
use metrics::{Counter, Gauge, Histogram, counter, describe_counter};
use parking_lot::{Condvar, Mutex};
use tokio::sync::oneshot;
use vocabulary::{Difficulty, RoomId};

use self::queue::{FairQueue, Load};
use crate::{
    Limit, Network,
    meters::{as_float, gauge, histogram},
};

/// Shortest search that is worth its time: under load some decisions get this much, and others none.
const SHORTEST: Duration = Duration::from_millis(1);
/// The niceness of these threads (`nice`), so that they yield to those that serve connections.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// The pool of threads, which end when it is dropped.
pub(crate) struct Thinkers {
    pool: Arc<Pool>,
    /// Whether at least one thread was started.
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

/// A decision to search.
pub(crate) struct Question {
    /// The network of the room's players; `None` before anybody has connected.
    pub(crate) network: Option<Network>,
    /// The room of the decision.
    pub(crate) room: RoomId,
    /// The bot's level and seed.
    pub(crate) level: Difficulty,
    pub(crate) seed: u64,
    /// What the bot's seat can see.
    pub(crate) view: View,
    /// Longest search.
    pub(crate) think: Duration,
    /// The moment at which the search ends, however late it began.
    pub(crate) until: Instant,
}

impl Question {
    /// The action without a search, which is that of level `hard`.
    fn answer_at_once(&self) -> Action {
        bots::brain(self.level, self.seed).decide_until(&self.view, &|| true)
    }
}

struct Job {
    question: Arc<Question>,
    answer: oneshot::Sender<Thought>,
}

/// The outcome of a decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Thought {
    /// `None` if the search panicked.
    pub(crate) action: Option<Action>,
    /// How much of its time it got.
    pub(crate) search: Search,
}

/// The extent of a search.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Search {
    /// All its time except the moment until a thread took it: at least nine tenths.
    Full,
    /// Less, because other decisions waited.
    Shortened,
    /// None: its turn did not come in time.
    None,
}

/// A decision in the queue or being searched.
pub(crate) struct Pending {
    answer: oneshot::Receiver<Thought>,
    /// Kept for the action without a search.
    question: Arc<Question>,
    pool: Arc<Pool>,
}

impl Pending {
    /// Stops the search and returns what it has found; the action of level `hard` if there is nothing yet.
    pub(crate) fn take(mut self) -> Thought {
        let thought = self.answer.try_recv().ok();
        self.finish(thought)
    }

    /// Waits for the end of the search.
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
    /// Starts the threads. If the system has none, every decision is made like one of level `hard`.
    pub(crate) fn start(threads: usize) -> Self {
        let mut thinkers = Self::without_threads(threads);
        for number in 0..threads {
            let working = Arc::clone(&thinkers.pool);
            let started = thread::Builder::new().name(format!("thinker-{number}")).spawn(move || working.work());
            match started {
                Ok(_) => thinkers.works = true,
                Err(error) => log::error!("a thread for expert bots can't be started: {error}"),
            }
        }
        thinkers
    }

    /// A pool without threads that divides time as if it had this many.
    fn without_threads(threads: usize) -> Self {
        let threads = u32::try_from(threads).unwrap_or(u32::MAX);
        let waiting = Mutex::new(Waiting { queue: FairQueue::new(), closed: false });
        let pool = Pool { threads, waiting, arrived: Condvar::new(), meters: Meters::new() };
        Self { pool: Arc::new(pool), works: false }
    }

    /// Queues a decision.
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
    /// Queues a job. If the queue is full the job is dropped, and its decision is made without a search.
    fn queue(&self, job: Job) {
        let (network, room) = (job.question.network, job.question.room);
        let mut waiting = self.waiting.lock();
        if waiting.queue.push(network, room, job) {
            self.meters.waiting.set(as_float(waiting.queue.len() as u64));
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

    /// Waits for the next job that can still be done in time, and returns it with its share of time; `None` when the
    /// pool ends.
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
            self.meters.waiting.set(as_float(waiting.queue.len() as u64));
            let left = job.question.until.saturating_duration_since(Instant::now());
            let time = time_for(job.question.think, left, self.threads, load);
            // The requester may have answered without a search meanwhile.
            if let Some(time) = time.filter(|_| !job.answer.is_closed()) {
                return Some((job, time));
            }
        }
    }
}

/// The time for a decision: its network's share of what is left, divided among the network's waiting decisions. `None`
/// if it is too short.
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

/// Lowers the priority of this thread below those that serve connections.
#[cfg(target_os = "linux")]
fn stand_back() {
    if let Err(error) = rustix::process::nice(NICENESS) {
        log::warn!("the priority of a thread for expert bots can't be lowered: {error}");
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
        describe_counter!(
            "liap_thinking_decisions_total",
            "Decisions of expert bots, by whether the search had all its time, less because others waited, or none"
        );
        let decisions = |search: &'static str| counter!("liap_thinking_decisions_total", "search" => search);
        Self {
            waiting: gauge("liap_thinking_waiting", "Decisions of expert bots that wait for a thread"),
            seconds: histogram(
                "liap_thinking_seconds",
                "Time that threads spent on a decision of an expert bot, in seconds",
            ),
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

#[cfg(test)]
mod tests;
