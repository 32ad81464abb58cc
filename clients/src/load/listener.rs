//! A connection that only listens to the live log.

use std::rc::Rc;

use super::context::Worker;
use crate::{
    SeatError,
    live_log::{LogKind, Request},
};

const ALL: [LogKind; 6] = [LogKind::User, LogKind::System, LogKind::Dm, LogKind::Party, LogKind::Raid, LogKind::Guild];

/// Subscribes to everything and counts, until the end.
pub(super) async fn listen(worker: Rc<Worker>) {
    let mut socket = match worker.dial(None).open("live-log").await {
        Ok(socket) => socket,
        Err(error) => return worker.error(format!("live log: {}", SeatError::from(error))),
    };
    // That the connection has ended shows when the next message is read.
    let _ = socket.send(Request::Subscribe { message_types: ALL.to_vec() }.text()).await;
    let mut stop = worker.stop.clone();
    loop {
        let text = tokio::select! {
            text = socket.next() => text,
            _ = stop.wait_for(|over| *over) => return,
        };
        match text {
            Ok(text) if text.starts_with("{\"action\":\"error\"") => worker.error("live log: refused"),
            Ok(text) if text.starts_with("{\"action\"") => {}
            Ok(_) => worker.meters.borrow_mut().live_log_messages += 1,
            Err(_) if worker.is_over() => return,
            Err(end) => return worker.error(format!("live log: {}", SeatError::from(end))),
        }
    }
}
