//! Retention of finished games: those beyond the settings are deleted in small steps, like the messages of the live
//! log.

use std::time::Duration;

use metrics::{Gauge, describe_counter};
use store::{GameQuota, Store, StoreError};
use vocabulary::Timestamp;

use crate::{
    Settings,
    meters::{as_float, gauge},
    sweeping::sweep,
};

/// Time between two rounds of deletion.
const ROUND: Duration = Duration::from_secs(60);
/// Games that one step deletes; the journal of running games waits no longer than that takes.
const STEP: u64 = 20;

/// Deletes and measures once a minute, until the future is dropped.
pub(crate) async fn keep(store: Store, settings: Settings) {
    describe_counter!("liap_bot_games_not_kept_total", "Games that only bots finished, and that were not kept");
    let games = gauge("liap_games_kept", "Finished games in the database");
    let bytes = gauge("liap_games_kept_bytes", "Bytes of the results and records of finished games in the database");
    let mut every = tokio::time::interval(ROUND);
    loop {
        every.tick().await;
        if let Err(error) = delete_and_measure(&store, &settings, [&games, &bytes]).await {
            log::warn!("finished games can't be deleted now; the next attempt is in a minute: {error}");
        }
    }
}

async fn delete_and_measure(store: &Store, settings: &Settings, [games, bytes]: [&Gauge; 2]) -> Result<(), StoreError> {
    let quota = GameQuota {
        before: settings.games_keep.map(|keep| Timestamp::now() - keep),
        bytes: settings.games_keep_bytes.unwrap_or(u64::MAX),
        of_bots: settings.bot_games_keep,
    };
    let deleted = sweep(async || store.sweep_games(&quota, STEP).await).await?;
    if deleted > 0 {
        log::info!("{deleted} finished games beyond the retention limits were deleted");
    }
    let kept = store.games_kept().await?;
    games.set(as_float(kept.games));
    bytes.set(as_float(kept.bytes));
    Ok(())
}
