//! Messages of the server, read as little as it takes: an event's name and number with a glance at the text, its content
//! only where this player has to know it.

pub(super) mod battles;
pub(super) mod game;

use game_rules::{Piece, PieceSet, Seat};
use serde::{Deserialize, Deserializer, de::Error};

use super::ledger::Audience;

/// A message, by what it is for a player.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What {
    /// One's own pieces.
    Hand,
    /// One's own action was taken.
    Accepted,
    /// Somebody acted.
    Acted,
    /// How the game stands.
    Stands,
    Started,
    Over,
    /// One's own seat is there again.
    Back,
    /// The connection is there.
    Here,
    /// The first answer of a room, or one that tells how it stands.
    Answer,
    Refused,
    /// The server closes.
    Closing,
    /// An event that asks for nothing.
    Event(Audience),
    /// No event of the room.
    Passing,
}

impl What {
    /// Who has to hear it.
    pub(super) const fn audience(self) -> Audience {
        match self {
            Self::Hand | Self::Answer => Audience::One,
            Self::Accepted => Audience::Actor,
            Self::Acted => Audience::Others,
            Self::Event(audience) => audience,
            _ => Audience::All,
        }
    }
}

/// The names or ids that the seats go by.
#[derive(Clone, Default, Debug)]
pub(super) struct Names([String; 4]);

impl Names {
    pub(super) fn put(&mut self, seat: usize, name: &str) {
        if let Some(place) = self.0.get_mut(seat) {
            name.clone_into(place);
        }
    }

    /// Who goes by this name.
    pub(super) fn seat(&self, name: &str) -> Option<Seat> {
        self.0.iter().position(|known| known == name).and_then(Seat::new)
    }
}

/// The event's name, without reading the message.
pub(super) fn event(text: &str) -> &str {
    after(text, "{\"event\":\"").and_then(|rest| rest.split('"').next()).unwrap_or_default()
}

/// What follows these words, when the text begins with them.
fn after<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    text.strip_prefix(words).or_else(|| text.split_once(words.get(1..)?).map(|(_, rest)| rest))
}

/// The number at the beginning.
fn leading_number(text: &str) -> Option<u64> {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

/// The number behind the last of these words, which stand near the end.
pub(super) fn last_number(text: &str, words: &str) -> Option<u64> {
    let from = text.len().saturating_sub(96);
    let tail = &text.as_bytes()[from..];
    let at = from + tail.windows(words.len()).rposition(|window| window == words.as_bytes())?;
    leading_number(text.get(at + words.len()..)?)
}

/// The number behind the first of these words, which stand near the beginning.
pub(super) fn first_number(text: &str, words: &str) -> Option<u64> {
    let head = &text.as_bytes()[..text.len().min(160)];
    let at = head.windows(words.len()).position(|window| window == words.as_bytes())?;
    leading_number(text.get(at + words.len()..)?)
}

/// The content of a message of either contract.
fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
    #[derive(Deserialize)]
    struct Of<T> {
        data: T,
    }
    serde_json::from_str::<Of<T>>(text).ok().map(|of| of.data)
}

/// Pieces as their ids.
fn ids<'de, D: Deserializer<'de>>(from: D) -> Result<PieceSet, D::Error> {
    set(Vec::<&str>::deserialize(from)?.into_iter())
}

/// The same where they need not be.
fn some_ids<'de, D: Deserializer<'de>>(from: D) -> Result<Option<PieceSet>, D::Error> {
    ids(from).map(Some)
}

/// Pieces as objects with ids.
fn pieces<'de, D: Deserializer<'de>>(from: D) -> Result<PieceSet, D::Error> {
    #[derive(Deserialize)]
    struct Named<'a> {
        id: &'a str,
    }
    set(Vec::<Named<'_>>::deserialize(from)?.into_iter().map(|piece| piece.id))
}

fn set<'a, E: Error>(ids: impl Iterator<Item = &'a str>) -> Result<PieceSet, E> {
    let mut set = PieceSet::EMPTY;
    for id in ids {
        set.insert(id.parse::<Piece>().map_err(E::custom)?);
    }
    Ok(set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glance_finds_name_and_number() {
        let text = r#"{"event":"phase_change","data":{"sequence_number":7},"sequence_number":12}"#;
        assert_eq!((event(text), last_number(text, "\"sequence_number\":")), ("phase_change", Some(12)));
        assert_eq!(first_number(r#"{"event":"x","data":{"sequence":5,"#, "\"sequence\":"), Some(5));
        assert_eq!((event("[]"), last_number("{}", "\"sequence_number\":")), ("", None));
    }
}
