//! The wire contracts: five translations between JSON and the engine's own types.
//!
//! Each contract is a folder with the same files: `client` (what clients send), `server` (what the server sends), `decode`
//! (text → [`Request`](vocabulary::Request)), `encode` (notice → text), `error` (the table of codes), `limits` (the
//! defaults of its limits), and `schema` and `asyncapi`, which generate its documents from the types. Nothing below this
//! crate knows a wire field, and no contract knows another.

#![deny(clippy::wildcard_enum_match_arm, reason = "a new denial, notice or farewell must be decided by every contract")]

mod asked;
mod asyncapi;
pub mod battles;
pub mod chat;
mod codes;
mod contract;
mod dispatch;
mod documents;
mod farewell;
mod fields;
mod flaw;
pub mod game;
pub mod iso8601;
mod limits;
pub mod live_log;
mod malformed;
mod nul;
mod openapi;
mod options;
mod piece;
mod reasons;
mod schema;
mod seconds;
mod shapes;
pub mod state;
mod text;

pub use contract::{Arrival, Contract, ContractId, Incoming, Said, Speaker, Spending};
pub use documents::documents;
pub use farewell::Farewell;
pub use limits::{Limits, Quota};
pub use malformed::Malformed;
pub use seconds::Seconds;
