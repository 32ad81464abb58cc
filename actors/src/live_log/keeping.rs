//! How long messages are kept: what is too old, or too much, is deleted in small steps.

use std::time::Duration;

use store::Store;
use vocabulary::Timestamp;

use crate::Engine;

/// How often it is looked for.
const ROUND: Duration = Duration::from_secs(60);
/// How many messages one step deletes; games do not wait for longer than that takes.
const STEP: u64 = 50;
/// The pause between two steps, for other writes.
const REST: Duration = Duration::from_millis(100);

/// Deletes now and then, as long as it is polled.
pub(super) async fn keep(store: Store, engine: Engine) {
    let mut every = tokio::time::interval(ROUND);
    loop {
        every.tick().await;
        let settings = engine.settings();
        let kept = u64::try_from(settings.live_log_keep.as_millis()).unwrap_or(u64::MAX);
        let before = i64::try_from(Timestamp::now().0.saturating_sub(kept)).unwrap_or(i64::MAX);
        loop {
            match store.sweep_messages(before, settings.live_log_messages, STEP).await {
                Ok(0) => break,
                Ok(_) => tokio::time::sleep(REST).await,
                Err(error) => {
                    log::warn!("old messages of the live log can't be deleted: {error}");
                    break;
                }
            }
        }
    }
}
