//! Messages of the server, of the type `system`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    facts::{Facts, LINE, more},
    words::{Severity, SystemEvent},
};

/// `system`: an event of the server.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = LogSystemMessage)]
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
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = LogSystemFacts)]
pub struct SystemFacts {
    /// The id of the user concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "user_12345")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub user_id: Option<String>,
    /// The name of the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "DragonMaster"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub username: Option<String>,
    /// How many people are online now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 245)]
    pub count_online: Option<u32>,
    /// Any other facts.
    #[serde(flatten)]
    #[schema(value_type = std::collections::BTreeMap<String, Object>)]
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
