//! Standings: what users' finished games came to. The store keeps them; here is how a game changes them, and who may see them.

pub mod ledger;
pub mod rating;
mod routes;
mod views;
pub mod weight;

pub(crate) use rating::level;
pub(crate) use routes::ENDPOINTS;
