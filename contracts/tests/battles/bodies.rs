//! The bodies that the server sends over HTTP hold to their schemas.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use contracts::battles::{
    admin::{AdminPlayer, AdminRoom, AdminUser, CurrentAnnouncement, Reached},
    bans::{Ban, NewBan},
    error::refusal,
    guild::{Guild, GuildDetails, Member, MemberRole, War},
    operations::{LogAnalytics, PlannedMaintenance},
    server::{
        Action, AuthResponse, Battle, Deal, Done, GameState, Hint, HistoryEntry, OwnUser, Replay, ReplayAction,
        ReplayRound, ReplaySeat, Results, Rules, TokenResponse, User,
    },
    standing::{Discount, Leaderboard, LeaderboardEntry, LeaderboardUser, OwnGame, UserStats},
};
use game_rules::{BySeat, DeckSeed, RuleSet};
use serde::Serialize;
use serde_json::{Value, json};
use vocabulary::{Announcement, By, Maintenance, Pause, Severity};

use crate::{check, moments, samples, schemas};

fn value(body: &impl Serialize) -> Value {
    serde_json::to_value(body).unwrap()
}

fn replay() -> Replay {
    let seed = DeckSeed::from_bytes([7; 32]);
    let actions = samples::actions().into_iter().enumerate().map(|(seat, action)| ReplayAction {
        seat,
        action: Action::of(action),
        time: crate::NOW.0,
        automatic: seat == 3,
    });
    Replay {
        battle_id: "ABCD2345".to_owned(),
        rules: Rules::of(&RuleSet::default()),
        deck_seed: seed.to_hex(),
        deck_commitment: seed.commitment(),
        seats: vec![ReplaySeat { seat: 0, id: "guest-ABCD2345-0".to_owned(), name: "Alice".to_owned(), is_bot: false }],
        deals: vec![Deal::of(0, 1, &seed.deal(0))],
        actions: actions.collect(),
        rounds: vec![ReplayRound {
            round: 1,
            starter: 2,
            starter_reason: game_rules::StarterReason::HasGeneralRed.as_str(),
            multiplier: 1,
            declarations: [3, 0, 2, 1],
            captured: [3, 0, 4, 1],
            scores: [8, 3, -2, 6],
            totals: [8, 3, -2, 6],
        }],
        results: Results {
            winners: vec!["Alice".to_owned()],
            final_scores: BTreeMap::from([("Alice".to_owned(), 52)]),
            rounds_played: 8,
            duration: contracts::Seconds::from(std::time::Duration::from_millis(61_500)),
        },
    }
}

/// A guild at war.
fn guild() -> GuildDetails {
    let [id, leader_id] =
        ["01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10", "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a11"].map(str::to_owned);
    let member = |role| Member {
        id: leader_id.clone(),
        username: "Ann_7".to_owned(),
        display_name: "Ann".to_owned(),
        role,
        points: 40,
        joined_at: 1_700_000_000_000,
    };
    GuildDetails {
        members: vec![member(MemberRole::Leader), member(MemberRole::Member)],
        war: Some(War {
            id: id.clone(),
            opponent_id: id.clone(),
            opponent_name: "Sea Wolves".to_owned(),
            territory: None,
            wins: 2,
            losses: 1,
            started_at: 1_700_000_000_000,
            ends_at: 1_700_086_400_000,
        }),
        guild: Guild {
            id,
            name: "Dragon Riders".to_owned(),
            level: 3,
            points: 1_240,
            treasury: 300,
            tier: "Tier 4".to_owned(),
            member_count: 2,
            leader_id: leader_id.clone(),
            created_at: 1_700_000_000_000,
        },
    }
}

/// What finished games came to.
fn standings() -> Vec<(&'static str, Value)> {
    let stats = UserStats {
        games_played: 12,
        games_won: 5,
        win_rate: 0.4167,
        rounds_played: 96,
        perfect_declarations: 31,
        average_score: -3.5,
        best_score: 58,
        rating: 1612.38,
        rating_deviation: 401.77,
    };
    let user = LeaderboardUser {
        id: "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10".to_owned(),
        username: "Ann_7".to_owned(),
        display_name: "Ann".to_owned(),
        avatar_url: None,
    };
    let entry = LeaderboardEntry {
        rank: 1,
        user,
        rating: stats.rating,
        rating_deviation: stats.rating_deviation,
        games_played: stats.games_played,
        games_won: stats.games_won,
        win_rate: stats.win_rate,
    };
    let game = OwnGame {
        battle_id: "ABCD2345".to_owned(),
        ended_at: 1_700_000_000_000,
        place: 2,
        won: false,
        finished_by_bot: false,
        score: -12,
        rounds_played: 9,
        counts: Some(0.5),
        discount: Some(Discount::Repeated),
    };
    let unrated = OwnGame { counts: None, discount: None, ..game.clone() };
    let board = Leaderboard { entries: vec![entry], total: 1 };
    vec![
        ("UserStats", value(&stats)),
        ("OwnGame", value(&game)),
        ("OwnGame", value(&unrated)),
        ("Leaderboard", value(&board)),
    ]
}

/// What operators are answered.
fn operations() -> Vec<(&'static str, Value)> {
    let player = AdminPlayer { id: "bot".to_owned(), name: "Bot 2".to_owned(), seat: 1, is_bot: true };
    let room = AdminRoom {
        id: "ABCD2345".to_owned(),
        name: "Tuesday".to_owned(),
        status: "playing",
        is_public: false,
        players: vec![player],
        created_at: crate::NOW.0,
        updated_at: crate::NOW.0,
    };
    let user = AdminUser {
        id: "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10".to_owned(),
        username: "Ann_7".to_owned(),
        display_name: "Ann".to_owned(),
        role: "user".to_owned(),
        blocked: true,
        created_at: 1_700_000_000_000,
    };
    let pause = Maintenance { event: Pause::Restart, scheduled: crate::NOW, duration: Duration::from_secs(600) };
    let announcement = Announcement {
        message: "New rules from Monday on".to_owned(),
        severity: Severity::Warning,
        at: crate::NOW,
        duration: Announcement::DEFAULT_DURATION,
    };
    let hour = (crate::NOW, crate::NOW + Announcement::DEFAULT_DURATION);
    vec![
        ("CurrentAnnouncement", value(&CurrentAnnouncement::from(announcement))),
        ("LogAnalytics", value(&LogAnalytics::of(hour.0, hour.1, [(1, hour.0, 42)]))),
        ("AdminRoom", value(&room)),
        ("AdminUser", value(&user)),
        ("Reached", value(&Reached { reached: 12 })),
        ("PlannedMaintenance", value(&PlannedMaintenance::of(&pause, crate::NOW, None))),
        ("PlannedMaintenance", value(&PlannedMaintenance::of(&pause, crate::NOW, Some(3)))),
    ]
}

/// One of each body, by the name of its schema.
fn all() -> Vec<(&'static str, Value)> {
    let tokens = AuthResponse { token: "t".to_owned(), refresh_token: "r".to_owned(), expires_in: 1_800 };
    let user = User {
        id: "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10".to_owned(),
        username: "Ann_7".to_owned(),
        display_name: "Ann".to_owned(),
        avatar_url: None,
        created_at: 1_700_000_000_000,
    };
    let hint = Hint { action: Action::Declare { value: 3 }, difficulty: vocabulary::Difficulty::Hard, think_ms: 12 };
    let mut bodies = vec![
        ("AuthResponse", value(&tokens)),
        ("TokenResponse", value(&TokenResponse::from(tokens))),
        ("Done", value(&Done::SUCCESS)),
        ("User", value(&user)),
        ("OwnUser", value(&OwnUser { user, role: "admin".to_owned() })),
        ("Hint", value(&hint)),
        ("Replay", value(&replay())),
        ("Guild", value(&guild().guild)),
        ("GuildDetails", value(&guild())),
        ("GuildDetails", value(&GuildDetails { war: None, ..guild() })),
        ("Battle", value(&Battle::of(&samples::waiting(), crate::NOW))),
    ];
    for game in samples::games() {
        let situation = moments::decided(samples::playing(game), By::Clock);
        let hand = game.view(samples::seat(1)).hand();
        let state = GameState::of(&situation, Some((samples::seat(1), Some(hand))));
        bodies.push(("Battle", value(&Battle::of(&situation, crate::NOW))));
        bodies.push(("GameState", value(&state)));
        bodies.push(("HistoryEntry", value(&HistoryEntry { sequence: 1, timestamp: crate::NOW.0, state })));
    }
    bodies.extend(standings());
    bodies.extend(operations());
    bodies.extend(bans());
    bodies.extend(samples::denials().iter().map(|(denial, _)| ("ErrorResponse", value(&refusal(denial)))));
    bodies
}

/// A ban of an account without an end, and one of a network that ends.
fn bans() -> Vec<(&'static str, Value)> {
    let text = |text: &str| Some(text.to_owned());
    let account = Ban {
        id: "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10".to_owned(),
        account: text("01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a11"),
        network: None,
        subject: "Bob".to_owned(),
        reason: "cheating".to_owned(),
        banned_by: "Root".to_owned(),
        created_at: 1_700_000_000_000,
        ends_at: None,
    };
    let network =
        Ban { account: None, network: text("203.0.113.0/24"), ends_at: Some(1_700_000_360_000), ..account.clone() };
    vec![("Ban", value(&account)), ("Ban", value(&network)), ("NewBan", value(&NewBan { ban: network, closed: 2 }))]
}

#[test]
fn every_body_holds_to_its_schema_and_every_schema_has_a_body() {
    let schemas = schemas("response");
    let mut seen = BTreeSet::new();
    for (name, mut body) in all() {
        check(&schemas, name, &body);
        body["more"] = json!(1);
        assert!(!schemas[name].is_valid(&body), "{name} is open");
        seen.insert(name.to_owned());
    }
    assert_eq!(seen, schemas.keys().cloned().collect());
}

#[test]
fn a_replays_deal_is_the_one_that_its_seed_makes() {
    let replay = value(&replay());
    let seed: DeckSeed = replay["deckSeed"].as_str().unwrap().parse().unwrap();
    let hands: BySeat<Vec<String>> = seed.deal(0).map(|hand| hand.iter().map(|piece| piece.to_string()).collect());
    assert_eq!(replay["deals"][0], json!({ "number": 0, "round": 1, "hands": hands.as_array() }));
    assert_eq!(replay["deckCommitment"], seed.commitment());
    let play = json!({ "seat": 1, "type": "play", "pieceIds": ["p3", "p4"], "time": crate::NOW.0, "automatic": false });
    assert_eq!(replay["actions"][1], play);
}
