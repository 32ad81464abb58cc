//! The running server, as a client of its REST addresses sees it.

use std::{fs, path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use clients::ServerAddress;
use rustls::crypto::aws_lc_rs;
use serde_json::{Value, json};
use ureq::{
    Agent, Body,
    http::{Request, Response},
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
};

use super::SaidNo;

/// So long an answer may take; a login waits for its turn.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that nobody is logged in at.
pub(super) struct Server {
    agent: Agent,
    url: String,
    /// The access token, in the words of the header; empty before the login.
    authorization: String,
}

/// What a login brings.
pub(super) struct Tokens {
    pub(super) access: String,
    /// Good for one exchange.
    pub(super) refresh: String,
}

impl Server {
    /// The server at this address. Nothing is sent yet.
    pub(super) fn at(address: &ServerAddress, ca: Option<&Path>) -> anyhow::Result<Self> {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // The password is for this server and for none that it points to.
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(PATIENCE));
        let config = if address.is_secure() { config.tls_config(trusting(ca)?) } else { config };
        Ok(Self { agent: config.build().new_agent(), url: address.http(), authorization: String::new() })
    }

    /// The same server for who has these tokens.
    pub(super) fn with(self, tokens: &Tokens) -> Self {
        Self { authorization: bearer(tokens), ..self }
    }

    /// Logs in; a wrong password is the operator's mistake and no answer to what they want.
    pub(super) fn log_in(&self, username: &str, password: &str) -> anyhow::Result<Tokens> {
        let credentials = json!({ "username": username, "password": password });
        let (status, answer) = self.send("POST", "/auth/login", "", Some(&credentials))?;
        match (status, Tokens::read(&answer)) {
            (200, Some(tokens)) => Ok(tokens),
            (401, _) => anyhow::bail!("the username or the password is wrong at {}", self.url),
            (_, _) => Err(self.no(status, &answer)),
        }
    }

    /// Whether the access token is still good.
    pub(super) fn knows(&self, tokens: &Tokens) -> anyhow::Result<bool> {
        match self.send("GET", "/users/me", &bearer(tokens), None)? {
            (200, _) => Ok(true),
            (401, _) => Ok(false),
            (status, answer) => Err(self.no(status, &answer)),
        }
    }

    /// The next tokens; `None` if this login has ended.
    pub(super) fn refresh(&self, tokens: &Tokens) -> anyhow::Result<Option<Tokens>> {
        let body = json!({ "refreshToken": tokens.refresh });
        match self.send("POST", "/auth/refresh", "", Some(&body))? {
            (200, answer) => Ok(Tokens::read(&answer)),
            (400 | 401, _) => Ok(None),
            (status, answer) => Err(self.no(status, &answer)),
        }
    }

    /// Ends the login.
    pub(super) fn log_out(&self, tokens: &Tokens) -> anyhow::Result<()> {
        match self.send("POST", "/auth/logout", &bearer(tokens), Some(&json!({ "refreshToken": tokens.refresh })))? {
            // Who has no login any more is logged out.
            (200..=299 | 401, _) => Ok(()),
            (status, answer) => Err(self.no(status, &answer)),
        }
    }

    pub(super) fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.ask("GET", path, None)
    }

    pub(super) fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.ask("POST", path, Some(body))
    }

    pub(super) fn delete(&self, path: &str) -> anyhow::Result<Value> {
        self.ask("DELETE", path, None)
    }

    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> anyhow::Result<Value> {
        match self.send(method, path, &self.authorization, body)? {
            (200..=299, answer) => Ok(answer),
            (status, answer) => Err(self.no(status, &answer)),
        }
    }

    fn send(
        &self,
        method: &str,
        path: &str,
        authorization: &str,
        body: Option<&Value>,
    ) -> anyhow::Result<(u16, Value)> {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.url));
        let request = if authorization.is_empty() { request } else { request.header("Authorization", authorization) };
        let answer = match body {
            Some(body) => {
                let request = request.header("Content-Type", "application/json").body(body.to_string());
                self.agent.run(request.with_context(|| self.no_address())?)
            }
            None => self.agent.run(request.body(()).with_context(|| self.no_address())?),
        };
        self.read(answer.map_err(|error| self.unreachable(error))?)
    }

    /// The body, null where there is none.
    fn read(&self, mut answer: Response<Body>) -> anyhow::Result<(u16, Value)> {
        let status = answer.status().as_u16();
        let body = answer.body_mut().read_to_string().map_err(|error| self.unreachable(error))?;
        if body.is_empty() && (200..300).contains(&status) {
            return Ok((status, Value::Null));
        }
        let body = serde_json::from_str(&body).map_err(|_| self.stranger(status))?;
        Ok((status, body))
    }

    fn no(&self, status: u16, answer: &Value) -> anyhow::Error {
        match answer["message"].as_str() {
            // The operator's own mistake, of which nothing came.
            Some(message) if answer["code"] == "OWN_ADDRESS" => anyhow::anyhow!("{message}"),
            Some(message) => SaidNo(message.to_owned()).into(),
            None => self.stranger(status),
        }
    }

    fn no_address(&self) -> String {
        format!("`{}` is no address of a server", self.url)
    }

    fn stranger(&self, status: u16) -> anyhow::Error {
        anyhow::anyhow!("{} answers {status} and is no server of Liap Tui; correct --url", self.url)
    }

    fn unreachable(&self, error: ureq::Error) -> anyhow::Error {
        if let Some(why) = distrust(&error) {
            return anyhow::anyhow!("{} can't be trusted: {why}; name its authority with --ca", self.url);
        }
        anyhow::anyhow!("no server answers at {}: {error}", self.url)
    }
}

impl Tokens {
    /// As the server answers them, and as they are kept.
    pub(super) fn read(answer: &Value) -> Option<Self> {
        let text = |field: &str| answer[field].as_str().map(str::to_owned);
        Some(Self { access: text("token")?, refresh: text("refreshToken")? })
    }
}

fn bearer(tokens: &Tokens) -> String {
    format!("Bearer {}", tokens.access)
}

/// What is wrong with the other side's certificate, if that is it.
fn distrust(error: &ureq::Error) -> Option<&rustls::Error> {
    match error {
        ureq::Error::Rustls(error) => Some(error),
        ureq::Error::Io(error) => error.get_ref()?.downcast_ref(),
        _ => None,
    }
}

/// Trusts this authority alone, or those that the system trusts.
fn trusting(ca: Option<&Path>) -> anyhow::Result<TlsConfig> {
    let authorities = match ca {
        Some(path) => in_file(path)?,
        None => of_system(),
    };
    Ok(TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(authorities)))
        .unversioned_rustls_crypto_provider(Arc::new(aws_lc_rs::default_provider()))
        .build())
}

fn in_file(path: &Path) -> anyhow::Result<Vec<Certificate<'static>>> {
    let pem = fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
    let certificate = |item| match item {
        Ok(PemItem::Certificate(certificate)) => Some(certificate),
        _ => None,
    };
    let certificates: Vec<_> = parse_pem(&pem).filter_map(certificate).collect();
    if certificates.is_empty() {
        anyhow::bail!("there is no certificate in {}; --ca wants a file in PEM", path.display());
    }
    Ok(certificates)
}

fn of_system() -> Vec<Certificate<'static>> {
    let found = rustls_native_certs::load_native_certs().certs;
    found.iter().map(|certificate| Certificate::from_der(certificate).to_owned()).collect()
}
