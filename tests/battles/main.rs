//! Contract battles over real HTTP: a real server, and a client that is not of the server's library.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

mod admin;
mod admin_command;
mod admin_login;
mod bans;
mod description;
mod first_admin;
mod guilds;
mod kept;
mod limits;
mod lockout;
mod login;
mod operator;
mod rated;
mod refresh;
mod refusals;
mod register;
mod rest;
mod restart;
mod standings;
mod stored;
#[allow(dead_code, unused_imports, reason = "shared with the tests of other contracts")]
#[path = "../support/mod.rs"]
mod support;
mod tokens;
mod users;
mod whole_game;
mod ws;
