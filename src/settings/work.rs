//! How much work clients may ask for.

use actors::{Settings, WorkRate};
use clap::{Args, value_parser};

use super::ENGINE;

/// How much work clients may ask for: answers of a size that they choose count with their bytes, each fact that is folded
/// for them with 2 KiB, each millisecond of another thread with 500 KiB.
#[derive(Args, Clone, Debug)]
pub struct WorkSettings {
    /// KiB of work per second that one connection may ask for (missed events, lists, lookups; a folded fact counts as 2 KiB); 0 = no limit.
    #[arg(long, env = "WORK_KIB_PER_SECOND", default_value_t = kib(ENGINE.connection_work.per_second), value_parser = value_parser!(u32).range(..=1_000_000_000))]
    pub work_kib_per_second: u32,
    /// KiB of work that one connection may ask for at once, beyond WORK_KIB_PER_SECOND.
    #[arg(long, env = "WORK_KIB_AT_ONCE", default_value_t = kib(ENGINE.connection_work.burst), value_parser = value_parser!(u32).range(1..=1_000_000_000))]
    pub work_kib_at_once: u32,
    /// KiB of work per second that all connections and requests of one address may ask for; 0 = no limit.
    #[arg(long, env = "ADDRESS_WORK_KIB_PER_SECOND", default_value_t = kib(ENGINE.network_work.per_second), value_parser = value_parser!(u32).range(..=1_000_000_000))]
    pub address_work_kib_per_second: u32,
    /// KiB of work that all connections and requests of one address may ask for at once.
    #[arg(long, env = "ADDRESS_WORK_KIB_AT_ONCE", default_value_t = kib(ENGINE.network_work.burst), value_parser = value_parser!(u32).range(1..=1_000_000_000))]
    pub address_work_kib_at_once: u32,
}

impl WorkSettings {
    /// Their part of the engine's settings.
    pub(super) fn apply(&self, settings: &mut Settings) {
        settings.connection_work = rate(self.work_kib_per_second, self.work_kib_at_once);
        settings.network_work = rate(self.address_work_kib_per_second, self.address_work_kib_at_once);
    }
}

/// Whole KiB, as a flag has them.
fn kib(bytes: u64) -> u32 {
    u32::try_from(bytes >> 10).unwrap_or(u32::MAX)
}

fn rate(per_second: u32, at_once: u32) -> WorkRate {
    WorkRate { per_second: u64::from(per_second) << 10, burst: u64::from(at_once) << 10 }
}
