//! The way out to one client: a bounded queue that is the body of its response. Rooms push shared bytes into it;
//! frames that wait go out in one write.

use std::{
    collections::VecDeque,
    net::Shutdown,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use actix_http::ws::{CloseCode, CloseReason, OpCode, Parser};
use bytes::{Bytes, BytesMut};
use contracts::{ContractId, Farewell};
use futures_util::Stream;
use parking_lot::Mutex;

/// The most bytes that one write joins.
const WRITE_BYTES: usize = 64 * 1024;

/// One or more whole WebSocket frames; a clone shares the bytes.
#[derive(Clone, Debug)]
pub struct Frame(Bytes);

impl Frame {
    /// A text frame.
    pub fn text(text: &str) -> Self {
        let mut bytes = BytesMut::with_capacity(text.len() + 10);
        Parser::write_message(&mut bytes, text, OpCode::Text, true, false);
        Self(bytes.freeze())
    }

    /// Several frames as one, to be pushed all or none.
    pub fn joined(frames: &[Self]) -> Self {
        Self(frames.iter().flat_map(|frame| frame.0.iter().copied()).collect::<Vec<u8>>().into())
    }

    fn close(code: u16, reason: &str) -> Self {
        let mut bytes = BytesMut::new();
        let reason = CloseReason { code: CloseCode::from(code), description: Some(reason.to_owned()) };
        Parser::write_close(&mut bytes, Some(reason), false);
        Self(bytes.freeze())
    }
}

/// The client takes too little: its queue is full or its connection is closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed;

/// A handle on the connection's socket, to end it when nothing can be written to it any more.
#[derive(Debug)]
pub struct SocketHandle(std::net::TcpStream);

impl SocketHandle {
    /// A second handle on the socket of a new connection.
    ///
    /// # Errors
    /// When the process has no file descriptor left.
    #[cfg(unix)]
    pub fn of(stream: &impl std::os::fd::AsFd) -> std::io::Result<Self> {
        Ok(Self(std::net::TcpStream::from(stream.as_fd().try_clone_to_owned()?)))
    }

    fn cut(&self) {
        // It may be closed already, which is what we want.
        let _ = self.0.shutdown(Shutdown::Both);
    }
}

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
    limit: usize,
    socket: Option<Arc<SocketHandle>>,
}

#[derive(Default)]
struct Queue {
    frames: VecDeque<Bytes>,
    bytes: usize,
    /// Since when the oldest frame waits.
    waiting_since: Option<Instant>,
    /// When the connection last asked for bytes; it does not while its socket takes none.
    asked_at: Option<Instant>,
    waker: Option<Waker>,
    closing: bool,
}

impl Outbox {
    /// An empty queue that takes up to `limit` bytes; one push may go past it when less is waiting.
    pub fn new(limit: usize, socket: Option<Arc<SocketHandle>>) -> Self {
        Self { queue: Mutex::default(), limit, socket }
    }

    /// Queues a frame.
    ///
    /// # Errors
    /// [`Closed`] when too much is waiting: the connection is cut then and there, as nothing more would reach it; or
    /// when it is closing.
    pub fn push(&self, frame: &Frame) -> Result<(), Closed> {
        let waker = {
            let mut queue = self.queue.lock();
            if queue.closing {
                return Err(Closed);
            }
            if queue.bytes >= self.limit {
                self.cut(&mut queue);
                return Err(Closed);
            }
            queue.enqueue(frame.0.clone())
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
            let frames = last_words.into_iter().chain([Frame::close(code, reason)]);
            frames.fold(None, |waker: Option<Waker>, frame| waker.or(queue.enqueue(frame.0)))
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
        }
        stalled
    }

    fn cut(&self, queue: &mut Queue) {
        *queue = Queue { closing: true, waker: queue.waker.take(), ..Queue::default() };
        if let Some(socket) = &self.socket {
            socket.cut();
        }
        wake(queue.waker.take());
    }
}

impl Queue {
    fn enqueue(&mut self, frame: Bytes) -> Option<Waker> {
        self.bytes += frame.len();
        self.waiting_since.get_or_insert_with(Instant::now);
        self.frames.push_back(frame);
        self.waker.take()
    }

    /// What waits, up to one write's worth.
    fn take(&mut self) -> Option<Bytes> {
        let first = self.frames.pop_front()?;
        let mut taken = first.len();
        let mut joined = None;
        while let Some(next) = self.frames.front()
            && taken + next.len() <= WRITE_BYTES
        {
            taken += next.len();
            let all = joined.get_or_insert_with(|| BytesMut::from(&first[..]));
            all.extend_from_slice(next);
            self.frames.pop_front();
        }
        self.bytes -= taken;
        self.waiting_since = (!self.frames.is_empty()).then(Instant::now);
        Some(joined.map_or(first, BytesMut::freeze))
    }
}

/// The queue as a stream: the second half of a connection's response body.
pub(crate) struct Outgoing(pub(crate) Arc<Outbox>);

impl Stream for Outgoing {
    type Item = Bytes;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let mut queue = self.0.queue.lock();
        queue.asked_at = Some(Instant::now());
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
