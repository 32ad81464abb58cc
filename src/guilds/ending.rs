//! The end of wars: whoever waits for it finds it in the database, however long the server was away.

use std::{convert::Infallible, time::Duration};

use store::{GuildScope, Store, StoreError};
use vocabulary::Timestamp;

use super::war;
use crate::standings::ledger::Ledger;

/// So long after a failure it tries again.
const PAUSE: Duration = Duration::from_secs(2);
/// So often it looks without being told, for the clock may have been set.
const ROUND: Duration = Duration::from_secs(60);

/// Ends wars as long as it is polled. Dropping it loses nothing.
pub(crate) async fn keep(store: Store, ledger: Ledger) {
    // A new war is news.
    let mut news = store.guild_news_there();
    let mut failed = false;
    loop {
        // Seen before the look, so that a war that is declared during it is not missed.
        news.mark_unchanged();
        match end_due(&store, Timestamp::now(), ledger).await {
            Ok(next) => {
                failed = false;
                let left = next.map_or(ROUND, |next| next.since(Timestamp::now()));
                // The next look is as good as a notice.
                let _ = tokio::time::timeout(left.min(ROUND), news.changed()).await;
            }
            Err(error) => {
                if !failed {
                    log::warn!("wars of guilds can't be ended now and will be later: {error}");
                }
                failed = true;
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Ends the wars that end by then, after the games that have ended before; the moment at which the next one ends.
async fn end_due(store: &Store, moment: Timestamp, ledger: Ledger) -> Result<Option<Timestamp>, StoreError> {
    loop {
        let next = store.next_war_end().await?;
        if next.is_none_or(|next| next > moment) {
            return Ok(next);
        }
        ledger.settle(store).await?;
        let scope = GuildScope { wars_due: Some(moment), ..GuildScope::default() };
        let Ok(_) = store.change_guilds(&scope, |guilds| Ok::<_, Infallible>(war::end(guilds, moment))).await?;
    }
}
