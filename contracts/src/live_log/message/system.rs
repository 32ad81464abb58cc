//! Messages of the server, of the type `system`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use vocabulary::Severity;

use super::{
    facts::{Facts, more},
    words::SystemEvent,
};
use crate::shapes::Line;

/// `system`: an event of the server.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(inline, rename = "LogSystemMessage")]
pub struct SystemMessage {
    /// The event that happened.
    pub event: SystemEvent,
    /// Facts about the event, at most 8 KiB of JSON.
    #[serde(default)]
    pub data: SystemFacts,
    /// The severity; `info` if left out.
    #[serde(default = "info")]
    pub severity: Severity,
}

const fn info() -> Severity {
    Severity::Info
}

/// The facts of a message of the type `system`.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LogSystemFacts")]
pub struct SystemFacts {
    /// The id of the user concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Line>", example = &"user_12345")]
    pub user_id: Option<String>,
    /// The name of the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Line>", example = &"DragonMaster")]
    pub username: Option<String>,
    /// How many people are online now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 245)]
    pub count_online: Option<u32>,
    /// Any other facts.
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
}

impl SystemMessage {
    pub(super) fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        facts.word(self.event.as_str());
        self.data.user_id.iter().for_each(|id| facts.user(id));
        self.data.username.iter().for_each(|name| facts.name(name));
        more(&self.data.more, &mut facts);
        facts
    }
}
