//! `liap-tui backup FILE`

use std::{io::Write, path::PathBuf};

use clap::Args;
use store::Store;

use super::output::output;
use crate::settings::StoreSettings;

/// What `liap-tui backup` can be told.
#[derive(Args, Debug)]
pub(super) struct BackupSettings {
    /// The file to write; it must not exist.
    file: PathBuf,
    #[command(flatten)]
    store: StoreSettings,
}

/// Writes a consistent copy of the embedded database.
pub(super) fn backup(settings: &BackupSettings) -> anyhow::Result<()> {
    actix_web::rt::System::new().block_on(async {
        let store = Store::open_beside(&settings.store.existing()?).await?;
        let copied = store.backup(&settings.file).await;
        store.close().await;
        copied?;
        writeln!(output(), "the database is copied to {}", settings.file.display())?;
        Ok(())
    })
}
