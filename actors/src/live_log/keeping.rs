//! Retention of the live log's messages: each type has a quota of its own, so that a flood of one never displaces
//! another. Messages beyond it are deleted in small steps.

use std::time::Duration;

use store::{Store, StoreError};
use vocabulary::{LogKind, Timestamp};

use crate::{Settings, sweeping};

/// Time between two rounds of deletion.
const ROUND: Duration = Duration::from_secs(60);
/// Messages that one step deletes; games wait for the database no longer than that takes.
const STEP: u64 = 50;

/// The quota of one type of message.
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

/// Deletes once a minute, until the future is dropped.
pub(super) async fn keep(store: Store, settings: Settings) {
    let mut every = tokio::time::interval(ROUND);
    loop {
        every.tick().await;
        for kind in LogKind::ALL {
            if let Err(error) = sweep(&store, kind, Quota::of(kind, &settings)).await {
                log::warn!(
                    "old messages of the live log can't be deleted now; the next attempt is in a minute: {error}"
                );
                break;
            }
        }
    }
}

async fn sweep(store: &Store, kind: LogKind, quota: Quota) -> Result<u64, StoreError> {
    let before = Timestamp::now() - quota.time;
    let number = u8::try_from(kind.index()).unwrap_or(u8::MAX);
    sweeping::sweep(async || store.sweep_messages(number, before, quota.messages, STEP).await).await
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
