//! The end of a connection whose client may still be sending. Closing a socket with unread bytes resets it, and a reset
//! destroys the last answer: 413, or a close frame with 1009. So the server ends its own direction, and reads on for a
//! while without keeping anything.

use std::{
    io::{self, ErrorKind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use actix_web::rt::net::TcpStream;
use tokio::{
    runtime::Handle,
    task::yield_now,
    time::{Instant, timeout, timeout_at},
};

use super::Wire;

/// Longest silence of a client.
const QUIET: Duration = Duration::from_secs(2);
/// Longest time of one connection.
const LONGEST: Duration = Duration::from_secs(30);
/// The most bytes that are read from one connection.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// The most connections of the process that linger at once; further ones are closed immediately.
const MOST_CONNECTIONS: usize = 1_024;
/// The most bytes that are read before other tasks get their turn.
const TURN_BYTES: usize = 256 * 1024;

static LINGERING: AtomicUsize = AtomicUsize::new(0);

/// A connection that lingers, counted until it is dropped.
struct Place;

impl Place {
    fn take() -> Option<Self> {
        // From here on, dropping it uncounts it.
        let place = Self;
        (LINGERING.fetch_add(1, Ordering::Relaxed) < MOST_CONNECTIONS).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        LINGERING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Reads until the client has ended its direction too, within the bounds. The server's own direction has ended.
pub(super) fn linger(wire: Arc<Wire>) {
    // Without a runtime the process is about to end.
    let (Some(place), Ok(runtime)) = (Place::take(), Handle::try_current()) else {
        return;
    };
    runtime.spawn(async move {
        // Reaching a bound ends the connection like an end by the client.
        let _ = timeout_at(Instant::now() + LONGEST, read_on(wire.stream())).await;
        drop(place);
    });
}

async fn read_on(stream: &TcpStream) {
    let mut left = MOST_BYTES;
    while left > 0 {
        match discard(stream, left.min(TURN_BYTES)) {
            Ok(0) => return,
            Ok(read) => {
                left -= read;
                yield_now().await;
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                if !matches!(timeout(QUIET, stream.readable()).await, Ok(Ok(()))) {
                    return;
                }
            }
            Err(_) => return,
        }
    }
}

/// Reads what has arrived, at most about this many bytes; 0 once the client has closed its side.
fn discard(stream: &TcpStream, most: usize) -> io::Result<usize> {
    let mut bytes = [0; 16 * 1024];
    let mut read = stream.try_read(&mut bytes)?;
    while read > 0 && read < most {
        match stream.try_read(&mut bytes) {
            // The next call meets either of them again.
            Ok(0) | Err(_) => break,
            Ok(more) => read += more,
        }
    }
    Ok(read)
}
