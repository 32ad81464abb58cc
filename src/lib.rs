//! The service: command line, settings, HTTP routes, start and stop.

pub mod command;
mod http;
mod listen;
pub mod settings;
pub mod startup;
mod upgrade;
