//! `liap-tui restore FILE`

use std::{io::Write, path::PathBuf};

use clap::Args;
use store::{Existing, Location, restore as take_the_place};

use super::output::output;
use crate::settings::StoreSettings;

/// What `liap-tui restore` can be told.
#[derive(Args, Debug)]
pub(super) struct RestoreSettings {
    /// The backup: a file that `liap-tui backup` wrote, or the database of a server that was stopped.
    file: PathBuf,
    /// Replace the database that is there, which is then gone.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    store: StoreSettings,
}

/// Checks the backup and puts it in the place of the embedded database, while no server uses it.
pub(super) fn restore(settings: &RestoreSettings) -> anyhow::Result<()> {
    let Location::Sqlite(database) = settings.store.location() else {
        anyhow::bail!("a backup is restored into the embedded database; for PostgreSQL use pg_restore or psql");
    };
    let existing = if settings.force { Existing::Replace } else { Existing::Keep };
    actix_web::rt::System::new().block_on(async {
        let _claim = settings.store.claim()?;
        take_the_place(&settings.file, &database, existing).await?;
        writeln!(output(), "{} is restored to {}", settings.file.display(), database.display())?;
        Ok(())
    })
}
