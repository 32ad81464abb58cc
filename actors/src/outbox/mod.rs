//! The outgoing data of one client: written straight to its socket while that accepts everything, else queued, bounded,
//! in the body of its response. Rooms push shared bytes; frames that belong together, or that wait, leave in one write.

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
/// The factor by which a queue may exceed its limit while its socket accepts bytes: then the server is slow, not the
/// client.
const SLACK: u32 = 4;

/// The outbox accepts nothing more: its queue is full, or its connection is closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed;

/// The time for which a connection may take nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// The limit while bytes are waiting.
    pub(crate) waiting: Duration,
    /// The limit while it does not ask for bytes; longer than the time between two heartbeats, each of which makes it
    /// ask.
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
    /// The size of `frames`. 32 bits, because there are many outboxes and a limit is below 4 GiB.
    bytes: u32,
    /// The most bytes in `frames` that may be missed events sent together, which do not count against the limit.
    past: u32,
    /// The time at which the oldest frame was queued.
    waiting_since: Option<Instant>,
    /// The time at which the connection last took bytes or asked for some, which it does not while its socket takes
    /// none.
    asked_at: Option<Instant>,
    waker: Option<Waker>,
    closing: bool,
}

impl Outbox {
    /// An empty queue of up to `limit` bytes. One push may exceed the limit if less is waiting.
    pub fn new(limit: u32, wire: Option<Arc<Wire>>) -> Self {
        Self { queue: Mutex::new(Queue::new()), limit, wire }
    }

    /// Sends a frame.
    ///
    /// # Errors
    /// [`Closed`] if too much is waiting, in which case the connection is cut, because nothing more would reach it; or
    /// if it is closing.
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

    /// Sends everything that a client missed. It does not count against the limit while it waits: a client that returns
    /// over a slow line would otherwise be cut by the next event, again and again.
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

    /// Closes the connection with a last message, the close frame and the end of the stream.
    pub fn close(&self, contract: ContractId, farewell: Farewell, last_words: Option<Frame>) {
        self.end(contract.close_code(farewell), farewell.reason(), last_words);
    }

    /// Closes the connection with any close code.
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

    /// Ends the stream after the queued frames; the closing handshake is up to the client.
    pub(crate) fn finish(&self) {
        let mut queue = self.queue.lock();
        queue.closing = true;
        let waker = queue.waker.take();
        drop(queue);
        wake(waker);
    }

    /// Cuts the connection if its oldest bytes have waited for too long, or if it has asked for none for too long: a
    /// connection whose socket takes nothing is not polled, so its own heartbeat can't end it. While the socket takes
    /// bytes, the client reads and this machine is slow, which cuts nobody. Only time in which the process ran counts.
    pub(crate) fn cut_if_stalled(&self, patience: Patience, running_since: Instant) -> bool {
        let mut queue = self.queue.lock();
        let longer =
            |since: Option<Instant>, than| since.is_some_and(|since| since.max(running_since).elapsed() > than);
        let late = longer(queue.waiting_since, patience.waiting) || longer(queue.asked_at, patience.silent);
        let stalled = late && self.takes_nothing();
        if stalled {
            self.cut(&mut queue);
        } else if queue.frames.is_empty() {
            // While nothing waits, frames bypass the queue: idle connections are many, and need no memory for it.
            queue.frames = VecDeque::new();
        }
        stalled
    }

    /// Whether the queue is full. While the socket takes bytes, more may wait.
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

    /// Writes the queued frames straight to the socket, as much as it takes.
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

    /// Writes to the socket, and queues what it does not take.
    fn write(&mut self, wire: &Wire, frames: &[Bytes]) -> Option<Waker> {
        // One copy is cheaper than a system call that gathers.
        let bytes = if let [only] = frames { only.clone() } else { Bytes::from(frames.concat()) };
        let written = wire.write(&bytes);
        self.asked_at = Some(Instant::now());
        if written < bytes.len() { self.enqueue([bytes.slice(written..)]) } else { None }
    }

    /// Takes the queued bytes, at most as many as one write joins.
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

/// The queue as a stream, which is polled after the session as the body of the connection's response.
pub(crate) struct Outgoing(pub(crate) Arc<Outbox>);

impl Outgoing {
    /// Appends whole frames to the queue; the next poll finds them.
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
