//! The AsyncAPI document of contract *chat*.

use super::{Chat, schema};
use crate::{
    Contract,
    asyncapi::{self, Channel},
};

const CHANNELS: [Channel; 2] = [
    Channel {
        name: "chat",
        address: "/ws/chat",
        description: "The chat: the lobby, the rooms where the caller has a seat, and direct messages. The handshake carries an account's token as ?token=, or in the header Authorization: Bearer. Without a valid one the error AUTH_FAILED comes first, and the connection is closed with 1008. A binary message is answered with INVALID_MESSAGE; one beyond {max_message} closes the connection with 1009.",
        parameters: BINDINGS,
    },
    Channel {
        name: "root",
        address: "/ws",
        description: "The same. This address speaks contract chat unless the handshake has the header Client-Type, or names liap.state.v1 in Sec-WebSocket-Protocol; liap.chat.v1 there names this contract.",
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

const HEAD: &str = r"# Made by `make docs` from the types of the crate `contracts`.
asyncapi: 3.0.0
info:
  title: Liap Tui, contract chat
  version: 1.0.0
  description: >-
    Chat clients and avatars speak JSON text frames, one message each, all in the frame type, payload, timestamp, id.
    `error` answers what can't be done; the connection stays open and nothing has changed. `receive` below is what the
    server receives.
  license:
    name: MIT OR Apache-2.0
defaultContentType: application/json
servers:
  local:
    host: localhost:8000
    protocol: ws
    description: As `make run` starts it.
";

/// The document.
pub(crate) fn document() -> String {
    asyncapi::document(HEAD, &Chat::LIMITS, &CHANNELS, &schema::messages())
}
