//! The subcommands.

mod admin;
mod arena;
mod backup;
mod environment;
mod load;
mod output;
mod play;
mod replay;
mod report;
mod restore;
mod serve;
mod signals;

use clap::{Parser, Subcommand};

pub use self::environment::Unreadable;

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
    /// Play many games between bots and tell who wins.
    Arena(arena::ArenaSettings),
    /// Let many simulated players play on a running server, and tell how long they wait.
    Load(Box<load::LoadSettings>),
    /// Copy the embedded database to a file while the server runs.
    Backup(backup::BackupSettings),
    /// Put a backup in the place of the embedded database, while the server is stopped.
    Restore(restore::RestoreSettings),
    /// Look after a running server: its rooms and its accounts.
    Admin(admin::AdminCommand),
}

/// Runs what the command line says.
///
/// # Errors
/// A sentence for the operator.
pub fn run(cli: Cli) -> anyhow::Result<()> {
    let done = match cli.command {
        Command::Serve(settings) => serve::serve(&settings),
        Command::Play(settings) => play::play(&settings),
        Command::Replay(settings) => replay::replay(&settings),
        Command::Arena(settings) => arena::arena(&settings),
        Command::Load(settings) => load::load(&settings),
        Command::Backup(settings) => backup::backup(&settings),
        Command::Restore(settings) => restore::restore(&settings),
        Command::Admin(command) => admin::admin(&command),
    };
    done.or_else(|failure| if output::is_unread(&failure) { Ok(()) } else { Err(failure) })
}

/// 1 when a server was asked and said no, or was slower than it may be; 2 for an operator's mistake.
#[must_use]
pub fn exit_code(failure: &anyhow::Error) -> u8 {
    if failure.is::<admin::SaidNo>() || failure.is::<load::Broken>() { 1 } else { 2 }
}
