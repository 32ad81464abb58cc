//! Mistakes of clients, by reason. A client can make them as fast as it can send, so each is logged at level debug
//! only; they are counted for the metrics, and one line per minute sums them up.

use std::{collections::BTreeMap, fmt::Write, time::Duration};

use actix_web::rt::time::interval;
use metrics::{counter, describe_counter};
use parking_lot::Mutex;

/// Time between two summaries in the log.
const EVERY: Duration = Duration::from_secs(60);

/// The counts since the last summary. Reasons are literals in the code, so their number is bounded.
static COUNTS: Mutex<BTreeMap<&'static str, u64>> = Mutex::new(BTreeMap::new());

/// Counts a client's mistake: a reason in `snake_case`, which is also the metric's label.
pub fn count(reason: &'static str) {
    counter!("liap_client_mistakes_total", "reason" => reason).increment(1);
    *COUNTS.lock().entry(reason).or_default() += 1;
}

/// Logs the number of mistakes per reason since the last summary, if there were any.
pub fn sum_up() {
    let counts = std::mem::take(&mut *COUNTS.lock());
    if counts.is_empty() {
        return;
    }
    let mut line = String::new();
    for (reason, number) in counts {
        // Writing to a string can't fail.
        let _ = write!(line, " {reason}={number}");
    }
    log::info!("mistakes of clients, each logged at level debug:{line}");
}

/// Logs a summary once a minute.
pub async fn keep_summing_up() {
    let mut every = interval(EVERY);
    loop {
        every.tick().await;
        sum_up();
    }
}

pub(crate) fn describe() {
    describe_counter!(
        "liap_client_mistakes_total",
        "Requests, frames and handshakes that clients got wrong, by reason"
    );
}
