//! A sliding window: a number of requests per key in any span of time. It is exact, and bounded in memory.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    mem,
    time::{Duration, Instant},
};

use parking_lot::Mutex;
use vocabulary::Denial;

/// Keys per generation. Beyond it the keys that were silent longest are dropped early, which lets them off.
const KEYS: usize = 50_000;

/// The requests of each key in the last period.
pub struct Window<K> {
    allowed: u32,
    period: Duration,
    generations: Mutex<Generations<K>>,
}

/// Keys that were active in this period and in the one before. A key that was silent in both has nothing left to count,
/// so that a whole generation is dropped at once and no key needs to be searched for.
struct Generations<K> {
    began: Option<Instant>,
    recent: HashMap<K, Times>,
    earlier: HashMap<K, Times>,
}

/// The times of one key's requests in the last period.
#[derive(Default)]
pub(crate) struct Times(VecDeque<Instant>);

impl Times {
    /// Counts a request at this moment, if fewer than `allowed` are in the period before it.
    pub(crate) fn take(&mut self, allowed: u32, period: Duration, now: Instant) -> Verdict {
        let Self(times) = self;
        while times.pop_front_if(|time| now.saturating_duration_since(*time) >= period).is_some() {}
        let taken = u32::try_from(times.len()).unwrap_or(u32::MAX);
        let passed = taken < allowed;
        if passed {
            times.push_back(now);
        }
        let oldest = times.front().copied().unwrap_or(now);
        let remaining = allowed.saturating_sub(taken).saturating_sub(u32::from(passed));
        let reset = period.saturating_sub(now.saturating_duration_since(oldest));
        Verdict { passed, limit: allowed, remaining, reset }
    }
}

/// The verdict on one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it is within the limit; otherwise it was not counted.
    pub passed: bool,
    /// Requests per period.
    pub limit: u32,
    /// Further requests that would pass right now.
    pub remaining: u32,
    /// Time until one more request passes than now.
    pub reset: Duration,
}

impl Verdict {
    /// The verdict that leaves less room.
    pub fn stricter(self, other: Self) -> Self {
        let room = |verdict: &Self| (verdict.passed, verdict.remaining, std::cmp::Reverse(verdict.reset));
        if room(&other) < room(&self) { other } else { self }
    }
}

impl<K: Hash + Eq> Window<K> {
    /// A window that allows this number of requests per key and period.
    pub fn new(allowed: u32, period: Duration) -> Self {
        let generations = Generations { began: None, recent: HashMap::new(), earlier: HashMap::new() };
        Self { allowed, period, generations: Mutex::new(generations) }
    }

    /// Counts a request at this moment, if it is within the limit.
    pub fn take(&self, key: K, now: Instant) -> Verdict {
        self.generations.lock().times(key, now, self.period).take(self.allowed, self.period, now)
    }

    /// Uncounts the newest request of a key, because nothing came of it.
    pub fn give_back_newest(&self, key: &K) {
        let Generations { recent, earlier, .. } = &mut *self.generations.lock();
        if let Some(Times(times)) = recent.get_mut(key).or_else(|| earlier.get_mut(key)) {
            times.pop_back();
        }
    }

    /// Uncounts a request that was counted at this moment, because it turned out not to matter.
    pub fn give_back(&self, key: &K, counted: Instant) {
        let Generations { recent, earlier, .. } = &mut *self.generations.lock();
        for Times(times) in [recent.get_mut(key), earlier.get_mut(key)].into_iter().flatten() {
            if let Some(index) = times.iter().rposition(|time| *time == counted) {
                times.remove(index);
                return;
            }
        }
    }
}

impl<K: Hash + Eq> Generations<K> {
    fn times(&mut self, key: K, now: Instant, period: Duration) -> &mut Times {
        let began = *self.began.get_or_insert(now);
        if now.saturating_duration_since(began) >= period || self.recent.len() >= KEYS {
            // The keys of the generation that is dropped were silent for a whole period.
            self.earlier = mem::take(&mut self.recent);
            self.began = Some(now);
        }
        let known = self.earlier.remove(&key).unwrap_or_default();
        self.recent.entry(key).or_insert(known)
    }
}

/// The refusal of a request beyond `limit` per `window`.
pub(crate) fn too_many(limit: u32, window: Duration, wait: Duration) -> Denial {
    let retry_after_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).max(1);
    Denial::RateLimited { limit, window, retry_after_ms }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn after(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[test]
    fn in_any_minute_no_more_than_the_limit_pass() {
        let (window, start) = (Window::new(5, MINUTE), Instant::now());
        let passed: Vec<u64> = (0..300).filter(|second| window.take("a", after(start, *second)).passed).collect();
        for from in &passed {
            let within = passed.iter().filter(|second| (*from..*from + 60).contains(*second)).count();
            assert!(within <= 5, "{within} from {from}: {passed:?}");
        }
        assert_eq!(passed.len(), 25, "and no fewer than that over five minutes");
    }

    #[test]
    fn it_tells_what_is_left_and_when_there_is_more() {
        let (window, start) = (Window::new(2, MINUTE), Instant::now());
        let tell = |at| {
            let verdict = window.take("a", after(start, at));
            (verdict.passed, verdict.remaining, verdict.reset.as_secs())
        };
        assert_eq!(tell(0), (true, 1, 60));
        assert_eq!(tell(10), (true, 0, 50));
        assert_eq!(tell(20), (false, 0, 40));
        assert_eq!(tell(59), (false, 0, 1));
        assert_eq!(tell(60), (true, 0, 10));
    }

    #[test]
    fn a_request_that_is_given_back_leaves_room_for_another() {
        let (window, start) = (Window::new(1, MINUTE), Instant::now());
        for second in 0..200 {
            assert!(window.take("a", after(start, second)).passed);
            window.give_back_newest(&"a");
        }
        assert!(window.take("a", after(start, 200)).passed && !window.take("a", after(start, 201)).passed);
    }

    #[test]
    fn keys_do_not_count_for_each_other() {
        let (window, start) = (Window::new(1, MINUTE), Instant::now());
        assert!(window.take("a", start).passed && window.take("b", start).passed);
        assert!(!window.take("a", start).passed);
    }

    #[test]
    fn a_request_that_is_given_back_does_not_count() {
        let (window, start) = (Window::new(2, MINUTE), Instant::now());
        for second in 0..10 {
            assert_eq!(window.take("a", after(start, second)).remaining, 1);
            window.give_back(&"a", after(start, second));
        }
        assert!(window.take("a", after(start, 10)).passed && window.take("a", after(start, 11)).passed);
        window.give_back(&"a", after(start, 12));
        window.give_back(&"b", after(start, 11));
        assert!(!window.take("a", after(start, 13)).passed, "it gives back only what was counted");
    }

    #[test]
    fn the_keys_of_a_flood_are_forgotten_and_their_number_is_bounded() {
        let (window, start) = (Window::new(5, MINUTE), Instant::now());
        for key in 0..3 * KEYS {
            window.take(key, start);
        }
        let held = || {
            let generations = window.generations.lock();
            generations.recent.len() + generations.earlier.len()
        };
        assert!(held() <= 2 * KEYS);
        window.take(0, after(start, 60));
        window.take(0, after(start, 120));
        assert_eq!(held(), 1);
    }

    #[test]
    fn of_two_verdicts_the_one_with_less_room_is_told() {
        let verdict =
            |passed, remaining, reset| Verdict { passed, limit: 5, remaining, reset: Duration::from_secs(reset) };
        assert_eq!(verdict(true, 3, 9).stricter(verdict(true, 1, 2)), verdict(true, 1, 2));
        assert_eq!(verdict(true, 0, 9).stricter(verdict(false, 0, 2)), verdict(false, 0, 2));
        assert_eq!(verdict(true, 0, 9).stricter(verdict(true, 0, 20)), verdict(true, 0, 20));
    }
}
