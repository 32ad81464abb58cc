//! Contract *live log*, a test per clause.

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
mod parties;
mod people;
mod privacy;
mod raids;
mod search;
mod services;
mod sources;
mod subscribing;
