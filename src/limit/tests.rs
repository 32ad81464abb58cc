//! Which requests count for whom.

use actix_web::{
    App, HttpResponse,
    http::header::{HeaderName, RETRY_AFTER},
    test::{TestRequest, call_service, init_service},
    web,
};
use clap::Parser;
use jsonwebtoken::{EncodingKey, Header};
use serde_json::json;
use store::{Location, Store};
use tempfile::TempDir;

use super::*;
use crate::{
    rest::{
        client::Proxies,
        rates::{LIMIT, REMAINING},
    },
    settings::ServeSettings,
};

const KEY: &str = "a key of the tests, long enough for everybody";

#[derive(Parser)]
struct CommandLine {
    #[command(flatten)]
    settings: ServeSettings,
}

fn token(account: &str) -> String {
    let claims = json!({ "iss": "liap-tui", "sub": account, "iat": 1, "ver": 1, "exp": 9_999_999_999_u64 });
    jsonwebtoken::encode(&Header::default(), &claims, &EncodingKey::from_secret(KEY.as_bytes())).unwrap()
}

/// Asks an address with one route of each kind: a row of kind, peer, and account; every answer is its status and the
/// headers limit and remaining.
async fn ask(flags: &[&str], rows: &[(&str, &str, Option<&str>)]) -> Vec<(u16, Option<u64>, Option<u64>)> {
    let folder = TempDir::new().unwrap();
    let store = Store::open(&Location::Sqlite(folder.path().join("db"))).await.unwrap();
    let line = ["serve", "--auth-secret-key", KEY].iter().chain(flags);
    let settings = CommandLine::try_parse_from(line).unwrap().settings;
    let accounts = Accounts::open(&settings, store, actors::Bans::default()).unwrap();
    let fine = || web::to(|| std::future::ready(HttpResponse::Ok()));
    let app = App::new()
        .app_data(Data::new(RateLimits::new(&settings.limits)))
        .app_data(Data::new(accounts))
        .app_data(Data::new(Proxies::parse(&settings.edge.trusted_proxies).unwrap()))
        .route("/creation", limited(fine(), Kind::Creation))
        .route("/actions", limited(fine(), Kind::Actions))
        .route("/queries", limited(fine(), Kind::Queries))
        .route("/others", limited(fine(), Kind::Others));
    let app = init_service(app).await;
    let mut answers = Vec::new();
    for (kind, peer, token) in rows {
        let request = TestRequest::with_uri(&format!("/{kind}")).peer_addr(format!("{peer}:4711").parse().unwrap());
        let request = match token {
            Some(token) => request.insert_header(("Authorization", format!("Bearer {token}"))),
            None => request,
        };
        let answer = call_service(&app, request.to_request()).await;
        let number =
            |name: &HeaderName| answer.headers().get(name).map(|value| value.to_str().unwrap().parse().unwrap());
        answers.push((answer.status().as_u16(), number(&LIMIT), number(&REMAINING)));
        assert_eq!(answer.headers().contains_key(RETRY_AFTER), answer.status() == 429);
    }
    answers
}

#[actix_web::test]
async fn the_figures_are_those_of_the_contract_and_the_kinds_do_not_count_for_each_other() {
    let rows = ["creation", "actions", "queries", "others"].map(|kind| (kind, "192.0.2.1", None));
    let limits = [2, 30, 60, 100].map(|limit| (200, Some(limit), Some(limit - 1)));
    assert_eq!(ask(&[], &rows).await, limits);
}

#[actix_web::test]
async fn an_account_is_counted_wherever_it_asks_from() {
    let (ann, bob) = (token("ann"), token("bob"));
    let rows = [
        ("creation", "192.0.2.1", Some(ann.as_str())),
        ("creation", "192.0.2.2", Some(&ann)),
        ("creation", "192.0.2.3", Some(&ann)),
        ("creation", "192.0.2.3", Some(&bob)),
    ];
    let told = [(200, Some(2), Some(1)), (200, Some(2), Some(0)), (429, Some(2), Some(0)), (200, Some(2), Some(0))];
    assert_eq!(ask(&[], &rows).await, told, "and Bob is told of his address, which has less room");
}

#[actix_web::test]
async fn an_address_is_counted_whoever_asks_and_what_it_has_no_room_for_does_not_count_for_the_account() {
    let (ann, bob, cid) = (token("ann"), token("bob"), token("cid"));
    let rows = [
        ("creation", "192.0.2.1", Some(ann.as_str())),
        ("creation", "192.0.2.1", Some(&bob)),
        ("creation", "192.0.2.1", Some(&cid)),
        ("creation", "192.0.2.2", Some(&cid)),
    ];
    let told = [(200, Some(2), Some(1)), (200, Some(2), Some(0)), (429, Some(2), Some(0)), (200, Some(2), Some(1))];
    assert_eq!(ask(&[], &rows).await, told);
}

#[actix_web::test]
async fn a_token_that_is_none_counts_for_its_address_alone() {
    let rows = [
        ("actions", "192.0.2.1", Some("nonsense")),
        ("actions", "192.0.2.1", Some("other nonsense")),
        ("actions", "192.0.2.2", Some("nonsense")),
    ];
    let told = [(200, Some(30), Some(29)), (200, Some(30), Some(28)), (200, Some(30), Some(29))];
    assert_eq!(ask(&[], &rows).await, told);
}

#[actix_web::test]
async fn zero_turns_one_limit_off_and_no_other() {
    let rows = [("queries", "192.0.2.1", None), ("actions", "192.0.2.1", None)];
    let told = [(200, None, None), (200, Some(30), Some(29))];
    assert_eq!(ask(&["--battles-state-per-minute", "0"], &rows).await, told);
}
