//! Battles over HTTP, address by address.

mod acting;
mod creating;
mod forfeiting;
mod guests;
mod hints;
mod history;
mod joining;
mod kicking;
mod limits;
mod listing;
mod looking;
mod permission;
mod refusing;
mod replays;
mod rooms;
mod starting;

pub(crate) use self::replays::deals_are_fair;
