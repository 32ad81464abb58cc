//! The page of the browser client, whether it was built or not; what depends on that is tested beside its code. That it may
//! connect is tested in `upgrades.rs`.

use crate::support::{Request, TestServer};

#[tokio::test]
async fn the_page_and_its_screens_are_html_under_a_strict_policy() {
    let server = TestServer::start();
    for path in ["/", "/room/ABCD2345", "/replay/ABCD2345", "/log", "/me", "/admin"] {
        let answer = server.send(Request::new("GET", path)).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("cache-control"), Some("no-cache"));
        let policy = answer.header("content-security-policy").expect("a policy");
        assert!(policy.starts_with("default-src 'self';") && !policy.contains("unsafe"), "{policy}");
        let scripts = answer.body.split("<script").skip(1);
        assert!(scripts.into_iter().all(|script| script.contains("src=\"/assets/")), "{}", answer.body);
        assert!(answer.body.contains("Liap Tui") && !answer.body.contains(" style="), "{}", answer.body);
    }
}

#[tokio::test]
async fn the_head_of_the_page_can_be_had_alone_and_no_other_method() {
    let server = TestServer::start();
    let whole = server.send(Request::new("GET", "/")).await;
    let head = server.send(Request::new("HEAD", "/")).await;
    assert_eq!((head.status, &*head.body), (200, ""));
    assert_eq!(head.header("etag"), whole.header("etag"));
    assert_eq!(head.header("content-length"), whole.header("content-length"));
    let refused = server.send(Request::new("POST", "/")).await;
    refused.refused(405, "METHOD_NOT_ALLOWED");
    assert_eq!(refused.header("allow"), Some("GET, HEAD"));
}

#[tokio::test]
async fn an_address_that_is_no_screen_is_still_404_in_json() {
    let server = TestServer::start();
    for path in ["/nothing", "/room", "/index.html", "/assets/none.js", "/assets/..%2findex.html", "/battles/x/y"] {
        server.send(Request::new("GET", path)).await.refused(404, "NOT_FOUND");
    }
}

#[tokio::test]
async fn what_the_page_links_to_is_there() {
    let server = TestServer::start();
    let page = server.send(Request::new("GET", "/")).await.body;
    let linked = page.split("\"/").skip(1).filter_map(|rest| rest.split('"').next());
    for path in linked.filter(|path| path.starts_with("assets/") || path.starts_with("favicon")) {
        let answer = server.send(Request::new("GET", &format!("/{path}")).header("Accept-Encoding", "gzip")).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("vary"), Some("accept-encoding"));
        let kept = answer.header("cache-control").expect("how long");
        assert_eq!(kept.contains("immutable"), path.starts_with("assets/"), "{path}: {kept}");
    }
}
