//! What stands between the network and the handlers: TLS, proxies, other sites, and how long anyone may take.

use std::{path::PathBuf, time::Duration};

use clap::{Args, builder::BoolishValueParser, value_parser};

use super::count;

/// What stands between the network and the handlers.
#[derive(Args, Clone, Debug)]
pub struct EdgeSettings {
    /// Sites whose pages may use this server: origins such as `https://play.example.org`, separated by commas; * = all, in development only.
    #[arg(long, env = "CORS_ORIGINS", value_delimiter = ',')]
    pub cors_origins: Vec<String>,
    /// Proxies before this server, addresses or networks such as 10.0.0.0/8, separated by commas: their X-Forwarded headers are believed.
    #[arg(long, env = "TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<String>,
    /// Names by which clients reach this server, separated by commas: play.example.org. In production, and when it listens on loopback only, requests to other names are refused; addresses and localhost are always accepted.
    #[arg(long, env = "PUBLIC_HOSTS", value_delimiter = ',')]
    pub public_hosts: Vec<String>,
    /// The certificate chain, a PEM file; with TLS_KEY the server speaks https and wss, and only these.
    #[arg(long, env = "TLS_CERT")]
    pub tls_cert: Option<PathBuf>,
    /// The certificate's private key, a PEM file.
    #[arg(long, env = "TLS_KEY")]
    pub tls_key: Option<PathBuf>,
    /// Whether production serves plain HTTP to anybody: true or false. Passwords and hands can then be read on the way.
    #[arg(long, env = "ALLOW_PLAINTEXT", default_value_t = false, action = clap::ArgAction::Set, value_parser = BoolishValueParser::new())]
    pub allow_plaintext: bool,
    /// Seconds for the head of a request, as long again for its body, and as long for a TLS handshake.
    #[arg(long, env = "CLIENT_REQUEST_TIMEOUT_SECONDS", default_value_t = 5, value_parser = value_parser!(u64).range(1..=3600))]
    pub client_request_timeout_seconds: u64,
    /// Seconds that a connection may wait for its next request.
    #[arg(long, env = "KEEP_ALIVE_SECONDS", default_value_t = 15, value_parser = value_parser!(u64).range(1..=3600))]
    pub keep_alive_seconds: u64,
    /// Seconds that a client may take to fetch an answer.
    #[arg(long, env = "CLIENT_ANSWER_TIMEOUT_SECONDS", default_value_t = 30, value_parser = value_parser!(u64).range(1..=3600))]
    pub client_answer_timeout_seconds: u64,
    /// Connections that may be open beside those of MAX_CONNECTIONS, for plain requests; more are closed.
    #[arg(long, env = "MAX_HTTP_CONNECTIONS", default_value_t = 10_000, value_parser = value_parser!(u32).range(1..))]
    pub max_http_connections: u32,
    /// TLS handshakes that may go on at once.
    #[arg(long, env = "MAX_TLS_HANDSHAKES", default_value_t = 256, value_parser = value_parser!(u32).range(1..))]
    pub max_tls_handshakes: u32,
}

impl EdgeSettings {
    /// The time for the head of a request, and again for its body.
    pub const fn request_timeout(&self) -> Duration {
        Duration::from_secs(self.client_request_timeout_seconds)
    }

    /// The time that a connection may wait for its next request.
    pub const fn keep_alive(&self) -> Duration {
        Duration::from_secs(self.keep_alive_seconds)
    }

    /// The time from one answer to the next request: to read the answer, to wait, and to send the request.
    pub fn idle(&self) -> Duration {
        Duration::from_secs(self.client_answer_timeout_seconds) + self.keep_alive() + self.request_timeout()
    }

    /// The most connections beside those of players.
    pub fn http_connections(&self) -> usize {
        count(self.max_http_connections)
    }

    /// The most TLS handshakes at once.
    pub fn tls_handshakes(&self) -> usize {
        count(self.max_tls_handshakes)
    }
}
