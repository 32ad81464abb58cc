//! How long messages are kept, and how many: each type has a place of its own, so that a flood of one never pushes out
//! another. What is too old, or too much, is deleted in small steps.

use std::time::{Duration, Instant};

use store::{Store, StoreError};
use vocabulary::{LogKind, Timestamp};

use crate::Settings;

/// How often it is looked for.
const ROUND: Duration = Duration::from_secs(60);
/// How many messages one step deletes; games do not wait for longer than that takes.
const STEP: u64 = 50;
/// The least pause between two steps.
const REST: Duration = Duration::from_millis(10);
/// A pause is as many times longer than the step before it: other writes have most of the time.
const RESTS: u32 = 3;

/// What is kept of one type of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Quota {
    time: Duration,
    messages: u64,
}

impl Quota {
    /// Direct messages have settings of their own; the other types share the rest.
    fn of(kind: LogKind, settings: &Settings) -> Self {
        let percent = match kind {
            LogKind::Dm => {
                let (time, messages) = (settings.live_log_direct_keep, settings.live_log_direct_messages);
                return Self { time, messages };
            }
            LogKind::User => 40,
            LogKind::Guild => 20,
            LogKind::Raid | LogKind::Party => 15,
            LogKind::System => 10,
        };
        let messages = u128::from(settings.live_log_messages) * percent / 100;
        Self { time: settings.live_log_keep, messages: u64::try_from(messages).unwrap_or(u64::MAX).max(1) }
    }
}

/// Deletes now and then, as long as it is polled.
pub(super) async fn keep(store: Store, settings: Settings) {
    let mut every = tokio::time::interval(ROUND);
    loop {
        every.tick().await;
        for kind in LogKind::ALL {
            if let Err(error) = sweep(&store, kind, Quota::of(kind, &settings)).await {
                log::warn!("old messages of the live log can't be deleted: {error}");
                break;
            }
        }
    }
}

async fn sweep(store: &Store, kind: LogKind, quota: Quota) -> Result<(), StoreError> {
    let before = Timestamp::now() - quota.time;
    let number = u8::try_from(kind.index()).unwrap_or(u8::MAX);
    loop {
        let began = Instant::now();
        if store.sweep_messages(number, before, quota.messages, STEP).await? == 0 {
            return Ok(());
        }
        tokio::time::sleep(REST.max(began.elapsed() * RESTS)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_all_types_but_direct_messages_make_the_whole() {
        let settings = Settings { live_log_messages: 1_000, live_log_direct_messages: 7, ..Settings::default() };
        let quotas = LogKind::ALL.map(|kind| Quota::of(kind, &settings).messages);
        assert_eq!(quotas, [400, 100, 7, 150, 150, 200]);
        assert_eq!(quotas.iter().sum::<u64>(), 1_007);
    }

    #[test]
    fn every_type_keeps_something_and_no_number_is_too_large() {
        for live_log_messages in [1, u64::MAX] {
            let settings = Settings { live_log_messages, ..Settings::default() };
            for kind in LogKind::ALL {
                assert!(Quota::of(kind, &settings).messages >= 1);
            }
        }
    }
}
