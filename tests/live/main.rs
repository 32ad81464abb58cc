//! Contracts live log, chat and state over real sockets, and one game over several contracts at once.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

mod announcements;
mod chat;
mod closed_rooms;
mod crowd;
mod frames;
mod live_log;
mod logins;
mod maintenance;
mod raw;
#[allow(dead_code, unused_imports, reason = "shared with the tests of other contracts")]
#[path = "../support/mod.rs"]
mod shared;
mod speaker;
mod state;
#[allow(dead_code, unused_imports, reason = "shared with the tests of contract battles")]
#[path = "../battles/support/mod.rs"]
mod support;
mod together;
