//! The address of a server, read in any of the forms in which it is written down: as the server prints it, as a browser
//! shows it, with http or ws, with or without the path of a door.

use std::{fmt, str::FromStr};

use ureq::http::Uri;

/// A server's address, without the path of a door: `http://127.0.0.1:8000`, `wss://play.example/ws/lobby`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServerAddress {
    is_secure: bool,
    /// Host and port, an IPv6 address in brackets, and the folder of a proxy if there is one.
    place: String,
}

impl ServerAddress {
    /// Whether the server speaks TLS.
    #[must_use]
    pub const fn is_secure(&self) -> bool {
        self.is_secure
    }

    /// The server on this port of this machine, without TLS.
    #[must_use]
    pub fn local(port: u16) -> Self {
        Self { is_secure: false, place: format!("127.0.0.1:{port}") }
    }

    /// For plain requests: `http://host:port` or `https://host:port`.
    #[must_use]
    pub fn http(&self) -> String {
        format!("http{}://{}", self.s(), self.place)
    }

    /// For WebSockets: `ws://host:port` or `wss://host:port`.
    #[must_use]
    pub fn ws(&self) -> String {
        format!("ws{}://{}", self.s(), self.place)
    }

    /// For TCP connections: `host:port`.
    pub(crate) fn host_and_port(&self) -> String {
        let authority = self.place.split('/').next().unwrap_or_default();
        let has_port = authority.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
        let default = if self.is_secure { ":443" } else { ":80" };
        format!("{authority}{}", if has_port { "" } else { default })
    }

    const fn s(&self) -> &'static str {
        if self.is_secure { "s" } else { "" }
    }
}

/// A text that is not the address of a server.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{text}` is not the address of a server: {why}; write it like http://127.0.0.1:8000")]
pub struct InvalidAddress {
    text: String,
    why: &'static str,
}

/// As the server prints it.
impl fmt::Display for ServerAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.ws())
    }
}

impl FromStr for ServerAddress {
    type Err = InvalidAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = |why| InvalidAddress { text: text.to_owned(), why };
        let uri: Uri = text.trim().parse().map_err(|_| wrong("it can't be read"))?;
        let is_secure = match uri.scheme_str().map(str::to_ascii_lowercase).as_deref() {
            Some("http" | "ws") => false,
            Some("https" | "wss") => true,
            _ => return Err(wrong("it does not begin with http://, https://, ws:// or wss://")),
        };
        let authority = uri.authority().ok_or_else(|| wrong("it has no host"))?;
        if authority.host().is_empty() || authority.as_str().contains('@') {
            return Err(wrong("it must have a host and no user"));
        }
        if authority.as_str().len() > authority.host().len() && authority.port_u16().is_none() {
            return Err(wrong("its port is not a number from 0 to 65535"));
        }
        Ok(Self { is_secure, place: format!("{authority}{}", folder(uri.path())) })
    }
}

/// What comes before the doors, which are at `/ws`.
fn folder(path: &str) -> &str {
    let end = path.find("/ws/").or_else(|| path.strip_suffix("/ws").map(str::len));
    path[..end.unwrap_or(path.len())].trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_an_address_leads_to_the_same_server() {
        for text in [
            "http://play.example:8000",
            "http://play.example:8000/",
            "ws://play.example:8000",
            "ws://play.example:8000/ws",
            "ws://play.example:8000/ws/lobby",
            "WS://play.example:8000/ws/ABCD2345",
            " http://play.example:8000/ws/ ",
        ] {
            let address: ServerAddress = text.parse().unwrap();
            assert_eq!(address.http(), "http://play.example:8000", "{text}");
            assert_eq!(address.ws(), "ws://play.example:8000", "{text}");
        }
    }

    #[test]
    fn tls_ipv6_and_the_folder_of_a_proxy_are_kept() {
        for (text, http, ws) in [
            ("wss://play.example/ws/lobby", "https://play.example", "wss://play.example"),
            ("https://[::1]:8443", "https://[::1]:8443", "wss://[::1]:8443"),
            ("http://a.example/games/", "http://a.example/games", "ws://a.example/games"),
            ("ws://a.example/games/ws/lobby", "http://a.example/games", "ws://a.example/games"),
        ] {
            let address: ServerAddress = text.parse().unwrap();
            assert_eq!((address.http().as_str(), address.ws().as_str()), (http, ws), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused_with_an_example() {
        for text in
            ["", "play.example", "play.example:8000", "ftp://a.example", "http://", "http://a:70000", "http://u@a"]
        {
            let error = text.parse::<ServerAddress>().unwrap_err().to_string();
            assert!(error.contains("http://127.0.0.1:8000"), "{error}");
        }
    }
}
