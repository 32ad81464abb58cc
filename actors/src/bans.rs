//! Bans: accounts and networks that operators have blocked. All of them are in memory, so that a request costs one hash
//! lookup per prefix length that is banned; the store keeps them.

use std::{
    collections::HashMap,
    fmt,
    net::{IpAddr, Ipv6Addr},
    str::FromStr,
    sync::Arc,
};

use ipnet::IpNet;
use parking_lot::RwLock;
use store::{Store, StoreError, StoredBan};
use tokio::sync::Mutex;
use vocabulary::{AccountId, Timestamp};

/// The target of a ban.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BanTarget {
    /// An account, from any address.
    Account(AccountId),
    /// Everybody in a network, with or without an account.
    Network(IpNet),
}

impl fmt::Display for BanTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(account) => write!(f, "account:{account}"),
            Self::Network(network) => write!(f, "network:{network}"),
        }
    }
}

/// The text is not a target of a ban.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither an account nor a network")]
pub struct ParseBanTargetError;

impl FromStr for BanTarget {
    type Err = ParseBanTargetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let account = |id: &str| id.parse().map(Self::Account).ok();
        let network = |text: &str| text.parse().map(Self::Network).ok();
        let target = text.strip_prefix("account:").and_then(account);
        target.or_else(|| text.strip_prefix("network:").and_then(network)).ok_or(ParseBanTargetError)
    }
}

/// A blocked account or network, with the operator's reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ban {
    /// The id of the ban.
    pub id: String,
    /// The blocked account or network.
    pub target: BanTarget,
    /// The operator's description of the target, such as a username.
    pub subject: String,
    /// The operator's reason.
    pub reason: String,
    /// The username of the operator who set the ban.
    pub banned_by: String,
    /// The time at which the ban was set.
    pub created_at: Timestamp,
    /// The end of the ban; `None` if it lasts until it is lifted.
    pub ends_at: Option<Timestamp>,
}

impl Ban {
    fn is_on(&self, now: Timestamp) -> bool {
        self.ends_at.is_none_or(|end| end > now)
    }

    fn stored(&self) -> StoredBan {
        StoredBan {
            target: self.target.to_string(),
            id: self.id.clone(),
            subject: self.subject.clone(),
            reason: self.reason.clone(),
            banned_by: self.banned_by.clone(),
            created_at: self.created_at,
            ends_at: self.ends_at,
        }
    }

    fn read(stored: StoredBan) -> Result<Self, ParseBanTargetError> {
        Ok(Self {
            target: stored.target.parse()?,
            id: stored.id,
            subject: stored.subject,
            reason: stored.reason,
            banned_by: stored.banned_by,
            created_at: stored.created_at,
            ends_at: stored.ends_at,
        })
    }
}

/// All bans, indexed by what a request is checked for.
#[derive(Default)]
struct Table {
    /// All of them, newest first.
    all: Vec<Arc<Ban>>,
    accounts: HashMap<AccountId, Arc<Ban>>,
    networks: HashMap<IpNet, Arc<Ban>>,
    /// The distinct prefix lengths of banned IPv4 networks and of banned IPv6 networks.
    lengths: [Vec<u8>; 2],
}

impl Table {
    fn new(bans: Vec<Arc<Ban>>) -> Self {
        let mut table = Self::default();
        for ban in &bans {
            match ban.target {
                BanTarget::Account(account) => {
                    table.accounts.insert(account, Arc::clone(ban));
                }
                BanTarget::Network(network) => {
                    let lengths = &mut table.lengths[family(&network.addr())];
                    if !lengths.contains(&network.prefix_len()) {
                        lengths.push(network.prefix_len());
                    }
                    // A lookup cuts the address to each banned length, so the key is cut too.
                    table.networks.insert(network.trunc(), Arc::clone(ban));
                }
            }
        }
        table.all = bans;
        table
    }

    fn of_address(&self, address: IpAddr, now: Timestamp) -> Option<Arc<Ban>> {
        let mut found = self.lengths[family(&address)].iter().filter_map(|length| {
            let network = IpNet::new(address, *length).ok()?.trunc();
            self.networks.get(&network)
        });
        found.find(|ban| ban.is_on(now)).cloned()
    }
}

const fn family(address: &IpAddr) -> usize {
    match address {
        IpAddr::V4(_) => 0,
        IpAddr::V6(_) => 1,
    }
}

/// The bans; cheap to clone. The default has no bans and no store.
#[derive(Clone, Default)]
pub struct Bans(Arc<Shared>);

#[derive(Default)]
struct Shared {
    table: RwLock<Arc<Table>>,
    store: Option<Store>,
    /// Held while the store is changed and reread, so that an older state never replaces a newer one.
    changing: Mutex<()>,
}

impl Bans {
    /// Bans that this store keeps; none apply until they are [loaded](Self::load).
    pub fn new(store: Store) -> Self {
        Self(Arc::new(Shared { table: RwLock::default(), store: Some(store), changing: Mutex::new(()) }))
    }

    /// Loads the bans from the store, and deletes those that have ended.
    ///
    /// # Errors
    /// The store can't be read or written.
    pub async fn load(&self) -> Result<(), StoreError> {
        let Some(store) = &self.0.store else { return Ok(()) };
        let _changing = self.0.changing.lock().await;
        self.read(store).await
    }

    async fn read(&self, store: &Store) -> Result<(), StoreError> {
        store.purge_bans(Timestamp::now()).await?;
        let mut bans = Vec::new();
        for stored in store.bans().await? {
            let target = stored.target.clone();
            match Ban::read(stored) {
                Ok(ban) => bans.push(Arc::new(ban)),
                Err(error) => log::error!("the ban of {target:?} is not applied: the target is {error}"),
            }
        }
        *self.0.table.write() = Arc::new(Table::new(bans));
        Ok(())
    }

    /// Stores a ban, which replaces an earlier one of the same target and applies to every new request and connection.
    ///
    /// # Errors
    /// The store failed; the ban does not apply.
    pub(crate) async fn add(&self, ban: &Ban) -> Result<(), StoreError> {
        let store = self.0.store.as_ref().ok_or_else(|| StoreError::Other("there is no store".to_owned()))?;
        let _changing = self.0.changing.lock().await;
        store.ban(&ban.stored()).await?;
        self.read(store).await
    }

    /// Lifts the ban with this id, and returns whether there was one.
    ///
    /// # Errors
    /// The store failed.
    pub async fn lift(&self, id: &str) -> Result<bool, StoreError> {
        let Some(store) = &self.0.store else { return Ok(false) };
        let _changing = self.0.changing.lock().await;
        let was_there = store.lift_ban(id).await?;
        self.read(store).await?;
        Ok(was_there)
    }

    fn table(&self) -> Arc<Table> {
        Arc::clone(&self.0.table.read())
    }

    /// The bans that have not ended, newest first.
    pub fn all(&self) -> Vec<Arc<Ban>> {
        let now = Timestamp::now();
        self.table().all.iter().filter(|ban| ban.is_on(now)).cloned().collect()
    }

    /// Whether no network is banned, so that addresses need not be checked.
    pub fn is_every_network_free(&self) -> bool {
        self.0.table.read().networks.is_empty()
    }

    /// The ban of a network that contains this address.
    pub fn of_address(&self, address: IpAddr) -> Option<Arc<Ban>> {
        self.table().of_address(address.to_canonical(), Timestamp::now())
    }

    /// The ban of this account.
    pub fn of_account(&self, account: AccountId) -> Option<Arc<Ban>> {
        self.table().accounts.get(&account).filter(|ban| ban.is_on(Timestamp::now())).cloned()
    }
}

/// Parses an address or a network as an operator writes it. An IPv6 address stands for its /64, which belongs to one
/// client.
///
/// # Errors
/// What is wrong with the text, phrased to follow it in a sentence.
pub fn parse_network(text: &str) -> Result<IpNet, &'static str> {
    let text = text.trim();
    let network = match text.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => IpNet::new(IpAddr::V6(address), 64).map_err(|_| NO_NETWORK)?,
        Ok(address) => IpNet::from(address),
        Err(_) => text.parse().map_err(|_| NO_NETWORK)?,
    };
    let is_mapped = matches!(network.addr(), IpAddr::V6(address) if is_mapped(address));
    if is_mapped { Err("must be written as a network of IPv4") } else { Ok(network.trunc()) }
}

const NO_NETWORK: &str = "is neither an address nor a network; write 203.0.113.7 or 203.0.113.0/24";

fn is_mapped(address: Ipv6Addr) -> bool {
    address.to_ipv4_mapped().is_some()
}

/// Whether two networks overlap.
pub fn overlap(one: &IpNet, other: &IpNet) -> bool {
    one.contains(other) || other.contains(one)
}

/// Whether a network contains loopback addresses, from which operators must always be able to connect.
pub fn has_loopback(network: &IpNet) -> bool {
    let [v4, v6] = [IpNet::new(IpAddr::from([127, 0, 0, 0]), 8), IpNet::new(Ipv6Addr::LOCALHOST.into(), 128)];
    [v4, v6].into_iter().flatten().any(|loopback| overlap(&loopback, network))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ban(target: BanTarget, ends_at: Option<Timestamp>) -> Arc<Ban> {
        let text = || "x".to_owned();
        let (id, subject, reason, banned_by) = (text(), text(), text(), text());
        Arc::new(Ban { id, target, subject, reason, banned_by, created_at: Timestamp::now(), ends_at })
    }

    #[test]
    fn an_address_is_found_in_networks_of_every_length_until_their_ban_ends() {
        let (past, now) = (Timestamp(1), Timestamp::now());
        let network = |text: &str| BanTarget::Network(parse_network(text).unwrap());
        let table = Table::new(vec![
            ban(network("203.0.113.0/24"), None),
            ban(network("198.51.100.7"), None),
            ban(network("198.51.100.8"), Some(past)),
            ban(network("2001:db8::1"), None),
        ]);
        for (address, is_banned) in [
            ("203.0.113.9", true),
            ("203.0.114.9", false),
            ("198.51.100.7", true),
            ("198.51.100.8", false),
            ("198.51.100.9", false),
            ("2001:db8::ffff", true),
            ("2001:db8:0:1::1", false),
        ] {
            assert_eq!(table.of_address(address.parse().unwrap(), now).is_some(), is_banned, "{address}");
        }
    }

    #[test]
    fn a_network_is_read_as_operators_write_it() {
        for (text, network) in [
            (" 203.0.113.7 ", "203.0.113.7/32"),
            ("203.0.113.7/24", "203.0.113.0/24"),
            ("::ffff:203.0.113.7", "203.0.113.7/32"),
            ("2001:db8::7", "2001:db8::/64"),
            ("2001:db8::7/128", "2001:db8::7/128"),
        ] {
            assert_eq!(parse_network(text).map(|network| network.to_string()), Ok(network.to_owned()), "{text}");
        }
        for text in ["", "example.org", "203.0.113.0/33", "::ffff:0:0/96"] {
            assert!(parse_network(text).is_err(), "{text}");
        }
    }

    #[test]
    fn loopback_is_recognised_in_every_network_that_has_it() {
        for (text, has_it) in [
            ("127.0.0.1", true),
            ("127.3.0.0/16", true),
            ("0.0.0.0/0", true),
            ("64.0.0.0/2", true),
            ("::/0", true),
            ("::1/128", true),
            ("::1", true),
            ("126.0.0.0/8", false),
            ("2001:db8::/32", false),
        ] {
            assert_eq!(has_loopback(&parse_network(text).unwrap()), has_it, "{text}");
        }
    }

    #[test]
    fn a_target_reads_back() {
        for target in [BanTarget::Account(AccountId::new()), BanTarget::Network("203.0.113.0/24".parse().unwrap())] {
            assert_eq!(target.to_string().parse(), Ok(target));
        }
        for text in ["", "account:", "network:example.org", "203.0.113.7"] {
            assert_eq!(text.parse::<BanTarget>(), Err(ParseBanTargetError), "{text}");
        }
    }
}
