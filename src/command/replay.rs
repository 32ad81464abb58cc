//! `liap-tui replay ID`: a finished game, round by round, for people or as JSON.

use std::io::{self, Write};

use anyhow::Context;
use chronicle::replay::{Replay, Round, replay as play_again};
use clap::Args;
use game_rules::{PieceSet, Play, Seat, Turn};
use serde_json::{Value, json};
use store::Store;

use super::output::output;
use crate::settings::StoreSettings;

/// What `liap-tui replay` can be told.
#[derive(Args, Debug)]
pub(super) struct ReplaySettings {
    /// The room's id; without it the finished games are listed.
    id: Option<String>,
    /// As one JSON document.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    store: StoreSettings,
}

/// Shows a finished game, or the list of them.
pub(super) fn replay(settings: &ReplaySettings) -> anyhow::Result<()> {
    actix_web::rt::System::new().block_on(async {
        let store = Store::open_beside(&settings.store.existing()?).await?;
        let shown = show(&store, settings).await;
        store.close().await;
        shown
    })
}

async fn show(store: &Store, settings: &ReplaySettings) -> anyhow::Result<()> {
    let mut out = output();
    let Some(id) = &settings.id else { return list(store, &mut out).await };
    let game = store.finished(id).await?;
    let game = game.with_context(|| format!("there is no finished game {id}; `liap-tui replay` lists them"))?;
    let replay = play_again(id, &game.result, &game.record).with_context(|| format!("game {id}"))?;
    if settings.json {
        writeln!(out, "{}", document(&replay))?;
    } else {
        tell(&replay, &mut out)?;
    }
    Ok(())
}

async fn list(store: &Store, out: &mut impl Write) -> anyhow::Result<()> {
    for game in store.finished_list(0, 50).await? {
        let result: Value = serde_json::from_str(&game.result).unwrap_or_default();
        writeln!(out, "{}  {}", game.room, result["winners"])?;
    }
    Ok(())
}

fn tell(replay: &Replay, out: &mut impl Write) -> io::Result<()> {
    let name = |seat: Seat| replay.situation.roster.name(seat);
    writeln!(out, "game {} of {} rounds", replay.room, replay.rounds.len())?;
    for round in &replay.rounds {
        writeln!(out, "\nround {}, points times {}", round.number, round.multiplier)?;
        for (number, hands) in &round.deals {
            writeln!(out, "  deal {number}")?;
            for (seat, hand) in hands.iter() {
                writeln!(out, "    {}: {}", name(seat), pieces(*hand))?;
            }
        }
        if let Some((seat, reason)) = round.starter {
            writeln!(out, "  {} begins ({})", name(seat), reason.as_str())?;
        }
        for (number, turn) in (1..).zip(&round.turns) {
            let plays: Vec<String> = turn.plays.iter().map(|(seat, play)| played(name(*seat), *play)).collect();
            writeln!(out, "  turn {number}: {}; {} takes {}", plays.join(", "), name(turn.winner), turn.piles)?;
        }
        for (seat, score) in round.scores.iter().flat_map(|scores| scores.iter()) {
            let (declared, took) = (score.declared.value(), score.captured);
            writeln!(out, "  {}: declared {declared}, took {took}: {:+} = {}", name(seat), score.score, score.total)?;
        }
    }
    writeln!(out, "\nwon by {}", replay.result.winners.join(", "))?;
    writeln!(out, "checked: every event, the result, and the deck against its commitment")
}

fn played(name: &str, play: Play) -> String {
    format!("{name} {} {}", play.play_type(), pieces(play.pieces()))
}

fn pieces(set: PieceSet) -> String {
    let names: Vec<String> =
        set.iter().map(|piece| format!("{}_{}", piece.rank().as_str(), piece.color().as_str())).collect();
    names.join(" ")
}

/// The whole game as JSON: ids of pieces as on the wire, seats from 0.
fn document(replay: &Replay) -> Value {
    let rounds: Vec<Value> = replay.rounds.iter().map(round_document).collect();
    json!({
        "room_id": replay.room,
        "players": Seat::ALL.map(|seat| replay.situation.roster.name(seat).to_owned()),
        "result": replay.result,
        "rounds": rounds,
        "actions": replay.actions,
        "checked": true,
    })
}

fn round_document(round: &Round) -> Value {
    let by_seat = |value: &dyn Fn(Seat) -> Value| Value::from(Seat::ALL.map(value).to_vec());
    let deals = round
        .deals
        .iter()
        .map(|(number, hands)| json!({ "number": number, "hands": by_seat(&|seat| json!(ids(hands[seat]))) }));
    let scores = round.scores.as_ref().map(|scores| {
        by_seat(&|seat| {
            let score = &scores[seat];
            json!({
                "declared": score.declared.value(),
                "captured": score.captured,
                "score": score.score,
                "total": score.total,
            })
        })
    });
    json!({
        "round": round.number,
        "multiplier": round.multiplier,
        "starter": round.starter.map(|(seat, _)| seat.index()),
        "starter_reason": round.starter.map(|(_, reason)| reason.as_str()),
        "deals": deals.collect::<Vec<_>>(),
        "turns": round.turns.iter().map(turn_document).collect::<Vec<_>>(),
        "scores": scores,
    })
}

fn turn_document(turn: &Turn) -> Value {
    let plays = turn.plays.iter().map(|(seat, play)| {
        json!({ "seat": seat.index(), "piece_ids": ids(play.pieces()), "play_type": play.play_type().to_string() })
    });
    json!({ "plays": plays.collect::<Vec<_>>(), "winner": turn.winner.index(), "piles": turn.piles })
}

fn ids(set: PieceSet) -> Vec<String> {
    set.iter().map(|piece| piece.to_string()).collect()
}
