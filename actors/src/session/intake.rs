//! The part of a client's data that the decoder gets: whole valid frames, and only a limited number of bytes ahead of
//! what was handled. Without this bound, a flood of tiny frames would pile up in the decoder's buffer; with it, TCP
//! makes the client wait.

use std::{
    cell::{Cell, RefCell},
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use actix_web::error::PayloadError;
use bytes::Bytes;
use futures_util::Stream;

use super::frames::{Broken, Frames};

/// The most bytes that may be read but not handled.
const AHEAD_BYTES: usize = 64 * 1024;

/// The bytes that are read but not handled, shared by both sides.
#[derive(Clone, Default)]
pub(crate) struct Lead(Rc<Ahead>);

#[derive(Default)]
struct Ahead {
    bytes: Cell<usize>,
    waiting: RefCell<Option<Waker>>,
    broken: Cell<Option<Broken>>,
}

impl Lead {
    /// Notes that a frame with a payload of this size was handled.
    pub(crate) fn handled(&self, payload: usize) {
        // A header has two bytes and a mask of four; longer payloads have more bytes for the length.
        let header = match payload {
            0..=125 => 6,
            126..=65_535 => 8,
            _ => 14,
        };
        self.0.bytes.set(self.0.bytes.get().saturating_sub(payload + header));
        if self.0.bytes.get() < AHEAD_BYTES
            && let Some(waker) = self.0.waiting.borrow_mut().take()
        {
            waker.wake();
        }
    }

    /// The reason why the data ended early; `None` if the client ended it.
    pub(super) fn broken(&self) -> Option<Broken> {
        self.0.broken.get()
    }
}

/// A request's payload, read no further ahead than allowed.
pub(crate) struct Intake<S> {
    payload: S,
    lead: Lead,
    max_ahead: usize,
    frames: Frames,
}

impl<S> Intake<S> {
    /// Reads at least one message of `max_message` bytes ahead; a larger one ends the data.
    pub(crate) fn new(payload: S, lead: Lead, max_message: usize) -> Self {
        Self { payload, lead, max_ahead: AHEAD_BYTES.max(2 * max_message), frames: Frames::new(max_message) }
    }

    /// The part of these bytes that the decoder gets.
    fn sound(&mut self, mut bytes: Bytes) -> Bytes {
        if let Err((before, broken)) = self.frames.check(&bytes) {
            self.lead.0.broken.set(Some(broken));
            bytes.truncate(before);
        }
        self.lead.0.bytes.set(self.lead.0.bytes.get() + bytes.len());
        bytes
    }
}

impl<S: Stream<Item = Result<Bytes, PayloadError>> + Unpin> Stream for Intake<S> {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.lead.broken().is_some() {
            // The decoder first returns the frames before it; then the session learns of the end.
            return Poll::Ready(None);
        }
        if self.lead.0.bytes.get() >= self.max_ahead {
            *self.lead.0.waiting.borrow_mut() = Some(cx.waker().clone());
            return Poll::Pending;
        }
        let polled = Pin::new(&mut self.payload).poll_next(cx);
        polled.map(|polled| polled.map(|read| read.map(|bytes| self.sound(bytes))))
    }
}
