//! What is not safe before strangers: refused, or at least said, when `API_ENV` is production.

use super::{Environment, ServeSettings};

impl ServeSettings {
    /// Refuses what must not be in production. The signing key is checked where it is read.
    ///
    /// # Errors
    /// A sentence that says what to change.
    pub fn check(&self) -> anyhow::Result<()> {
        if self.auth.api_env != Environment::Production {
            return Ok(());
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
