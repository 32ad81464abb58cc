//! A connection's socket. The HTTP library reads from it and writes through a buffer of its own, and waking it for each
//! frame costs as much as the write. So a push to a session writes straight to the socket while that buffer is empty:
//! the library flushes the stream when it is.

mod linger;

use std::{
    io::{self, ErrorKind},
    net::{Shutdown, SocketAddr},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    task::{Context, Poll, ready},
};

use actix_web::rt::net::{ActixStream, Ready, TcpStream};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};

use self::linger::linger;
use crate::Ticket;

/// The possible contents of the library's buffer. Only the connection's own task changes it.
#[repr(u8)]
enum Buffer {
    /// Anything, because a response is being written.
    Response,
    /// Bytes of a session.
    Session,
    /// Nothing, and the library adds only what the session gives it.
    Empty,
}

/// The socket, shared by the library's stream and by those who write straight to it or end it.
#[derive(Debug)]
pub struct Wire {
    stream: TcpStream,
    encrypted: bool,
    buffer: AtomicU8,
    /// Counts the connection as long as its socket is open.
    _ticket: Ticket,
}

impl Wire {
    /// Whether TLS runs over it, so that nothing can be written straight to it.
    pub const fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// The address of the other end.
    ///
    /// # Errors
    /// The connection has ended.
    pub fn peer(&self) -> io::Result<SocketAddr> {
        self.stream.peer_addr()
    }

    /// Ends one direction, or both.
    pub fn shut(&self, how: Shutdown) {
        // It may be closed already, which is just as good.
        let _ = SockRef::from(&self.stream).shutdown(how);
    }

    /// Hands the socket to [`linger`], once the library has dropped it.
    const fn stream(&self) -> &TcpStream {
        &self.stream
    }

    /// Notes that the library is about to get bytes of a session, or has started to ask for them.
    pub(crate) fn fill(&self) {
        self.buffer.store(Buffer::Session as u8, Ordering::Release);
    }

    /// Whether frames may be written straight to it.
    pub(crate) fn is_straight(&self) -> bool {
        !self.encrypted && self.buffer.load(Ordering::Acquire) == Buffer::Empty as u8
    }

    /// Writes as much as the socket accepts at once, and returns the number of bytes. A broken socket accepts none,
    /// which its reader will notice.
    pub(crate) fn write(&self, bytes: &[u8]) -> usize {
        self.stream.try_write(bytes).unwrap_or(0)
    }

    /// Whether the system's send buffer is full. This asks the kernel, because the runtime learns of a socket only when
    /// its thread gets to it.
    pub(crate) fn is_blocked(&self) -> bool {
        let mut writable = [PollFd::new(&self.stream, PollFlags::OUT)];
        matches!(poll(&mut writable, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })), Ok(0))
    }

    fn is_flushed(&self) {
        let (session, empty) = (Buffer::Session as u8, Buffer::Empty as u8);
        // While a response is being written, its head may follow these bytes.
        let _ = self.buffer.compare_exchange(session, empty, Ordering::AcqRel, Ordering::Relaxed);
    }
}

/// The socket as the HTTP library sees it.
#[derive(Debug)]
pub struct WireStream(Arc<Wire>);

impl WireStream {
    /// Wraps a new connection.
    pub fn new(stream: TcpStream, encrypted: bool, ticket: Ticket) -> Self {
        let buffer = AtomicU8::new(Buffer::Response as u8);
        Self(Arc::new(Wire { stream, encrypted, buffer, _ticket: ticket }))
    }

    /// The socket.
    pub const fn wire(&self) -> &Arc<Wire> {
        &self.0
    }
}

impl Drop for WireStream {
    /// Others may hold the socket a moment longer, but the client need not wait for them.
    fn drop(&mut self) {
        self.0.shut(Shutdown::Write);
        linger(Arc::clone(&self.0));
    }
}

impl AsyncRead for WireStream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let stream = &self.0.stream;
        loop {
            ready!(stream.poll_read_ready(cx))?;
            let room = buffer.remaining();
            match stream.try_read_buf(buffer) {
                Ok(read) => {
                    if 0 < read && read < room {
                        // There was no more, so the next attempt need not ask the system.
                        let _ = stream.try_io(Interest::READABLE, || Err::<(), _>(ErrorKind::WouldBlock.into()));
                    }
                    return Poll::Ready(Ok(()));
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl AsyncWrite for WireStream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let stream = &self.0.stream;
        loop {
            ready!(stream.poll_write_ready(cx))?;
            match stream.try_write(bytes) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                written => return Poll::Ready(written),
            }
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.is_flushed();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.shut(Shutdown::Write);
        Poll::Ready(Ok(()))
    }
}

impl ActixStream for WireStream {
    fn poll_read_ready(&self, cx: &mut Context<'_>) -> Poll<io::Result<Ready>> {
        ActixStream::poll_read_ready(&self.0.stream, cx)
    }

    fn poll_write_ready(&self, cx: &mut Context<'_>) -> Poll<io::Result<Ready>> {
        ActixStream::poll_write_ready(&self.0.stream, cx)
    }
}
