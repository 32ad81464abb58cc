//! Public events.

use bytestring::ByteString;
use game_rules::{Action, DeckSeed, Seat};
use vocabulary::{By, Finale, PublicNotice, Situation, Stamp, TakeoverReason, Who};

use super::message;
use crate::battles::server::{
    self, AiAction, AiError, AiReady, AiThinking, Connect, Disconnect, EventPlayer, GameAction, GameEnd, GameStart,
    GameState, GameUpdate, PlayerAction, Reconnect,
};

/// `None` for what the following events say as well.
pub(in crate::battles) fn public(notice: &PublicNotice, stamp: &Stamp) -> Option<ByteString> {
    Some(match notice {
        PublicNotice::PlayerJoined { who, is_bot, returned } => joined(who, *is_bot, *returned, stamp),
        PublicNotice::PlayerLeft { who, host, departure } => {
            let host_name = Some(host.as_ref().map(ToString::to_string));
            gone(who, departure.as_str(), host_name, stamp)
        }
        PublicNotice::GameStarted { deck_commitment, situation } => {
            let deck_commitment = deck_commitment.clone();
            message("game:start", GameStart { state: GameState::of(situation, None), deck_commitment }, stamp)
        }
        PublicNotice::PlayerActed { who, action, by } => acted(who, *action, *by, stamp),
        PublicNotice::PhaseChanged(situation) => update(situation, stamp),
        PublicNotice::Bonus { .. } | PublicNotice::PlayerTimedOut { .. } => return None,
        PublicNotice::BotActivated { who, reason, difficulty } => {
            let ready = AiReady {
                difficulty: Some(difficulty.as_str()),
                reason: Some(TakeoverReason::as_str(*reason)),
                ..AiReady::of(who)
            };
            message("ai:ready", ready, stamp)
        }
        PublicNotice::GameOver(finale) => message("game:end", end(finale), stamp),
        PublicNotice::BotThinking { who } => {
            message("ai:thinking", AiThinking { player_id: who.id.to_string() }, stamp)
        }
        PublicNotice::BotFailed { who } => {
            let failed = AiError {
                player_id: who.id.to_string(),
                message: "The bot failed to decide; the server decides instead",
            };
            message("ai:error", failed, stamp)
        }
        PublicNotice::Presence { who, connected: true } => connected(who, "connected", stamp),
        PublicNotice::Presence { who, connected: false } => gone(who, "connection lost", None, stamp),
    })
}

fn joined(who: &Who, is_bot: bool, returned: bool, stamp: &Stamp) -> ByteString {
    match (is_bot, returned) {
        (true, _) => message("ai:ready", AiReady::of(who), stamp),
        (false, true) => {
            let player = EventPlayer::of(who);
            message("reconnect", Reconnect::Player { player }, stamp)
        }
        (false, false) => connected(who, "joined", stamp),
    }
}

fn connected(who: &Who, reason: &'static str, stamp: &Stamp) -> ByteString {
    let player = EventPlayer::of(who);
    message("connect", Connect::Player { player, reason }, stamp)
}

fn gone(who: &Who, reason: &'static str, host_name: Option<Option<String>>, stamp: &Stamp) -> ByteString {
    let (player_id, name) = (who.id.to_string(), who.name.to_string());
    let gone = Disconnect::Player { player_id, name, seat: who.seat.index(), reason, host_name };
    message("disconnect", gone, stamp)
}

fn acted(who: &Who, action: Action, by: By, stamp: &Stamp) -> ByteString {
    match by {
        By::Bot => {
            let action = AiAction { player_id: who.id.to_string(), action: server::Action::of(action) };
            message("ai:action", action, stamp)
        }
        By::Player | By::Clock => {
            message("game:action", GameAction { action: PlayerAction::of(who.id, action, by) }, stamp)
        }
    }
}

fn update(situation: &Situation, stamp: &Stamp) -> ByteString {
    message("game:update", GameUpdate::State { state: GameState::of(situation, None).into() }, stamp)
}

fn end(finale: &Finale) -> GameEnd {
    let roster = &*finale.situation.roster;
    let id = |seat: Seat| roster.player_id(seat).map(|id| id.to_string());
    let scores = Seat::ALL.into_iter().filter_map(|seat| Some((id(seat)?, finale.totals[seat])));
    let seed: Option<DeckSeed> = finale.deck_seed.parse().ok();
    GameEnd {
        state: GameState::of(&finale.situation, None),
        winners: finale.winners.iter().filter_map(id).collect(),
        final_scores: scores.collect(),
        rounds_played: finale.rounds_played,
        duration: finale.duration.into(),
        deck_seed: finale.deck_seed.clone(),
        deck_commitment: seed.map(|seed| seed.commitment()).unwrap_or_default(),
    }
}
