//! What a crash may not take: real server processes are killed, their disk fills up, their database goes away.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, missing_docs, reason = "tests")]

mod disk_full;
mod gone;
mod outage;
mod postgres;
mod ready;
#[allow(dead_code, unused_imports, reason = "shared with the tests of other contracts")]
#[path = "../support/mod.rs"]
mod shared;
mod sigkill;
mod sigterm;
mod support;
mod torn;
mod unreadable;
