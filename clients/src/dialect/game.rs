//! Contract *game*: what a player sends, and how it reads what it gets.

use game_rules::{Action, BySeat, Declaration, PieceSet, Play};
use serde::Deserialize;

use super::{Audience, Names, What, declarations, event, last_number, read, some_ids};
use crate::{
    game::{
        Message, Named, Request, SyncRequest,
        server::{ByName, GameStarted, Hand, PhaseChange, PhaseData},
    },
    mind::{Ask, Standing},
};

/// What a message is, and its number.
pub(super) fn glance(text: &str, _: &str) -> (What, Option<u64>) {
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
    read::<Hand>(text).map(|hand| hand.pieces.iter().map(|piece| piece.0).collect())
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
    let mut names = Names::default();
    let started: GameStarted<'_> = read(text)?;
    started.players.iter().for_each(|player| names.put(player.position.into(), &player.name));
    Some(names)
}

/// How the game stands, and what it asks of the player of this name.
pub(super) fn standing(text: &str, names: &Names, own: &str) -> Option<Standing> {
    let PhaseChange { phase_data, game_state: state, .. } = read(text)?;
    let mut standing = Standing {
        round: state.round_number.try_into().ok()?,
        totals: by_seat(names, &state.scores, |score| score),
        captured: by_seat(names, &state.pile_counts, |piles| piles),
        ..Standing::default()
    };
    match phase_data {
        PhaseData::Preparation(open) => {
            standing.multiplier = Some(open.redeal_multiplier);
            let undecided = open.decisions.0.iter().filter(|(_, decision)| decision.is_none());
            let undecided = undecided.filter_map(|(name, _)| names.seat(name)).collect();
            standing.ask = matches!(open.decisions.get(own), Some(None)).then_some(Ask::Redeal(undecided));
        }
        PhaseData::Declaration(open) => {
            standing.declarations = by_seat(names, &open.declarations, Declaration::new);
            standing.starter = open.declaration_order.first().and_then(|name| names.seat(name));
            let legal = declarations(&open.valid_declarations);
            standing.ask = (open.current_player == own).then_some(Ask::Declare(legal));
        }
        PhaseData::Turn(open) => {
            standing.declarations = by_seat(names, &open.declarations, Declaration::new);
            let play = |name| {
                let pieces = open.current_plays.get(name)?.pieces.iter().map(|piece| piece.0).collect();
                Some((names.seat(name)?, Play::new(pieces)?))
            };
            standing.now = open.turn_order.iter().filter_map(|name| play(name)).collect();
            let ask = Ask::Play { turn: open.turn_number, required: open.required_piece_count };
            standing.ask = (open.current_player == own).then_some(ask);
        }
        PhaseData::Scoring(open) => standing.multiplier = Some(open.redeal_multiplier),
        PhaseData::GameOver(_) | PhaseData::NotStarted(_) => {}
    }
    Some(standing)
}

fn by_seat<T: Copy, U: Default>(names: &Names, table: &ByName<'_, T>, value: impl Fn(T) -> U) -> BySeat<U> {
    let mut by_seat = BySeat::<U>::from_fn(|_| U::default());
    for (name, entry) in &table.0 {
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
    let error = Message::parse(text).ok().and_then(|message| message.error);
    error.map_or_else(|| "unreadable".to_owned(), |error| error.code)
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
