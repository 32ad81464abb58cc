//! What clients send. Nothing is read into these types: `decode` reads field by field, so that an error names the field.

use schemars::JsonSchema;

use super::message::MessageType;

/// `subscribe`: tell me messages of these types, too.
#[derive(JsonSchema)]
pub(super) struct Subscribe {
    /// The types.
    #[schemars(length(min = 1, max = 6))]
    #[expect(dead_code, reason = "only described")]
    message_types: Vec<MessageType>,
}

/// `unsubscribe`: tell me messages of these types no more.
#[derive(JsonSchema)]
pub(super) struct Unsubscribe {
    /// The types.
    #[schemars(length(min = 1, max = 6))]
    #[expect(dead_code, reason = "only described")]
    message_types: Vec<MessageType>,
}

/// `get_history`: list messages, the newest first.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only described")]
pub(super) struct GetHistory {
    /// How many at the most; 100 if it is left out.
    #[schemars(range(min = 1, max = 500))]
    limit: Option<u32>,
    /// How many to pass over; none if it is left out.
    #[schemars(range(max = 9_007_199_254_740_992_u64))]
    offset: Option<u64>,
    /// Which.
    filters: Option<Filters>,
}

/// `search`: find messages by the words and names in them, the best first.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only described")]
pub(super) struct Search {
    /// What to look for: 1 to 200 characters after trimming.
    #[schemars(length(min = 1))]
    query: String,
    /// Among which.
    filters: Option<Filters>,
    /// How many at the most; 100 if it is left out.
    #[schemars(range(min = 1, max = 500))]
    limit: Option<u32>,
    /// How many to pass over; none if it is left out.
    #[schemars(range(max = 9_007_199_254_740_992_u64))]
    offset: Option<u64>,
}

/// `ping`: are you there?
#[derive(JsonSchema)]
pub(super) struct Ping {}

/// Which messages. All that are named must hold.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only described")]
pub(super) struct Filters {
    /// Of this type.
    #[serde(rename = "type")]
    kind: Option<MessageType>,
    /// From or about this user.
    #[schemars(length(min = 1, max = 100))]
    user_id: Option<String>,
    /// Said in this channel, such as `lobby` or `room:ROOMID`.
    #[schemars(length(min = 1, max = 100))]
    channel: Option<String>,
    /// Not before this moment: ISO 8601 with `Z` or an offset.
    date_from: Option<String>,
    /// Not after this moment: ISO 8601 with `Z` or an offset.
    date_to: Option<String>,
}
