//! What anonymous clients can do to the others at default settings: how long players wait alone, and while one and then four
//! attackers, each with an address of its own, ask for what costs most.
//!
//! `cargo bench --bench abuse -- rooms|sync|experts|log|list|probes|connections`, all by default. The server has one core;
//! players and attackers share the other, where attackers come second.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a benchmark prints and may panic"
)]

mod attack;
mod victim;

#[path = "../support/mind.rs"]
#[allow(dead_code, reason = "shared with other benches")]
mod mind;
#[path = "../support/server.rs"]
#[allow(dead_code, reason = "shared with other benches")]
mod server;
#[path = "../support/socket.rs"]
#[allow(dead_code, reason = "shared with other benches")]
mod socket;

use std::{
    process::{Child, Command},
    time::Duration,
};

use tempfile::TempDir;
use tokio::task::LocalSet;

use self::{attack::Attack, server::Server, victim::Waits};

/// How long each measurement takes.
const TURN: Duration = Duration::from_secs(6);
/// How long attackers have before it begins.
const HEAD_START: Duration = Duration::from_secs(2);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        // The bench starts itself again in these roles, each in a process of its own.
        ["attack", name, port, attackers] => {
            let attack = Attack::named(name).expect("an attack");
            let (port, attackers) = (port.parse().expect("a port"), attackers.parse().expect("a number"));
            LocalSet::new().block_on(&runtime, attack::run(attack, port, attackers));
        }
        ["players", names @ ..] => {
            let attacks = names.iter().map(|name| Attack::named(name).expect("an attack"));
            LocalSet::new().block_on(&runtime, measure(&attacks.collect::<Vec<_>>()));
        }
        names => {
            let names = if names.is_empty() { Attack::ALL.map(Attack::name).to_vec() } else { names.to_vec() };
            let role = [&["players"], names.as_slice()].concat();
            let players = server::own_role(&role, Some(server::USERS_CORE)).status().expect("it starts");
            assert!(players.success(), "the players failed");
        }
    }
}

async fn measure(attacks: &[Attack]) {
    println!("what players wait for (ms), alone and during attacks; the server has its default limits and one core");
    for attack in attacks {
        println!("\n{}", attack.what());
        println!(
            "    {:<14} {:>22} {:>22} {:>22}",
            "", "ping p50 / p99", "room open p50 / p99", "first hand p50 / p99"
        );
        for attackers in [0, 1, 4] {
            let folder = TempDir::new().expect("a folder");
            let flags = ["--workers", "1", "--log", "warn"];
            let server = Server::limited(folder.path(), &flags, Some(server::SERVER_CORE), &folder.path().join("log"));
            let attackers_process = (attackers > 0).then(|| start(*attack, server.port, attackers));
            if attackers_process.is_some() {
                tokio::time::sleep(HEAD_START).await;
            }
            let cpu = server.cpu();
            let waits = victim::wait(server.port, TURN).await;
            let (cpu, threads) = (server.cpu() - cpu, server.threads());
            if let Some(mut attackers) = attackers_process {
                let _ = attackers.kill();
                let _ = attackers.wait();
            }
            print(attackers, &waits, cpu, threads);
        }
    }
}

fn print(attackers: usize, waits: &Waits, cpu: f64, threads: usize) {
    let who = match attackers {
        0 => "alone".to_owned(),
        1 => "1 attacker".to_owned(),
        _ => format!("{attackers} attackers"),
    };
    let [pings, opens, hands] = [&waits.pings, &waits.opens, &waits.hands].map(|times| {
        let [half, most] = [0.5, 0.99].map(|part| victim::percentile(times, part));
        format!("{half:.1} / {most:.1}")
    });
    println!(
        "    {who:<14} {pings:>22} {opens:>22} {hands:>22}    {} refused, server {:.0} % of a core, {threads} threads",
        waits.refused,
        100.0 * cpu / TURN.as_secs_f64(),
    );
}

/// The attackers share the players' core, and give way to them.
fn start(attack: Attack, port: u16, attackers: usize) -> Child {
    let own = std::env::current_exe().expect("a program");
    let mut command = Command::new("nice");
    command.args(["-n", "19"]).arg(own).args(["attack", attack.name(), &port.to_string(), &attackers.to_string()]);
    command.spawn().expect("nice starts it")
}
