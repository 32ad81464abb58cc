//! Public events.

use bytestring::ByteString;
use game_rules::Action;
use vocabulary::{BonusKind, Finale, Name, PublicNotice, Situation, Stamp};

use super::{
    message,
    words::{action_data, auto_action, options, seats},
};
use crate::game::{
    server,
    situation::{self, by_name, names, position},
};

/// `None` for an event that this contract has no message for.
pub(in crate::game) fn public(notice: &PublicNotice, stamp: &Stamp) -> Option<ByteString> {
    Some(match notice {
        PublicNotice::PlayerJoined { who, is_bot, returned } => {
            let data = server::PlayerJoined {
                player_name: who.name.as_str().into(),
                position: position(who.seat),
                is_bot: *is_bot,
                reconnected: *returned,
                timestamp: stamp.at.into(),
            };
            message("player_joined", &data, stamp)
        }
        PublicNotice::PlayerLeft { who, host, departure } => {
            let data = server::PlayerLeft {
                player_name: who.name.as_str().into(),
                position: position(who.seat),
                host: host.as_ref().map(|host| host.as_str().into()),
                reason: server::RemovalReason::of(*departure),
                timestamp: stamp.at.into(),
            };
            message("player_left", &data, stamp)
        }
        PublicNotice::GameStarted { deck_commitment, situation } => {
            let data = server::GameStarted {
                deck_commitment: deck_commitment.into(),
                players: seats(&situation.roster),
                options: options(&situation.roster.options),
            };
            message("game_started", &data, stamp)
        }
        PublicNotice::PlayerActed { who, action, by: _ } => {
            let data = server::PlayerAction { player: who.name.as_str().into(), action: action_data(*action) };
            message("player_action", &data, stamp)
        }
        PublicNotice::PhaseChanged(situation) => phase_change(situation, stamp),
        PublicNotice::Bonus { name, kind, points } => bonus(name, *kind, *points, stamp),
        PublicNotice::PlayerTimedOut { who, automatic, timeout } => {
            let data = server::PlayerTimeout {
                player: who.name.as_str().into(),
                action: awaited(*automatic).into(),
                auto_action: auto_action(*automatic),
                timeout_seconds: timeout.as_secs(),
            };
            message("player_timeout", &data, stamp)
        }
        PublicNotice::BotActivated { who, reason, difficulty } => {
            let data = server::BotActivated {
                player: who.name.as_str().into(),
                reason: reason.as_str().into(),
                bot_difficulty: *difficulty,
            };
            message("bot_activated", &data, stamp)
        }
        PublicNotice::GameOver(finale) => game_over(finale, stamp),
        PublicNotice::BotThinking { .. } | PublicNotice::BotFailed { .. } | PublicNotice::Presence { .. } => {
            return None;
        }
    })
}

fn phase_change(situation: &Situation, stamp: &Stamp) -> ByteString {
    let data = server::PhaseChange {
        phase: situation::phase(situation).into(),
        phase_data: situation::phase_data(situation),
        game_state: situation::game_state(situation),
        deadline: situation.deadline.map(Into::into),
        sequence_number: stamp.sequence.unwrap_or_default().0,
        server_time: stamp.at.into(),
    };
    message("phase_change", &data, stamp)
}

fn bonus(name: &Name, kind: BonusKind, points: i32, stamp: &Stamp) -> ByteString {
    let (bonus_type, words) = match kind {
        BonusKind::PerfectDeclaration => ("PERFECT_DECLARATION", "achieved perfect declaration!"),
        BonusKind::PerfectZero => ("PERFECT_ZERO", "declared zero and took none!"),
    };
    let data = server::SpecialBonus {
        player: name.as_str().into(),
        bonus_type: bonus_type.into(),
        bonus_points: points,
        message: format!("{name} {words}"),
        animation: "celebration".into(),
    };
    message("special_bonus", &data, stamp)
}

fn game_over(finale: &Finale, stamp: &Stamp) -> ByteString {
    let roster = &*finale.situation.roster;
    let statistics = &finale.statistics;
    let data = server::GameOver {
        winners: names(roster, finale.winners),
        final_scores: by_name(roster, |seat| finale.totals[seat]),
        rounds_played: finale.rounds_played,
        game_duration: finale.duration.into(),
        statistics: server::StatisticsData {
            total_turns: statistics.total_turns,
            perfect_declarations: statistics.perfect_declarations,
            redeals: statistics.redeals,
            timeouts: statistics.timeouts,
            bot_takeovers: statistics.bot_takeovers,
        },
        deck_seed: finale.deck_seed.as_str().into(),
    };
    message("game_over", &data, stamp)
}

const fn awaited(action: Action) -> &'static str {
    match action {
        Action::Declare(_) => "declare",
        Action::Play(_) => "play",
        Action::Redeal(_) => "redeal",
    }
}
