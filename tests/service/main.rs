//! The service over real sockets: one folder per concern, one file per topic. Each test has a server of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

mod game;
mod journal;
mod limits;
mod pipes;
mod process;
#[allow(dead_code, unused_imports, reason = "shared with the tests of other contracts")]
#[path = "../support/mod.rs"]
mod shared;
mod support;
mod whole_games;
