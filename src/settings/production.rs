//! What is not safe before strangers: refused, or at least said, when `API_ENV` is production.

use super::{Environment, ServeSettings};

/// A shorter key could be guessed from one token.
pub const MIN_KEY_BYTES: usize = 32;

impl ServeSettings {
    /// Refuses what must not be in production.
    ///
    /// # Errors
    /// A sentence that says what to change.
    pub fn check(&self) -> anyhow::Result<()> {
        self.live_log.check(&self.auth)?;
        self.auth.check()?;
        if self.auth.api_env != Environment::Production {
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
        if self.edge.tls_cert.is_none() && self.edge.trusted_proxies.is_empty() {
            log::warn!(
                "passwords travel without TLS; set TLS_CERT and TLS_KEY, or TRUSTED_PROXIES when a proxy has TLS"
            );
        }
        Ok(())
    }
}
