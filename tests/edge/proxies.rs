//! Behind a proxy, requests count for the client that the proxy names; anybody else's word counts for nothing.

use crate::support::{Answer, Request, TestServer};

async fn from(server: &TestServer, hops: &str) -> Answer {
    server.send(Request::new("GET", "/nothing").header("X-Forwarded-For", hops)).await
}

#[tokio::test]
async fn without_a_trusted_proxy_the_header_counts_for_nothing() {
    for flags in [&[][..], &["--trusted-proxies", "10.0.0.0/8"]] {
        let server = TestServer::with(&[&["--rate-limit-requests", "2"], flags].concat());
        assert_eq!(from(&server, "203.0.113.1").await.status, 404);
        assert_eq!(from(&server, "203.0.113.2").await.status, 404);
        assert_eq!(from(&server, "203.0.113.3").await.status, 429, "{flags:?}");
    }
}

#[tokio::test]
async fn behind_a_proxy_clients_have_own_limits_and_can_not_choose_an_address() {
    let proxies = ["--trusted-proxies", "10.0.0.0/8, 127.0.0.1"];
    let server = TestServer::with(&[&["--rate-limit-requests", "2"], &proxies[..]].concat());
    for client in ["203.0.113.1", "203.0.113.2", "2001:db8::1"] {
        assert_eq!(from(&server, client).await.status, 404);
        assert_eq!(from(&server, &format!("1.1.1.1, {client}, 10.0.0.9")).await.status, 404);
        assert_eq!(from(&server, &format!("2.2.2.2, {client}")).await.status, 429, "{client}");
    }
    assert_eq!(from(&server, "2001:db8::2").await.status, 429, "one household");
    assert_eq!(from(&server, "2001:db8:0:1::1").await.status, 404, "another");
}

#[tokio::test]
async fn logins_count_for_the_client_too() {
    let server = TestServer::with(&["--battles-auth-per-minute", "1", "--trusted-proxies", "127.0.0.1"]);
    let refresh = |client: &'static str| {
        let body = serde_json::json!({ "refreshToken": "nonsense" });
        server.send(Request::new("POST", "/auth/refresh").header("X-Forwarded-For", client).json(&body))
    };
    refresh("203.0.113.1").await.refused(401, "UNAUTHORIZED");
    refresh("203.0.113.1").await.refused(429, "RATE_LIMITED");
    refresh("203.0.113.2").await.refused(401, "UNAUTHORIZED");
}
