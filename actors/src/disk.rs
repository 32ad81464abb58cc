//! The disk of the embedded database, measured at intervals. While it is short of space no new game begins, so that the
//! games in progress have the rest.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering},
    },
    time::Duration,
};

use contracts::live_log::report;
use metrics::Gauge;
use store::{Space, Store};
use vocabulary::Denial;

use crate::{
    Limit, LiveLog,
    meters::{as_float, gauge},
};

/// Time between two measurements.
const ROUND: Duration = Duration::from_secs(2);
/// Bytes above the reserve that end a shortage, unless an eighth of the reserve is less.
const MARGIN: u64 = 64 << 20;
/// Suggested wait after a game was refused.
const RETRY: Duration = Duration::from_secs(60);

/// The free space compared with the reserve for games in progress.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DiskState {
    /// At least twice the reserve, or not measured.
    #[default]
    Ample,
    /// Less than twice the reserve.
    Scarce,
    /// Less than the reserve: no new game begins.
    Short,
}

impl DiskState {
    /// All states in the order of their discriminants.
    const ALL: [Self; 3] = [Self::Ample, Self::Scarce, Self::Short];

    /// The name of the state for operators.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ample => "ample",
            Self::Scarce => "scarce",
            Self::Short => "short",
        }
    }

    /// The next state with this many usable bytes. A shortage ends only [`MARGIN`] above the reserve: otherwise the
    /// games that then begin would cause the next one at once.
    fn next(self, usable: u64, reserve: u64) -> Self {
        let margin = if self == Self::Short { MARGIN.min(reserve / 8) } else { 0 };
        let enough = reserve.saturating_add(margin);
        if reserve == 0 || usable >= reserve.saturating_mul(2) {
            Self::Ample
        } else if usable >= enough {
            Self::Scarce
        } else {
            Self::Short
        }
    }
}

/// The last measurement, and what it is compared with.
pub(crate) struct Disk {
    reserve: u64,
    live_log: Arc<LiveLog>,
    state: AtomicU8,
    usable: AtomicU64,
    is_measured: AtomicBool,
}

impl Disk {
    /// A disk that is not measured yet, with this many bytes reserved for games in progress.
    pub(crate) fn new(reserve: u64, live_log: Arc<LiveLog>) -> Arc<Self> {
        let (state, usable, is_measured) = (AtomicU8::default(), AtomicU64::default(), AtomicBool::default());
        Arc::new(Self { reserve, live_log, state, usable, is_measured })
    }

    fn state(&self) -> DiskState {
        DiskState::ALL.get(usize::from(self.state.load(Ordering::Relaxed))).copied().unwrap_or_default()
    }

    fn note(&self, state: DiskState, usable: u64) {
        self.state.store(state as u8, Ordering::Relaxed);
        self.usable.store(usable, Ordering::Relaxed);
        self.is_measured.store(true, Ordering::Relaxed);
    }

    /// Measures the disk of this store's embedded database, and keeps doing so in the current arbiter.
    pub(crate) async fn watch(self: Arc<Self>, store: Store) {
        let meter = gauge("liap_disk_usable_bytes", "Bytes that the embedded database can still take");
        let mut failed = self.measure(&store, &meter, false).await;
        actix::spawn(async move {
            loop {
                tokio::time::sleep(ROUND).await;
                failed = self.measure(&store, &meter, failed).await;
            }
        });
    }

    /// The bytes that the disk can still take, and what that means; `None` until it is measured.
    pub(crate) fn measured(&self) -> Option<(DiskState, u64)> {
        let is_measured = self.is_measured.load(Ordering::Relaxed);
        is_measured.then(|| (self.state(), self.usable.load(Ordering::Relaxed)))
    }

    /// Refuses a new game while the disk is short of space.
    ///
    /// # Errors
    /// [`Denial::LowOnDisk`].
    pub(crate) fn has_space_for_games(&self) -> Result<(), Denial> {
        if self.state() != DiskState::Short {
            return Ok(());
        }
        Limit::DiskReserve.hit();
        Err(Denial::LowOnDisk { retry_after_ms: u64::try_from(RETRY.as_millis()).unwrap_or(u64::MAX) })
    }

    /// Measures once; returns whether that failed.
    async fn measure(&self, store: &Store, meter: &Gauge, had_failed: bool) -> bool {
        match store.space().await {
            Ok(Some(space)) => {
                meter.set(as_float(space.usable()));
                self.note_space(space);
            }
            Ok(None) => {}
            Err(error) => {
                if !had_failed {
                    log::warn!("the free space of the disk can't be measured: {error}");
                }
                return true;
            }
        }
        false
    }

    fn note_space(&self, space: Space) {
        let (usable, reserve) = (space.usable(), self.reserve);
        let before = self.state();
        let state = before.next(usable, reserve);
        self.note(state, usable);
        // It is measured every two seconds, so only changes are logged.
        if state == before {
            return;
        }
        let [usable, reserve] = [usable, reserve].map(|bytes| bytes >> 20);
        match state {
            DiskState::Short => {
                log::error!(
                    "the disk of the database has {usable} MiB left, less than DISK_RESERVE_BYTES ({reserve} MiB): new \
                     games are refused until there is more; make space"
                );
                self.live_log.publish(report::failed("the disk is short of space; new games are refused for now"));
            }
            DiskState::Scarce if before == DiskState::Ample => log::warn!(
                "the disk of the database has {usable} MiB left; new games are refused when it is less than \
                 DISK_RESERVE_BYTES ({reserve} MiB)"
            ),
            DiskState::Scarce | DiskState::Ample => {
                log::info!("the disk of the database has {usable} MiB left; new games are accepted");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn games_are_refused_below_the_reserve_until_an_eighth_more_is_free() {
        let mut state = DiskState::default();
        let mut at = |usable| {
            state = state.next(usable, 800);
            state
        };
        let found = [5_000, 1_600, 1_599, 800, 799, 0, 800, 899, 900, 799, 1_600].map(&mut at);
        use DiskState::{Ample, Scarce, Short};
        assert_eq!(found, [Ample, Ample, Scarce, Scarce, Short, Short, Short, Short, Scarce, Short, Ample]);
    }

    #[test]
    fn without_a_reserve_and_with_the_largest_nothing_overflows() {
        assert_eq!(DiskState::Ample.next(0, 0), DiskState::Ample);
        assert_eq!(DiskState::Short.next(5, 0), DiskState::Ample);
        assert_eq!(DiskState::Ample.next(u64::MAX - 1, u64::MAX), DiskState::Short);
    }
}
