//! Chat messages, presence and level-ups.

use serde_json::Value;
use vocabulary::{AccountId, ChatEvent, ChatNotice, LogMessage, Name, Profile, Scope, Severity};

use super::more;
use crate::live_log::message::{
    Content, DirectMessage, SystemEvent, SystemFacts, SystemMessage, UserMessage, UserMetadata, compose, compose_as,
};

/// The name of the only server.
const SERVER: &str = "main";

/// Who may receive a chat message.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Heard {
    /// The accounts that belong to the scope; empty for the lobby.
    pub accounts: Vec<AccountId>,
    /// Whether the recipient of a direct message was in the chat to read it.
    pub by_addressee: bool,
}

/// Encodes a chat message: one in the lobby is for everybody, one in a room for the accounts that belong to it, a
/// direct one for the two. `profile` is the author's; guests and bots have none. `None` for anything else, and for what
/// nobody may see. The message has the id and the time of the notice.
pub fn said(notice: &ChatNotice, profile: Option<&Profile>, heard: Heard) -> Option<LogMessage> {
    let ChatEvent::Said(words) = &notice.event else {
        return None;
    };
    let content = match notice.scope {
        Scope::Lobby | Scope::Room(_) => Content::User(user(notice, words, profile)),
        Scope::Direct(to) => Content::Dm(direct(notice, words, to, heard.by_addressee)),
    };
    let message = compose_as(content, notice.id, notice.at);
    match notice.scope {
        Scope::Lobby => Some(message),
        Scope::Room(_) => {
            let members = heard.accounts;
            (!members.is_empty()).then_some(LogMessage { audience: Some(members), ..message })
        }
        Scope::Direct(_) => Some(message),
    }
}

fn user(notice: &ChatNotice, words: &str, profile: Option<&Profile>) -> UserMessage {
    let badge = match profile {
        _ if notice.author.is_bot() => "bot",
        Some(profile) if profile.is_admin => "admin",
        _ => "member",
    };
    UserMessage {
        user_id: notice.author.id.to_string(),
        username: notice.author.name.to_string(),
        user_avatar: profile.and_then(|profile| profile.avatar_url.clone()),
        user_badge: Some(badge.to_owned()),
        content: words.to_owned(),
        metadata: UserMetadata {
            server: Some(SERVER.to_owned()),
            channel: Some(notice.scope.to_string()),
            level: profile.map(|profile| profile.level),
            ..UserMetadata::default()
        },
    }
}

fn direct(notice: &ChatNotice, words: &str, to: AccountId, read: bool) -> DirectMessage {
    DirectMessage {
        from_user_id: notice.author.id.to_string(),
        from_username: notice.author.name.to_string(),
        to_user_id: to.to_string(),
        content: words.to_owned(),
        read,
    }
}

/// A user has come online; `count_online` are online now.
pub fn joined(profile: &Profile, count_online: usize) -> LogMessage {
    presence(SystemEvent::UserJoined, profile, count_online)
}

/// A user has gone offline; `count_online` are still online.
pub fn left(profile: &Profile, count_online: usize) -> LogMessage {
    presence(SystemEvent::UserLeft, profile, count_online)
}

fn presence(event: SystemEvent, profile: &Profile, count_online: usize) -> LogMessage {
    let data = SystemFacts {
        user_id: Some(profile.account.to_string()),
        username: Some(profile.name.to_string()),
        count_online: Some(u32::try_from(count_online).unwrap_or(u32::MAX)),
        ..SystemFacts::default()
    };
    compose(Content::System(SystemMessage { event, data, severity: Severity::Info }))
}

/// An account has reached the level of this rating.
pub fn leveled_up(account: AccountId, name: &Name, level: u32, rating: f64) -> LogMessage {
    let data = SystemFacts {
        user_id: Some(account.to_string()),
        username: Some(name.to_string()),
        more: more([("level", Value::from(level)), ("rating", Value::from(rating.round() as i64))]),
        ..SystemFacts::default()
    };
    compose(Content::System(SystemMessage { event: SystemEvent::UserLeveledUp, data, severity: Severity::Info }))
}
