//! Pieces, plays and people in words, in colour where the terminal has it.

use clients::game::server::Maintenance;
use contracts::iso8601;
use game_rules::{Color, Piece, PlayType, Rank};
use vocabulary::Timestamp;

/// Whether escape codes may be written.
#[derive(Clone, Copy, Default)]
pub(super) struct Paint {
    /// True on a terminal that wants colours.
    pub(super) colours: bool,
}

impl Paint {
    /// Red, for the red pieces.
    pub(super) fn red(self, text: &str) -> String {
        self.with("31", text)
    }

    /// Bold, for what matters now.
    pub(super) fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    /// Dim, for what a reader may pass over.
    pub(super) fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.colours { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn of(self, piece: Piece, text: &str) -> String {
        match piece.color() {
            Color::Red => self.red(text),
            Color::Black => text.to_owned(),
        }
    }

    /// `車 Chariot red 8`
    pub(super) fn piece(self, piece: Piece) -> String {
        let text = format!("{} {} {} {}", character(piece), rank(piece), colour(piece), piece.points());
        self.of(piece, &text)
    }

    /// The same in columns of equal width.
    pub(super) fn piece_in_columns(self, piece: Piece) -> String {
        let text = format!("{} {:<8} {:<5} {:>2}", character(piece), rank(piece), colour(piece), piece.points());
        self.of(piece, &text)
    }

    /// `車8 馬6 炮4`, for narrow places.
    pub(super) fn short(self, pieces: &[Piece]) -> String {
        let one = |piece: &Piece| self.of(*piece, &format!("{}{}", character(*piece), piece.points()));
        pieces.iter().map(one).collect::<Vec<_>>().join(" ")
    }
}

/// The character that stands on the piece.
pub(super) const fn character(piece: Piece) -> char {
    match (piece.rank(), piece.color()) {
        (Rank::General, Color::Red) => '帥',
        (Rank::General, Color::Black) => '將',
        (Rank::Advisor, Color::Red) => '仕',
        (Rank::Advisor, Color::Black) => '士',
        (Rank::Elephant, Color::Red) => '相',
        (Rank::Elephant, Color::Black) => '象',
        (Rank::Chariot, Color::Red) => '俥',
        (Rank::Chariot, Color::Black) => '車',
        (Rank::Horse, Color::Red) => '傌',
        (Rank::Horse, Color::Black) => '馬',
        (Rank::Cannon, Color::Red) => '炮',
        (Rank::Cannon, Color::Black) => '砲',
        (Rank::Soldier, Color::Red) => '兵',
        (Rank::Soldier, Color::Black) => '卒',
    }
}

const fn rank(piece: Piece) -> &'static str {
    match piece.rank() {
        Rank::General => "General",
        Rank::Advisor => "Advisor",
        Rank::Elephant => "Elephant",
        Rank::Chariot => "Chariot",
        Rank::Horse => "Horse",
        Rank::Cannon => "Cannon",
        Rank::Soldier => "Soldier",
    }
}

const fn colour(piece: Piece) -> &'static str {
    match piece.color() {
        Color::Red => "red",
        Color::Black => "black",
    }
}

/// `FOUR_OF_A_KIND` → `four of a kind`.
pub(super) fn play_type(kind: PlayType) -> String {
    match kind {
        PlayType::Invalid => "no set".to_owned(),
        PlayType::ExtendedStraight5 => "extended straight of five".to_owned(),
        other => other.as_str().to_lowercase().replace('_', " "),
    }
}

/// `1 pile`, `2 piles`.
pub(super) fn count(number: impl Into<u64>, one: &str) -> String {
    let number = number.into();
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// `Ann`, `Ann and Bob`, `Ann, Bob and Cid`.
pub(super) fn and<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [] => "nobody".to_owned(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// Numbers with blanks between them.
pub(super) fn numbers<T: ToString>(numbers: &[T]) -> String {
    let texts: Vec<_> = numbers.iter().map(ToString::to_string).collect();
    texts.join(" ")
}

/// A pause in a sentence or two, as it stands at this moment of the server's clock.
pub(super) fn pause(pause: &Maintenance, now: f64) -> String {
    if pause.ended {
        return "The pause is over: new games can be started.".to_owned();
    }
    let more = match &*pause.event {
        "shutdown" => "The server stops; games are saved and continue when it is back.",
        "restart" => "The server restarts; games are saved and continue afterwards.",
        _ => "Games that have started continue.",
    };
    let (at, duration) = (pause.scheduled_time.as_f64(), pause.duration as f64);
    let (begins, ends) = (clock(at), clock(at + duration));
    if at > now {
        format!("New games will be paused from {begins} to {ends}. {more}")
    } else {
        format!("New games are paused until {ends}. {more}")
    }
}

/// A moment's hour and minute; the terminal does not know the player's time zone.
fn clock(seconds: f64) -> String {
    // An invalid time is shown as the epoch; nothing depends on it.
    let iso = iso8601::iso(Timestamp((seconds.max(0.0) * 1_000.0) as u64));
    format!("{} UTC", iso.get(11..16).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_told_by_character_rank_colour_and_points() {
        let plain = Paint { colours: false };
        assert_eq!(plain.piece(Piece::GENERAL_RED), "帥 General red 14");
        assert_eq!(plain.short(&Piece::ALL[30..]), "卒1 卒1");
        let coloured = Paint { colours: true };
        assert_eq!(coloured.piece(Piece::GENERAL_RED), "\x1b[31m帥 General red 14\x1b[0m");
    }

    #[test]
    fn names_are_joined_as_people_speak() {
        assert_eq!(and::<&str>(&[]), "nobody");
        assert_eq!(and(&["Ann"]), "Ann");
        assert_eq!(and(&["Ann", "Bob", "Cid"]), "Ann, Bob and Cid");
        assert_eq!(count(1_u8, "pile"), "1 pile");
        assert_eq!(count(0_u8, "pile"), "0 piles");
    }
}
