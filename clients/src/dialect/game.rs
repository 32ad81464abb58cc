//! Contract *game*: what a player sends, and how it reads what it gets.

use std::collections::BTreeMap;

use contracts::game::client::{Named, SyncRequest};
use game_rules::{Action, BySeat, Declaration, PieceSet, Play, SeatSet};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::Value;

use super::{Audience, Names, What, declarations, event, last_number, pieces, read, some_ids};
use crate::{
    game::Request,
    mind::{Ask, Standing},
};

/// What a message is, and its number.
pub(super) fn glance(text: &str) -> (What, Option<u64>) {
    let what = match event(text) {
        "phase_change" => What::Stands,
        "player_action" => What::Acted,
        "hand_updated" => What::Hand,
        "play_accepted" | "declaration_accepted" | "redeal_decision_accepted" => What::Accepted,
        "game_started" => What::Started,
        "game_over" => What::Over,
        "special_bonus" | "player_timeout" => What::Event(Audience::OfGame),
        "bot_activated" => What::Event(Audience::All),
        "player_joined" | "player_left" => What::Event(Audience::AllButOne),
        "room_created" | "room_joined" | "sync_response" => What::Answer,
        "reconnected" => What::Back,
        "connected" => What::Here,
        "error" | "validation_error" => What::Refused,
        "disconnected" => What::Closing,
        _ => return (What::Passing, None),
    };
    // The envelope ends with it; what is told to this connection alone has none.
    (what, last_number(text, "\"sequence_number\":"))
}

/// Whether a `phase_change` tells that hands were dealt.
pub(super) fn opens_round(text: &str) -> bool {
    text.get(..64).is_some_and(|head| head.contains("\"PREPARATION\""))
}

/// One's own pieces.
pub(super) fn hand(text: &str) -> Option<PieceSet> {
    #[derive(Deserialize)]
    struct Hand {
        #[serde(deserialize_with = "pieces")]
        pieces: PieceSet,
    }
    read::<Hand>(text).map(|hand| hand.pieces)
}

/// Who acted, and what they played if they did.
pub(super) fn acted(text: &str) -> Option<(&str, Option<PieceSet>)> {
    #[derive(Deserialize)]
    struct Acted<'a> {
        player: &'a str,
        #[serde(default, alias = "pieces_played", deserialize_with = "some_ids")]
        piece_ids: Option<PieceSet>,
    }
    read::<Acted<'_>>(text).map(|acted| (acted.player, acted.piece_ids))
}

/// Who plays.
pub(super) fn names(text: &str) -> Option<Names> {
    #[derive(Deserialize)]
    struct Started<'a> {
        #[serde(borrow)]
        players: Vec<Player<'a>>,
    }
    #[derive(Deserialize)]
    struct Player<'a> {
        name: &'a str,
        position: usize,
    }
    let mut names = Names::default();
    read::<Started<'_>>(text)?.players.iter().for_each(|player| names.put(player.position, player.name));
    Some(names)
}

#[derive(Deserialize)]
struct PhaseChange<'a> {
    phase: &'a str,
    #[serde(borrow)]
    phase_data: PhaseData<'a>,
    #[serde(borrow)]
    game_state: GameState<'a>,
}

#[derive(Deserialize)]
struct PhaseData<'a> {
    current_player: Option<&'a str>,
    #[serde(default)]
    valid_declarations: Vec<u8>,
    #[serde(default, borrow)]
    declaration_order: Vec<&'a str>,
    #[serde(default, borrow)]
    declarations: BTreeMap<&'a str, u8>,
    #[serde(default)]
    turn_number: u8,
    required_piece_count: Option<u8>,
    #[serde(default, borrow)]
    turn_order: Vec<&'a str>,
    #[serde(default, borrow)]
    current_plays: BTreeMap<&'a str, Played>,
    #[serde(default, borrow)]
    decisions: BTreeMap<&'a str, Option<IgnoredAny>>,
    redeal_multiplier: Option<u32>,
}

#[derive(Deserialize)]
struct Played {
    #[serde(deserialize_with = "pieces")]
    pieces: PieceSet,
}

#[derive(Deserialize)]
struct GameState<'a> {
    round_number: u16,
    #[serde(borrow)]
    scores: BTreeMap<&'a str, i32>,
    #[serde(borrow)]
    pile_counts: BTreeMap<&'a str, u8>,
}

/// How the game stands, and what it asks of the player of this name.
pub(super) fn standing(text: &str, names: &Names, own: &str) -> Option<Standing> {
    let now: PhaseChange<'_> = read(text)?;
    let (open, state) = (&now.phase_data, &now.game_state);
    let mine = open.current_player == Some(own);
    let ask = match now.phase {
        "PREPARATION" if matches!(open.decisions.get(own), Some(None)) => {
            let undecided = open.decisions.iter().filter(|(_, decision)| decision.is_none());
            Some(Ask::Redeal(undecided.filter_map(|(name, _)| names.seat(name)).collect::<SeatSet>()))
        }
        "DECLARATION" if mine => Some(Ask::Declare(declarations(&open.valid_declarations))),
        "TURN" if mine => Some(Ask::Play { turn: open.turn_number, required: open.required_piece_count }),
        _ => None,
    };
    Some(Standing {
        round: state.round_number,
        totals: by_seat(names, &state.scores, |score| score),
        captured: by_seat(names, &state.pile_counts, |piles| piles),
        declarations: by_seat(names, &open.declarations, Declaration::new),
        multiplier: open.redeal_multiplier,
        starter: open.declaration_order.first().and_then(|name| names.seat(name)),
        now: open
            .turn_order
            .iter()
            .filter_map(|name| Some((names.seat(name)?, Play::new(open.current_plays.get(name)?.pieces)?)))
            .collect(),
        ask,
    })
}

fn by_seat<T: Copy, U: Default>(names: &Names, table: &BTreeMap<&str, T>, value: impl Fn(T) -> U) -> BySeat<U> {
    let mut by_seat = BySeat::<U>::from_fn(|_| U::default());
    for (name, entry) in table {
        if let Some(seat) = names.seat(name) {
            by_seat[seat] = value(*entry);
        }
    }
    by_seat
}

/// How many events `sync_response` lists that are past the last one that came: they should have come before it.
pub(super) fn never_came(text: &str, last: u64) -> u64 {
    #[derive(Deserialize)]
    struct Missed {
        missed_events: Vec<Event>,
    }
    #[derive(Deserialize)]
    struct Event {
        sequence: u64,
    }
    let missed = read::<Missed>(text).map(|data| data.missed_events).unwrap_or_default();
    missed.iter().map(|event| u64::from(event.sequence > last)).sum()
}

/// The code of an error.
pub(super) fn code(text: &str) -> String {
    let message: Value = serde_json::from_str(text).unwrap_or_default();
    message["error"]["code"].as_str().unwrap_or("unreadable").to_owned()
}

pub(super) fn start(name: &str) -> String {
    Request::StartGame(Named { player_name: name.to_owned() }).text(None)
}

/// Requests what did not come.
pub(super) fn sync(last_sequence: u64) -> String {
    Request::SyncRequest(SyncRequest { last_sequence, client_state_hash: None }).text(None)
}

pub(super) fn act(name: &str, action: Action, number: u64) -> String {
    Request::act(name, action).text(Some(number))
}
