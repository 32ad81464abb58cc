//! The AsyncAPI document of contract *live log*.

use super::{LiveLog, schema};
use crate::asyncapi::{self, Channel};

const CHANNELS: [Channel; 1] = [Channel {
    name: "log",
    address: "/ws/live-log?token={token}&api_key={api_key}",
    description: "The live log. If the server requires authentication, the handshake has a token in the header Authorization: Bearer or as ?token=, or an API key as ?api_key=; otherwise the connection is closed with 4000, 4001 or 4002. A new connection has no subscriptions.",
    parameters: r"    parameters:
      token:
        description: An access token; one of the two is enough.
        examples: [eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmVk]
      api_key:
        description: One of the server's API keys.
        examples: [a-key-of-a-dashboard]
",
}];

const ABOUT: &str = "Dashboards and community tools receive messages of six types, list and search them. Every message is a JSON text \
    frame: with `type` it belongs to the log; with `action` it is a command, an answer or about the connection. The \
    answer to a message that is refused is `error`; the connection stays open. `receive` below is what the server \
    receives.";

/// Generates the document.
pub(crate) fn document() -> String {
    asyncapi::document::<LiveLog>("1.0.0", ABOUT, &CHANNELS, &schema::messages())
}
