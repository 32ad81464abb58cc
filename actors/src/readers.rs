//! The threads that read from sockets. Before a clock runs out, a room waits until each of them has handled what had
//! arrived: an answer that reached the socket in time is in time for the game, however busy the machine is.

use std::{sync::Arc, time::Duration};

use actix::{Arbiter, clock::timeout};
use parking_lot::Mutex;
use tokio::{
    sync::{Notify, watch},
    task::yield_now,
};

/// Turns after which a thread has handled what was in its sockets: a message goes from the socket through the HTTP
/// library to its session, and from there to its room.
const TURNS: u32 = 4;
/// Longest wait for a thread; one that hangs must not stop the clocks of all rooms.
const PATIENCE: Duration = Duration::from_secs(5);

/// All threads that read from sockets.
#[derive(Default)]
pub struct Readers {
    threads: Mutex<Vec<Reader>>,
}

/// A thread that reads from sockets.
#[derive(Clone)]
struct Reader {
    wanted: Arc<Notify>,
    /// The number of times that it has handled everything in its sockets.
    rounds: watch::Receiver<u64>,
}

impl Readers {
    /// Adds the current thread until it ends.
    pub fn join(&self) {
        let (told, rounds) = watch::channel(0);
        let wanted = Arc::new(Notify::new());
        let asked = Arc::clone(&wanted);
        let turning = async move {
            loop {
                asked.notified().await;
                turns().await;
                told.send_modify(|rounds| *rounds += 1);
            }
        };
        if Arbiter::try_current().is_some_and(|arbiter| arbiter.spawn(turning)) {
            self.threads.lock().push(Reader { wanted, rounds });
        }
    }

    /// Waits until everything that is in the sockets now is in the mailboxes of the rooms.
    pub(crate) fn caught_up(&self) -> impl Future<Output = ()> + use<> {
        let readers = self.threads.lock().clone();
        async move {
            let all = async {
                // All are asked before the first is waited for.
                readers.iter().for_each(|reader| reader.wanted.notify_one());
                for reader in readers {
                    reader.caught_up().await;
                }
            };
            if timeout(PATIENCE, all).await.is_err() {
                log::warn!("a thread that reads from sockets has not answered for {PATIENCE:?}");
            }
        }
    }
}

impl Reader {
    /// Waits for two rounds, because the present one may have begun before.
    async fn caught_up(mut self) {
        let enough = *self.rounds.borrow() + 2;
        while *self.rounds.borrow_and_update() < enough {
            self.wanted.notify_one();
            if self.rounds.changed().await.is_err() {
                // The thread has ended, and its connections with it.
                return;
            }
        }
    }
}

/// Lets the current thread poll its sockets and handle what is there.
pub(crate) async fn turns() {
    for _ in 0..TURNS {
        // The task continues behind all tasks that the sockets have woken.
        yield_now().await;
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::Write,
        os::unix::net::UnixStream,
        sync::atomic::{AtomicU64, Ordering},
    };

    use tokio::{io::AsyncReadExt, sync::oneshot};

    use super::*;

    #[actix::test]
    async fn what_was_in_a_socket_is_read_when_its_thread_has_caught_up() {
        let (readers, read) = (Arc::new(Readers::default()), Arc::new(AtomicU64::new(0)));
        let (mut near, far) = UnixStream::pair().unwrap();
        far.set_nonblocking(true).unwrap();
        let (tell, joined) = oneshot::channel();
        let (of_thread, count) = (Arc::clone(&readers), Arc::clone(&read));
        Arbiter::new().spawn(async move {
            of_thread.join();
            let mut far = tokio::net::UnixStream::from_std(far).unwrap();
            tell.send(()).unwrap();
            while far.read_u8().await.is_ok() {
                count.fetch_add(1, Ordering::SeqCst);
            }
        });
        joined.await.unwrap();
        for written in 1..=300 {
            near.write_all(b"x").unwrap();
            readers.caught_up().await;
            assert_eq!(read.load(Ordering::SeqCst), written);
        }
    }

    #[actix::test]
    async fn a_thread_that_has_ended_is_not_waited_for() {
        let readers = Arc::new(Readers::default());
        let (arbiter, of_thread) = (Arbiter::new(), Arc::clone(&readers));
        let (tell, joined) = oneshot::channel();
        arbiter.spawn(async move {
            of_thread.join();
            tell.send(()).unwrap();
        });
        joined.await.unwrap();
        arbiter.stop();
        arbiter.join().unwrap();
        readers.caught_up().await;
    }
}
