//! The AsyncAPI document of contract *chat*.

use super::{Chat, schema};
use crate::asyncapi::{self, Channel};

const CHANNELS: [Channel; 2] = [
    Channel {
        name: "chat",
        address: "/ws/chat",
        description: "The chat: the lobby, the rooms where the caller has a seat, and direct messages. The handshake has an account's token as ?token= or in the header Authorization: Bearer. Without a valid token the server sends the error AUTH_FAILED and closes the connection with 1008. The answer to a binary message is INVALID_MESSAGE; one larger than {max_message} closes the connection with 1009.",
        parameters: BINDINGS,
    },
    Channel {
        name: "root",
        address: "/ws",
        description: "The same contract. This address serves contract chat unless the handshake has the header Client-Type, or names liap.state.v1 in Sec-WebSocket-Protocol; liap.chat.v1 selects this contract.",
        parameters: BINDINGS,
    },
];

const BINDINGS: &str = r"    bindings:
      ws:
        method: GET
        query:
          type: object
          properties:
            token:
              type: string
              description: The access token of an account.
";

const ABOUT: &str = "Chat clients and avatars send and receive JSON text frames, one message each, with type, payload, timestamp and \
    id. The answer to a message that is refused is `error`; nothing has changed and the connection stays open. \
    `receive` below is what the server receives.";

/// Generates the document.
pub(crate) fn document() -> String {
    asyncapi::document::<Chat>("1.0.0", ABOUT, &CHANNELS, &schema::messages())
}
