//! Refusals about guilds, and ids from addresses and bodies.

use contracts::battles::error::{Code, Refusal};
use serde_json::json;
use uuid::Uuid;

use super::Denied;
use crate::rest::answer::Refused;

/// What a failure of the database is about.
pub(super) const GUILDS: &str = "guilds";

impl From<Denied> for Refused {
    fn from(denied: Denied) -> Self {
        let with = |code: Code, details| Refusal::with(code, code.text(), details);
        let refusal = match denied {
            Denied::NoSuchGuild(guild) => Refusal::guild_not_found(&guild),
            Denied::NameTaken => Code::GuildNameTaken.into(),
            Denied::AlreadyInGuild(guild) => with(Code::AlreadyInGuild, json!({ "guildId": guild })),
            Denied::Full => Code::GuildFull.into(),
            Denied::NotAMember => Code::NotAMember.into(),
            Denied::LeaderOnly => Code::LeaderOnly.into(),
            Denied::NotEnoughPoints(balance) => with(Code::NotEnoughPoints, json!({ "balance": balance })),
            Denied::OwnGuild => Refusal::of_field("guildId", "is your own guild"),
            Denied::AtWar(guild) => with(Code::GuildAtWar, json!({ "guildId": guild })),
        };
        refusal.into()
    }
}

/// The id of a guild. A text that is not a valid id belongs to no guild.
pub(super) fn guild_id(text: &str) -> Result<String, Refused> {
    Uuid::parse_str(text).map(|id| id.to_string()).map_err(|_| Refusal::guild_not_found(text).into())
}
