//! Who may read the live log, and who may write into it.

use std::sync::Arc;

use actix_web::HttpRequest;

use crate::{
    accounts::Rejected,
    rest::client,
    secret,
    settings::{AuthSettings, LiveLogAuth, LiveLogSettings},
    visitor::{Proof, Visitor},
};

/// The access rules of the settings; cheap to clone.
#[derive(Clone)]
pub(crate) struct Access {
    open: bool,
    /// Hashes, so that comparing takes the same time for every guess, and no key stays in memory.
    keys: Arc<[[u8; 32]]>,
}

impl Access {
    pub(crate) fn new(settings: &LiveLogSettings, auth: &AuthSettings) -> Self {
        Self { open: settings.auth(auth) == LiveLogAuth::Off, keys: settings.keys().map(secret::hash).collect() }
    }

    /// Whether this is the key of a service.
    pub(crate) fn knows(&self, key: &str) -> bool {
        self.keys.contains(&secret::hash(key))
    }

    /// The account of a connection; `None` with a key, or if the log is open.
    ///
    /// # Errors
    /// If the log is not open, and the visitor sends no valid token or key.
    pub(crate) fn admits(&self, visitor: Visitor, request: &HttpRequest) -> Result<Option<Proof>, Rejected> {
        match visitor.proof {
            Ok(Some(proof)) => return Ok(Some(proof)),
            Err(Rejected::Failed(refused)) => return Err(Rejected::Failed(refused)),
            // If nobody has to prove anything, an invalid token does no harm.
            _ if self.open => return Ok(None),
            Err(rejected) => return Err(rejected),
            Ok(None) => {}
        }
        match client::parameter(request, "api_key") {
            Some(key) if self.knows(&key) => Ok(None),
            Some(_) => Err(Rejected::Invalid),
            None => Err(Rejected::Missing),
        }
    }
}
