//! Guilds: clubs of accounts that earn points with finished games, and go to war. The store keeps them; this module has
//! the rules.

mod changes;
mod earnings;
pub(crate) mod ending;
mod membership;
mod news;
mod points;
mod refused;
mod roster;
mod routes;
pub(crate) mod telling;
#[cfg(test)]
mod tests;
mod views;
mod war;

use std::time::Duration;

pub(crate) use self::{earnings::earn, routes::ENDPOINTS};

/// How long a war lasts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WarLength(pub(crate) Duration);

/// An account that does something.
#[derive(Clone, Copy, Debug)]
struct Who<'a> {
    id: &'a str,
    /// The name that others see.
    name: &'a str,
}

/// Why a rule does not allow it.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Denied {
    /// There is no guild with this id.
    NoSuchGuild(String),
    /// Another guild has the name.
    NameTaken,
    /// The account is in this guild.
    AlreadyInGuild(String),
    /// The guild has reached its member limit.
    Full,
    /// The account is not in the guild.
    NotAMember,
    /// The account does not lead the guild.
    LeaderOnly,
    /// The account has only this many points there.
    NotEnoughPoints(i64),
    /// The target is the account's own guild.
    OwnGuild,
    /// This guild is at war.
    AtWar(String),
}
