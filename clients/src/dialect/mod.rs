//! Contracts *game* and *battles* as a program hears them that plays: an event's kind and number from a glance at the text,
//! its content only where a player has to know it. Thousands of such players fit on one core; for everything that a
//! message says, see [`game::Message`](crate::game::Message).

mod battles;
mod game;

use game_rules::{Action, Declaration, DeclarationSet, Piece, PieceSet, Seat};
use serde::{Deserialize, Deserializer, de::Error};

use crate::mind::Standing;

/// The same function in either contract.
macro_rules! either {
    ($dialect:expr, $function:ident($($argument:expr),*)) => {
        match $dialect {
            Dialect::Game => game::$function($($argument),*),
            Dialect::Battles => battles::$function($($argument),*),
        }
    };
}

/// A contract in which a game can be played over one connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// Contract *game*. Players are known by their names.
    Game,
    /// Contract *battles*. Players are known by their accounts' ids.
    Battles,
}

/// A message, by what it means for a player.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// The player's own pieces.
    Hand,
    /// The player's own action was accepted.
    Accepted,
    /// Somebody acted.
    Acted,
    /// The state of the game.
    Stands,
    /// The game starts.
    Started,
    /// The game is over.
    Over,
    /// The player has its seat again.
    Back,
    /// The connection is open.
    Here,
    /// The first answer of a room, or one with its state.
    Answer,
    /// An error: a message was refused.
    Refused,
    /// The server closes the connection.
    Closing,
    /// An event that asks for nothing.
    Event(Audience),
    /// Not an event of the room.
    Passing,
}

/// Who has to hear an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Audience {
    /// One player, whose own event it is.
    One,
    /// The actor alone: the acknowledgement of an action. The next number tells the others.
    Actor,
    /// All players.
    All,
    /// All but the actor of the number before, if that was an acknowledgement.
    Others,
    /// All but one.
    AllButOne,
    /// All that speak contract *game*: *battles* has no such event.
    OfGame,
}

impl What {
    /// Who has to hear it.
    #[must_use]
    pub const fn audience(self) -> Audience {
        match self {
            Self::Hand | Self::Answer => Audience::One,
            Self::Accepted => Audience::Actor,
            Self::Acted => Audience::Others,
            Self::Event(audience) => audience,
            _ => Audience::All,
        }
    }
}

impl Dialect {
    /// What a message means for the player of this name or id, and its number in the room.
    #[must_use]
    pub fn glance(self, text: &str, own: &str) -> (What, Option<u64>) {
        either!(self, glance(text, own))
    }

    /// Whether a state shows that hands were dealt.
    #[must_use]
    pub fn opens_round(self, text: &str) -> bool {
        either!(self, opens_round(text))
    }

    /// The words of a state in which it is the turn of the player of this name or id.
    #[must_use]
    pub fn asked(self, own: &str) -> String {
        match self {
            Self::Game => format!("\"current_player\":\"{own}\""),
            Self::Battles => format!("\"currentTurn\":\"{own}\""),
        }
    }

    /// Whether a state may ask the player with these [`asked`](Self::asked) words for a decision.
    #[must_use]
    pub fn may_ask(self, text: &str, asked: &str) -> bool {
        self.opens_round(text) || text.contains(asked)
    }

    /// The player's own pieces.
    #[must_use]
    pub fn hand(self, text: &str) -> Option<PieceSet> {
        either!(self, hand(text))
    }

    /// Who acted, and the pieces if it was a play.
    #[must_use]
    pub fn acted(self, text: &str) -> Option<(&str, Option<PieceSet>)> {
        either!(self, acted(text))
    }

    /// The players, from the start of a game.
    #[must_use]
    pub fn names(self, text: &str) -> Option<Names> {
        either!(self, names(text))
    }

    /// The state of the game, and what it asks of the player of this name or id.
    #[must_use]
    pub fn standing(self, text: &str, names: &Names, own: &str) -> Option<Standing> {
        either!(self, standing(text, names, own))
    }

    /// The number of events that an answer to [`sync`](Self::sync) lists after this one; they should have come before it.
    #[must_use]
    pub fn never_came(self, text: &str, last: u64) -> u64 {
        either!(self, never_came(text, last))
    }

    /// The code of an error.
    #[must_use]
    pub fn code(self, text: &str) -> String {
        either!(self, code(text))
    }

    /// The host's request to start the game.
    #[must_use]
    pub fn start(self, own: &str) -> String {
        either!(self, start(own))
    }

    /// A request for the current state, and in contract *game* for the events after this number.
    #[must_use]
    pub fn sync(self, last: u64) -> String {
        either!(self, sync(last))
    }

    /// An action under a number: a repeat under the same number acts once.
    #[must_use]
    pub fn act(self, own: &str, action: Action, number: u64) -> String {
        either!(self, act(own, action, number))
    }
}

/// The names or ids of the players by seat.
#[derive(Clone, Default, Debug)]
pub struct Names([String; 4]);

impl Names {
    fn put(&mut self, seat: usize, name: &str) {
        if let Some(place) = self.0.get_mut(seat) {
            name.clone_into(place);
        }
    }

    /// The seat of this name or id.
    #[must_use]
    pub fn seat(&self, name: &str) -> Option<Seat> {
        self.0.iter().position(|known| known == name).and_then(Seat::new)
    }
}

/// The event's name, without reading the message.
#[must_use]
pub fn event(text: &str) -> &str {
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
fn last_number(text: &str, words: &str) -> Option<u64> {
    let from = text.len().saturating_sub(96);
    let tail = &text.as_bytes()[from..];
    let at = from + tail.windows(words.len()).rposition(|window| window == words.as_bytes())?;
    leading_number(text.get(at + words.len()..)?)
}

/// The number behind the first of these words, which stand near the beginning.
fn first_number(text: &str, words: &str) -> Option<u64> {
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

/// These numbers as declarations.
fn declarations(numbers: &[u8]) -> DeclarationSet {
    numbers.iter().filter_map(|number| Declaration::new(*number)).collect()
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
