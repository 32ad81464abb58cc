//! Rooms as parties, and games against bots as raids.

use std::{sync::Arc, time::Duration};

use contracts::live_log::report::{RoomReport, disbanded, of_room};
use game_rules::{PhaseKind, Seat};
use serde_json::{Value, json};
use vocabulary::{
    BonusKind, Departure, Difficulty, Finale, LogMessage, Name, PlayerId, PlayerKind, PublicNotice, Roster, Situation,
    Statistics, TakeoverReason, Who,
};

use crate::{body, name, room, samples};

fn who(index: usize, text: &str) -> Who {
    let seat = samples::seat(index);
    Who { seat, id: PlayerId::Guest(room(), seat), name: name(text) }
}

pub(crate) fn report(notice: &PublicNotice, situation: &Situation) -> Vec<LogMessage> {
    let (elapsed, host_before) = (Duration::from_millis(61_500), Some(samples::seat(0)));
    of_room(&RoomReport { notice, situation, elapsed, host_before })
}

fn bodies(notice: &PublicNotice, situation: &Situation) -> Vec<Value> {
    report(notice, situation).iter().map(body).collect()
}

/// The same room, changed.
pub(crate) fn with(situation: &Situation, change: impl FnOnce(&mut Roster)) -> Situation {
    let mut changed = situation.clone();
    change(Arc::make_mut(&mut changed.roster));
    changed
}

pub(crate) fn stage(kind: PhaseKind) -> Situation {
    samples::playing(samples::games().iter().find(|game| game.table().phase.kind() == kind).unwrap())
}

pub(crate) fn finale(situation: Situation, winner: usize) -> PublicNotice {
    let totals = situation.table.as_deref().unwrap().totals;
    PublicNotice::GameOver(Box::new(Finale {
        winners: [samples::seat(winner)].into_iter().collect(),
        totals,
        rounds_played: 1,
        duration: Duration::from_secs(90),
        statistics: Statistics::default(),
        deck_seed: "00".repeat(32),
        situation,
    }))
}

/// Every event that a room can tell.
pub(crate) fn notices() -> Vec<(PublicNotice, Situation)> {
    let mut notices: Vec<(PublicNotice, Situation)> = samples::publics()
        .into_iter()
        .map(|notice| match &notice {
            PublicNotice::GameStarted { situation, .. } | PublicNotice::PhaseChanged(situation) => {
                (notice.clone(), situation.clone())
            }
            _ => (notice, samples::waiting()),
        })
        .collect();
    let end = stage(PhaseKind::Over);
    notices.push((finale(end.clone(), 0), end.clone()));
    notices.push((finale(end.clone(), 3), end));
    notices
}

/// Everything that rooms have to say.
pub(crate) fn told() -> Vec<LogMessage> {
    let mut told: Vec<LogMessage> =
        notices().iter().flat_map(|(notice, situation)| report(notice, situation)).collect();
    let promoted = with(&samples::waiting(), |roster| roster.host = Some(samples::seat(1)));
    told.extend(report(
        &PublicNotice::PlayerLeft { who: who(0, "Alice"), host: Some(name("Bob")), departure: Departure::Left },
        &promoted,
    ));
    told.extend(disbanded(&samples::waiting().roster, None));
    told
}

#[test]
fn who_sits_down_joins_the_party_of_the_host_and_who_comes_back_does_not() {
    let joined = |returned| PublicNotice::PlayerJoined { who: who(1, "Bob"), is_bot: false, returned };
    let told = report(&joined(false), &samples::waiting());
    let mut told = body(&told[0]);
    for field in ["id", "timestamp"] {
        assert!(told.as_object_mut().unwrap().remove(field).is_some());
    }
    let expected = json!({
        "type": "party", "party_id": "ABCD2345", "leader_id": "guest-ABCD2345-0", "leader_name": "Alice",
        "member_count": 3, "event": "member_joined",
        "event_data": { "member_id": "guest-ABCD2345-1", "member_name": "Bob" },
    });
    assert_eq!(told, expected);
    assert!(report(&joined(true), &samples::waiting()).is_empty());
    let bot = Who { id: PlayerId::Bot(room(), samples::seat(3)), ..who(3, "David") };
    let bot_came = PublicNotice::PlayerJoined { who: bot.clone(), is_bot: true, returned: false };
    assert!(report(&bot_came, &samples::waiting()).is_empty());
    assert!(
        report(&PublicNotice::PlayerLeft { who: bot, host: None, departure: Departure::Left }, &samples::waiting())
            .is_empty()
    );
}

#[test]
fn when_the_host_leaves_the_next_one_is_promoted() {
    let after = with(&samples::waiting(), |roster| {
        roster.host = Some(samples::seat(1));
        roster.seats[samples::seat(0)] = None;
    });
    let left = PublicNotice::PlayerLeft { who: who(0, "Alice"), host: Some(name("Bob")), departure: Departure::Left };
    let told = bodies(&left, &after);
    let events: Vec<&Value> = told.iter().map(|message| &message["event"]).collect();
    assert_eq!(events, ["member_left", "member_promoted"]);
    assert_eq!((&told[0]["event_data"]["member_name"], &told[0]["leader_name"]), (&json!("Alice"), &json!("Bob")));
    assert_eq!((&told[1]["event_data"]["member_name"], &told[1]["member_count"]), (&json!("Bob"), &json!(2)));
}

#[test]
fn the_last_one_who_leaves_leads_to_the_end() {
    let empty = with(&samples::waiting(), |roster| {
        roster.host = None;
        roster.seats = Default::default();
    });
    let told =
        bodies(&PublicNotice::PlayerLeft { who: who(0, "Alice"), host: None, departure: Departure::Left }, &empty);
    assert_eq!((told.len(), &told[0]["leader_name"], &told[0]["member_count"]), (1, &json!("Alice"), &json!(0)));
    assert_eq!(disbanded(&empty.roster, None), None);
    assert_eq!(body(&disbanded(&samples::waiting().roster, None).unwrap())["event"], "disbanded");
}

#[test]
fn giving_up_a_game_is_leaving_and_a_lost_connection_is_not() {
    let playing = with(&stage(PhaseKind::Turn), |roster| {
        let player = roster.seats[samples::seat(1)].as_mut().unwrap();
        player.stand_in = Some(TakeoverReason::Left);
    });
    let activated = |reason| PublicNotice::BotActivated { who: who(1, "Bob"), reason, difficulty: Difficulty::Medium };
    let left = PublicNotice::PlayerLeft { who: who(1, "Bob"), host: Some(name("Alice")), departure: Departure::Left };
    let told = bodies(&left, &playing);
    assert_eq!((told.len(), &told[0]["event"], &told[0]["member_count"]), (1, &json!("member_left"), &json!(2)));
    for reason in [TakeoverReason::Left, TakeoverReason::Disconnected, TakeoverReason::Inactive] {
        assert!(report(&activated(reason), &playing).is_empty());
    }
}

#[test]
fn a_bonus_of_a_person_is_told_and_a_bots_is_not() {
    let bonus = |text: &str| PublicNotice::Bonus { name: name(text), kind: BonusKind::PerfectZero, points: 6 };
    let told = bodies(&bonus("Bob"), &stage(PhaseKind::Turn));
    let data = json!({
        "member_id": "guest-ABCD2345-1", "member_name": "Bob", "bonus_type": "PERFECT_ZERO", "points": 6,
    });
    assert_eq!((&told[0]["event"], &told[0]["event_data"]), (&json!("level_bonus"), &data));
    assert!(report(&bonus("David"), &stage(PhaseKind::Turn)).is_empty());
}

#[test]
fn a_game_against_bots_starts_as_a_raid_on_the_strongest() {
    let situation = with(&stage(PhaseKind::Declaration), |roster| {
        let bot = roster.seats[samples::seat(2)].as_mut().unwrap();
        (bot.kind, bot.name) = (PlayerKind::Bot(Difficulty::Expert), name("Suda (bot)"));
    });
    let started = PublicNotice::GameStarted { deck_commitment: "ab".repeat(32), situation: situation.clone() };
    let told = bodies(&started, &situation);
    let kinds: Vec<(&str, &str)> = told
        .iter()
        .map(|message| {
            let what = message.get("status").or_else(|| message.get("event")).unwrap();
            (message["type"].as_str().unwrap(), what.as_str().unwrap())
        })
        .collect();
    assert_eq!(kinds, [("raid", "preparing"), ("system", "raid_started"), ("raid", "in_progress")]);
    let raid = &told[2];
    let both = json!([
        { "user_id": "guest-ABCD2345-0", "username": "Alice", "role": "leader", "class": "human" },
        { "user_id": "guest-ABCD2345-1", "username": "Bob", "role": "member", "class": "human" },
    ]);
    assert_eq!((&raid["raid_id"], &raid["raid_name"]), (&json!("ABCD2345"), &json!("Alice's Room")));
    assert_eq!((&raid["boss_name"], &raid["difficulty"]), (&json!("Suda (bot)"), &json!("expert")));
    assert_eq!((&raid["participants"], &raid["health_percentage"]), (&both, &json!(100)));
    assert_eq!(raid["duration_seconds"], 0);
    assert_eq!(told[1]["data"]["raid_name"], "Alice's Room");
}

#[test]
fn of_several_strongest_bots_the_first_by_seat_is_the_boss() {
    let situation = with(&stage(PhaseKind::Declaration), |roster| {
        let bot = roster.seats[samples::seat(2)].as_mut().unwrap();
        bot.kind = PlayerKind::Bot(Difficulty::Hard);
    });
    let started = PublicNotice::GameStarted { deck_commitment: String::new(), situation: situation.clone() };
    assert_eq!(bodies(&started, &situation)[0]["boss_name"], "Carol");
}

#[test]
fn health_is_what_the_best_person_still_lacks() {
    for (points, health) in
        [([0; 4], 100), ([-9, -20, -1, 40], 100), ([10, 25, 3, 49], 50), ([49, 1, 2, 50], 2), ([61, 0, 0, 0], 0)]
    {
        let mut situation = stage(PhaseKind::Turn);
        let table = situation.table.as_deref_mut().unwrap();
        for (seat, points) in Seat::ALL.into_iter().zip(points) {
            table.totals[seat] = points;
        }
        let over = finale(situation.clone(), 0);
        let told = bodies(&over, &situation);
        assert_eq!(told[0]["health_percentage"], health, "{points:?}");
    }
}

#[test]
fn a_scored_round_is_progress_and_other_phases_are_not() {
    let situation = stage(PhaseKind::Turn);
    assert!(report(&PublicNotice::PhaseChanged(situation.clone()), &situation).is_empty());
    let over = stage(PhaseKind::Over);
    assert!(report(&PublicNotice::PhaseChanged(over.clone()), &over).is_empty());
    let mut scored = stage(PhaseKind::Turn);
    let table = scored.table.as_deref_mut().unwrap();
    let game_rules::Phase::Over(result) = &over.table.as_deref().unwrap().phase else { panic!("not over") };
    table.phase = game_rules::Phase::Scoring(game_rules::RoundResult { scores: result.scores });
    let told = bodies(&PublicNotice::PhaseChanged(scored.clone()), &scored);
    assert_eq!((told.len(), &told[0]["status"]), (1, &json!("in_progress")));
    assert_eq!(told[0]["duration_seconds"], 61);
}

#[test]
fn victory_is_a_person_who_held_their_seat_and_anything_else_is_a_wipe() {
    let end = stage(PhaseKind::Over);
    let status = |notice: &PublicNotice, situation: &Situation| bodies(notice, situation)[0]["status"].clone();
    assert_eq!(status(&finale(end.clone(), 0), &end), "victory");
    assert_eq!(status(&finale(end.clone(), 3), &end), "wipe");
    let away = with(&end, |roster| {
        let player = roster.seats[samples::seat(0)].as_mut().unwrap();
        player.stand_in = Some(TakeoverReason::Disconnected);
    });
    assert_eq!(status(&finale(away.clone(), 0), &away), "wipe");
}

#[test]
fn a_game_of_people_alone_or_of_bots_alone_is_no_raid() {
    for kind in [PlayerKind::Human, PlayerKind::Bot(Difficulty::Easy)] {
        let situation = with(&stage(PhaseKind::Over), |roster| {
            for seat in Seat::ALL {
                roster.seats[seat].as_mut().unwrap().kind = kind;
            }
        });
        let started = PublicNotice::GameStarted { deck_commitment: String::new(), situation: situation.clone() };
        assert!(report(&started, &situation).is_empty(), "{kind:?}");
        assert!(report(&finale(situation.clone(), 0), &situation).is_empty(), "{kind:?}");
    }
}

#[test]
fn no_message_of_a_room_holds_a_hand() {
    let told: String = told().iter().map(|message| message.body.to_string()).collect();
    for word in ["hand", "piece", "deck", "GENERAL", "token"] {
        assert!(!told.contains(word), "{word}");
    }
    assert_eq!(Name::MAX_CHARS, 50, "a name of a room fits into what the contract allows");
}
