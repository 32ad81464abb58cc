//! Budgets of work, in bytes, for each connection and each network. An answer whose size the client chooses costs its
//! bytes, and each fact that is folded for it costs [`Cost::FACT`] bytes. A request is accepted while both payers owe
//! less than their burst, and charged afterwards for what it has cost.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use dashmap::DashMap;
use parking_lot::Mutex;
use vocabulary::Denial;

use crate::{Limit, Network, window::too_many};

/// Networks with a budget of their own. Further networks share one budget until others have paid.
const NETWORKS: usize = 50_000;
/// Shortest time between two searches for networks that owe nothing, once there are [`NETWORKS`].
const SWEEP: Duration = Duration::from_secs(1);

/// The cost of a request, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Cost(u64);

impl Cost {
    /// The cost of folding a fact, which takes about as long as sending this many bytes.
    pub const FACT: u64 = 2 * 1024;
    /// The cost of a microsecond on another thread.
    pub const MICROSECOND: u64 = 512;
    /// The cost of reading one row of the store.
    pub const ROW: Self = Self(4 * 1024);
    /// The cost of a query beside its answer, and of reading the record of a game.
    pub const LOOKUP: Self = Self(64 * 1024);

    /// The cost of an answer of this many bytes.
    pub fn bytes(bytes: usize) -> Self {
        Self(u64::try_from(bytes).unwrap_or(u64::MAX))
    }

    /// The cost of work that took this long.
    pub fn time(time: Duration) -> Self {
        Self(u64::try_from(time.as_micros()).unwrap_or(u64::MAX).saturating_mul(Self::MICROSECOND))
    }

    /// The cost of folding this many facts.
    pub fn facts(facts: usize) -> Self {
        Self(u64::try_from(facts).unwrap_or(u64::MAX).saturating_mul(Self::FACT))
    }
}

impl std::ops::Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// The rate at which a payer's debt is paid, and the debt that it may have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WorkRate {
    /// Bytes per second; 0 = no limit.
    pub per_second: u64,
    /// Bytes that may be owed.
    pub burst: u64,
}

impl WorkRate {
    fn nanoseconds(self, bytes: u64) -> u64 {
        let nanoseconds = u128::from(bytes) * 1_000_000_000 / u128::from(self.per_second.max(1));
        u64::try_from(nanoseconds).unwrap_or(u64::MAX)
    }
}

/// The debt of one payer: the moment at which all of it is paid, in nanoseconds since the engine started.
#[derive(Debug, Default)]
struct Debt(AtomicU64);

impl Debt {
    /// The wait until the next request is accepted; `None` if it is now.
    fn wait(&self, rate: WorkRate, now: u64) -> Option<Duration> {
        let owed = self.0.load(Ordering::Relaxed).saturating_sub(now);
        let allowed = rate.nanoseconds(rate.burst);
        (rate.per_second > 0 && owed > allowed).then(|| Duration::from_nanos(owed - allowed))
    }

    fn charge(&self, cost: Cost, rate: WorkRate, now: u64) {
        if rate.per_second == 0 {
            return;
        }
        let price = rate.nanoseconds(cost.0);
        // A payer without debt starts from now: idle time earns no credit beyond the burst.
        let add = |paid_at: u64| Some(paid_at.max(now).saturating_add(price));
        // The closure always returns a value, so this can't fail.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }

    fn is_paid(&self, now: u64) -> bool {
        self.0.load(Ordering::Relaxed) <= now
    }
}

/// The budgets of all networks.
pub struct Costs {
    connection: WorkRate,
    network: WorkRate,
    started: Instant,
    networks: DashMap<Network, Debt>,
    /// Shared by the networks that do not fit into the map.
    others: Debt,
    swept: Mutex<Option<Instant>>,
}

impl Costs {
    /// No network owes anything yet. The rates are those of one connection and of one network.
    pub(crate) fn new(connection: WorkRate, network: WorkRate) -> Self {
        Self {
            connection,
            network,
            started: Instant::now(),
            networks: DashMap::new(),
            others: Debt::default(),
            swept: Mutex::new(None),
        }
    }

    /// Checks whether a network may ask for more work. A refusal is counted.
    ///
    /// # Errors
    /// [`Denial::RateLimited`] with the time until it may.
    pub fn check(&self, network: Network) -> Result<(), Denial> {
        refuse(self.network, self.wait_of(network))
    }

    /// Charges a network for work that was done without a connection.
    pub fn charge(&self, network: Network, cost: Cost) {
        let (now, rate) = (self.now(), self.network);
        if let Some(debt) = self.networks.get(&network) {
            return debt.charge(cost, rate, now);
        }
        // A client may have more networks than there is memory for.
        if self.networks.len() >= NETWORKS && !self.make_room(now) {
            return self.others.charge(cost, rate, now);
        }
        self.networks.entry(network).or_default().charge(cost, rate, now);
    }

    fn wait_of(&self, network: Network) -> Option<Duration> {
        let now = self.now();
        match self.networks.get(&network) {
            Some(debt) => debt.wait(self.network, now),
            None if self.networks.len() >= NETWORKS => self.others.wait(self.network, now),
            None => None,
        }
    }

    /// Drops networks that owe nothing, and returns whether there is a free place then.
    fn make_room(&self, now: u64) -> bool {
        let mut swept = self.swept.lock();
        if swept.is_none_or(|swept| swept.elapsed() >= SWEEP) {
            *swept = Some(Instant::now());
            self.networks.retain(|_, debt| !debt.is_paid(now));
        }
        self.networks.len() < NETWORKS
    }

    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }
}

/// The budgets of one connection and its network.
pub(crate) struct Allowance {
    costs: Arc<Costs>,
    network: Network,
    own: Debt,
}

impl Allowance {
    pub(crate) fn new(costs: &Arc<Costs>, network: Network) -> Self {
        Self { costs: Arc::clone(costs), network, own: Debt::default() }
    }

    /// Checks whether the connection and its network may ask for more work. A refusal is counted.
    ///
    /// # Errors
    /// [`Denial::RateLimited`] with the time until they may.
    pub(crate) fn check(&self) -> Result<(), Denial> {
        let costs = &self.costs;
        refuse(costs.connection, self.own.wait(costs.connection, costs.now()))?;
        costs.check(self.network)
    }

    /// Charges the connection and its network for work that was done.
    pub(crate) fn charge(&self, cost: Cost) {
        self.own.charge(cost, self.costs.connection, self.costs.now());
        self.costs.charge(self.network, cost);
    }
}

/// Refuses work until this time has passed. The limit in the denial is in KiB per second.
fn refuse(rate: WorkRate, wait: Option<Duration>) -> Result<(), Denial> {
    let Some(wait) = wait else { return Ok(()) };
    Limit::Work.hit();
    let kib = u32::try_from(rate.per_second / 1024).unwrap_or(u32::MAX);
    // Rounded up, so that a client that waits exactly this long is not refused again.
    Err(too_many(kib, Duration::from_secs(1), wait + Duration::from_millis(1)))
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;

    const SECOND: u64 = 1_000_000_000;
    const RATE: WorkRate = WorkRate { per_second: 1_000, burst: 4_000 };

    fn network(number: u32) -> Network {
        Network::from(IpAddr::V4(Ipv4Addr::from_bits(number)))
    }

    #[test]
    fn a_request_is_taken_until_the_burst_is_owed_and_again_when_it_is_paid() {
        let debt = Debt::default();
        debt.charge(Cost(4_000), RATE, 0);
        assert_eq!(debt.wait(RATE, 0), None, "the burst itself may be owed");
        debt.charge(Cost(2_000), RATE, 0);
        assert_eq!(debt.wait(RATE, 0), Some(Duration::from_secs(2)));
        assert_eq!(debt.wait(RATE, SECOND), Some(Duration::from_secs(1)));
        assert_eq!(debt.wait(RATE, 2 * SECOND), None);
        assert!(!debt.is_paid(5 * SECOND) && debt.is_paid(6 * SECOND));
    }

    #[test]
    fn a_rate_of_0_is_no_limit() {
        let debt = Debt::default();
        let off = WorkRate { per_second: 0, ..RATE };
        debt.charge(Cost(u64::MAX), off, 0);
        assert_eq!(debt.wait(off, 0), None);
    }

    #[test]
    fn a_connection_pays_for_itself_and_all_of_a_network_pay_together() {
        let connection_work = WorkRate { per_second: 1_024, burst: 10_000 };
        let network_work = WorkRate { per_second: 2_048, burst: 15_000 };
        let costs = Arc::new(Costs::new(connection_work, network_work));
        let [one, two] = [1, 1].map(|at| Allowance::new(&costs, network(at)));
        let elsewhere = Allowance::new(&costs, network(2));
        one.charge(Cost(14_000));
        let limit = |refused: Result<(), Denial>| match refused {
            Err(Denial::RateLimited { limit, retry_after_ms, .. }) => (limit, retry_after_ms > 1),
            _ => panic!("not refused"),
        };
        assert_eq!(limit(one.check()), (1, true));
        assert!(two.check().is_ok());
        two.charge(Cost(9_000));
        assert_eq!(limit(two.check()), (2, true), "the network owes too much");
        assert!(elsewhere.check().is_ok());
    }

    #[test]
    fn the_number_of_networks_is_bounded_and_the_rest_share_one_budget() {
        let costs = Costs::new(RATE, RATE);
        for number in 0..NETWORKS + 10 {
            costs.charge(network(u32::try_from(number).unwrap()), Cost(900_000_000));
        }
        assert_eq!(costs.networks.len(), NETWORKS);
        assert!(costs.check(network(u32::MAX)).is_err(), "they share a budget, which is spent");
    }
}
