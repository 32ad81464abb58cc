//! The service: command line, settings, HTTP routes, start and stop.

pub mod command;
mod http;
pub mod settings;
pub mod startup;
mod upgrade;
