//! Access tokens: which are taken, and which are not whatever they say.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::support::{KEY, PASSWORD, Person, Request, TestServer};

/// Far enough ahead that no test lives to see it.
const FUTURE: u64 = 4_000_000_000;

fn signed(algorithm: Algorithm, key: &str, claims: &Value) -> String {
    jsonwebtoken::encode(&Header::new(algorithm), claims, &EncodingKey::from_secret(key.as_bytes())).unwrap()
}

fn claims(id: &str) -> Value {
    json!({ "iss": "liap-tui", "sub": id, "ver": 1, "iat": 1_700_000_000, "exp": FUTURE })
}

/// URL-safe base64 without padding, as tokens have it.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut three = [0; 3];
        three[..chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
        let letters = (0..=chunk.len()).map(|place| char::from(LETTERS[(bits >> (18 - 6 * place) & 63) as usize]));
        text.extend(letters);
    }
    text
}

async fn refused(server: &TestServer, token: &str) {
    let me = Request::new("GET", "/users/me").bearer(token);
    server.send(me).await.refused(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn a_token_that_the_tests_sign_with_the_servers_key_is_valid() {
    let server = TestServer::start();
    let id = server.person("Ann").await.id().await;
    let me = Request::new("GET", "/users/me").bearer(&signed(Algorithm::HS256, KEY, &claims(&id)));
    assert_eq!(server.send(me).await.expect(200)["id"], json!(id));
}

#[tokio::test]
async fn an_expired_token_is_refused() {
    let server = TestServer::start();
    let id = server.person("Ann").await.id().await;
    let mut claims = claims(&id);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    claims["exp"] = json!(now - 1);
    refused(&server, &signed(Algorithm::HS256, KEY, &claims)).await;
    claims.as_object_mut().unwrap().remove("exp");
    refused(&server, &signed(Algorithm::HS256, KEY, &claims)).await;
}

#[tokio::test]
async fn a_token_from_the_future_is_refused() {
    let server = TestServer::start();
    let id = server.person("Ann").await.id().await;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    for (field, begins) in [("iat", json!(now + 3_600)), ("nbf", json!(now + 3_600)), ("nbf", json!("later"))] {
        let mut claims = claims(&id);
        claims[field] = begins;
        refused(&server, &signed(Algorithm::HS256, KEY, &claims)).await;
    }
    let mut past = claims(&id);
    past["nbf"] = json!(now - 1);
    let me = Request::new("GET", "/users/me").bearer(&signed(Algorithm::HS256, KEY, &past));
    server.send(me).await.expect(200);
}

#[tokio::test]
async fn of_several_keys_the_first_signs_and_all_are_accepted() {
    const NEW: &str = "a new key of the tests which is put before the old ones";
    const MIDDLE: &str = "the key that signed until today and is long enough";
    // The servers of the tests have AUTH_SECRET_KEY, too.
    let server = TestServer::unlimited(&[&format!("--auth-secret-keys={NEW}, {MIDDLE}")]);
    let ann = server.person("Ann").await;
    let id = ann.id().await;
    for key in [NEW, MIDDLE, KEY] {
        let me = Request::new("GET", "/users/me").bearer(&signed(Algorithm::HS256, key, &claims(&id)));
        server.send(me).await.expect(200);
    }
    refused(&server, &signed(Algorithm::HS256, "another key of the tests, as long as it", &claims(&id))).await;
    let validation = jsonwebtoken::Validation::new(Algorithm::HS256);
    let signed_with = |key: &str| {
        let key = jsonwebtoken::DecodingKey::from_secret(key.as_bytes());
        jsonwebtoken::decode::<Value>(&ann.token, &key, &validation).is_ok()
    };
    assert_eq!([NEW, MIDDLE, KEY].map(signed_with), [true, false, false]);
}

#[tokio::test]
async fn a_token_signed_with_another_key_or_algorithm_is_refused() {
    let server = TestServer::start();
    let id = server.person("Ann").await.id().await;
    refused(&server, &signed(Algorithm::HS256, "another key of the tests, as long as it", &claims(&id))).await;
    refused(&server, &signed(Algorithm::HS256, "", &claims(&id))).await;
    refused(&server, &signed(Algorithm::HS512, KEY, &claims(&id))).await;
}

#[tokio::test]
async fn a_token_for_another_version_of_the_account_or_for_none_is_refused() {
    let server = TestServer::start();
    let id = server.person("Ann").await.id().await;
    for version in [json!(0), json!(2), json!("1"), Value::Null] {
        let mut claims = claims(&id);
        claims["ver"] = version;
        refused(&server, &signed(Algorithm::HS256, KEY, &claims)).await;
    }
    let mut claims = claims(&id);
    claims.as_object_mut().unwrap().remove("ver");
    refused(&server, &signed(Algorithm::HS256, KEY, &claims)).await;
}

#[tokio::test]
async fn an_unsigned_token_is_refused() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let body = base64(claims(&ann.id().await).to_string().as_bytes());
    for algorithm in ["none", "None", "NONE", "nOnE"] {
        let head = base64(json!({ "alg": algorithm, "typ": "JWT" }).to_string().as_bytes());
        refused(&server, &format!("{head}.{body}.")).await;
        refused(&server, &format!("{head}.{body}")).await;
    }
    let parts: Vec<&str> = ann.token.split('.').collect();
    refused(&server, &format!("{}.{body}.{}", parts[0], parts[2])).await;
    refused(&server, &format!("{}.{}.", parts[0], parts[1])).await;
}

#[tokio::test]
async fn a_token_of_another_issuer_or_of_nobody_is_refused() {
    let server = TestServer::start();
    let id = server.person("Ann").await.id().await;
    let mut foreign = claims(&id);
    foreign["iss"] = json!("somebody");
    refused(&server, &signed(Algorithm::HS256, KEY, &foreign)).await;
    refused(&server, &signed(Algorithm::HS256, KEY, &claims("01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10"))).await;
    refused(&server, &signed(Algorithm::HS256, KEY, &json!({ "iss": "liap-tui", "exp": FUTURE }))).await;
}

#[tokio::test]
async fn a_header_that_holds_no_bearer_token_is_refused() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let basic = format!("Basic {}", ann.token);
    for header in ["", "Bearer", "Bearer ", "Bearer a.b.c", &ann.token, &basic] {
        let me = Request::new("GET", "/users/me").header("Authorization", header);
        server.send(me).await.refused(401, "UNAUTHORIZED");
    }
    let me = Request::new("GET", "/users/me").header("authorization", &format!("bearer {}", ann.token));
    server.send(me).await.expect(200);
}

#[tokio::test]
async fn a_token_lives_as_long_as_the_setting_says() {
    let server = TestServer::with(&["--auth-token-expire-minutes", "7", "--auth-algorithm", "HS512"]);
    let answer = server.post("/auth/register", &json!({ "username": "Ann", "password": PASSWORD })).await;
    let tokens = answer.expect(201);
    assert_eq!(tokens["expiresIn"], 420);
    let ann = Person::new(server.port(), &tokens);
    let id = ann.id().await;
    refused(&server, &signed(Algorithm::HS256, KEY, &claims(&id))).await;
    let claims: Value = serde_json::from_slice(&unbase64(ann.token.split('.').nth(1).unwrap())).unwrap();
    assert_eq!(claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(), 420);
    let fields: Vec<&String> = claims.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["exp", "iat", "iss", "sid", "sub", "ver"], "nothing that anybody could read from it");
}

fn unbase64(text: &str) -> Vec<u8> {
    // By trying: the tests need no second table.
    let mut bytes = Vec::new();
    for chunk in text.as_bytes().chunks(4) {
        let value = |byte: u8| (0..64_u8).find(|value| base64(&[value << 2, 0, 0]).as_bytes()[0] == byte).unwrap();
        let bits =
            chunk.iter().fold(0_u32, |bits, byte| bits << 6 | u32::from(value(*byte))) << (6 * (4 - chunk.len()));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..chunk.len()]);
    }
    bytes
}
