//! The connection's socket itself, for those who may write to it, or end it.

use std::{
    io::{ErrorKind, IoSlice, Write},
    net::{Shutdown, TcpStream},
};

use arrayvec::ArrayVec;
use bytes::Bytes;

/// The most frames that one system call writes.
const AT_ONCE: usize = 16;

/// A second handle on a connection's socket: to write frames straight to it, and to end it when nothing can be written to
/// it any more.
#[derive(Debug)]
pub struct SocketHandle {
    stream: TcpStream,
    encrypted: bool,
}

impl SocketHandle {
    /// A second handle on the socket of a new connection; what goes over an encrypted one can't be written straight to it.
    ///
    /// # Errors
    /// When the process has no file descriptor left.
    #[cfg(unix)]
    pub fn of(stream: &impl std::os::fd::AsFd, encrypted: bool) -> std::io::Result<Self> {
        Ok(Self { stream: TcpStream::from(stream.as_fd().try_clone_to_owned()?), encrypted })
    }

    pub(super) const fn is_plain(&self) -> bool {
        !self.encrypted
    }

    pub(super) fn cut(&self) {
        // It may be closed already, which is what we want.
        let _ = self.stream.shutdown(Shutdown::Both);
    }

    /// Writes as much as the socket takes at once; how many bytes that is. A broken socket takes none, and whoever reads
    /// from it will notice.
    pub(super) fn write(&self, frames: &[Bytes]) -> usize {
        let mut written = 0;
        for some in frames.chunks(AT_ONCE) {
            let slices: ArrayVec<IoSlice<'_>, AT_ONCE> = some.iter().map(|frame| IoSlice::new(frame)).collect();
            let taken = loop {
                match (&self.stream).write_vectored(&slices) {
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    taken => break taken.unwrap_or(0),
                }
            };
            written += taken;
            if taken < some.iter().map(Bytes::len).sum::<usize>() {
                break;
            }
        }
        written
    }
}
