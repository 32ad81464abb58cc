//! The server's own events that are of no room: talk, comings and goings, levels, pauses, failures, guilds.

use contracts::live_log::{
    compose,
    message::{Content, DirectMessage},
    report::{self, GuildNews, Heard},
};
use serde_json::json;
use vocabulary::{
    AccountId, Author, ChatEvent, ChatNotice, LogKind, LogMessage, PlayerId, Profile, Scope, Status, Timestamp,
};

use crate::{NOW, body, name, room, samples};

pub(crate) fn profile() -> Profile {
    Profile {
        account: AccountId::new(),
        name: name("Ann"),
        avatar_url: Some("https://pictures.example/ann.png".to_owned()),
        is_admin: false,
        level: 7,
    }
}

fn author(profile: &Profile) -> Author {
    Author { id: PlayerId::Account(profile.account), name: profile.name.clone() }
}

pub(crate) fn words(scope: Scope, author: Author) -> ChatNotice {
    ChatNotice::now(scope, author, ChatEvent::Said("good luck".into()))
}

fn news(event: &str) -> GuildNews<'_> {
    let data = r#"{"territory":"Dragon Valley","points_earned":5000,"member_name":"Zoe","rank_change":7}"#;
    GuildNews { id: 12, at: NOW, guild: "guild_001", name: "The Dragonslayers", level: 25, event, data }
}

/// One message at least of each function.
pub(crate) fn told() -> Vec<LogMessage> {
    let ann = profile();
    let direct = Scope::Direct(AccountId::new());
    let mut told = vec![
        report::said(&words(Scope::Lobby, author(&ann)), Some(&ann), Heard::default()).unwrap(),
        report::said(&words(direct, author(&ann)), Some(&ann), Heard::default()).unwrap(),
        report::joined(&ann, 245),
        report::left(&ann, 244),
        report::leveled_up(ann.account, &ann.name, 3, 1_734.6),
        report::failed("the database is full"),
        report::guild(&news("conquest_complete")).unwrap(),
    ];
    told.extend(samples::bulletins().iter().filter_map(report::maintenance));
    told
}

#[test]
fn what_is_said_in_the_lobby_is_a_user_message_with_the_chats_id_and_time() {
    let ann = profile();
    let notice = words(Scope::Lobby, author(&ann));
    let message = report::said(&notice, Some(&ann), Heard::default()).unwrap();
    let expected = json!({
        "type": "user", "id": format!("msg_{}", notice.id), "timestamp": contracts::iso8601::iso(notice.at),
        "user_id": ann.account.to_string(), "username": "Ann", "user_avatar": "https://pictures.example/ann.png",
        "user_badge": "member", "content": "good luck",
        "metadata": { "server": "main", "channel": "lobby", "level": 7 },
    });
    assert_eq!(body(&message), expected);
    assert_eq!((message.audience, message.channel.as_deref()), (None, Some("lobby")));
    assert_eq!((message.kind, message.at), (LogKind::User, notice.at));
}

#[test]
fn the_badge_is_of_admins_bots_and_members() {
    let badge = |notice: &ChatNotice, profile: Option<&Profile>| {
        body(&report::said(notice, profile, Heard::default()).unwrap())["user_badge"].clone()
    };
    let (ann, admin) = (profile(), Profile { is_admin: true, ..profile() });
    assert_eq!(badge(&words(Scope::Lobby, author(&admin)), Some(&admin)), "admin");
    assert_eq!(badge(&words(Scope::Lobby, author(&ann)), Some(&ann)), "member");
    let bot = Author { id: PlayerId::Bot(room(), samples::seat(1)), name: name("Mali (bot)") };
    assert_eq!(badge(&words(Scope::Lobby, bot), None), "bot");
}

#[test]
fn only_what_is_said_is_logged() {
    let ann = profile();
    let typing = ChatNotice::now(Scope::Lobby, author(&ann), ChatEvent::Status(Status::Typing));
    assert_eq!(report::said(&typing, Some(&ann), Heard::default()), None);
}

#[test]
fn comings_and_goings_say_how_many_are_there() {
    let ann = profile();
    let data = json!({ "user_id": ann.account.to_string(), "username": "Ann", "count_online": 245 });
    for (message, event) in [(report::joined(&ann, 245), "user_joined"), (report::left(&ann, 245), "user_left")] {
        let told = body(&message);
        assert_eq!((&told["event"], &told["data"], &told["severity"]), (&json!(event), &data, &json!("info")));
        assert_eq!(message.users, [ann.account.to_string()]);
    }
}

#[test]
fn a_level_a_failure_and_a_pause_are_system_messages() {
    let ann = profile();
    let level = body(&report::leveled_up(ann.account, &ann.name, 3, 1_734.6));
    assert_eq!(
        (&level["event"], &level["data"]["level"], &level["data"]["rating"]),
        (&json!("user_leveled_up"), &json!(3), &json!(1_735))
    );
    let failed = body(&report::failed("the database is full"));
    assert_eq!((&failed["event"], &failed["severity"]), (&json!("error"), &json!("error")));
    assert_eq!(failed["data"], json!({ "message": "the database is full" }));
    let pauses: Vec<LogMessage> = samples::bulletins().iter().filter_map(report::maintenance).collect();
    assert_eq!(pauses.len(), 6, "announcements are no events of the contract");
    let planned = json!({
        "event": "maintenance", "scheduled_time": "2023-01-16T17:31:10.050Z", "duration": 600, "ended": false,
    });
    assert_eq!((&body(&pauses[0])["event"], &body(&pauses[0])["data"]), (&json!("server_maintenance"), &planned));
    assert_eq!(body(&pauses[5])["data"]["ended"], true);
}

#[test]
fn news_of_a_guild_told_twice_are_one_message() {
    let message = report::guild(&news("conquest_complete")).unwrap();
    assert_eq!(message, report::guild(&news("conquest_complete")).unwrap());
    let other = report::guild(&GuildNews { id: 13, ..news("conquest_complete") }).unwrap();
    assert_ne!(message.id, other.id);
    assert!(message.id.starts_with("guild_"));
    let later = report::guild(&GuildNews { at: Timestamp(NOW.0 + 1), ..news("conquest_complete") }).unwrap();
    assert!(message.id < later.id, "ids sort by time");
    let data = json!({ "territory": "Dragon Valley", "points_earned": 5000, "member_name": "Zoe" });
    assert_eq!(body(&message)["event_data"], data, "what has another type is left out");
    assert_eq!(report::guild(&news("dissolved")), None);
    assert!(report::guild(&GuildNews { data: "damaged", ..news("war_declared") }).is_some());
}

#[test]
fn a_direct_message_from_no_account_is_only_for_its_addressee() {
    let to = AccountId::new();
    let from = |from: &str| {
        compose(Content::Dm(DirectMessage {
            from_user_id: from.to_owned(),
            from_username: "x".to_owned(),
            to_user_id: to.to_string(),
            content: "x".to_owned(),
            read: false,
        }))
    };
    assert_eq!(from("user_12345").audience, Some(vec![to]));
    assert_eq!(from(&to.to_string()).audience, Some(vec![to]));
}
