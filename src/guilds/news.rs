//! Events of guilds for the live log, which are stored together with the change itself.

use serde_json::{Value, json};
use store::{Guild, GuildEvent, Guilds};
use vocabulary::Timestamp;

use super::points::level;

/// Notes an event of a guild, under its present name and level.
pub(super) fn tell(guilds: &mut Guilds, guild: &str, event: &str, facts: &Value, at: Timestamp) {
    let Some(Guild { id, name, points, .. }) = find(guilds, guild) else { return };
    let event = GuildEvent {
        at,
        guild: id.clone(),
        guild_name: name.clone(),
        guild_level: level(*points),
        event: event.to_owned(),
        data: facts.to_string(),
    };
    guilds.news.push(event);
}

/// The guild with this id.
pub(super) fn find<'a>(guilds: &'a Guilds, id: &str) -> Option<&'a Guild> {
    guilds.guilds.iter().find(|guild| guild.id == id)
}

/// Adds points to a guild; a higher level is news.
pub(super) fn add(guilds: &mut Guilds, guild: &str, points: i64, at: Timestamp) {
    let Some(found) = guilds.guilds.iter_mut().find(|other| other.id == guild) else { return };
    let before = level(found.points);
    found.points = found.points.saturating_add(points);
    let (after, points) = (level(found.points), found.points);
    if after > before {
        tell(guilds, guild, "upgrade_complete", &json!({ "level": after, "points": points }), at);
    }
}
