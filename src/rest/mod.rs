//! What all REST addresses share: the error body, request bodies, methods, limits, other sites, and how they are
//! described.

pub(crate) mod answer;
pub(crate) mod bans;
pub(crate) mod body;
pub(crate) mod client;
pub(crate) mod cors;
pub(crate) mod endpoint;
pub(crate) mod handshake;
pub(crate) mod headers;
pub(crate) mod host;
pub(crate) mod mistakes;
pub(crate) mod origin;
pub(crate) mod page;
pub(crate) mod query;
pub(crate) mod rates;
pub(crate) mod request_id;
pub(crate) mod transport;
pub(crate) mod work;
