//! The store from outside. All that both databases must do is tested on both, under the same name.
#![allow(clippy::unwrap_used, reason = "a test may fail by it")]

mod accounts;
mod bans;
mod damage;
mod games;
mod guild_points;
mod guilds;
mod journal;
mod kept_games;
mod known_places;
mod message_model;
mod message_search;
mod message_sweep;
mod messages;
mod moved;
mod opening;
mod place;
mod postgres;
mod space;
mod standings;
mod swept;
mod trouble;
