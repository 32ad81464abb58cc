//! The wire contracts: dialects between JSON and the engine's words.
//!
//! Each contract is a folder with the same files: `client` (what they send), `server` (what we send), `decode`
//! (text → [`Request`](vocabulary::Request)), `encode` (notice → text), `error` (the code table), `limits`, and `schema`
//! and `asyncapi`, which describe it all from the types.
//! Nothing below this crate knows a wire field, and no dialect names another.

mod asyncapi;
pub mod battles;
mod contract;
mod fields;
pub mod game;
mod limits;
mod malformed;
mod options;
pub mod schema;
mod text;

pub use contract::{Contract, ContractId, Farewell, Incoming, Said, Speaker};
pub use limits::Limits;
pub use malformed::Malformed;
