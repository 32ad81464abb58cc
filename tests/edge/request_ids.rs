//! Every answer has its request's id; with `API_DEBUG=true` the log and error bodies have it too.

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Process, Request, TestServer};

#[tokio::test]
async fn every_answer_has_an_id_of_its_own_and_bodies_have_none() {
    let server = TestServer::start();
    let mut ids = Vec::new();
    for path in ["/health", "/nothing", "/health"] {
        let answer = server.send(Request::new("GET", path).header("X-Request-Id", "chosen")).await;
        ids.push(answer.header("x-request-id").expect("an id").to_owned());
    }
    server.send(Request::new("GET", "/nothing")).await.refused(404, "NOT_FOUND");
    ids.sort();
    ids.dedup();
    assert!(ids.len() == 3 && ids.iter().all(|id| id.len() == 16 && id != "chosen"), "{ids:?}");
}

#[tokio::test]
async fn debugging_shows_the_id_in_error_bodies_and_in_the_log() {
    let data = TempDir::new().unwrap();
    for (log, says_more) in [(&[][..], false), (&["--log", "warn"], false), (&["--log", "trace"], true)] {
        let server = Process::start(data.path(), &[&["--api-debug", "true"], log].concat()).await;
        let answer = Request::new("GET", "/nothing?token=secret-token").send(server.port).await;
        let id = answer.header("x-request-id").expect("an id").to_owned();
        assert_eq!(answer.expect(404)["requestId"], Value::from(id.as_str()));
        assert!(Request::new("GET", "/health").send(server.port).await.expect(200).get("requestId").is_none());
        let log = server.stopped().await;
        assert!(log.contains(&format!("request {id}: GET /nothing")) && log.contains(&format!("request {id}: 404")));
        assert!(!log.contains("secret-token") || says_more, "{log}");
        assert_eq!(log.contains("TRACE"), says_more);
    }
}

#[tokio::test]
async fn a_log_filter_that_can_not_be_read_is_refused() {
    let data = TempDir::new().unwrap();
    let (code, errors) = Process::fails(data.path(), &["--log", "actors=loud"]).await;
    assert_eq!((code, errors.lines().count()), (Some(2), 1), "{errors}");
    assert!(errors.contains("LOG is `actors=loud`"), "{errors}");
}
