//! What every REST address shares: the one error body, bodies that come in, methods, limits, other sites, and their description.

pub(crate) mod answer;
pub(crate) mod bans;
pub(crate) mod body;
pub(crate) mod client;
pub(crate) mod cors;
pub(crate) mod handshake;
pub(crate) mod headers;
pub(crate) mod host;
pub(crate) mod limit;
pub(crate) mod mistakes;
pub(crate) mod openapi;
pub(crate) mod origin;
pub(crate) mod page;
pub(crate) mod query;
pub(crate) mod request_id;
pub(crate) mod transport;
pub(crate) mod work;
