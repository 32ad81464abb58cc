//! Standings: statistics over users' finished games. The store keeps them; this module has the rules and the requests.

pub mod ledger;
pub mod rating;
mod routes;
mod views;
pub mod weight;

pub(crate) use rating::level;
pub(crate) use routes::ENDPOINTS;
