//! Contract state, a test per clause.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

mod acting;
mod connecting;
mod following;
mod hands;
mod limits;
mod mistakes;
mod removing;
mod restart;
mod seats;
#[allow(dead_code, unused_imports, reason = "shared with the tests of other contracts")]
#[path = "../support/mod.rs"]
mod support;
mod tokens;
