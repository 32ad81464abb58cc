//! The process's pulse: it notices when the process did not run, because it was stopped or the machine was suspended.
//! Nobody loses the time of such a pause: people's clocks continue from where the process does.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use parking_lot::Mutex;

/// Time between two beats.
const BEAT: Duration = Duration::from_millis(250);
/// A longer time without a beat is a pause of the process.
const PAUSE: Duration = Duration::from_secs(2);

/// The end of the last pause of the process. Times are in milliseconds since the start.
pub(crate) struct Pulse {
    start: Instant,
    last_beat: AtomicU64,
    running_since: AtomicU64,
    noticing: Mutex<()>,
}

impl Pulse {
    /// Beats on a thread of its own, which does nothing else, until the last handle is dropped. If the system has no
    /// thread for it, pauses go unnoticed.
    pub(crate) fn start() -> Arc<Self> {
        let pulse = Arc::new(Self::new(Instant::now()));
        let beating = Arc::downgrade(&pulse);
        let started = thread::Builder::new().name("pulse".to_owned()).spawn(move || {
            while let Some(pulse) = beating.upgrade() {
                pulse.beat(Instant::now());
                drop(pulse);
                #[expect(clippy::disallowed_methods, reason = "no actor lives on this thread")]
                thread::sleep(BEAT);
            }
        });
        if let Err(error) = started {
            log::error!("the pulse can't be started, so pauses of the process will go unnoticed: {error}");
            pulse.last_beat.store(u64::MAX, Ordering::Release);
        }
        pulse
    }

    const fn new(start: Instant) -> Self {
        Self { start, last_beat: AtomicU64::new(0), running_since: AtomicU64::new(0), noticing: Mutex::new(()) }
    }

    /// The end of the last pause, or the start if there was none. The first caller after a pause notices it, so that no
    /// timer acts before the next beat.
    pub(crate) fn running_since(&self) -> Instant {
        self.running_since_at(Instant::now())
    }

    fn running_since_at(&self, now: Instant) -> Instant {
        let now = self.millis(now);
        if self.missed_beats(now) {
            let _noticing = self.noticing.lock();
            if self.missed_beats(now) {
                let pause = now - self.last_beat.load(Ordering::Acquire);
                log::warn!("the process did not run for {pause} ms; open decisions get their full time again");
                self.running_since.store(now, Ordering::Release);
                // Stored last: whoever sees this beat sees the end of the pause too.
                self.last_beat.fetch_max(now, Ordering::Release);
            }
        }
        self.start + Duration::from_millis(self.running_since.load(Ordering::Acquire))
    }

    fn beat(&self, now: Instant) {
        self.running_since_at(now);
        self.last_beat.fetch_max(self.millis(now), Ordering::Release);
    }

    fn missed_beats(&self, now: u64) -> bool {
        Duration::from_millis(now.saturating_sub(self.last_beat.load(Ordering::Acquire))) > PAUSE
    }

    fn millis(&self, now: Instant) -> u64 {
        u64::try_from(now.saturating_duration_since(self.start).as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_beat_is_no_pause_and_a_missing_one_is() {
        let start = Instant::now();
        let pulse = Pulse::new(start);
        pulse.beat(start + PAUSE);
        assert_eq!(pulse.running_since_at(start + PAUSE + BEAT), start, "late, but it came");
        let back = start + PAUSE * 3;
        assert_eq!(pulse.running_since_at(back), back, "whoever asks first notices the pause, before any beat");
        pulse.beat(back + BEAT);
        assert_eq!(pulse.running_since_at(back + BEAT * 2), back, "one pause is noticed once");
    }

    #[test]
    fn one_who_asks_with_an_old_time_sees_no_pause() {
        let start = Instant::now();
        let pulse = Pulse::new(start);
        let back = start + PAUSE * 3;
        pulse.beat(back);
        assert_eq!(pulse.running_since_at(start + BEAT), back);
        pulse.beat(start + BEAT);
        assert_eq!(pulse.running_since_at(back + BEAT), back, "an old beat does not turn the pulse back");
    }
}
