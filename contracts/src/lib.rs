//! The wire contracts: dialects between JSON and the engine's words.
//!
//! Each contract is a folder with the same files: `client` (what they send), `server` (what we send), `decode`
//! (text → [`Request`](vocabulary::Request)), `encode` (notice → text), `error` (the code table), `limits`, and `schema`
//! and `asyncapi`, which describe it all from the types.
//! Nothing below this crate knows a wire field, and no dialect names another.

mod asyncapi;
pub mod battles;
pub mod chat;
mod contract;
mod farewell;
mod fields;
mod flaw;
pub mod game;
pub mod iso8601;
mod limits;
pub mod live_log;
mod malformed;
mod nul;
mod options;
pub mod schema;
mod seconds;
pub mod state;
mod text;

pub use contract::{Arrival, Contract, ContractId, Incoming, Said, Speaker, Spending};
pub use farewell::Farewell;
pub use limits::{Limits, Quota};
pub use malformed::Malformed;
pub use seconds::Seconds;
