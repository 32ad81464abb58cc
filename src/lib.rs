//! The service: command line, settings, HTTP routes, start and stop.

mod accounts;
mod admin;
mod battles;
pub mod command;
mod gate;
mod guilds;
mod http;
mod limit;
mod listen;
mod live_log;
mod logging;
mod monitoring;
mod openapi;
mod page;
mod process;
mod ready;
mod rest;
mod secret;
mod server;
pub mod settings;
pub mod standings;
pub mod startup;
mod tls;
mod upgrade;
mod visitor;
mod watch;
