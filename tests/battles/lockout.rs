//! Wrong passwords slow down whoever sends them, and keep nobody out of their account.

use std::{
    fmt::Display,
    sync::atomic::{AtomicUsize, Ordering},
};

use futures_util::{FutureExt, StreamExt, future::join_all, stream::FuturesUnordered};
use serde_json::json;
use tempfile::TempDir;

use crate::support::{Answer, PASSWORD, Process, Request, within};

const WRONG: &str = "Wrong-Horse-99";
/// Where the tests' people and attackers are is what a proxy says.
const PROXY: [&str; 2] = ["--trusted-proxies=127.0.0.1", "--login-delay-seconds=1"];

/// A server in a process of its own, which counts for itself.
struct Server {
    data: TempDir,
    process: Process,
}

impl Server {
    async fn start(flags: &[&str]) -> Self {
        let data = TempDir::new().unwrap();
        let process = Process::start(data.path(), &[&PROXY, flags].concat()).await;
        Self { data, process }
    }

    async fn restarted(self) -> Self {
        self.process.stopped().await;
        let process = Process::start(self.data.path(), &PROXY).await;
        Self { data: self.data, process }
    }

    async fn post(&self, path: &str, from: impl Display, username: &str, password: &str) -> Answer {
        let body = json!({ "username": username, "password": password });
        let request = Request::new("POST", path).header("X-Forwarded-For", &from.to_string());
        request.json(&body).send(self.process.port).await
    }

    async fn register(&self, from: &str, username: &str) {
        self.post("/auth/register", from, username, PASSWORD).await.expect(201);
    }

    async fn login(&self, from: impl Display, username: &str, password: &str) -> Answer {
        self.post("/auth/login", from, username, password).await
    }

    async fn is_let_in(&self, from: &str, username: &str) {
        self.login(from, username, PASSWORD).await.expect(200);
    }

    async fn guesses(&self, from: impl Display, username: &str) {
        self.login(from, username, WRONG).await.refused(401, "INVALID_CREDENTIALS");
    }

    /// How many logins were delayed or refused.
    async fn slowed(&self) -> u64 {
        let metrics = Request::new("GET", "/metrics").send(self.process.port).await;
        let line = metrics.body.lines().find_map(|line| line.strip_prefix(r#"liap_limit_hits_total{limit="logins"} "#));
        line.map_or(0, |count| count.parse().unwrap())
    }
}

/// The nth address of a crowd, each in a network of its own.
fn crowd(number: usize) -> String {
    format!("2001:db8:0:{number:x}::1")
}

#[tokio::test]
async fn wrong_passwords_from_elsewhere_do_not_keep_the_owner_out() {
    let server = Server::start(&[]).await;
    server.register("203.0.113.1", "Ann").await;
    let guessed = AtomicUsize::new(0);
    let attack = async |lane: usize| {
        for number in 0_usize.. {
            server.login(crowd((lane << 8) | (number / 5)), "Ann", WRONG).await.refused(401, "INVALID_CREDENTIALS");
            guessed.fetch_add(1, Ordering::Relaxed);
        }
    };
    let owner = async {
        let under_attack = async {
            while guessed.load(Ordering::Relaxed) < 12 {
                tokio::task::yield_now().await;
            }
        };
        within("the attack", under_attack).await;
        for place in ["203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.1"] {
            server.is_let_in(place, "ann").await;
        }
    };
    let attackers = join_all((1..6).map(attack));
    tokio::select! {
        _ = attackers => panic!("the attack never ends"),
        () = owner => {}
    }
    assert!(server.slowed().await >= 7, "the account was under attack");
}

#[tokio::test]
async fn an_account_under_attack_slows_only_places_that_it_does_not_know() {
    let server = Server::start(&[]).await;
    server.register("203.0.113.1", "Ann").await;
    for number in 0..5 {
        server.guesses(crowd(number), "Ann").await;
    }
    assert_eq!(server.slowed().await, 0, "five a minute are nothing");
    server.guesses(crowd(6), "aNN").await;
    assert_eq!(server.slowed().await, 1);
    server.is_let_in("203.0.113.1", "Ann").await;
    assert_eq!(server.slowed().await, 1, "the owner is known there");
    server.is_let_in("203.0.113.2", "Ann").await;
    assert_eq!(server.slowed().await, 2, "nobody is known there");
    server.is_let_in("203.0.113.2", "Ann").await;
    assert_eq!(server.slowed().await, 2, "the owner is by now");
    server.login("203.0.113.7", "Bob", WRONG).await;
    assert_eq!(server.slowed().await, 2, "another account is not under attack");
}

#[tokio::test]
async fn wrong_passwords_count_for_one_address_with_one_account() {
    let server = Server::start(&["--battles-auth-per-minute=1000", "--login-failures-per-minute=2"]).await;
    for username in ["Ann", "Bob"] {
        server.register("203.0.113.1", username).await;
    }
    server.is_let_in("203.0.113.2", "Ann").await;
    for _ in 0..2 {
        server.guesses("203.0.113.1", "Ann").await;
    }
    assert_eq!(server.slowed().await, 0);
    server.guesses("203.0.113.1", "Ann").await;
    assert_eq!(server.slowed().await, 1, "the place that is known has a budget of its own, and it is spent");
    for _ in 0..4 {
        server.is_let_in("203.0.113.1", "Bob").await;
        server.is_let_in("203.0.113.2", "Ann").await;
    }
    assert_eq!(
        server.slowed().await,
        1,
        "the other account and the other place have theirs; right passwords count for none"
    );
    server.is_let_in("203.0.113.1", "Ann").await;
    assert_eq!(server.slowed().await, 2, "a budget that is spent delays, and does not refuse");
}

#[tokio::test]
async fn where_an_account_has_logged_in_is_known_after_a_restart() {
    let server = Server::start(&[]).await;
    server.register("203.0.113.1", "Ann").await;
    server.is_let_in("2001:db8:ffff::1", "Ann").await;
    let server = server.restarted().await;
    for number in 0..6 {
        server.guesses(crowd(number), "Ann").await;
    }
    assert_eq!(server.slowed().await, 1);
    server.is_let_in("203.0.113.1", "Ann").await;
    server.is_let_in("2001:db8:ffff::2", "Ann").await;
    assert_eq!(server.slowed().await, 1, "of an IPv6 address its /64 is known");
}

#[tokio::test]
async fn an_unknown_username_is_slowed_like_a_known_one() {
    let server = Server::start(&[]).await;
    server.register("203.0.113.1", "Ann").await;
    let told = async |username: &str, first: usize| {
        let mut told = Vec::new();
        for number in 0..8 {
            let answer = server.login(crowd(first + number), username, WRONG).await;
            let headers = ["x-ratelimit-limit", "x-ratelimit-remaining", "retry-after", "set-cookie"];
            let headers = headers.map(|header| answer.header(header).map(str::to_owned));
            told.push((answer.status, answer.body, headers, server.slowed().await));
        }
        let before = told[0].3;
        told.iter_mut().for_each(|(.., slowed)| *slowed -= before);
        told
    };
    let known = told("Ann", 0).await;
    assert_eq!(known.last().unwrap().3, 3);
    assert_eq!(told("Bob", 100).await, known);
}

/// The cookie that an answer gives, as a browser sends it back.
fn cookie_of(answer: &Answer) -> String {
    let cookie = answer.header("set-cookie").expect("a cookie");
    assert!(cookie.contains("; HttpOnly; SameSite=Strict") && cookie.contains("; Path=/auth; "), "{cookie}");
    cookie.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_browser_that_has_logged_in_is_let_in_whatever_its_neighbours_do() {
    let server = Server::start(&[]).await;
    let login = |username: &str, password: &str, cookie: &str| {
        let body = json!({ "username": username, "password": password });
        let request = Request::new("POST", "/auth/login").header("X-Forwarded-For", "203.0.113.1");
        request.header("Cookie", &format!("a=b; {cookie}")).json(&body).send(server.process.port)
    };
    let first = server.post("/auth/register", "203.0.113.2", "Ann", PASSWORD).await;
    first.expect(201);
    let (of_ann, of_bob) =
        (cookie_of(&first), cookie_of(&server.post("/auth/register", "203.0.113.3", "Bob", PASSWORD).await));
    for _ in 0..5 {
        server.guesses("203.0.113.1", "Ann").await;
    }
    server.login("203.0.113.1", "Ann", PASSWORD).await.refused(429, "RATE_LIMITED");
    let again = login("ann", PASSWORD, &of_ann).await;
    again.expect(200);
    assert_eq!(again.header("x-ratelimit-limit"), Some("5"));
    assert_eq!(server.slowed().await, 0, "the wrong passwords of others are not the browser's");
    login("Ann", PASSWORD, &cookie_of(&again)).await.expect(200);
    for stranger in
        [of_bob.clone(), of_ann.replace("liap_device=", "liap_device=x"), format!("{of_ann}0"), String::new()]
    {
        login("Ann", PASSWORD, &stranger).await.refused(429, "RATE_LIMITED");
    }
    let nonsense = Request::new("POST", "/auth/login").header("X-Forwarded-For", "203.0.113.1");
    let nonsense = nonsense.header("Cookie", &of_ann).body("application/json", "{").send(server.process.port).await;
    nonsense.refused(429, "RATE_LIMITED");
    for _ in 0..3 {
        login("Ann", WRONG, &of_ann).await.refused(401, "INVALID_CREDENTIALS");
    }
    login("Ann", WRONG, &of_ann).await.refused(429, "RATE_LIMITED");
    login("Bob", PASSWORD, &of_bob).await.expect(200);
}

#[tokio::test]
async fn a_login_that_finds_no_room_to_wait_hears_when_to_try_again() {
    let flags = ["--battles-auth-per-minute=1000", "--login-failures-per-minute=1", "--login-delay-seconds=4"];
    let data = TempDir::new().unwrap();
    let process = Process::start(data.path(), &[&PROXY[..1], &flags].concat()).await;
    let server = Server { data, process };
    server.register("203.0.113.1", "Ann").await;
    let guesses: FuturesUnordered<_> = (0..16).map(|_| server.login("203.0.113.1", "Ann", WRONG)).collect();
    let refused = guesses.filter(|answer| std::future::ready(answer.status == 429)).boxed_local().next().await.unwrap();
    refused.refused(429, "RATE_LIMITED");
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=4).contains(&wait), "{refused:?}");
    assert_eq!(refused.header("x-ratelimit-remaining"), Some("0"));
    // Nobody waits any more when their clients have left.
    let owner = async { while server.login("203.0.113.1", "Ann", PASSWORD).await.status != 200 {} };
    within("the owner to be let in", owner.boxed_local()).await;
}
