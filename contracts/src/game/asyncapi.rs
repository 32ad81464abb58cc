//! The AsyncAPI document of contract *game*.

use super::{Game, schema, version};
use crate::{
    Contract,
    asyncapi::{self, Channel},
};

const CHANNELS: [Channel; 2] = [
    Channel {
        name: "lobby",
        address: "/ws/lobby",
        description: "The lobby: list rooms, create one or join one. From then on the connection belongs to that room and has all its events.",
        parameters: "",
    },
    Channel {
        name: "room",
        address: "/ws/{room_id}",
        description: "One room. Its events are numbered; a client sees a strictly increasing part of the numbers. The answer to an unknown room is error 1003, and the connection is closed with 1008.",
        parameters: r"    parameters:
      room_id:
        description: The id of the room, eight characters of A-Z and 2-9 without O and I.
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
    The client of Liap Tui sends and receives JSON text frames, one message each. The answer to a message that is
    refused is `error` or `validation_error`; nothing has changed and the connection stays open. `receive` below is what
    the server receives.
  license:
    name: MIT OR Apache-2.0
defaultContentType: application/json
servers:
  local:
    host: localhost:8000
    protocol: ws
    description: The server of `make run`.
";

/// Generates the document.
pub(crate) fn document() -> String {
    let head = HEAD.replace("VERSION", version::SUPPORTED[0]);
    asyncapi::document(&head, &Game::LIMITS, &CHANNELS, &schema::messages())
}
