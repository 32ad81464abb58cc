//! The AsyncAPI document of contract *game*.

use super::{Game, schema, version};
use crate::asyncapi::{self, Channel};

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

const ABOUT: &str = "The client of Liap Tui sends and receives JSON text frames, one message each. The answer to a message that is \
    refused is `error` or `validation_error`; nothing has changed and the connection stays open. `receive` below is \
    what the server receives.";

/// Generates the document.
pub(crate) fn document() -> String {
    asyncapi::document::<Game>(version::SUPPORTED[0], ABOUT, &CHANNELS, &schema::messages())
}
