//! The names by which this server may be addressed. A page of another site can let its own name point at this machine
//! (DNS rebinding), and browsers then take its requests for those of its own site; only the name in `Host`
//! distinguishes them.

use std::net::{IpAddr, TcpListener};

use actix_web::{
    Error, HttpRequest, ResponseError,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{
        header::{HOST, ORIGIN},
        uri::Authority,
    },
    middleware::Next,
};
use anyhow::Context;
use contracts::battles::error::{Code, Refusal};

use super::{answer::Refused, client};
use crate::settings::{Environment, ServeSettings};

/// The name of every machine for itself.
const LOCALHOST: &str = "localhost";

/// The names of `PUBLIC_HOSTS`, in lower case and without a port.
#[derive(Clone)]
pub(crate) struct Hosts {
    /// `None` if every name is accepted: in development, on an address that others reach.
    names: Option<Vec<String>>,
}

impl Hosts {
    /// # Errors
    /// A sentence that names the entry that is not a host's name.
    pub(crate) fn new(settings: &ServeSettings, listeners: &[TcpListener]) -> anyhow::Result<Self> {
        let mut names = vec![LOCALHOST.to_owned()];
        // The server listens there, so this is its name. Addresses are always accepted.
        names.extend(name(&settings.api_host));
        let entries = settings.edge.public_hosts.iter().map(|entry| entry.trim()).filter(|entry| !entry.is_empty());
        for entry in entries {
            let is_bare = !entry.contains([':', '/', '@', '*']);
            let public = name(entry).filter(|_| is_bare).with_context(|| {
                format!("PUBLIC_HOSTS: {entry} is not a host name; write play.example.org, without a scheme or a port")
            })?;
            names.push(public);
        }
        let is_private = listeners.iter().all(|listener| listener.local_addr().is_ok_and(|at| at.ip().is_loopback()));
        let is_checked = is_private || settings.auth.api_env == Environment::Production;
        Ok(Self { names: is_checked.then_some(names) })
    }

    fn accepts(&self, host: &str) -> bool {
        self.names.as_ref().is_none_or(|names| is_address(host) || name(host).is_some_and(|name| names.contains(&name)))
    }
}

/// Refuses requests to other names, and those with more than one `Origin`.
pub(crate) async fn checked(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match check(request.request()) {
        Ok(()) => Ok(next.call(request).await?.map_into_left_body()),
        Err(refusal) => Ok(request.into_response(Refused(refusal).error_response()).map_into_right_body()),
    }
}

fn check(request: &HttpRequest) -> Result<(), Refusal> {
    if request.headers().get_all(ORIGIN).count() > 1 {
        return Err(Refusal::of_field("Origin", "is repeated"));
    }
    // The library refuses requests of HTTP/1.1 with no Host or with two; no browser speaks HTTP/1.0, which knows none.
    let Some(hosts) = request.app_data::<Hosts>() else { return Ok(()) };
    let is_known = match client::host(request) {
        Some(host) => hosts.accepts(host),
        // A name that is not ASCII is not a name of this server, either.
        None => !request.headers().contains_key(HOST) || hosts.accepts(""),
    };
    if is_known {
        return Ok(());
    }
    let message = "The header Host names a host that is not this server; PUBLIC_HOSTS lists its names";
    Err(Refusal::new(Code::UnknownHost, message))
}

/// The name in lower case, without a port and the root's dot; `None` if it is an address or not a valid name.
fn name(host: &str) -> Option<String> {
    let authority: Authority = host.parse().ok()?;
    let bare = authority.host().strip_suffix('.').unwrap_or(authority.host());
    let is_name = !bare.is_empty() && !is_address(host) && !host.contains('@');
    is_name.then(|| bare.to_ascii_lowercase())
}

fn is_address(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return host.parse::<IpAddr>().is_ok() };
    let bare = authority.host().trim_start_matches('[').trim_end_matches(']');
    !host.contains('@') && bare.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_accepted_whatever_the_list_says() {
        let hosts = Hosts { names: Some(vec!["play.example.org".to_owned()]) };
        for host in ["127.0.0.1", "127.0.0.1:8000", "[::1]", "[::1]:8000", "192.0.2.7:80", "play.example.org:443"] {
            assert!(hosts.accepts(host), "{host}");
        }
        for host in ["PLAY.example.org", "play.example.org.", "Play.Example.Org:8000"] {
            assert!(hosts.accepts(host), "{host}");
        }
    }

    #[test]
    fn what_only_looks_like_an_accepted_name_is_not() {
        let hosts = Hosts { names: Some(vec!["localhost".to_owned()]) };
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "evil.localhost",
            "127.0.0.1.evil.example",
            "localhost@evil.example",
            "evil.example@localhost",
            "evil.example@127.0.0.1",
            "127.0.0.1@evil.example",
            "localhost,evil.example",
            "localhost evil.example",
            "2130706433",
            "0x7f.1",
        ] {
            assert!(!hosts.accepts(host), "{host}");
        }
    }
}
