//! What an outbox keeps, sends and refuses, and when it cuts its client off.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    task::Wake,
};

use futures_util::{FutureExt, StreamExt};

use super::*;
use crate::{Bounds, Crowd};

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

#[actix::test]
async fn a_client_is_cut_off_only_while_its_socket_takes_nothing() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let _client = tokio::net::TcpStream::connect(listener.local_addr()?).await?;
    // Nobody drives this connection, as on a machine that is busy with other work: what is pushed waits.
    let (stream, peer) = listener.accept().await?;
    let bounds = Bounds { all: 1, network: None };
    let ticket = Arc::new(Crowd::default()).admit(peer.ip().into(), bounds).unwrap_or_else(|_| unreachable!());
    let stream = WireStream::new(stream, false, ticket);
    let outbox = Outbox::new(1_000, Some(Arc::clone(stream.wire())));
    let start = Instant::now();
    let none = Patience { waiting: Duration::ZERO, silent: Duration::ZERO };
    for _ in 0..2 {
        assert_eq!(outbox.push(&frame(1_000)), Ok(()), "the server is behind, not the client");
    }
    assert!(!outbox.cut_if_stalled(none, start));
    while stream.wire().write(&[b'x'; 65_536]) > 0 {}
    assert!(outbox.cut_if_stalled(none, start));
    assert_eq!(outbox.push(&frame(1)), Err(Closed));
    Ok(())
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
fn a_pause_of_the_process_is_no_time_in_which_a_client_took_nothing() {
    let outbox = Outbox::new(1_000, None);
    assert_eq!(outbox.push(&frame(1)), Ok(()));
    let (now, patience) = (Instant::now(), Patience { waiting: Duration::ZERO, silent: Duration::ZERO });
    assert!(!outbox.cut_if_stalled(patience, now + Duration::from_secs(3_600)));
    while !outbox.cut_if_stalled(patience, now) {}
    assert_eq!(outbox.push(&frame(1)), Err(Closed));
}

#[test]
fn what_a_client_missed_does_not_cut_it_off_while_it_waits() {
    let outbox = Arc::new(Outbox::new(1_000, None));
    assert_eq!(outbox.push_past(&frame(5_000)), Ok(()));
    assert_eq!(outbox.push(&frame(600)), Ok(()));
    assert_eq!(outbox.push(&frame(600)), Ok(()), "one push may go past the limit");
    assert_eq!(outbox.push(&frame(1)), Err(Closed), "all that came later counts");
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
