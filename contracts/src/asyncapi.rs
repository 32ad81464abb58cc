//! AsyncAPI documents: the addresses of a contract and the messages in each direction. They are YAML; a text that could
//! contain YAML's own signs is written as a JSON string, which is YAML as well.

use std::fmt::Write;

use crate::{
    Contract, Limits,
    limits::size,
    schema::{Message, Side},
};

/// What precedes the channels.
const HEAD: &str = r"# Made by `make docs` from the types of the crate `contracts`.
asyncapi: 3.0.0
info:
  title: Liap Tui, contract CONTRACT
  version: VERSION
  description: ABOUT
  license:
    name: MIT OR Apache-2.0
defaultContentType: application/json
servers:
  local:
    host: localhost:8000
    protocol: ws
    description: The server of `make run`.
";

/// One address of a contract.
pub(crate) struct Channel {
    pub(crate) name: &'static str,
    pub(crate) address: &'static str,
    /// `{max_message}` stands for the contract's default size limit.
    pub(crate) description: &'static str,
    pub(crate) parameters: &'static str,
}

/// Generates the document of a contract; `about` says who its clients are and what they send.
pub(crate) fn document<C: Contract>(version: &str, about: &str, channels: &[Channel], messages: &[Message]) -> String {
    let head = HEAD.replace("CONTRACT", &C::ID.as_str().replace('_', " "));
    let mut text = head.replace("VERSION", version).replace("ABOUT", &quoted(about));
    text.push_str("channels:\n");
    for channel in channels {
        write_channel(&mut text, channel, &C::LIMITS, messages);
    }
    text.push_str("operations:\n");
    for channel in channels {
        write_operation(&mut text, channel, "receive", Side::Client, messages);
        write_operation(&mut text, channel, "send", Side::Server, messages);
    }
    text.push_str("components:\n  messages:\n");
    for message in messages {
        write_message(&mut text, message);
    }
    text
}

/// A message's name in the document, with its side, because both sides may use a name.
fn id(message: &Message) -> String {
    format!("{}.{}", message.side.as_str(), message.file_name())
}

fn write_channel(text: &mut String, channel: &Channel, limits: &Limits, messages: &[Message]) {
    let Channel { name, address, description, parameters } = channel;
    let description = quoted(&description.replace("{max_message}", &size(limits.max_message_bytes)));
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
