//! A connection that only listens to the live log.

use std::rc::Rc;

use super::{link::Link, worker::Worker};

const SUBSCRIBE: &str = r#"{"action":"subscribe","message_types":["user","system","dm","party","raid","guild"]}"#;

/// Subscribes to everything and counts, until the end.
pub(super) async fn listen(worker: Rc<Worker>) {
    let mut link = match Link::open(&worker.run.settings.base(), "live-log", None).await {
        Ok((link, _)) => link,
        Err(broken) => return worker.error(format!("live log: {}", broken.0)),
    };
    link.send(SUBSCRIBE.to_owned()).await;
    let mut stop = worker.stop.clone();
    loop {
        let text = tokio::select! {
            text = link.next() => text,
            _ = stop.wait_for(|over| *over) => return,
        };
        match text {
            Ok(text) if text.starts_with("{\"action\":\"error\"") => worker.error("live log: refused"),
            Ok(text) if text.starts_with("{\"action\"") => {}
            Ok(_) => worker.meters.borrow_mut().live_log_messages += 1,
            Err(_) if worker.is_over() => return,
            Err(broken) => return worker.error(format!("live log: {}", broken.0)),
        }
    }
}
