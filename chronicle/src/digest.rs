//! A running SHA-256 over all events of a game, so that a replay can prove that it brought about the same.

use game_rules::{Event, Seat};
use sha2::{Digest, Sha256};

/// The digest of the events so far. Hands are left out: they follow from the seed.
#[derive(Clone, Default)]
pub struct EventDigest(Sha256);

impl EventDigest {
    /// Takes events in, in order.
    pub fn add(&mut self, events: &[Event]) {
        events.iter().for_each(|event| self.add_one(event));
    }

    /// In hex.
    pub fn to_hex(&self) -> String {
        self.0.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Every event is its number here, then its fields, each of a fixed length.
    fn add_one(&mut self, event: &Event) {
        match event {
            Event::RoundStarted { round } => self.bytes(0, &[&round.to_le_bytes()]),
            Event::Dealt { number, weak, hands: _ } => {
                let weak: Vec<u8> = Seat::ALL.iter().map(|seat| u8::from(weak.contains(*seat))).collect();
                self.bytes(1, &[&number.to_le_bytes(), &weak]);
            }
            Event::RedealDecided { seat, decision } => {
                let accepted = u8::from(*decision == game_rules::RedealDecision::Accept);
                self.bytes(2, &[&[place(*seat), accepted]]);
            }
            Event::Redealing { starter, multiplier } => {
                self.bytes(3, &[&[place(*starter)], &multiplier.to_le_bytes()]);
            }
            Event::StarterChosen { seat, reason } => {
                self.bytes(4, &[&[place(*seat)], reason.as_str().as_bytes()]);
            }
            Event::Declared { seat, declaration } => self.bytes(5, &[&[place(*seat), declaration.value()]]),
            Event::Played { seat, play } => {
                let ids: Vec<u8> = play.pieces().iter().map(|piece| piece.number()).collect();
                self.bytes(6, &[&[place(*seat)], &ids]);
            }
            Event::TurnWon { seat, piles } => self.bytes(7, &[&[place(*seat), *piles]]),
            Event::RoundScored { scores } => {
                for (seat, score) in scores.iter() {
                    self.bytes(8, &[&[place(seat)], &score.total.to_le_bytes()]);
                }
            }
            Event::GameOver { winners, totals } => {
                for (seat, total) in totals.iter() {
                    self.bytes(9, &[&[place(seat), u8::from(winners.contains(seat))], &total.to_le_bytes()]);
                }
            }
        }
    }

    fn bytes(&mut self, kind: u8, fields: &[&[u8]]) {
        self.0.update([kind]);
        fields.iter().for_each(|field| self.0.update(field));
    }
}

fn place(seat: Seat) -> u8 {
    u8::try_from(seat.index()).unwrap_or_default()
}
