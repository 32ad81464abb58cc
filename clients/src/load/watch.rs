//! The server's own figures, asked of its `/metrics` once a second.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::plan::Plan;
use crate::http::{Answer, Http};

const EVERY: Duration = Duration::from_secs(1);

/// What the server reported of itself at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// The moment.
    pub at: Instant,
    /// User and system time since the server's start, in seconds.
    pub cpu_seconds: f64,
    /// Memory in use, in bytes.
    pub resident_bytes: f64,
    /// Messages to clients, each listener counted.
    pub delivered: f64,
}

/// Asks until it is dropped.
pub(super) struct ServerWatch {
    samples: Arc<Mutex<Vec<Sample>>>,
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl ServerWatch {
    pub(super) fn start(plan: &Plan) -> Self {
        let samples = Arc::new(Mutex::new(Vec::new()));
        let (end, ended) = channel();
        let into = samples.clone();
        let http = Http::new(&plan.server, Duration::from_secs(2)).with_token(plan.metrics_token.clone());
        let thread = thread::spawn(move || watch(&http, &into, &ended));
        Self { samples, end: Some(end), thread: Some(thread) }
    }

    /// What was said so far.
    pub(super) fn samples(&self) -> Vec<Sample> {
        self.samples.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for ServerWatch {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn watch(http: &Http, into: &Mutex<Vec<Sample>>, ended: &Receiver<()>) {
    loop {
        let answer = http.get("/metrics").and_then(Answer::success);
        if let Some(sample) = answer.ok().and_then(|answer| read(&answer.text)) {
            into.lock().unwrap_or_else(PoisonError::into_inner).push(sample);
        }
        if ended.recv_timeout(EVERY) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// None when the server does not tell what it takes.
fn read(text: &str) -> Option<Sample> {
    let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
    Some(Sample {
        at: Instant::now(),
        cpu_seconds: value("process_cpu_seconds_total ")?,
        resident_bytes: value("process_resident_memory_bytes ")?,
        delivered: value("liap_messages_delivered_total ").unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_found_among_the_others() {
        let text = "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 1.25\n\
                    process_resident_memory_bytes 4096\nliap_messages_delivered_total 17\n";
        let sample = read(text).unwrap();
        assert_eq!((sample.cpu_seconds, sample.resident_bytes, sample.delivered), (1.25, 4096.0, 17.0));
        assert_eq!(read("liap_rooms 3\n"), None);
    }
}
