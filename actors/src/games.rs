//! Retention of finished games: those beyond the settings are deleted in small steps, like the messages of the live
//! log.

use std::time::{Duration, Instant};

use metrics::{describe_counter, describe_gauge, gauge};
use store::{GameQuota, Store, StoreError};
use vocabulary::Timestamp;

use crate::Settings;

/// Time between two rounds of deletion.
const ROUND: Duration = Duration::from_secs(60);
/// Games that one step deletes; the journal of running games waits no longer than that takes.
const STEP: u64 = 20;
/// Shortest pause between two steps.
const REST: Duration = Duration::from_millis(10);
/// Length of a pause relative to the step before it: other writes get most of the time.
const RESTS: u32 = 3;

/// Deletes and measures once a minute, until the future is dropped.
pub(crate) async fn keep(store: Store, settings: Settings) {
    describe();
    let mut every = tokio::time::interval(ROUND);
    loop {
        every.tick().await;
        let swept = sweep(&store, &quota(&settings, Timestamp::now())).await;
        if let Err(error) = async {
            swept?;
            measure(&store).await
        }
        .await
        {
            log::warn!("finished games can't be deleted now and will be later: {error}");
        }
    }
}

fn quota(settings: &Settings, now: Timestamp) -> GameQuota {
    let before = settings.games_keep.map(|keep| now - keep);
    GameQuota { before, bytes: settings.games_keep_bytes.unwrap_or(u64::MAX), of_bots: settings.bot_games_keep }
}

async fn sweep(store: &Store, quota: &GameQuota) -> Result<(), StoreError> {
    let mut deleted = 0;
    loop {
        let began = Instant::now();
        let some = store.sweep_games(quota, STEP).await?;
        if some == 0 {
            if deleted > 0 {
                log::info!("{deleted} finished games were deleted: they were beyond what is kept");
            }
            return Ok(());
        }
        deleted += some;
        tokio::time::sleep(REST.max(began.elapsed() * RESTS)).await;
    }
}

async fn measure(store: &Store) -> Result<(), StoreError> {
    let kept = store.games_kept().await?;
    gauge!("liap_games_kept").set(as_float(kept.games));
    gauge!("liap_games_kept_bytes").set(as_float(kept.bytes));
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a gauge need not be exact")]
const fn as_float(number: u64) -> f64 {
    number as f64
}

fn describe() {
    describe_gauge!("liap_games_kept", "Finished games in the database");
    describe_gauge!("liap_games_kept_bytes", "Bytes of the results and records of finished games in the database");
    describe_counter!("liap_bot_games_not_kept_total", "Games that only bots finished, and that were not kept");
}
