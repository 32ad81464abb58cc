//! Where a login comes from, and whether its account knows that place.

use actix_web::HttpRequest;
use actors::Network;
use store::Account;

use super::{Accounts, guesses::Source, places::Acquaintance};
use crate::rest::{answer::Refused, client, rates::RateLimits};

/// Where a login comes from.
pub(super) struct Visit {
    network: Network,
    acquaintance: Acquaintance,
    /// The browser, if the account has logged in with it.
    device: Option<String>,
    /// Whether the account has logged in from this network or with this browser.
    pub(super) is_known: bool,
}

impl Visit {
    /// For an account that this request creates.
    pub(super) fn first(request: &HttpRequest) -> Self {
        let network = Network::from(client::address(request));
        Self { network, acquaintance: Acquaintance::NEW, device: None, is_known: false }
    }

    /// Looks up whether the account knows the place, and counts the login if the limit left that to the handler. For an
    /// unknown username it does the same work; a blocked account knows no place.
    pub(super) async fn of(
        accounts: &Accounts,
        limits: &RateLimits,
        request: &HttpRequest,
        account: Option<&Account>,
    ) -> Result<Self, Refused> {
        let network = Network::from(client::address(request));
        let acquaintance = accounts.acquaintance(account, network).await?;
        let account = account.filter(|account| !account.blocked);
        let named = accounts.device(request);
        let is_named = named.is_some();
        let own = named.filter(|device| account.is_some_and(|account| account.id == device.account));
        let device = own.map(|device| device.number);
        if is_named {
            limits.on_device(request, device.as_deref())?;
        }
        let is_known = account.is_some() && (acquaintance.is_known || device.is_some());
        Ok(Self { network, acquaintance, device, is_known })
    }

    /// What wrong passwords count for. Those of others at its address do not count for a browser.
    pub(super) fn source(&self) -> Source {
        self.device.clone().map_or(Source::Network(self.network), Source::Device)
    }

    /// Notes that the account has logged in from here.
    pub(super) async fn note(&self, accounts: &Accounts, account: &str) {
        accounts.note_place(account, self.network, self.acquaintance).await;
    }
}
