//! The rate of messages that each source may put into the live log. Messages above it are counted, and neither stored
//! nor delivered, so that one client can't fill the log with what happens in its rooms.

use std::time::{Duration, Instant};

use vocabulary::{AccountId, LogKind, RoomId};

use crate::{Limit, Network, window::Window};

const MINUTE: Duration = Duration::from_secs(60);

/// The source of messages, which share one rate.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Source {
    /// The rooms that clients of one network created over a connection.
    Network(Network),
    /// An account: its chat messages, its presence, and the rooms that it created over REST.
    Account(AccountId),
    /// A room whose creator is unknown, because the server has been restarted since.
    Room(RoomId),
    /// A guild, by its id.
    Guild(String),
}

/// The rate of each source, for each type of message.
pub(super) struct Rate(Option<Window<(Source, LogKind)>>);

impl Rate {
    /// Messages of one type that a source may make per minute; 0 = no limit.
    pub(super) fn per_minute(messages: u32) -> Self {
        Self((messages > 0).then(|| Window::new(messages, MINUTE)))
    }

    /// Counts a message, and returns whether it is within the rate.
    pub(super) fn admits(&self, source: Source, kind: LogKind) -> bool {
        let passed = self.0.as_ref().is_none_or(|window| window.take((source, kind), Instant::now()).passed);
        if !passed {
            Limit::LiveLogSource.hit();
        }
        passed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_and_types_do_not_count_for_each_other() {
        let rate = Rate::per_minute(2);
        let [one, other] = [(); 2].map(|()| Source::Account(AccountId::new()));
        assert!(rate.admits(one.clone(), LogKind::Raid) && rate.admits(one.clone(), LogKind::Raid));
        assert!(!rate.admits(one.clone(), LogKind::Raid));
        assert!(rate.admits(one, LogKind::Party));
        assert!(rate.admits(other, LogKind::Raid));
    }

    #[test]
    fn without_a_rate_everything_passes() {
        let rate = Rate::per_minute(0);
        let guild = Source::Guild("guild".to_owned());
        assert!((0..10_000).all(|_| rate.admits(guild.clone(), LogKind::Guild)));
    }
}
