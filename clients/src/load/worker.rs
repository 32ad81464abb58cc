//! A thread of the generator: its part of the rooms, their players, and what they measure.

use std::{
    rc::Rc,
    sync::{Arc, mpsc::SyncSender},
    time::{Duration, Instant},
};

use tokio::{
    sync::watch,
    task::{LocalSet, spawn_local},
    time::{interval, sleep_until},
};

use super::{
    context::{Run, Worker, stopped},
    listener,
    meters::Meters,
    room,
};

/// How often the generator looks whether its own timers ring in time.
const PULSE: Duration = Duration::from_millis(10);

/// Runs this thread's part until all its players have gone; what is measured goes out once a second.
pub(super) fn work(run: Arc<Run>, number: usize, reports: &SyncSender<Meters>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(16).build()
    else {
        return;
    };
    LocalSet::new().block_on(&runtime, live(run, number, reports.clone()));
    runtime.shutdown_background();
}

async fn live(run: Arc<Run>, number: usize, reports: SyncSender<Meters>) {
    let (end, stop) = watch::channel(false);
    let seed = run.plan.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number as u64;
    let worker = Rc::new(Worker::new(run.clone(), stop, seed));
    let pulse = spawn_local(pulse(worker.clone()));
    let reporting = spawn_local(report(worker.clone(), reports.clone()));
    let share = |all: u32| (0..all).filter(|index| *index as usize % run.threads == number).collect::<Vec<_>>();
    for _ in share(run.plan.live_log_subscribers) {
        spawn_local(listener::listen(worker.clone()));
    }
    let rooms: Vec<_> =
        share(run.plan.rooms).into_iter().map(|index| spawn_local(room::keep(worker.clone(), index))).collect();
    tokio::select! {
        () = sleep_until(run.end().into()) => worker.count_unsent(),
        () = stopped(run.stop.clone()) => {}
    }
    // The receivers live as long as the worker.
    let _ = end.send(true);
    for room in rooms {
        let _ = room.await;
    }
    pulse.abort();
    reporting.abort();
    let mut last = Meters::new();
    last.take_in(&mut worker.meters.borrow_mut());
    let _ = reports.send(last);
}

/// Hands over what was measured. The receiver is always faster than a second.
async fn report(worker: Rc<Worker>, reports: SyncSender<Meters>) {
    let mut every = interval(Duration::from_secs(1));
    loop {
        every.tick().await;
        let mut last = Meters::new();
        last.take_in(&mut worker.meters.borrow_mut());
        if reports.send(last).is_err() {
            return;
        }
    }
}

/// A task that only wakes up: how late it does is how late every player's own events are.
async fn pulse(worker: Rc<Worker>) {
    loop {
        let due = Instant::now() + PULSE;
        sleep_until(due.into()).await;
        if worker.is_measuring() {
            worker.meters.borrow_mut().lag.record(due.elapsed());
        }
    }
}
