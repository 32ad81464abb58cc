//! What a connection may send, counted before anyone reads it.

use std::{
    collections::VecDeque,
    num::NonZeroU32,
    time::{Duration, Instant},
};

use contracts::{Limits, Quota, Spending};
use governor::{DefaultDirectRateLimiter, Quota as Rate, clock::Clock};
use vocabulary::Denial;

use crate::window::too_many;

/// The budget of one connection.
pub(super) struct Budget {
    rate: DefaultDirectRateLimiter,
    per_second: u32,
    /// Boxed, because most contracts have none, and idle connections are many.
    quota: Option<Box<Spent>>,
}

/// When messages and commands of the last window came.
struct Spent {
    of: Quota,
    messages: VecDeque<Instant>,
    commands: VecDeque<Instant>,
}

/// What a message may do.
pub(super) enum Verdict {
    /// Go on.
    Passed,
    /// Go on, and be warned.
    Warned(Spending),
    /// Nothing: it was not read, and does not count.
    Refused(Denial),
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        let at_least_one = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let per_second = at_least_one(limits.messages_per_second);
        let burst = at_least_one(limits.burst).max(per_second);
        Self {
            rate: DefaultDirectRateLimiter::direct(Rate::per_second(per_second).allow_burst(burst)),
            per_second: per_second.get(),
            quota: limits.quota.map(|of| Box::new(Spent { of, messages: VecDeque::new(), commands: VecDeque::new() })),
        }
    }

    /// Counts a message.
    pub(super) fn take_message(&mut self, now: Instant) -> Verdict {
        if let Err(until) = self.rate.check() {
            let wait = until.wait_time_from(self.rate.clock().now());
            return Verdict::Refused(too_many(self.per_second, Duration::from_secs(1), wait));
        }
        match &mut self.quota {
            None => Verdict::Passed,
            Some(spent) => take(&mut spent.messages, spent.of.messages, spent.of.window, now),
        }
    }

    /// Counts a message that asks the server to do something.
    pub(super) fn take_command(&mut self, now: Instant) -> Verdict {
        match &mut self.quota {
            None => Verdict::Passed,
            Some(spent) => take(&mut spent.commands, spent.of.commands, spent.of.window, now),
        }
    }
}

fn take(times: &mut VecDeque<Instant>, limit: u32, window: Duration, now: Instant) -> Verdict {
    while times.front().is_some_and(|time| now.saturating_duration_since(*time) >= window) {
        times.pop_front();
    }
    let oldest = times.front().copied().unwrap_or(now);
    let reset = window.saturating_sub(now.saturating_duration_since(oldest));
    let used = u32::try_from(times.len()).unwrap_or(u32::MAX);
    if used >= limit {
        return Verdict::Refused(too_many(limit, window, reset));
    }
    times.push_back(now);
    let used = used + 1;
    if u64::from(used) * 100 >= u64::from(limit) * u64::from(Quota::WARN_PERCENT) {
        return Verdict::Warned(Spending { used, limit, window, reset });
    }
    Verdict::Passed
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn word(verdict: &Verdict) -> &'static str {
        match verdict {
            Verdict::Passed => "passed",
            Verdict::Warned(_) => "warned",
            Verdict::Refused(_) => "refused",
        }
    }

    #[test]
    fn the_last_twentieth_of_a_quota_comes_with_a_warning_and_the_next_is_refused_until_the_window_has_moved_on() {
        let (mut times, start) = (VecDeque::new(), Instant::now());
        let words: Vec<_> = (0..102).map(|_| word(&take(&mut times, 100, MINUTE, start))).collect();
        assert!(words[..94].iter().all(|word| *word == "passed"));
        assert!(words[94..100].iter().all(|word| *word == "warned"));
        assert_eq!(words[100..], ["refused", "refused"]);
        assert_eq!(word(&take(&mut times, 100, MINUTE, start + MINUTE)), "passed");
    }

    #[test]
    fn a_warning_says_how_much_is_used_and_when_there_is_room_again() {
        let (mut times, start) = (VecDeque::new(), Instant::now());
        take(&mut times, 2, MINUTE, start);
        let later = start + Duration::from_secs(25);
        let Verdict::Warned(spending) = take(&mut times, 2, MINUTE, later) else { panic!("no warning") };
        assert_eq!((spending.used, spending.limit), (2, 2));
        assert_eq!(spending.reset, Duration::from_secs(35));
    }
}
