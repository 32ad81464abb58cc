//! What PostgreSQL is asked for when it is opened: TLS, an IPv6 address, an encoding that holds every name.

use std::{fs, path::Path};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use store::{Location, OpenError, Store};
use tempfile::TempDir;

use crate::place::{OwnServer, Place, founding};

fn certificate(folder: &Path, names: &[&str]) {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).unwrap();
    fs::write(folder.join("server.crt"), cert.pem()).unwrap();
    fs::write(folder.join("server.key"), signing_key.serialize_pem()).unwrap();
}

fn url(location: &Location) -> &str {
    match location {
        Location::Postgres(url) => url,
        Location::Sqlite(_) => unreachable!(),
    }
}

async fn works(url: String) {
    let store = Store::open(&Location::Postgres(url.clone())).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    store.close().await;
}

async fn refused(url: String) -> OpenError {
    match Store::open(&Location::Postgres(url.clone())).await {
        Ok(_) => panic!("{url} was opened"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn a_server_that_wants_tls_gets_it_and_is_verified_if_that_is_asked() {
    let (folder, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    certificate(folder.path(), &["localhost"]);
    certificate(other.path(), &["localhost"]);
    let server = OwnServer::new("tls");
    let location = server.start_with(&[], Some(folder.path()));
    let by_address = url(&location).to_owned();
    let by_name = by_address.replace("127.0.0.1", "localhost");
    let root = folder.path().join("server.crt").display().to_string();
    let foreign = other.path().join("server.crt").display().to_string();
    for parameters in ["", "?sslmode=prefer", "?sslmode=require"] {
        works(format!("{by_address}{parameters}")).await;
    }
    works(format!("{by_address}?sslmode=verify-ca&sslrootcert={root}")).await;
    works(format!("{by_name}?sslmode=verify-full&sslrootcert={root}")).await;
    for url in [
        format!("{by_address}?sslmode=verify-full&sslrootcert={root}"),
        format!("{by_name}?sslmode=verify-full&sslrootcert={foreign}"),
        format!("{by_name}?sslmode=verify-full"),
        format!("{by_name}?sslmode=verify-full&sslrootcert=/nowhere.crt"),
    ] {
        let error = refused(url.clone()).await;
        assert!(matches!(error, OpenError::NoTls { .. }), "{url}: {error}");
        assert!(error.to_string().contains("sslrootcert"), "{url}: {error}");
    }
    let error = refused(format!("{by_address}?sslmode=disable")).await;
    assert!(matches!(error, OpenError::Refused { .. }), "{error}");
}

#[tokio::test]
async fn a_server_without_tls_is_refused_if_the_url_asks_for_it() {
    let place = Place::postgres().await;
    for mode in ["require", "verify-ca", "verify-full"] {
        let error = refused(format!("{}?sslmode={mode}", url(&place.location))).await;
        assert!(matches!(error, OpenError::NoTls { .. }), "{mode}: {error}");
    }
}

#[tokio::test]
async fn an_ipv6_address_stands_in_brackets() {
    let server = OwnServer::new("ipv6");
    let location = server.start_with(&["-c", "listen_addresses=127.0.0.1,::1"], None);
    let by_ipv6 = url(&location).replace("127.0.0.1", "[::1]");
    let store = Store::open(&Location::Postgres(by_ipv6)).await.unwrap();
    store.append(&founding(&["a"])).await.unwrap();
    store.close().await;
    let error = refused("postgres://app@[::1]:1/games".to_owned()).await;
    assert!(error.to_string().contains("[::1]:1/games"), "{error}");
}

#[tokio::test]
async fn a_database_that_can_not_hold_every_name_is_refused_and_not_touched() {
    let place = Place::postgres().await;
    let (server, name) = url(&place.location).rsplit_once('/').unwrap();
    let latin = format!("{server}/{name}_latin");
    let mut connection = PgConnection::connect(url(&place.location)).await.unwrap();
    let create = format!("CREATE DATABASE {name}_latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
    sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut connection).await.unwrap();
    let error = refused(latin.clone()).await;
    assert!(matches!(&error, OpenError::Encoding { encoding, .. } if encoding == "LATIN1"), "{error}");
    assert!(error.to_string().contains("DATABASE_URL"), "{error}");
    let mut connection = PgConnection::connect(&latin).await.unwrap();
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(tables, 0);
}
