//! The AsyncAPI document of contract *live log*.

use super::{LiveLog, schema};
use crate::{
    Contract,
    asyncapi::{self, Channel},
};

const CHANNELS: [Channel; 1] = [Channel {
    name: "log",
    address: "/ws/live-log?token={token}&api_key={api_key}",
    description: "The live log. Where the server asks who it is, the handshake carries a token, in the header Authorization: Bearer or as ?token=, or an API key as ?api_key=; else the connection is closed with 4000, 4001 or 4002. A new connection is subscribed to nothing.",
    parameters: r"    parameters:
      token:
        description: An access token; one of the two is enough.
        examples: [eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmVk]
      api_key:
        description: One of the server's API keys.
        examples: [a-key-of-a-dashboard]
",
}];

const HEAD: &str = r"# Made by `make docs` from the types of the crate `contracts`.
asyncapi: 3.0.0
info:
  title: Liap Tui, contract live log
  version: 1.0.0
  description: >-
    Dashboards and tools of the community listen to messages of six types, list and search them. Every message is a JSON
    text frame: with `type`, it is one of the log; with `action`, it is a command, an answer, or a word about the
    connection. `error` answers what can't be done; the connection stays open. `receive` below is what the server receives.
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
    asyncapi::document(HEAD, &LiveLog::LIMITS, &CHANNELS, &schema::messages())
}
