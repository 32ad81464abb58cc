//! The page's answers, on a site of two files.

use actix_web::{
    App,
    body::to_bytes,
    dev::ServiceResponse,
    http::Method,
    test::{TestRequest, call_service, init_service},
    web,
};

use super::{routes, site::Site};

fn site() -> Site {
    let files = [
        ("index.html", "<p>page"),
        ("index.html.br", "[br page]"),
        ("assets/main-1a2b.js", "let a = 1;"),
        ("assets/main-1a2b.js.br", "[br]"),
        ("assets/main-1a2b.js.gz", "[gzip]"),
        ("favicon.svg", "<svg/>"),
    ];
    Site::of(files.map(|(path, text)| (path.to_owned(), web::Bytes::from_static(text.as_bytes()))))
}

async fn ask(site: Site, request: TestRequest) -> ServiceResponse {
    let app = App::new().app_data(web::Data::new(site)).configure(routes);
    call_service(&init_service(app).await, request.to_request()).await
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(path)
}

fn header<'a>(answer: &'a ServiceResponse, name: &str) -> Option<&'a str> {
    answer.headers().get(name).map(|value| value.to_str().unwrap())
}

async fn text(answer: ServiceResponse) -> String {
    String::from_utf8(to_bytes(answer.into_body()).await.unwrap().to_vec()).unwrap()
}

#[actix_web::test]
async fn every_screen_is_the_same_page_and_is_asked_for_each_time() {
    for path in [
        "/",
        "/room/ABCD2345",
        "/replay/ABCD2345",
        "/log",
        "/me",
        "/user/01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10",
        "/admin",
        "/room/ABCD2345/",
        "/room/ABCD2345%",
        "/room/ABCD/2345,",
        "/replay/%zz",
        "/user/",
    ] {
        let answer = ask(site(), get(path)).await;
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(header(&answer, "content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(header(&answer, "cache-control"), Some("no-cache"));
        assert_eq!(text(answer).await, "<p>page");
    }
}

#[actix_web::test]
async fn what_has_its_hash_in_its_name_is_kept_for_ever() {
    let answer = ask(site(), get("/assets/main-1a2b.js")).await;
    assert_eq!(header(&answer, "cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(header(&answer, "content-type"), Some("text/javascript; charset=utf-8"));
    assert_eq!(header(&ask(site(), get("/favicon.svg")).await, "cache-control"), Some("no-cache"));
}

#[actix_web::test]
async fn a_browser_gets_the_smallest_copy_that_it_takes() {
    for (accepted, encoding, body) in
        [("gzip, deflate, br", Some("br"), "[br]"), ("gzip", Some("gzip"), "[gzip]"), ("deflate", None, "let a = 1;")]
    {
        let answer = ask(site(), get("/assets/main-1a2b.js").insert_header(("Accept-Encoding", accepted))).await;
        assert_eq!(header(&answer, "content-encoding"), encoding, "{accepted}");
        assert_eq!(header(&answer, "vary"), Some("accept-encoding"));
        assert_eq!(text(answer).await, body);
    }
}

#[actix_web::test]
async fn what_is_known_is_not_sent_again() {
    let first = ask(site(), get("/")).await;
    let tag = header(&first, "etag").unwrap().to_owned();
    let again = ask(site(), get("/").insert_header(("If-None-Match", tag.clone()))).await;
    assert_eq!((again.status().as_u16(), header(&again, "etag")), (304, Some(&*tag)));
    assert_eq!(text(again).await, "");
    let packed = ask(site(), get("/").insert_header(("Accept-Encoding", "br"))).await;
    assert_ne!(header(&packed, "etag"), Some(&*tag), "another copy has another tag");
    let other = ask(site(), get("/").insert_header(("If-None-Match", "\"other\""))).await;
    assert_eq!(other.status(), 200);
}

#[actix_web::test]
async fn what_is_not_part_of_the_page_is_404_and_a_copy_has_no_address_of_its_own() {
    for path in ["/assets/none.js", "/assets/main-1a2b.js.br", "/assets/..%2findex.html", "/index.html", "/room"] {
        assert_eq!(ask(site(), get(path)).await.status(), 404, "{path}");
    }
}

#[actix_web::test]
async fn a_page_that_is_not_built_says_how_it_is() {
    let answer = ask(Site::of([]), get("/room/ABCD2345")).await;
    assert_eq!(answer.status(), 200);
    assert!(text(answer).await.contains("make web"));
}

#[actix_web::test]
async fn the_head_can_be_had_alone() {
    let answer = ask(site(), get("/").method(Method::HEAD)).await;
    assert_eq!((answer.status().as_u16(), header(&answer, "cache-control")), (200, Some("no-cache")));
}
