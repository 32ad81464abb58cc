//! Rooms are parties, and games of people against bots are raids.

use serde_json::Value;
use vocabulary::{AccountId, BonusKind, LogMessage, PlayerId, PublicNotice, Roster, Who};

use super::{RoomReport, more, raid::raid};
use crate::live_log::message::{Content, PartyEvent, PartyFacts, PartyMessage, compose};

/// Encodes an event of a room as messages, in order. Events of a private room are for the accounts seated there; there
/// are no messages if there are none.
pub fn of_room(report: &RoomReport<'_>) -> Vec<LogMessage> {
    let roster = &*report.situation.roster;
    let mut said = party(report);
    said.extend(promoted(report));
    said.extend(raid(report));
    let gone = if let PublicNotice::PlayerLeft { who, .. } = report.notice { Some(who) } else { None };
    said.into_iter().filter_map(|content| for_members(roster, gone, content)).collect()
}

/// Encodes the end of a room. `last` has just left it, if it is empty. `None` if nobody ever was in it, or nobody may
/// know.
pub fn disbanded(roster: &Roster, last: Option<&Who>) -> Option<LogMessage> {
    let data =
        PartyFacts { more: more([("party_name", Value::from(roster.room_name.as_str()))]), ..PartyFacts::default() };
    for_members(roster, last, party_message(roster, last, PartyEvent::Disbanded, data)?)
}

/// The accounts that may see an event of a private room: those seated there, and the one who has just left.
fn for_members(roster: &Roster, gone: Option<&Who>, content: Content) -> Option<LogMessage> {
    let message = compose(content);
    if roster.options.public {
        return Some(message);
    }
    let mut members: Vec<AccountId> = roster.players().filter_map(|(_, player)| player.account).collect();
    let gone = gone.and_then(|who| who.id.account()).filter(|account| !members.contains(account));
    members.extend(gone);
    (!members.is_empty()).then_some(LogMessage { audience: Some(members), ..message })
}

/// Encodes who joins, leaves and earns a bonus. Bots are not members.
fn party(report: &RoomReport<'_>) -> Vec<Content> {
    let roster = &*report.situation.roster;
    let of = |event, who: &Who, more| {
        let member = (!matches!(who.id, PlayerId::Bot(..))).then(|| (who.id.to_string(), who.name.to_string()));
        let (id, name) = member?;
        party_message(roster, Some(who), event, PartyFacts { member_id: Some(id), member_name: Some(name), more })
    };
    let said = match report.notice {
        PublicNotice::PlayerJoined { who, is_bot: false, returned: false } => {
            of(PartyEvent::MemberJoined, who, more([]))
        }
        // A player who gives up a game leaves as well; the bot that replaces them is reported after that.
        PublicNotice::PlayerLeft { who, .. } => of(PartyEvent::MemberLeft, who, more([])),
        PublicNotice::Bonus { name, kind, points } => {
            let seat = roster.people().find(|(_, player)| player.name == *name).map(|(seat, _)| seat);
            let who = seat.and_then(|seat| roster.who(seat));
            let bonus = more([("bonus_type", Value::from(bonus_word(*kind))), ("points", Value::from(*points))]);
            who.and_then(|who| of(PartyEvent::LevelBonus, &who, bonus))
        }
        PublicNotice::PlayerJoined { .. }
        | PublicNotice::GameStarted { .. }
        | PublicNotice::PlayerActed { .. }
        | PublicNotice::PhaseChanged(_)
        | PublicNotice::PlayerTimedOut { .. }
        | PublicNotice::BotActivated { .. }
        | PublicNotice::GameOver(_)
        | PublicNotice::BotThinking { .. }
        | PublicNotice::BotFailed { .. }
        | PublicNotice::Presence { .. } => None,
    };
    said.into_iter().collect()
}

/// Encodes the change of the host.
fn promoted(report: &RoomReport<'_>) -> Option<Content> {
    let roster = &*report.situation.roster;
    let host = roster.host.filter(|host| report.host_before.is_some_and(|before| before != *host))?;
    let host = roster.who(host)?;
    let data = PartyFacts {
        member_id: Some(host.id.to_string()),
        member_name: Some(host.name.to_string()),
        ..PartyFacts::default()
    };
    party_message(roster, Some(&host), PartyEvent::MemberPromoted, data)
}

/// The leader is the host; without one the player concerned, or the first player.
fn party_message(roster: &Roster, about: Option<&Who>, event: PartyEvent, event_data: PartyFacts) -> Option<Content> {
    let first = || roster.players().next().and_then(|(seat, _)| roster.who(seat));
    let leader = roster.host.and_then(|host| roster.who(host)).or_else(|| about.cloned()).or_else(first)?;
    let members = roster.people().filter(|(_, player)| !player.has_forfeited()).count();
    Some(Content::Party(PartyMessage {
        party_id: roster.room.to_string(),
        leader_id: leader.id.to_string(),
        leader_name: leader.name.to_string(),
        member_count: u32::try_from(members).unwrap_or(u32::MAX),
        event,
        event_data,
    }))
}

const fn bonus_word(kind: BonusKind) -> &'static str {
    match kind {
        BonusKind::PerfectDeclaration => "PERFECT_DECLARATION",
        BonusKind::PerfectZero => "PERFECT_ZERO",
    }
}
