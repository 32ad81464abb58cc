//! The service over real sockets: one folder per concern, one file per topic. Each test has a server of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

mod game;
mod journal;
mod limits;
mod pipes;
mod process;
mod support;
mod whole_games;
