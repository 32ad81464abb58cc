//! `liap-tui admin`: an operator's word to a running server, over the REST addresses below `/admin`.

mod act;
mod bans;
mod login;
mod secret;
mod server;
mod table;

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};
use clients::ServerAddress;

use self::{login::KeptLogin, server::Server};

/// What `liap-tui admin` can be told. The admin's password comes from `ADMIN_PASSWORD`, or it is asked for.
#[derive(Args, Debug)]
pub(super) struct AdminCommand {
    /// Where the server is.
    #[arg(long, env = "ADMIN_URL", default_value = "http://127.0.0.1:8000", global = true)]
    url: String,
    /// Your username; ADMIN_PASSWORD holds its password, or it is asked for.
    #[arg(long, env = "ADMIN_USERNAME", global = true)]
    username: Option<String>,
    /// The certificate of a private authority, in PEM; without it those of the system count.
    #[arg(long, env = "ADMIN_CA", global = true)]
    ca: Option<PathBuf>,
    /// Log in for this command alone, and keep no login for the next one.
    #[arg(long, global = true)]
    no_store: bool,
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand, Debug)]
enum Act {
    /// List the rooms, private ones too, with who sits there.
    Rooms {
        /// Only those that are waiting, playing or finished.
        #[arg(long, value_parser = ["waiting", "playing", "finished"])]
        status: Option<String>,
    },
    /// Close a room. Its people are told; a game that has not ended is not kept.
    Close {
        /// The room's id.
        room: String,
    },
    /// Send everybody an announcement; it replaces any other.
    Broadcast {
        /// At most 500 characters.
        message: String,
        /// How much it matters.
        #[arg(long, default_value = "info", value_parser = ["info", "warning", "error"])]
        severity: String,
        /// For how many seconds people who arrive see it too: an hour unless you say otherwise, at most a week.
        #[arg(long, value_name = "SECONDS", default_value_t = 3_600)]
        duration: u64,
    },
    /// Withdraw the announcement from every screen.
    EndBroadcast,
    /// Plan a pause in which no new rooms are taken, and tell everybody.
    Maintenance {
        /// maintenance, shutdown or restart.
        #[arg(default_value = "maintenance", value_parser = ["maintenance", "shutdown", "restart"])]
        event: String,
        /// When it begins, such as 2030-01-11T12:00:00Z; now if it is left out.
        #[arg(long)]
        at: Option<String>,
        /// How long it takes, in seconds.
        #[arg(long, default_value_t = 600)]
        duration: u64,
    },
    /// Call the planned pause off, or end it.
    EndMaintenance,
    /// Show the account of a username.
    Users {
        /// The username, in any case.
        name: String,
    },
    /// Shut a user out: their tokens end, their connections are closed.
    Block {
        /// A username or an id.
        user: String,
    },
    /// Let a user in again.
    Unblock {
        /// A username or an id.
        user: String,
    },
    /// Ban an account, an address or a network, or a person at a table. It holds at once.
    Ban {
        #[command(flatten)]
        whom: Whom,
        /// Why; who is banned is told.
        #[arg(long)]
        reason: String,
        /// For how many seconds; without it a day for a guest at a table or on a connection, else until it is lifted.
        #[arg(long, value_name = "SECONDS")]
        duration: Option<u64>,
    },
    /// Lift a ban.
    Unban {
        /// The ban's id, or the username, the id of the account, the address or the network that is banned.
        target: String,
    },
    /// List the bans.
    Bans,
    /// Close somebody's connections, and free their seats in waiting rooms; they may come back.
    Disconnect {
        #[command(flatten)]
        whom: Whom,
    },
    /// Give a user another password: their tokens end, their connections are closed.
    ResetPassword {
        /// A username or an id.
        user: String,
        /// Make one up and print it.
        #[arg(long)]
        generate: bool,
    },
    /// End the login that is kept for the next command.
    Logout,
}

/// Somebody who is banned or disconnected.
#[derive(Args, Debug)]
struct Whom {
    /// An address or a network, a username or the id of an account, or the id of a connection. An IPv6 address stands for
    /// its /64.
    #[arg(required_unless_present = "room", conflicts_with = "room")]
    target: Option<String>,
    /// The room of a person at a table: an account, or the network of a guest.
    #[arg(long, requires = "player")]
    room: Option<String>,
    /// The person's name in that room.
    #[arg(long, requires = "room")]
    player: Option<String>,
}

/// The server was asked, and its answer is no.
#[derive(Debug, thiserror::Error)]
#[error("the server says no: {0}")]
pub(super) struct SaidNo(String);

/// Logs in and does it.
pub(super) fn admin(command: &AdminCommand) -> anyhow::Result<()> {
    let username = command.username.as_deref().filter(|username| !username.is_empty());
    let username = username.context("who are you? Give --username or set ADMIN_USERNAME")?;
    // What can't be meant is said before anybody has to think of a password.
    if let Act::Ban { whom, .. } = &command.act {
        bans::check(whom)?;
    }
    let address: ServerAddress = command.url.parse()?;
    let visitor = Server::at(&address, command.ca.as_deref())?;
    let kept = if command.no_store { None } else { KeptLogin::of(&address, username) };
    if matches!(command.act, Act::Logout) {
        return kept.map_or(Ok(()), |kept| kept.log_out(&visitor));
    }
    let server = match kept {
        Some(kept) => kept.resume_or_log_in(visitor)?,
        None => {
            let tokens = visitor.log_in(username, &secret::of_admin(username)?)?;
            visitor.with(&tokens)
        }
    };
    match &command.act {
        Act::Rooms { status } => act::rooms(&server, status.as_deref()),
        Act::Close { room } => act::close(&server, room),
        Act::Broadcast { message, severity, duration } => act::broadcast(&server, message, severity, *duration),
        Act::EndBroadcast => act::end_broadcast(&server),
        Act::Maintenance { event, at, duration } => act::maintenance(&server, event, at.as_deref(), *duration),
        Act::EndMaintenance => act::end_maintenance(&server),
        // Done above, as it needs no login.
        Act::Logout => Ok(()),
        Act::Users { name } => act::users(&server, name),
        Act::Block { user } => act::block(&server, user),
        Act::Unblock { user } => act::unblock(&server, user),
        Act::Ban { whom, reason, duration } => bans::ban(&server, whom, reason, *duration),
        Act::Unban { target } => bans::unban(&server, target),
        Act::Bans => bans::list(&server),
        Act::Disconnect { whom } => bans::disconnect(&server, whom),
        Act::ResetPassword { user, generate: true } => act::reset_password(&server, user, secret::made_up),
        Act::ResetPassword { user, generate: false } => act::reset_password(&server, user, secret::chosen),
    }
}
