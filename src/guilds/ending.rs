//! The end of wars. It is due by the database, however long the server was down.

use std::{convert::Infallible, time::Duration};

use store::{GuildScope, Store, StoreError};
use vocabulary::Timestamp;

use super::war;
use crate::standings::ledger::Ledger;

/// The pause after a failure.
const PAUSE: Duration = Duration::from_secs(2);
/// How often it looks without a notice, as the clock may have been set.
const ROUND: Duration = Duration::from_secs(60);

/// Ends wars as long as it is polled. Dropping it loses nothing.
pub(crate) async fn keep(store: Store, ledger: Ledger) {
    // A new war is news.
    let mut news = store.guild_news_there();
    let mut failed = false;
    loop {
        // Marked before the wars are read, so that one that is declared meanwhile is not missed.
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
                    log::warn!("can't end wars of guilds now, and will try again: {error}");
                }
                failed = true;
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Ends the wars that are due, after the games that have ended before them; returns when the next one is due.
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
