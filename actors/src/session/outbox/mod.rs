//! The way out to one client: straight to its socket while that takes all, else a bounded queue that is the body of its
//! response. Rooms push shared bytes into it; frames that go together, or that wait, go out in one write.

mod frame;

use std::{
    collections::VecDeque,
    net::Shutdown,
    pin::Pin,
    slice,
    sync::Arc,
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use bytes::{Bytes, BytesMut};
use contracts::{ContractId, Farewell};
use futures_util::Stream;
use parking_lot::Mutex;
use smallvec::SmallVec;

pub use self::frame::Frame;
use crate::wire::Wire;

/// The most bytes that one write joins.
const WRITE_BYTES: usize = 64 * 1024;

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
    /// How many of them, at the most, are a past that was told at once.
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
            if queue.bytes >= self.limit.saturating_add(queue.past) {
                self.cut(&mut queue);
                return Err(Closed);
            }
            match &self.wire {
                Some(wire) if queue.frames.is_empty() && wire.is_straight() => queue.write(wire, frames),
                _ => queue.enqueue(frames.iter().cloned()),
            }
        };
        wake(waker);
        Ok(())
    }

    /// Says good-bye: the last words, the close frame, the end of the stream.
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
    /// connection whose socket takes nothing is not driven, so its own heartbeat can't end it.
    pub(crate) fn cut_if_stalled(&self, patience: Patience) -> bool {
        let mut queue = self.queue.lock();
        let longer = |since: Option<Instant>, than| since.is_some_and(|since| since.elapsed() > than);
        let stalled = longer(queue.waiting_since, patience.waiting) || longer(queue.asked_at, patience.silent);
        if stalled {
            self.cut(&mut queue);
        } else if queue.frames.is_empty() {
            // While nothing waits, frames go past it: idle connections are many, and need no room for any.
            queue.frames = VecDeque::new();
        }
        stalled
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

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        task::Wake,
    };

    use futures_util::{FutureExt, StreamExt};

    use super::*;

    /// Counts how often it is woken.
    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn frame(bytes: usize) -> Frame {
        Frame(vec![b'x'; bytes].into())
    }

    #[test]
    fn a_full_outbox_is_emptied_and_ends() {
        let outbox = Arc::new(Outbox::new(1_000, None));
        assert_eq!(outbox.push(&frame(600)), Ok(()));
        assert_eq!(outbox.push(&frame(600)), Ok(()), "one push may go past the limit");
        assert_eq!(outbox.push(&frame(1)), Err(Closed));
        let mut outgoing = Outgoing(outbox);
        assert_eq!(outgoing.next().now_or_never(), Some(None));
    }

    #[test]
    fn waiting_frames_go_out_in_one_write_and_in_order() {
        let outbox = Arc::new(Outbox::new(1_000, None));
        for text in ["a", "b", "c"] {
            assert_eq!(outbox.push(&Frame(text.into())), Ok(()));
        }
        let mut outgoing = Outgoing(Arc::clone(&outbox));
        assert_eq!(outgoing.next().now_or_never(), Some(Some(Bytes::from("abc"))));
        assert_eq!(outgoing.next().now_or_never(), None, "open, and nothing waits");
    }

    #[test]
    fn closing_wakes_whoever_waits_for_the_next_bytes() {
        let outbox = Arc::new(Outbox::new(1_000, None));
        let count = Arc::new(Count::default());
        let waker = Waker::from(Arc::clone(&count));
        let mut outgoing = Outgoing(Arc::clone(&outbox));
        assert!(outgoing.poll_next_unpin(&mut Context::from_waker(&waker)).is_pending());
        outbox.close(ContractId::Game, Farewell::Replaced, Some(Frame::text("bye")));
        assert_eq!(count.0.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn a_closed_outbox_says_its_last_words_then_the_close_frame_then_ends() {
        let outbox = Arc::new(Outbox::new(1_000, None));
        outbox.close(ContractId::Game, Farewell::ServerStopping, Some(Frame::text("bye")));
        assert_eq!(outbox.push(&frame(1)), Err(Closed));
        let mut outgoing = Outgoing(outbox);
        let bytes = outgoing.next().now_or_never().flatten().unwrap_or_default();
        assert_eq!(&bytes[..5], b"\x81\x03bye");
        assert_eq!(&bytes[5..9], [0x88, 2 + 15, 0x03, 0xE9], "close with 1001");
        assert_eq!(outgoing.next().now_or_never(), Some(None));
    }
}
