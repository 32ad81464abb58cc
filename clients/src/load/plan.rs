//! What a run is to do.

use std::{net::Ipv4Addr, time::Duration};

use vocabulary::Difficulty;

use crate::ServerAddress;

/// The first one of many that the players may come from. Every address of 127.0.0.0/8 is this machine's own.
const FIRST_ADDRESS: Ipv4Addr = Ipv4Addr::new(127, 1, 0, 1);

/// What a run is to do.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The server. It must not speak TLS, whose work would be measured too.
    pub server: ServerAddress,
    /// The server's METRICS_TOKEN, for its own figures; a server on this machine needs none.
    pub metrics_token: Option<String>,
    /// Rooms that are played in at once.
    pub rooms: u32,
    /// Simulated players in each room, 1 to 4; the server's bots have the other seats and act at once.
    pub players_per_room: u8,
    /// How many of this machine's addresses the players come from, 127.1.0.1 and those after it; 0 for its usual one.
    pub addresses: u32,
    /// What the players speak.
    pub contract: Spoken,
    /// How long is measured, after the ramp.
    pub duration: Duration,
    /// How long it takes until all rooms play.
    pub ramp: Duration,
    /// How long players think.
    pub think: Think,
    /// Actions per second in all, at fixed times, whatever the server does (open loop), instead of `think`.
    pub rate: Option<f64>,
    /// Connections that only listen to the live log, to all of it.
    pub live_log_subscribers: u32,
    /// The share of the actions, of one, in which the player drops the connection and comes back.
    pub chaos: f64,
    /// Which bot decides for the players.
    pub level: Difficulty,
    /// Threads of the generator; 0 for one less than there are cores, but one at least.
    pub threads: u16,
    /// The same seed brings the same thinking times and disconnects.
    pub seed: u64,
}

/// Which contracts are spoken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
pub enum Spoken {
    /// Contract *game*, as guests.
    Game,
    /// Contract *battles*, with accounts.
    Battles,
    /// Both in every room.
    Mixed,
}

/// How long players think.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
pub enum Think {
    /// 1 to 3 seconds.
    Normal,
    /// 50 to 150 milliseconds.
    Fast,
    /// Not at all.
    Instant,
}

impl Think {
    /// How long at least, and how much longer at most, in microseconds.
    pub(super) const fn micros(self) -> (u64, u64) {
        match self {
            Self::Normal => (1_000_000, 2_000_000),
            Self::Fast => (50_000, 100_000),
            Self::Instant => (0, 0),
        }
    }
}

impl Plan {
    /// How many players there are in all.
    #[must_use]
    pub fn players(&self) -> u64 {
        u64::from(self.rooms) * u64::from(self.players_per_room)
    }

    /// Where the player of this number comes from; `None` for the machine's usual address.
    pub(super) fn address(&self, player: u64) -> Option<Ipv4Addr> {
        let number = u32::try_from(player.checked_rem(u64::from(self.addresses))?).ok()?;
        Some(Ipv4Addr::from_bits(FIRST_ADDRESS.to_bits() + number))
    }

    /// On how many threads the players live.
    pub(super) fn thread_count(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from).saturating_sub(1).max(1);
        let wanted = if self.threads == 0 { cores() } else { usize::from(self.threads) };
        wanted.min(usize::try_from(self.rooms).unwrap_or(usize::MAX))
    }
}
