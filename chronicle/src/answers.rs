//! The first answers to numbered messages: a repeat gets the same answer and acts once
//! (contract *game*, `client_sequence`).

use std::collections::VecDeque;

use game_rules::Seat;
use vocabulary::{ChatNotice, Denial, Notice, Stamp};

use crate::state::Narration;

/// How many answers a seat's memory holds.
const KEPT: usize = 64;

/// An answer as it was first given.
#[derive(Clone)]
pub enum Answer {
    /// The request succeeded; the sender received this notice.
    Told(Stamp, Notice),
    /// A chat message was sent; this is its notice.
    Said(ChatNotice),
    /// The request was refused.
    Denied(Denial),
}

struct Remembered {
    sequence: u64,
    digest: u64,
    answer: Answer,
}

/// What to do with a message number.
pub enum Recall<'a> {
    /// It is new.
    New,
    /// It is a repeat: answer this.
    Repeat(&'a Answer),
    /// The number was already used for another request, or is too old to check.
    Reused,
}

/// The memory of one seat.
#[derive(Default)]
pub struct Answers {
    kept: VecDeque<Remembered>,
    /// The highest number that was forgotten.
    forgotten: Option<u64>,
    /// The highest number seen.
    highest: Option<u64>,
}

impl Answers {
    /// Looks a number up.
    pub fn recall(&self, sequence: u64, digest: u64) -> Recall<'_> {
        match self.kept.iter().find(|kept| kept.sequence == sequence) {
            Some(kept) if kept.digest == digest => Recall::Repeat(&kept.answer),
            Some(_) => Recall::Reused,
            None if self.forgotten.is_some_and(|forgotten| sequence <= forgotten) => Recall::Reused,
            None => Recall::New,
        }
    }

    /// Keeps the first answer to a number.
    pub fn remember(&mut self, sequence: u64, digest: u64, answer: Answer) {
        if self.kept.len() == KEPT
            && let Some(oldest) = self.kept.pop_front()
        {
            self.forgotten = self.forgotten.max(Some(oldest.sequence));
        }
        self.highest = self.highest.max(Some(sequence));
        self.kept.push_back(Remembered { sequence, digest, answer });
    }

    /// The highest number seen.
    pub const fn highest(&self) -> Option<u64> {
        self.highest
    }
}

/// The first event that the seat itself heard: the answer to what it asked.
pub fn first_heard(narration: Narration, seat: Seat) -> Option<Answer> {
    let (stamp, notice): (Stamp, Notice) = narration.into_iter().find(|(_, notice)| notice.is_for(Some(seat)))?;
    Some(Answer::Told(stamp, notice))
}
