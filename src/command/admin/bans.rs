//! Bans, each as requests and words.

use std::io::Write;

use actors::{has_loopback, parse_network};
use serde_json::{Value, json};
use vocabulary::{ConnectionId, RoomId};

use super::{SaidNo, Whom, server::Server, table};
use crate::command::output::output;

/// So many bans are asked for at once.
const PAGE: usize = 200;

/// What nobody can mean, found without the server.
pub(super) fn check(whom: &Whom) -> anyhow::Result<()> {
    let network = whom.target.as_deref().and_then(|target| parse_network(target).ok());
    match network.filter(has_loopback) {
        Some(network) => anyhow::bail!("{network} has addresses of this machine itself, which can't be banned"),
        None => Ok(()),
    }
}

pub(super) fn ban(server: &Server, whom: &Whom, reason: &str, duration: Option<u64>) -> anyhow::Result<()> {
    let mut body = fields(whom)?;
    body["reason"] = json!(reason);
    body["durationSeconds"] = json!(duration);
    let made = server.post("/admin/bans", &body)?;
    let (ban, closed) = (&made["ban"], &made["closed"]);
    let until = match ban["endsAt"].as_u64() {
        Some(end) => format!("for {}", table::until(end)),
        None => "until the ban is lifted".to_owned(),
    };
    let (subject, target) = (table::text(&ban["subject"]), target(ban));
    say(format_args!("banned {subject} ({target}) {until}; closed {closed} connections"))
}

pub(super) fn disconnect(server: &Server, whom: &Whom) -> anyhow::Result<()> {
    let done = server.post("/admin/disconnect", &fields(whom)?)?;
    say(format_args!("closed {} connections", done["reached"]))
}

/// Lifts every ban of this target, or the one with this id.
pub(super) fn unban(server: &Server, wanted: &str) -> anyhow::Result<()> {
    let network = parse_network(wanted).map(|network| network.to_string()).unwrap_or_default();
    let is_meant = |ban: &Value| {
        let is = |field: &str, text: &str| ban[field].as_str().is_some_and(|found| found.eq_ignore_ascii_case(text));
        is("id", wanted) || is("account", wanted) || is("network", &network) || is("subject", wanted)
    };
    let meant: Vec<Value> = all(server)?.into_iter().filter(is_meant).collect();
    if meant.is_empty() {
        return Err(SaidNo(format!("there is no ban of {wanted}")).into());
    }
    for ban in meant {
        server.delete(&format!("/admin/bans/{}", ban["id"].as_str().unwrap_or_default()))?;
        say(format_args!("lifted the ban of {} ({})", table::text(&ban["subject"]), target(&ban)))?;
    }
    Ok(())
}

pub(super) fn list(server: &Server) -> anyhow::Result<()> {
    Ok(table::bans(&mut output(), &all(server)?)?)
}

fn all(server: &Server) -> anyhow::Result<Vec<Value>> {
    let mut bans = Vec::new();
    loop {
        let page = server.get(&format!("/admin/bans?limit={PAGE}&offset={}", bans.len()))?;
        let page = page.as_array().cloned().unwrap_or_default();
        let is_last = page.len() < PAGE;
        bans.extend(page);
        if is_last {
            return Ok(bans);
        }
    }
}

/// What the server is told of who is meant.
fn fields(whom: &Whom) -> anyhow::Result<Value> {
    if let (Some(room), Some(player)) = (&whom.room, &whom.player) {
        let id: RoomId =
            room.to_ascii_uppercase().parse().map_err(|error| anyhow::anyhow!("`{room}` is none: {error}"))?;
        return Ok(json!({ "roomId": id.as_str(), "playerName": player }));
    }
    let target = whom.target.as_deref().unwrap_or_default();
    if target.parse::<ConnectionId>().is_ok() {
        return Ok(json!({ "connectionId": target }));
    }
    // Neither a username nor an id has a dot, a colon or a slash.
    if target.contains(['.', ':', '/']) {
        let network = parse_network(target).map_err(|problem| anyhow::anyhow!("`{target}` {problem}"))?;
        return Ok(json!({ "network": network.to_string() }));
    }
    Ok(json!({ "account": target }))
}

/// The account or the network that is banned.
fn target(ban: &Value) -> String {
    let account = ban["account"].as_str().map(|id| format!("account {id}"));
    account.unwrap_or_else(|| format!("network {}", table::text(&ban["network"])))
}

fn say(words: std::fmt::Arguments<'_>) -> anyhow::Result<()> {
    Ok(writeln!(output(), "{words}")?)
}
