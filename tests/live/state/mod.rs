//! Contract state, a test per clause.

mod acting;
mod connecting;
pub(crate) mod device;
mod following;
mod hands;
mod limits;
mod mistakes;
mod removing;
mod restart;
mod seats;
mod tokens;
