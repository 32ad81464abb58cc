//! What the rules do not allow, as answers, and guilds' ids out of addresses and bodies.

use contracts::battles::error::{Code, Refusal};
use serde_json::json;
use uuid::Uuid;

use super::Denied;
use crate::rest::answer::Refused;

impl From<Denied> for Refused {
    fn from(denied: Denied) -> Self {
        let refusal = match denied {
            Denied::NoSuchGuild(guild) => Refusal::guild_not_found(&guild),
            Denied::NameTaken => Refusal::new(Code::GuildNameTaken, "another guild has this name"),
            Denied::AlreadyInGuild(guild) => {
                Refusal::with(Code::AlreadyInGuild, "you are in a guild; leave it first", json!({ "guildId": guild }))
            }
            Denied::Full => Refusal::new(Code::GuildFull, "the guild has as many members as it may"),
            Denied::NotAMember => Refusal::new(Code::NotAMember, "you are not in this guild"),
            Denied::LeaderOnly => Refusal::new(Code::LeaderOnly, "only the leader of the guild may do that"),
            Denied::NotEnoughPoints(balance) => {
                let message = "you have fewer points in the guild than that";
                Refusal::with(Code::NotEnoughPoints, message, json!({ "balance": balance }))
            }
            Denied::OwnGuild => Refusal::of_field("guildId", "is your own guild"),
            Denied::AtWar(guild) => {
                Refusal::with(Code::GuildAtWar, "a guild is in one war at a time", json!({ "guildId": guild }))
            }
        };
        refusal.into()
    }
}

/// The id of a guild; a text that can't be one names none.
pub(super) fn guild_id(text: &str) -> Result<String, Refused> {
    Uuid::parse_str(text).map(|id| id.to_string()).map_err(|_| Refusal::guild_not_found(text).into())
}
