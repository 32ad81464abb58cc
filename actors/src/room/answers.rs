//! The first answers to numbered messages: a repeat gets the same answer and acts once
//! (contract *game*, `client_sequence`).

use std::collections::VecDeque;

use vocabulary::{ChatNotice, Denial, Notice, Stamp};

/// How many answers a seat's memory holds.
const KEPT: usize = 64;

/// An answer as it was first given.
#[derive(Clone)]
pub(crate) enum Answer {
    /// It was done; this told the sender so.
    Told(Stamp, Notice),
    /// It was said; this is what.
    Said(ChatNotice),
    /// It was refused.
    Denied(Denial),
}

struct Remembered {
    sequence: u64,
    digest: u64,
    answer: Answer,
}

/// What to do with a message number.
pub(crate) enum Recall<'a> {
    /// It is new.
    New,
    /// It is a repeat: answer this.
    Repeat(&'a Answer),
    /// It was used for something else, or is too old to tell.
    Reused,
}

/// The memory of one seat.
#[derive(Default)]
pub(crate) struct Answers {
    kept: VecDeque<Remembered>,
    /// The highest number that was forgotten.
    forgotten: Option<u64>,
    /// The highest number seen.
    highest: Option<u64>,
}

impl Answers {
    /// Looks a number up.
    pub(crate) fn recall(&self, sequence: u64, digest: u64) -> Recall<'_> {
        match self.kept.iter().find(|kept| kept.sequence == sequence) {
            Some(kept) if kept.digest == digest => Recall::Repeat(&kept.answer),
            Some(_) => Recall::Reused,
            None if self.forgotten.is_some_and(|forgotten| sequence <= forgotten) => Recall::Reused,
            None => Recall::New,
        }
    }

    /// Keeps the first answer to a number.
    pub(crate) fn remember(&mut self, sequence: u64, digest: u64, answer: Answer) {
        if self.kept.len() == KEPT
            && let Some(oldest) = self.kept.pop_front()
        {
            self.forgotten = self.forgotten.max(Some(oldest.sequence));
        }
        self.highest = self.highest.max(Some(sequence));
        self.kept.push_back(Remembered { sequence, digest, answer });
    }

    /// The highest number seen.
    pub(crate) const fn highest(&self) -> Option<u64> {
        self.highest
    }
}
