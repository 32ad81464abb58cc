//! Contract *game* (`003`), clause by clause; its limits, and what is kept of its games.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

mod bad_input;
mod chatting;
mod clock;
mod coming_back;
mod connecting;
mod journal;
mod limits;
mod lobby;
mod machine_pause;
mod names;
mod playing;
mod refusals;
mod removing;
mod repeats;
mod rooms;
mod starting;
#[allow(dead_code, unused_imports, reason = "shared with the tests of other contracts")]
#[path = "../support/mod.rs"]
mod support;
mod synchronising;
mod versions;
mod whole_games;
