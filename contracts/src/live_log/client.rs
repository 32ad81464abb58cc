//! What clients send. Nothing is read into these types: `decode` reads field by field, so that an error names the field.

use schemars::JsonSchema;

use vocabulary::LogKind;

/// `subscribe`: subscribes to more types of messages.
#[derive(JsonSchema)]
pub(super) struct Subscribe {
    /// The types of messages.
    #[schemars(length(min = 1, max = 6))]
    #[expect(dead_code, reason = "only described")]
    message_types: Vec<LogKind>,
}

/// `unsubscribe`: ends the subscription to these types.
#[derive(JsonSchema)]
pub(super) struct Unsubscribe {
    /// The types of messages.
    #[schemars(length(min = 1, max = 6))]
    #[expect(dead_code, reason = "only described")]
    message_types: Vec<LogKind>,
}

/// `get_history`: lists messages, the newest first.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only described")]
pub(super) struct GetHistory {
    /// The most messages to return; 100 if left out.
    #[schemars(range(min = 1, max = 500))]
    limit: Option<u32>,
    /// How many messages to skip; 0 if left out.
    #[schemars(range(max = 9_007_199_254_740_992_u64))]
    offset: Option<u64>,
    /// Which messages are listed.
    filters: Option<Filters>,
}

/// `search`: finds messages by words and names, the best match first.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only described")]
pub(super) struct Search {
    /// The words to find, 1 to 200 characters after trimming.
    #[schemars(length(min = 1))]
    query: String,
    /// Which messages are searched.
    filters: Option<Filters>,
    /// The most messages to return; 100 if left out.
    #[schemars(range(min = 1, max = 500))]
    limit: Option<u32>,
    /// How many messages to skip; 0 if left out.
    #[schemars(range(max = 9_007_199_254_740_992_u64))]
    offset: Option<u64>,
}

/// `ping`: checks the connection.
#[derive(JsonSchema)]
pub(super) struct Ping {}

/// A filter. A message must match all given fields.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only described")]
pub(super) struct Filters {
    /// The type of the message.
    #[serde(rename = "type")]
    kind: Option<LogKind>,
    /// The user who wrote the message or whom it is about.
    #[schemars(length(min = 1, max = 100))]
    user_id: Option<String>,
    /// The channel of the message, such as `lobby` or `room:ROOMID`.
    #[schemars(length(min = 1, max = 100))]
    channel: Option<String>,
    /// The earliest time: ISO 8601 with `Z` or an offset.
    date_from: Option<String>,
    /// The latest time: ISO 8601 with `Z` or an offset.
    date_to: Option<String>,
}
