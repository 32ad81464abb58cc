//! What stands between the network and the contracts: sockets, HTTP, TLS, addresses, the process itself; and what operators
//! and players of one game see in all contracts at once.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

mod announcements;
mod closed_rooms;
mod cross_origin;
mod crowd;
mod crowd_of_all_contracts;
mod disk;
mod frames;
mod handshakes;
mod headers;
mod hosts;
mod limits;
mod logins;
mod maintenance;
mod mistakes;
mod noise;
mod nul;
mod ordinary_pages;
mod page;
mod pipes;
mod plain_http;
mod process;
mod proxies;
mod raw;
mod renewal;
mod request_ids;
#[allow(dead_code, unused_imports, reason = "shared with the tests of other contracts")]
#[path = "../support/mod.rs"]
mod support;
mod time;
mod tls;
mod together;
mod unread;
mod upgrades;
