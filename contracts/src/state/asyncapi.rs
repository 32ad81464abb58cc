//! The AsyncAPI document of contract *state*.

use super::{State, schema};
use crate::{
    Contract,
    asyncapi::{self, Channel},
};

const CHANNELS: [Channel; 2] = [
    Channel {
        name: "state",
        address: "/ws/state",
        description: "Every game that the caller asks for, on one connection. The handshake carries an account's token in the header Authorization: Bearer; Client-Type says what the caller is (kivy and player may act in games where the account has a seat, observer may only watch public ones), and Device-ID names the device: one connection per account and device, the newer wins. Without a valid token the error AUTH_FAILED comes first, and the connection is closed with 1008. A binary message is answered with INVALID_STATE; one beyond {max_message} closes the connection with 1009.",
        parameters: BINDINGS,
    },
    Channel {
        name: "root",
        address: "/ws",
        description: "The same. This address speaks contract state when the handshake has the header Client-Type, or names liap.state.v1 in Sec-WebSocket-Protocol; else it speaks contract chat.",
        parameters: BINDINGS,
    },
];

const BINDINGS: &str = r"    bindings:
      ws:
        method: GET
        headers:
          type: object
          properties:
            Authorization:
              type: string
              description: Bearer and the access token of an account.
            Client-Type:
              type: string
              enum: [kivy, observer, player]
            Device-ID:
              type: string
              description: What the client calls the device that it runs on.
";

const HEAD: &str = r"# Made by `make docs` from the types of the crate `contracts`.
asyncapi: 3.0.0
info:
  title: Liap Tui, contract state
  version: 1.0.0
  description: >-
    Kivy apps, observers and devices speak JSON text frames, one message each. `error` answers what can't be done; the
    connection stays open and nothing has changed. `receive` below is what the server receives.
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
    asyncapi::document(HEAD, &State::LIMITS, &CHANNELS, &schema::messages())
}
