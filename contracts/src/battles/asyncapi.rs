//! The AsyncAPI document of contract *battles*: its WebSocket. What is asked over HTTP stands in the OpenAPI document.

use super::{Battles, schema};
use crate::{
    Contract,
    asyncapi::{self, Channel},
};

const CHANNELS: [Channel; 1] = [Channel {
    name: "battle",
    address: "/ws/battles/{id}",
    description: "One battle: the caller's own seat, or a place to watch a public one. The handshake carries a token, in the header Authorization: Bearer or as ?token=. An unknown battle is answered with the error BATTLE_NOT_FOUND, one that is closed to the caller with NOT_SEATED; the connection is then closed with 1008. A binary message closes it with 1003, one beyond {max_message} with 1009.",
    parameters: r"    parameters:
      id:
        description: Eight characters of A-Z and 2-9 without O and I.
        examples: [ABCD2345]
",
}];

const HEAD: &str = r"# Made by `make docs` from the types of the crate `contracts`.
asyncapi: 3.0.0
info:
  title: Liap Tui, contract battles
  version: 1.0.0
  description: >-
    Apps of other developers speak JSON text frames, one message each. `error` answers what can't be done; the connection
    stays open and nothing has changed. Everything else of the contract is asked over HTTP. `receive` below is what the
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
    asyncapi::document(HEAD, &Battles::LIMITS, &CHANNELS, &schema::messages())
}
