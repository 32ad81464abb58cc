//! What an operator can have done, each as requests and words.

use std::io::Write;

use contracts::battles::client::is_username;
use serde_json::{Value, json};
use vocabulary::{AccountId, RoomId};

use super::{SaidNo, secret::NewPassword, server::Server, table};
use crate::command::output::output;

/// So many rooms are asked for at once.
const PAGE: usize = 200;

/// Page by page, so that the list may be of any length.
pub(super) fn rooms(server: &Server, status: Option<&str>) -> anyhow::Result<()> {
    let status = status.map(|status| format!("&status={status}")).unwrap_or_default();
    let mut out = output();
    table::rooms_head(&mut out)?;
    for page in 0.. {
        let rooms = server.get(&format!("/admin/rooms?limit={PAGE}&offset={}{status}", page * PAGE))?;
        let rooms = rooms.as_array().map(Vec::as_slice).unwrap_or_default();
        for room in rooms {
            table::room(&mut out, room)?;
        }
        if rooms.len() < PAGE {
            break;
        }
    }
    Ok(())
}

pub(super) fn close(server: &Server, room: &str) -> anyhow::Result<()> {
    let room: RoomId =
        room.to_ascii_uppercase().parse().map_err(|error| anyhow::anyhow!("`{room}` is none: {error}"))?;
    server.delete(&format!("/admin/rooms/{room}"))?;
    say(format_args!("room {room} is closed"))
}

pub(super) fn broadcast(server: &Server, message: &str, severity: &str, duration: u64) -> anyhow::Result<()> {
    let broadcast = json!({ "message": message, "severity": severity, "durationSeconds": duration });
    let told = server.post("/admin/broadcast", &broadcast)?;
    say(format_args!("{} connections were told", told["reached"]))
}

pub(super) fn end_broadcast(server: &Server) -> anyhow::Result<()> {
    server.delete("/admin/broadcast")?;
    say(format_args!("the announcement is withdrawn"))
}

pub(super) fn maintenance(server: &Server, event: &str, at: Option<&str>, duration: u64) -> anyhow::Result<()> {
    let plan = json!({ "event": event, "scheduledTime": at, "duration": duration });
    let planned = server.post("/admin/maintenance", &plan)?;
    let begins = table::text(&planned["scheduledTime"]);
    say(format_args!("planned from {begins} on; {} connections were told", planned["reached"]))
}

pub(super) fn end_maintenance(server: &Server) -> anyhow::Result<()> {
    server.delete("/admin/maintenance")?;
    say(format_args!("the pause is over"))
}

pub(super) fn users(server: &Server, name: &str) -> anyhow::Result<()> {
    let user = by_username(server, name)?;
    Ok(table::users(&mut output(), &[user])?)
}

pub(super) fn block(server: &Server, user: &str) -> anyhow::Result<()> {
    let account = server.post(&format!("/admin/users/{}/block", id_of(server, user)?), &json!({}))?;
    say(format_args!("{} is blocked", table::text(&account["username"])))
}

pub(super) fn unblock(server: &Server, user: &str) -> anyhow::Result<()> {
    let account = server.post(&format!("/admin/users/{}/unblock", id_of(server, user)?), &json!({}))?;
    say(format_args!("{} is no longer blocked", table::text(&account["username"])))
}

/// The user is looked for before anybody has to think of a password.
pub(super) fn reset_password(
    server: &Server,
    user: &str,
    new: impl FnOnce(&str) -> anyhow::Result<NewPassword>,
) -> anyhow::Result<()> {
    let path = format!("/admin/users/{}/password", id_of(server, user)?);
    let new = new(user)?;
    server.post(&path, &json!({ "password": new.text() }))?;
    match new {
        NewPassword::MadeUp(password) => say(format_args!("the password of {user} is now {password}")),
        NewPassword::Chosen(_) => say(format_args!("{user} has the new password")),
    }
}

fn id_of(server: &Server, user: &str) -> anyhow::Result<String> {
    if let Ok(id) = user.parse::<AccountId>() {
        return Ok(id.to_string());
    }
    Ok(by_username(server, user)?["id"].as_str().unwrap_or_default().to_owned())
}

fn by_username(server: &Server, name: &str) -> anyhow::Result<Value> {
    if !is_username(name) {
        anyhow::bail!("`{name}` can be no username, which has 3 to 32 characters of A-Z, a-z, 0-9, _ and -");
    }
    let mut found = server.get(&format!("/admin/users?username={name}"))?;
    let first = found.get_mut(0).map(Value::take);
    first.ok_or_else(|| SaidNo(format!("there is no user {name}")).into())
}

fn say(words: std::fmt::Arguments<'_>) -> anyhow::Result<()> {
    Ok(writeln!(output(), "{words}")?)
}
