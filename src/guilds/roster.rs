//! Who belongs to which guild.

use store::{Guild, GuildMember, Guilds, Participation};
use vocabulary::Timestamp;

use super::{Denied, Who, news::find};

/// The guild, and the caller in it.
pub(super) fn membership<'a>(
    guilds: &'a Guilds,
    who: Who<'_>,
    id: &str,
) -> Result<(&'a Guild, &'a GuildMember), Denied> {
    let guild = find(guilds, id).ok_or_else(|| Denied::NoSuchGuild(id.to_owned()))?;
    let member = guilds.members.iter().find(|member| member.account == who.id && member.guild == id);
    Ok((guild, member.ok_or(Denied::NotAMember)?))
}

/// The membership of someone who took part in a game that ended then.
pub(super) fn member_at<'a>(
    ended_at: Timestamp,
    player: &Participation,
    guilds: &'a Guilds,
) -> Option<&'a GuildMember> {
    guilds.members.iter().find(|member| member.account == player.account && member.joined_at <= ended_at)
}
