//! Refuses settings that are not safe on the Internet, if `API_ENV` is production.

use std::net::SocketAddr;

use super::{Environment, ServeSettings};

/// A shorter key could be guessed from one token.
pub const MIN_KEY_BYTES: usize = 32;

impl ServeSettings {
    /// Refuses settings that are not safe in production.
    ///
    /// # Errors
    /// A sentence that says what to change.
    pub fn check(&self) -> anyhow::Result<()> {
        self.live_log.check(&self.auth)?;
        self.auth.check()?;
        self.metrics.check()?;
        if !self.is_production() {
            return Ok(());
        }
        if self.auth.keys().next().is_none() {
            anyhow::bail!(
                "there is no AUTH_SECRET_KEY, and API_ENV is production; set it to {MIN_KEY_BYTES} random characters or more"
            );
        }
        if let Some((setting, _)) = self.auth.keys().find(|(_, key)| key.len() < MIN_KEY_BYTES) {
            anyhow::bail!("a key of {setting} is too short for production; give it {MIN_KEY_BYTES} characters or more");
        }
        if self.edge.cors_origins.iter().any(|origin| origin.trim() == "*") {
            anyhow::bail!("CORS_ORIGINS is *, and API_ENV is production; list the sites that may use this server");
        }
        if self.api_debug {
            anyhow::bail!("API_DEBUG is true, and API_ENV is production; set it to false, or unset it");
        }
        Ok(())
    }

    /// Refuses plain HTTP that others than a proxy could read.
    ///
    /// # Errors
    /// A sentence that says what to change.
    pub(crate) fn check_addresses(&self, addresses: &[SocketAddr], has_tls: bool) -> anyhow::Result<()> {
        let open = addresses.iter().find(|address| !address.ip().to_canonical().is_loopback());
        let has_proxies = self.edge.trusted_proxies.iter().any(|proxy| !proxy.trim().is_empty());
        match open {
            Some(address) if self.is_production() && !has_tls && !has_proxies => {
                if self.edge.allow_plaintext {
                    log::warn!("ALLOW_PLAINTEXT is true: passwords and hands travel without TLS");
                    return Ok(());
                }
                anyhow::bail!(
                    "API_ENV is production, and others could read plain HTTP on {address}; set TLS_CERT and TLS_KEY, or \
                     TRUSTED_PROXIES for a proxy that has TLS, or API_HOST=localhost, or ALLOW_PLAINTEXT=true"
                )
            }
            _ => Ok(()),
        }
    }

    /// Whether requests that came over plain HTTP are refused.
    pub(crate) fn requires_tls(&self) -> bool {
        self.is_production() && !self.edge.allow_plaintext
    }

    fn is_production(&self) -> bool {
        self.auth.api_env == Environment::Production
    }
}
