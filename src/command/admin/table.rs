//! Answers as plain tables.

use std::{
    io::{self, Write},
    time::{SystemTime, UNIX_EPOCH},
};

use serde_json::Value;

pub(super) fn rooms_head(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{:<8}  {:<8}  {:<7}  {:>5}  {:>5}  NAME", "ROOM", "STATUS", "SEEN BY", "AGE", "QUIET")
}

/// One line for the room, and one for each player.
pub(super) fn room(out: &mut impl Write, room: &Value) -> io::Result<()> {
    let seen_by = if room["isPublic"] == true { "all" } else { "invited" };
    writeln!(
        out,
        "{:<8}  {:<8}  {seen_by:<7}  {:>5}  {:>5}  {}",
        text(&room["id"]),
        text(&room["status"]),
        since(&room["createdAt"]),
        since(&room["updatedAt"]),
        text(&room["name"])
    )?;
    for player in room["players"].as_array().into_iter().flatten() {
        let kind = if player["isBot"] == true { " (bot)" } else { "" };
        writeln!(out, "  seat {}  {:<36}  {}{kind}", player["seat"], text(&player["id"]), text(&player["name"]))?;
    }
    Ok(())
}

pub(super) fn users(out: &mut impl Write, users: &[Value]) -> io::Result<()> {
    writeln!(out, "{:<36}  {:<5}  {:<7}  {:>5}  {:<32}  NAME", "USER", "ROLE", "BLOCKED", "AGE", "USERNAME")?;
    for user in users {
        let blocked = if user["blocked"] == true { "yes" } else { "no" };
        writeln!(
            out,
            "{:<36}  {:<5}  {blocked:<7}  {:>5}  {:<32}  {}",
            text(&user["id"]),
            text(&user["role"]),
            since(&user["createdAt"]),
            text(&user["username"]),
            text(&user["displayName"])
        )?;
    }
    Ok(())
}

pub(super) fn bans(out: &mut impl Write, bans: &[Value]) -> io::Result<()> {
    writeln!(out, "{:<36}  {:>5}  {:>7}  {:<16}  {:<43}  {:<30}  REASON", "BAN", "AGE", "FOR", "BY", "TARGET", "WHO")?;
    for ban in bans {
        let target = if ban["account"].is_string() { &ban["account"] } else { &ban["network"] };
        writeln!(
            out,
            "{:<36}  {:>5}  {:>7}  {:<16}  {:<43}  {:<30}  {}",
            text(&ban["id"]),
            since(&ban["createdAt"]),
            ban["endsAt"].as_u64().map_or_else(|| "ever".to_owned(), until),
            text(&ban["bannedBy"]),
            text(target),
            text(&ban["subject"]),
            text(&ban["reason"])
        )?;
    }
    Ok(())
}

/// How long it still is until then, in the largest unit that is whole.
pub(super) fn until(milliseconds: u64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let left = u128::from(milliseconds).saturating_sub(now);
    spoken(u64::try_from(left.div_ceil(1_000)).unwrap_or(u64::MAX))
}

/// The text, without what a terminal would take for an order.
pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().replace(char::is_control, "?")
}

/// How long ago that was, in the largest unit that is whole.
fn since(milliseconds: &Value) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    spoken(now.saturating_sub(milliseconds.as_u64().unwrap_or_default() / 1_000))
}

fn spoken(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds}s"),
        60..3_600 => format!("{}m", seconds / 60),
        3_600..86_400 => format!("{}h", seconds / 3_600),
        _ => format!("{}d", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_time_is_told_in_the_largest_unit_that_is_whole() {
        let told = [0, 59, 60, 3_599, 3_600, 86_399, 86_400, 864_000].map(spoken);
        assert_eq!(told, ["0s", "59s", "1m", "59m", "1h", "23h", "1d", "10d"]);
    }

    #[test]
    fn a_name_gives_the_terminal_no_orders() {
        assert_eq!(text(&json!("a\u{1b}[2Jb")), "a?[2Jb");
    }
}
