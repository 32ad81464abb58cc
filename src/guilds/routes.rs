//! The operations on guilds.

use super::{changes, views};
use crate::rest::endpoint::{Endpoint, endpoints};

pub(crate) const ENDPOINTS: &[Endpoint] = endpoints![
    Others: views::guilds;
    Creation: changes::found, GuildNameTaken, AlreadyInGuild;
    Others: views::guild, GuildNotFound;
    Actions: changes::join_guild, GuildNotFound, AlreadyInGuild, GuildFull;
    Actions: changes::leave_guild, GuildNotFound, NotAMember;
    Actions: changes::deposit, GuildNotFound, NotAMember,
        NotEnoughPoints = "You have fewer points in the guild; `details.balance` says how many";
    Actions: changes::declare_war, NotAMember, LeaderOnly,
        GuildNotFound = "There is no such guild; `details` says which of the two",
        GuildAtWar = "A guild can be in one war at a time; `details` says which of the two is in one";
];
