//! The subcommands.

mod backup;
mod play;
mod replay;
mod serve;

use clap::{Parser, Subcommand};

use crate::settings::ServeSettings;

/// A game server for Liap Tui.
#[derive(Parser, Debug)]
#[command(version, about, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Run the server.
    Serve(Box<ServeSettings>),
    /// Play a game in this terminal.
    Play(play::PlaySettings),
    /// Show a finished game, played again from its record and checked against its result.
    Replay(replay::ReplaySettings),
    /// Copy the embedded database to a file while the server runs.
    Backup(backup::BackupSettings),
}

/// Runs what the command line says.
///
/// # Errors
/// A sentence for the operator.
pub fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Serve(settings) => serve::serve(&settings),
        Command::Play(settings) => play::play(&settings),
        Command::Replay(settings) => replay::replay(&settings),
        Command::Backup(settings) => backup::backup(&settings),
    }
}
