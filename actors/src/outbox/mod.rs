//! The way out to one client: straight to its socket while that takes all, else a bounded queue that is the body of its
//! response. Rooms push shared bytes into it; frames that go together, or that wait, go out in one write.

mod frame;
#[cfg(test)]
mod tests;
mod wire;

use std::{
    collections::VecDeque,
    net::Shutdown,
    pin::Pin,
    slice,
    sync::Arc,
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use bytes::{Buf, Bytes, BytesMut};
use contracts::{ContractId, Farewell};
use futures_util::Stream;
use parking_lot::Mutex;
use smallvec::SmallVec;

pub use self::{
    frame::Frame,
    wire::{Wire, WireStream},
};

/// The most bytes that one write joins.
const WRITE_BYTES: usize = 64 * 1024;
/// How many times its limit may wait while the socket takes bytes: then the server is behind, not the client.
const SLACK: u32 = 4;

/// The client takes too little: its queue is full or its connection is closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed;

/// How long a connection may take nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// While bytes wait for it.
    pub(crate) waiting: Duration,
    /// Without asking for bytes; longer than the time between two heartbeats, each of which makes it ask.
    pub(crate) silent: Duration,
}

/// The queue of one connection.
pub struct Outbox {
    queue: Mutex<Queue>,
    limit: u32,
    wire: Option<Arc<Wire>>,
}

struct Queue {
    frames: VecDeque<Bytes>,
    /// A limit is below 4 GiB; there are many outboxes.
    bytes: u32,
    /// At most this many of them are missed events that were sent together.
    past: u32,
    /// Since when the oldest frame waits.
    waiting_since: Option<Instant>,
    /// When the connection last took bytes or asked for some; it does not while its socket takes none.
    asked_at: Option<Instant>,
    waker: Option<Waker>,
    closing: bool,
}

impl Outbox {
    /// An empty queue that takes up to `limit` bytes; one push may go past it when less is waiting.
    pub fn new(limit: u32, wire: Option<Arc<Wire>>) -> Self {
        Self { queue: Mutex::new(Queue::new()), limit, wire }
    }

    /// Sends a frame.
    ///
    /// # Errors
    /// [`Closed`] when too much is waiting: the connection is cut then and there, as nothing more would reach it; or
    /// when it is closing.
    pub fn push(&self, frame: &Frame) -> Result<(), Closed> {
        self.push_bytes(slice::from_ref(&frame.0))
    }

    /// Sends frames together, all or none.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub(crate) fn push_all(&self, frames: impl IntoIterator<Item = Frame>) -> Result<(), Closed> {
        let frames: SmallVec<[Bytes; 4]> = frames.into_iter().map(|frame| frame.0).collect();
        self.push_bytes(&frames)
    }

    /// Sends all that a client missed. However much that is, it does not count against the limit while it waits: whoever
    /// comes back over a slow line would else be cut off by the next event, again and again.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub(crate) fn push_past(&self, past: &Frame) -> Result<(), Closed> {
        self.push(past)?;
        let mut queue = self.queue.lock();
        queue.past = queue.bytes;
        Ok(())
    }

    fn push_bytes(&self, frames: &[Bytes]) -> Result<(), Closed> {
        let waker = {
            let mut queue = self.queue.lock();
            if queue.closing {
                return Err(Closed);
            }
            let straight = self.wire.as_ref().filter(|wire| wire.is_straight());
            if let Some(wire) = straight {
                queue.flush(wire);
            }
            if self.is_full(&queue) {
                self.cut(&mut queue);
                return Err(Closed);
            }
            match straight {
                Some(wire) if queue.frames.is_empty() => queue.write(wire, frames),
                _ => queue.enqueue(frames.iter().cloned()),
            }
        };
        wake(waker);
        Ok(())
    }

    /// Whether the connection is closing. Anything that its client still sends is ignored.
    pub fn is_closing(&self) -> bool {
        self.queue.lock().closing
    }

    /// Closes the connection: a last message, the close frame, the end of the stream.
    pub fn close(&self, contract: ContractId, farewell: Farewell, last_words: Option<Frame>) {
        self.end(contract.close_code(farewell), farewell.reason(), last_words);
    }

    /// The same with any close code.
    pub(crate) fn end(&self, code: u16, reason: &str, last_words: Option<Frame>) {
        let waker = {
            let mut queue = self.queue.lock();
            if queue.closing {
                return;
            }
            queue.closing = true;
            queue.enqueue(last_words.into_iter().chain([Frame::close(code, reason)]).map(|frame| frame.0))
        };
        wake(waker);
    }

    /// Ends the stream when what waits has gone out; the closing handshake is the client's.
    pub(crate) fn finish(&self) {
        let mut queue = self.queue.lock();
        queue.closing = true;
        let waker = queue.waker.take();
        drop(queue);
        wake(waker);
    }

    /// Cuts the connection if its oldest bytes have waited for too long, or if it has asked for none for too long: a
    /// connection whose socket takes nothing is not driven, so its own heartbeat can't end it. While the socket takes
    /// bytes, the client reads and this machine is slow; that cuts nobody off. Only time in which the process ran counts.
    pub(crate) fn cut_if_stalled(&self, patience: Patience, running_since: Instant) -> bool {
        let mut queue = self.queue.lock();
        let longer =
            |since: Option<Instant>, than| since.is_some_and(|since| since.max(running_since).elapsed() > than);
        let late = longer(queue.waiting_since, patience.waiting) || longer(queue.asked_at, patience.silent);
        let stalled = late && self.takes_nothing();
        if stalled {
            self.cut(&mut queue);
        } else if queue.frames.is_empty() {
            // While nothing waits, frames go past it: idle connections are many, and need no room for any.
            queue.frames = VecDeque::new();
        }
        stalled
    }

    /// Whether nothing more may wait. While the socket takes bytes, more may.
    fn is_full(&self, queue: &Queue) -> bool {
        let limit = self.limit.saturating_add(queue.past);
        queue.bytes >= limit && (queue.bytes >= limit.saturating_mul(SLACK) || self.takes_nothing())
    }

    fn takes_nothing(&self) -> bool {
        self.wire.as_ref().is_none_or(|wire| wire.is_blocked())
    }

    fn cut(&self, queue: &mut Queue) {
        *queue = Queue { closing: true, waker: queue.waker.take(), ..Queue::new() };
        if let Some(wire) = &self.wire {
            wire.shut(Shutdown::Both);
        }
        wake(queue.waker.take());
    }
}

impl Queue {
    const fn new() -> Self {
        Self {
            frames: VecDeque::new(),
            bytes: 0,
            past: 0,
            waiting_since: None,
            asked_at: None,
            waker: None,
            closing: false,
        }
    }

    fn enqueue(&mut self, frames: impl IntoIterator<Item = Bytes>) -> Option<Waker> {
        for frame in frames {
            self.bytes = self.bytes.saturating_add(size(&frame));
            self.frames.push_back(frame);
        }
        self.waiting_since.get_or_insert_with(Instant::now);
        self.waker.take()
    }

    /// Writes what waits straight to the socket, as much as it takes.
    fn flush(&mut self, wire: &Wire) {
        while let Some(first) = self.frames.front_mut() {
            let written = wire.write(first);
            if written == 0 {
                return;
            }
            self.bytes = self.bytes.saturating_sub(u32::try_from(written).unwrap_or(u32::MAX));
            first.advance(written);
            if first.is_empty() {
                self.frames.pop_front();
            }
            self.waiting_since = (!self.frames.is_empty()).then(Instant::now);
            self.past = self.past.min(self.bytes);
        }
    }

    /// Straight to the socket; what it does not take waits.
    fn write(&mut self, wire: &Wire, frames: &[Bytes]) -> Option<Waker> {
        // One copy is cheaper than a system call that gathers.
        let bytes = if let [only] = frames { only.clone() } else { Bytes::from(frames.concat()) };
        let written = wire.write(&bytes);
        self.asked_at = Some(Instant::now());
        if written < bytes.len() { self.enqueue([bytes.slice(written..)]) } else { None }
    }

    /// What waits, up to one write's worth.
    fn take(&mut self) -> Option<Bytes> {
        let first = self.frames.pop_front()?;
        self.bytes = self.bytes.saturating_sub(size(&first));
        let mut taken = first.len();
        let mut joined = None;
        while let Some(next) = self.frames.front()
            && taken + next.len() <= WRITE_BYTES
        {
            taken += next.len();
            let all = joined.get_or_insert_with(|| BytesMut::from(&first[..]));
            all.extend_from_slice(next);
            self.bytes = self.bytes.saturating_sub(size(next));
            self.frames.pop_front();
        }
        self.past = self.past.min(self.bytes);
        self.waiting_since = (!self.frames.is_empty()).then(Instant::now);
        Some(joined.map_or(first, BytesMut::freeze))
    }
}

/// The queue as a stream: the second half of a connection's response body.
pub(crate) struct Outgoing(pub(crate) Arc<Outbox>);

impl Outgoing {
    /// Puts whole frames behind all that waits; the next poll finds them.
    pub(crate) fn append(&self, frames: Bytes) {
        self.0.queue.lock().enqueue([frames]);
    }
}

impl Stream for Outgoing {
    type Item = Bytes;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let mut queue = self.0.queue.lock();
        queue.asked_at = Some(Instant::now());
        // Under the lock, so that nobody writes to the socket before these bytes.
        if let Some(wire) = self.0.wire.as_ref().filter(|wire| !queue.frames.is_empty() || !wire.is_straight()) {
            wire.fill();
        }
        match queue.take() {
            Some(bytes) => Poll::Ready(Some(bytes)),
            None if queue.closing => Poll::Ready(None),
            None => {
                queue.waker = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }
}

fn size(frame: &Bytes) -> u32 {
    u32::try_from(frame.len()).unwrap_or(u32::MAX)
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}
