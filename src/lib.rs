//! The service: command line, settings, HTTP routes, start and stop.

mod accounts;
mod admin;
pub mod command;
mod http;
mod listen;
mod rest;
pub mod settings;
pub mod startup;
mod upgrade;
