//! The service: command line, settings, HTTP routes, start and stop.

mod accounts;
mod admin;
mod battles;
pub mod command;
mod gate;
mod guilds;
mod http;
mod listen;
mod live_log;
mod logging;
mod monitoring;
mod page;
mod process;
mod ready;
mod rest;
mod server;
pub mod settings;
pub mod standings;
pub mod startup;
mod tls;
mod upgrade;
mod watch;
