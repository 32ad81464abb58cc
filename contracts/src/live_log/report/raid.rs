//! A game of people against bots as a raid: the boss is the strongest bot, and its health is what the best person still
//! needs to reach the target score.

use std::time::Duration;

use game_rules::{Phase, Seat, SeatSet};
use serde_json::Value;
use vocabulary::{Difficulty, Finale, Player, PlayerKind, PublicNotice, Roster, Severity, Situation};

use super::{RoomReport, more};
use crate::live_log::message::{
    Content, RaidMessage, RaidParticipant, RaidStatus, SystemEvent, SystemFacts, SystemMessage,
};

/// Encodes the start, every scored round and the end. Nothing for games with only people or only bots.
pub(super) fn raid(report: &RoomReport<'_>) -> Vec<Content> {
    let contents = match report.notice {
        PublicNotice::GameStarted { situation, .. } => started(situation),
        PublicNotice::PhaseChanged(situation) if is_scored(situation) => {
            vec![message(situation, RaidStatus::InProgress, report.elapsed).map(Content::Raid)]
        }
        PublicNotice::GameOver(finale) => vec![over(finale).map(Content::Raid)],
        PublicNotice::PlayerJoined { .. }
        | PublicNotice::PlayerLeft { .. }
        | PublicNotice::PlayerActed { .. }
        | PublicNotice::PhaseChanged(_)
        | PublicNotice::Bonus { .. }
        | PublicNotice::PlayerTimedOut { .. }
        | PublicNotice::BotActivated { .. }
        | PublicNotice::BotThinking { .. }
        | PublicNotice::BotFailed { .. }
        | PublicNotice::Presence { .. } => Vec::new(),
    };
    contents.into_iter().flatten().collect()
}

fn is_scored(situation: &Situation) -> bool {
    situation.table.as_deref().is_some_and(|table| matches!(table.phase, Phase::Scoring(_)))
}

/// The bots may take their seats only at the start, so that both states of the raid are sent here.
fn started(situation: &Situation) -> Vec<Option<Content>> {
    let preparing = message(situation, RaidStatus::Preparing, Duration::ZERO);
    let begun = message(situation, RaidStatus::InProgress, Duration::ZERO);
    vec![preparing.map(Content::Raid), begun.as_ref().map(raid_started), begun.map(Content::Raid)]
}

/// Victory if a person who kept their seat to the end has won, otherwise wipe.
fn over(finale: &Finale) -> Option<RaidMessage> {
    let roster = &*finale.situation.roster;
    let own: SeatSet = roster.people().filter(|(_, player)| player.is_active()).map(|(seat, _)| seat).collect();
    let won = finale.winners.iter().any(|seat| own.contains(seat));
    let status = if won { RaidStatus::Victory } else { RaidStatus::Wipe };
    message(&finale.situation, status, finale.duration)
}

fn message(situation: &Situation, status: RaidStatus, elapsed: Duration) -> Option<RaidMessage> {
    let roster = &*situation.roster;
    let (boss, level) = boss(roster)?;
    let participants: Vec<RaidParticipant> =
        roster.people().filter_map(|(seat, _)| participant(roster, seat)).collect();
    (!participants.is_empty()).then(|| RaidMessage {
        raid_id: roster.room.to_string(),
        raid_name: roster.room_name.to_string(),
        boss_name: boss.name.to_string(),
        difficulty: level.as_str().to_owned(),
        participants,
        status,
        health_percentage: health(situation),
        duration_seconds: elapsed.as_secs(),
    })
}

/// The strongest bot; of equals the one at the first seat.
fn boss(roster: &Roster) -> Option<(&Player, Difficulty)> {
    let bots = || {
        roster.players().filter_map(|(_, player)| match player.kind {
            PlayerKind::Bot(level) => Some((player, level)),
            PlayerKind::Human => None,
        })
    };
    Difficulty::ALL.into_iter().rev().find_map(|strongest| bots().find(|(_, level)| *level == strongest))
}

fn participant(roster: &Roster, seat: Seat) -> Option<RaidParticipant> {
    let who = roster.who(seat)?;
    let role = if roster.host == Some(seat) { "leader" } else { "member" };
    Some(RaidParticipant {
        user_id: who.id.to_string(),
        username: who.name.to_string(),
        role: role.to_owned(),
        class: "human".to_owned(),
    })
}

/// The boss's health: 0 only if a person has reached the target score.
fn health(situation: &Situation) -> u8 {
    let Some(table) = situation.table.as_deref() else {
        return 100;
    };
    let target = i32::from(table.rules.target_score());
    let best = situation.roster.people().map(|(seat, _)| table.totals[seat]).max().unwrap_or(0);
    let lacks = (target - best).clamp(0, target);
    // Rounded up, and at most 100.
    u8::try_from((lacks * 100 + target - 1) / target).unwrap_or(100)
}

fn raid_started(raid: &RaidMessage) -> Content {
    let text = |text: &str| Value::from(text);
    let data = SystemFacts {
        more: more([
            ("raid_id", text(&raid.raid_id)),
            ("raid_name", text(&raid.raid_name)),
            ("boss_name", text(&raid.boss_name)),
            ("difficulty", text(&raid.difficulty)),
        ]),
        ..SystemFacts::default()
    };
    Content::System(SystemMessage { event: SystemEvent::RaidStarted, data, severity: Severity::Info })
}
