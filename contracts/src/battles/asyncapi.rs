//! The AsyncAPI document of contract *battles*: its WebSocket. The OpenAPI document describes what is requested over
//! HTTP.

use super::{Battles, schema};
use crate::asyncapi::{self, Channel};

const CHANNELS: [Channel; 1] = [Channel {
    name: "battle",
    address: "/ws/battles/{id}",
    description: "One battle, for its players and for spectators of a public one. The handshake has a token in the header Authorization: Bearer or as ?token=. The answer to an unknown battle is the error BATTLE_NOT_FOUND, and to a private battle without a seat NOT_SEATED; the connection is then closed with 1008. A binary message closes it with 1003, one larger than {max_message} with 1009.",
    parameters: r"    parameters:
      id:
        description: The id of the room, eight characters of A-Z and 2-9 without O and I.
        examples: [ABCD2345]
",
}];

const ABOUT: &str = "Apps of other developers send and receive JSON text frames, one message each. The answer to a message that is \
    refused is `error`; nothing has changed and the connection stays open. The rest of the contract is HTTP. \
    `receive` below is what the server receives.";

/// Generates the document.
pub(crate) fn document() -> String {
    asyncapi::document::<Battles>("1.0.0", ABOUT, &CHANNELS, &schema::messages())
}
