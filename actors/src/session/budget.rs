//! The rates of a connection's messages, which are counted before they are parsed.

use std::{
    num::NonZeroU32,
    time::{Duration, Instant},
};

use contracts::{Limits, Quota, Spending};
use governor::{DefaultDirectRateLimiter, Quota as Rate, clock::Clock};
use vocabulary::Denial;

use crate::window::{self, Times, too_many};

/// The rates of one connection.
pub(super) struct Budget {
    rate: DefaultDirectRateLimiter,
    per_second: u32,
    /// Boxed, because most contracts have no quota and there are many idle connections.
    quota: Option<Box<Spent>>,
}

/// The times of the messages and commands in the last window.
struct Spent {
    of: Quota,
    messages: Times,
    commands: Times,
}

/// The verdict on a message.
pub(super) enum Verdict {
    /// Within the rate.
    Passed,
    /// Within the rate, but near its end: the client is warned.
    Warned(Spending),
    /// Beyond the rate: the message is not parsed, and does not count.
    Refused(Denial),
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        let at_least_one = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let per_second = at_least_one(limits.messages_per_second);
        // A burst below the rate would never let the full rate through.
        let burst = at_least_one(limits.burst).max(per_second);
        Self {
            rate: DefaultDirectRateLimiter::direct(Rate::per_second(per_second).allow_burst(burst)),
            per_second: per_second.get(),
            quota: limits
                .quota
                .map(|of| Box::new(Spent { of, messages: Times::default(), commands: Times::default() })),
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

fn take(times: &mut Times, allowed: u32, period: Duration, now: Instant) -> Verdict {
    let window::Verdict { passed, limit, remaining, reset } = times.take(allowed, period, now);
    if !passed {
        return Verdict::Refused(too_many(limit, period, reset));
    }
    let used = limit - remaining;
    if u64::from(used) * 100 >= u64::from(limit) * u64::from(Quota::WARN_PERCENT) {
        return Verdict::Warned(Spending { used, limit, window: period, reset });
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
    fn the_end_of_a_quota_comes_with_a_warning_and_then_messages_are_refused() {
        let (mut times, start) = (Times::default(), Instant::now());
        let words: Vec<_> = (0..102).map(|_| word(&take(&mut times, 100, MINUTE, start))).collect();
        assert!(words[..94].iter().all(|word| *word == "passed"));
        assert!(words[94..100].iter().all(|word| *word == "warned"));
        assert_eq!(words[100..], ["refused", "refused"]);
        assert_eq!(word(&take(&mut times, 100, MINUTE, start + MINUTE)), "passed");
    }

    #[test]
    fn a_warning_says_how_much_is_used_and_when_there_is_room_again() {
        let (mut times, start) = (Times::default(), Instant::now());
        take(&mut times, 2, MINUTE, start);
        let later = start + Duration::from_secs(25);
        let Verdict::Warned(spending) = take(&mut times, 2, MINUTE, later) else { panic!("no warning") };
        assert_eq!((spending.used, spending.limit), (2, 2));
        assert_eq!(spending.reset, Duration::from_secs(35));
    }
}
