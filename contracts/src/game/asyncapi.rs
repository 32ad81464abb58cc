//! The AsyncAPI document of contract *game*: where it is spoken, and which messages go which way.

use std::fmt::Write;

use super::{schema, version};
use crate::schema::{Message, Side};

/// One place where the contract is spoken.
struct Channel {
    name: &'static str,
    address: &'static str,
    description: &'static str,
    parameters: &'static str,
}

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

/// The document, in YAML. A text of the document that could hold YAML's own signs is written as a JSON string, which
/// is YAML too.
pub(crate) fn document() -> String {
    let messages = schema::messages();
    let mut text = HEAD.replace("VERSION", version::SUPPORTED[0]);
    text.push_str("channels:\n");
    for channel in &CHANNELS {
        write_channel(&mut text, channel, &messages);
    }
    text.push_str("operations:\n");
    for channel in &CHANNELS {
        write_operation(&mut text, channel, "receive", Side::Client, &messages);
        write_operation(&mut text, channel, "send", Side::Server, &messages);
    }
    text.push_str("components:\n  messages:\n");
    for message in &messages {
        write_message(&mut text, message);
    }
    text
}

/// A message's name in the document: both sides have a `server_time`.
fn id(message: &Message) -> String {
    format!("{}.{}", message.side.as_str(), message.event)
}

fn write_channel(text: &mut String, channel: &Channel, messages: &[Message]) {
    let Channel { name, address, description, parameters } = channel;
    let description = quoted(description);
    line(text, format_args!("  {name}:"));
    line(text, format_args!("    address: {address}"));
    line(text, format_args!("    description: {description}"));
    text.push_str(parameters);
    line(text, format_args!("    messages:"));
    for message in messages {
        let id = id(message);
        line(text, format_args!("      {id}:"));
        line(text, format_args!("        $ref: '#/components/messages/{id}'"));
    }
}

fn write_operation(text: &mut String, channel: &Channel, action: &str, side: Side, messages: &[Message]) {
    let name = channel.name;
    line(text, format_args!("  {name}.{action}:"));
    line(text, format_args!("    action: {action}"));
    line(text, format_args!("    channel:"));
    line(text, format_args!("      $ref: '#/channels/{name}'"));
    line(text, format_args!("    messages:"));
    for message in messages.iter().filter(|message| message.side == side) {
        let id = id(message);
        line(text, format_args!("      - $ref: '#/channels/{name}/messages/{id}'"));
    }
}

fn write_message(text: &mut String, message: &Message) {
    let summary = message.schema["description"].as_str().unwrap_or_default();
    line(text, format_args!("    {}:", id(message)));
    line(text, format_args!("      name: {}", message.event));
    line(text, format_args!("      summary: {}", quoted(summary)));
    line(text, format_args!("      payload:"));
    line(text, format_args!("        $ref: ../{}", message.path()));
}

fn line(text: &mut String, content: std::fmt::Arguments<'_>) {
    // Writing to a String can't fail.
    let _ = writeln!(text, "{content}");
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
