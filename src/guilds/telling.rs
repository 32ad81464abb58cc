//! Reports the events of guilds to the live log, each after its change; twice if it is unknown whether the first report
//! arrived.

use std::time::Duration;

use actors::{Engine, NotLogged, Source};
use contracts::live_log::report::{self, GuildNews};
use store::{Store, StoreError};

/// The most events that are read at once.
const SOME: u64 = 100;
/// The pause after a failure.
const PAUSE: Duration = Duration::from_secs(2);
/// How often it looks without a notice.
const ROUND: Duration = Duration::from_secs(60);

/// Why events can't be reported now.
#[derive(Debug, thiserror::Error)]
enum Failed {
    /// They can't be read or deleted.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The live log does not accept them.
    #[error(transparent)]
    Log(#[from] NotLogged),
}

/// Reports events as long as it is polled. Dropping it loses nothing.
pub(crate) async fn keep(store: Store, engine: Engine) {
    let mut there = store.guild_news_there();
    loop {
        // Marked before the events are read, so that one that comes meanwhile is not missed.
        there.mark_unchanged();
        match tell(&store, &engine).await {
            Ok(()) => {
                // The next round is as good as a notice.
                let _ = tokio::time::timeout(ROUND, there.changed()).await;
            }
            Err(error) => {
                log::warn!("can't report events of guilds now, and will try again: {error}");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

async fn tell(store: &Store, engine: &Engine) -> Result<(), Failed> {
    loop {
        let news = store.guild_news(SOME).await?;
        let Some(last) = news.last().map(|last| last.id) else { return Ok(()) };
        for entry in &news {
            let source = Source::Guild(entry.guild.clone());
            if let Some(message) = report::guild(&worded(entry))
                && engine.live_log().admits(source, message.kind)
            {
                engine.live_log().take(message).await?;
            }
        }
        store.guild_news_told(last).await?;
    }
}

fn worded(entry: &store::GuildNews) -> GuildNews<'_> {
    GuildNews {
        id: entry.id,
        at: entry.at,
        guild: &entry.guild,
        name: &entry.guild_name,
        level: u32::try_from(entry.guild_level).unwrap_or(u32::MAX),
        event: &entry.event,
        data: &entry.data,
    }
}
