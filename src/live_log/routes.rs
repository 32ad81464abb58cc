//! The operations for services.

use super::ingest;
use crate::rest::endpoint::{Endpoint, endpoints};

pub(crate) const ENDPOINTS: &[Endpoint] = endpoints![
    Services: ingest::put, Unauthorized = "The header X-API-Key must have the key of a service", NotDurable;
];
