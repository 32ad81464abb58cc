//! Contract *live log*, a test per clause.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

mod admission;
mod clock;
mod connecting;
mod counting;
mod errors;
mod guilds;
mod history;
mod keeping;
mod limits;
mod listener;
mod many_rooms;
mod parties;
mod people;
mod privacy;
mod raids;
mod search;
mod services;
mod sources;
mod subscribing;
#[allow(dead_code, unused_imports, reason = "shared with the tests of other contracts")]
#[path = "../support/mod.rs"]
mod support;
