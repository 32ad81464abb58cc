//! The AsyncAPI document of contract *state*.

use super::{State, schema};
use crate::asyncapi::{self, Channel};

const CHANNELS: [Channel; 2] = [
    Channel {
        name: "state",
        address: "/ws/state",
        description: "All games that the caller requests, on one connection. The handshake has an account's token in the header Authorization: Bearer; Client-Type names the kind of client (kivy and player may act in games where the account has a seat, observer may only watch public ones), and Device-ID names the device: one connection per account and device, the newer one wins. Without a valid token the server sends the error AUTH_FAILED and closes the connection with 1008. The answer to a binary message is INVALID_STATE; one larger than {max_message} closes the connection with 1009.",
        parameters: BINDINGS,
    },
    Channel {
        name: "root",
        address: "/ws",
        description: "The same contract. This address serves contract state if the handshake has the header Client-Type, or names liap.state.v1 in Sec-WebSocket-Protocol; otherwise it serves contract chat.",
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
              description: The client's name for its device.
";

const ABOUT: &str = "Kivy apps, observers and devices send and receive JSON text frames, one message each. The answer to a message \
    that is refused is `error`; nothing has changed and the connection stays open. `receive` below is what the \
    server receives.";

/// Generates the document.
pub(crate) fn document() -> String {
    asyncapi::document::<State>("1.0.0", ABOUT, &CHANNELS, &schema::messages())
}
