//! The AsyncAPI document of contract *game*: where it is spoken, and which messages go which way.

use super::{Game, schema, version};
use crate::{
    Contract,
    asyncapi::{self, Channel},
};

const CHANNELS: [Channel; 2] = [
    Channel {
        name: "lobby",
        address: "/ws/lobby",
        description: "The lobby: list rooms, make one or join one. From then on the connection belongs to that room, and everything else of the contract is spoken on it too.",
        parameters: "",
    },
    Channel {
        name: "room",
        address: "/ws/{room_id}",
        description: "One room. Its events are numbered; a client sees a strictly increasing part of the numbers. An unknown room is answered with error 1003, and the connection is closed with 1008.",
        parameters: r"    parameters:
      room_id:
        description: Eight characters of A-Z and 2-9 without O and I.
        examples: [ABCD2345]
",
    },
];

const HEAD: &str = r"# Made by `make docs` from the types of the crate `contracts`.
asyncapi: 3.0.0
info:
  title: Liap Tui, contract game
  version: VERSION
  description: >-
    The client of Liap Tui speaks JSON text frames, one message each. `error` and `validation_error` answer what can't
    be done; the connection stays open and nothing has changed. `receive` below is what the server receives.
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
    let head = HEAD.replace("VERSION", version::SUPPORTED[0]);
    asyncapi::document(&head, &Game::LIMITS, &CHANNELS, &schema::messages())
}
