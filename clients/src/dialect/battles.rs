//! Contract *battles*: what a player sends, and how it reads what it gets.

use std::collections::BTreeMap;

use contracts::battles::server::Action;
use game_rules::{Declaration, PieceSet, Play, Seat, SeatSet};
use serde::Deserialize;
use serde_json::Value;

use super::{Audience, Names, What, declarations, event, first_number, ids, pieces, read, some_ids};
use crate::{
    battles::Request,
    mind::{Ask, Standing},
};

/// What a message is for the player of this id, and its number.
pub(super) fn glance(text: &str, own: &str) -> (What, Option<u64>) {
    let number = first_number(text, "\"sequence\":");
    let what = match event(text) {
        "game:update" if number.is_none() => What::Answer,
        "game:update" if text.contains("\"state\":{") => What::Stands,
        "game:update" => What::Hand,
        "game:action" if is_own(text, own) => What::Accepted,
        "game:action" | "ai:action" => What::Acted,
        "game:start" => What::Started,
        "game:end" => What::Over,
        "connect" if text.contains("\"state\":{") => What::Here,
        "reconnect" if text.contains("\"state\":{") => What::Back,
        "connect" | "reconnect" | "disconnect" if number.is_some() => What::Event(Audience::AllButOne),
        "ai:ready" => What::Event(Audience::All),
        "error" | "system:error" => What::Refused,
        "disconnect" if text.contains("\"code\":") => What::Closing,
        "system:restart" => What::Closing,
        _ => return (What::Passing, None),
    };
    (what, number)
}

/// One's own decision and not the server's for the player.
fn is_own(text: &str, own: &str) -> bool {
    text.contains(own) && !text.contains("\"automatic\":true")
}

/// Whether an update tells that hands were dealt.
pub(super) fn opens_round(text: &str) -> bool {
    text.contains("\"status\":\"PREPARATION\"")
}

/// One's own pieces, from an update of them or from a state that holds them.
pub(super) fn hand(text: &str) -> Option<PieceSet> {
    #[derive(Deserialize)]
    struct Hand {
        #[serde(deserialize_with = "pieces")]
        hand: PieceSet,
    }
    #[derive(Deserialize)]
    struct Within {
        state: Hand,
    }
    let of_state = || read::<Within>(text).map(|within| within.state);
    read::<Hand>(text).or_else(of_state).map(|hand| hand.hand)
}

/// Who acted, and what they played if they did.
pub(super) fn acted(text: &str) -> Option<(&str, Option<PieceSet>)> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Acted<'a> {
        // A bot's id stands beside its action, a person's within.
        player_id: Option<&'a str>,
        #[serde(borrow)]
        action: Did<'a>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Did<'a> {
        player_id: Option<&'a str>,
        #[serde(default, deserialize_with = "some_ids")]
        piece_ids: Option<PieceSet>,
    }
    let acted: Acted<'_> = read(text)?;
    Some((acted.action.player_id.or(acted.player_id)?, acted.action.piece_ids))
}

#[derive(Deserialize)]
struct Stated<'a> {
    #[serde(borrow)]
    state: State<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct State<'a> {
    round: u16,
    current_turn: &'a str,
    #[serde(borrow)]
    players: BTreeMap<&'a str, Player<'a>>,
    status: &'a str,
    #[serde(default)]
    valid_declarations: Vec<u8>,
    multiplier: u32,
    #[serde(default, borrow)]
    declaration_order: Vec<&'a str>,
    #[serde(default)]
    turn_number: u8,
    required_piece_count: Option<u8>,
    #[serde(default, borrow)]
    current_plays: Vec<CurrentPlay<'a>>,
}

#[derive(Deserialize)]
struct Player<'a> {
    health: i32,
    #[serde(borrow)]
    status: Vec<Effect<'a>>,
    position: Position,
}

#[derive(Deserialize)]
struct Effect<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    value: Option<u8>,
}

#[derive(Deserialize)]
struct Position {
    seat: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CurrentPlay<'a> {
    player_id: &'a str,
    #[serde(deserialize_with = "ids")]
    piece_ids: PieceSet,
}

/// Who plays.
pub(super) fn names(text: &str) -> Option<Names> {
    let mut names = Names::default();
    let stated: Stated<'_> = read(text)?;
    stated.state.players.iter().for_each(|(id, player)| names.put(player.position.seat, id));
    Some(names)
}

/// How the game stands, and what it asks of the player of this id.
pub(super) fn standing(text: &str, names: &Names, own: &str) -> Option<Standing> {
    let Stated { state } = read(text)?;
    let value = |player: &Player<'_>, kind: &str| {
        player.status.iter().find(|effect| effect.kind == kind).and_then(|effect| effect.value)
    };
    let mut standing = Standing { round: state.round, multiplier: Some(state.multiplier), ..Standing::default() };
    let mut current = SeatSet::EMPTY;
    for (id, player) in &state.players {
        let Some(seat) = Seat::new(player.position.seat) else { continue };
        standing.totals[seat] = player.health;
        standing.captured[seat] = value(player, "PILES").unwrap_or_default();
        standing.declarations[seat] = value(player, "DECLARED").and_then(Declaration::new);
        if player.status.iter().any(|effect| effect.kind == "CURRENT") {
            current.insert(seat);
        }
        if state.declaration_order.first() == Some(id) {
            standing.starter = Some(seat);
        }
    }
    let plays = state.current_plays.iter();
    standing.now = plays.filter_map(|play| Some((names.seat(play.player_id)?, Play::new(play.piece_ids)?))).collect();
    let seat = state.players.get(own).and_then(|player| Seat::new(player.position.seat));
    let mine = state.current_turn == own;
    standing.ask = match state.status {
        "PREPARATION" if seat.is_some_and(|seat| current.contains(seat)) => Some(Ask::Redeal(current)),
        "DECLARATION" if mine => Some(Ask::Declare(declarations(&state.valid_declarations))),
        "TURN" if mine => Some(Ask::Play { turn: state.turn_number, required: state.required_piece_count }),
        _ => None,
    };
    Some(standing)
}

/// The code of an error.
pub(super) fn code(text: &str) -> String {
    let message: Value = serde_json::from_str(text).unwrap_or_default();
    message["data"]["code"].as_str().unwrap_or("unreadable").to_owned()
}

/// Nothing: events that were missed are not listed.
pub(super) fn never_came(_: &str, _: u64) -> u64 {
    0
}

pub(super) fn start(_: &str) -> String {
    Request::Action { request_id: 0, action: Action::Start }.text()
}

/// Requests the state.
pub(super) fn sync(_: u64) -> String {
    Request::State.text()
}

pub(super) fn act(_: &str, decided: game_rules::Action, number: u64) -> String {
    Request::Action { request_id: number, action: Action::of(decided) }.text()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10";

    #[test]
    fn only_ones_own_decision_is_an_acknowledgement() {
        let own = format!(r#"{{"event":"game:action","data":{{"sequence":3,"action":{{"playerId":"{OWN}"}}}}}}"#);
        assert_eq!(glance(&own, OWN), (What::Accepted, Some(3)));
        assert_eq!(glance(&own, "another"), (What::Acted, Some(3)));
        let by_clock = own.replace("\"playerId\"", "\"automatic\":true,\"playerId\"");
        assert_eq!(glance(&by_clock, OWN).0, What::Acted);
    }
}
