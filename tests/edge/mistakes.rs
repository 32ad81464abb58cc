//! An operator's mistakes at the edge: one sentence and exit code 2.

use tempfile::TempDir;

use crate::support::{KEY, Process};

async fn fails(flags: &[&str], words: &[&str]) {
    let data = TempDir::new().unwrap();
    let flags = [&["--log", "error"], flags].concat();
    let (code, errors) = Process::fails(data.path(), &flags).await;
    assert_eq!((code, errors.trim().lines().count()), (Some(2), 1), "{flags:?}: {errors}");
    assert!(words.iter().all(|word| errors.contains(word)), "{words:?}: {errors}");
    assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0, "nothing was begun");
}

#[tokio::test]
async fn a_proxy_that_is_no_address() {
    for proxies in ["proxy.example", "10.0.0.1,10.0.0.0/33"] {
        fails(&["--trusted-proxies", proxies], &["TRUSTED_PROXIES", "10.0.0.0/8"]).await;
    }
}

#[tokio::test]
async fn an_origin_that_is_none() {
    for origins in ["play.example.org", "https://a.example/", "https://a.example,https://b.example/path"] {
        fails(&["--cors-origins", origins], &["CORS_ORIGINS", "https://play.example.org"]).await;
    }
}

#[tokio::test]
async fn a_public_host_that_is_no_name() {
    for hosts in ["https://play.example.org", "play.example.org:443", "*.example.org", "play.example.org,a/b", "[::1]"]
    {
        fails(&["--public-hosts", hosts], &["PUBLIC_HOSTS", "play.example.org"]).await;
    }
}

#[tokio::test]
async fn all_sites_in_production() {
    for origins in ["*", "https://a.example, *"] {
        let production = ["--api-env", "production", "--auth-secret-key", KEY, "--cors-origins", origins];
        fails(&production, &["CORS_ORIGINS", "production", "list the sites"]).await;
    }
}

#[tokio::test]
async fn debug_answers_in_production() {
    let production = ["--api-env", "production", "--auth-secret-key", KEY, "--api-debug", "true"];
    fails(&production, &["API_DEBUG", "production"]).await;
}
