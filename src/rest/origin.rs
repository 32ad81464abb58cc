//! Which sites' pages may open WebSockets, for which browsers send no preflight.

use std::sync::Arc;

use actix_web::{
    HttpRequest,
    http::{
        Uri,
        header::{HeaderValue, ORIGIN},
        uri::Scheme,
    },
};
use anyhow::Context;
use contracts::battles::error::{Code, Refusal};

use super::{answer::Refused, client};

/// The sites of `CORS_ORIGINS`; cheap to clone.
#[derive(Clone)]
pub(crate) struct Origins {
    /// `None` if all sites may.
    listed: Option<Arc<[String]>>,
}

impl Origins {
    /// # Errors
    /// A sentence that names the entry that is not valid.
    pub(crate) fn parse(entries: &[String]) -> anyhow::Result<Self> {
        let entries = entries.iter().map(|entry| entry.trim()).filter(|entry| !entry.is_empty());
        let mut listed = Vec::new();
        for entry in entries {
            if entry == "*" {
                return Ok(Self { listed: None });
            }
            listed.push(normal(entry).with_context(|| {
                format!("CORS_ORIGINS: {entry} is no origin; an origin is like https://play.example.org or http://localhost:5173")
            })?);
        }
        Ok(Self { listed: Some(listed.into()) })
    }

    /// The list; `None` if all sites may.
    pub(crate) fn listed(&self) -> Option<&[String]> {
        self.listed.as_deref()
    }

    /// Whether no other site than our own may.
    pub(crate) fn is_none(&self) -> bool {
        self.listed().is_some_and(<[String]>::is_empty)
    }
}

/// Checks whether the page that opens this connection is ours or of a listed site. Programs other than browsers send no
/// `Origin`, and may always connect.
///
/// # Errors
/// 403 for any other.
pub(crate) fn allowed(request: &HttpRequest) -> Result<(), Refused> {
    let Some(origin) = request.headers().get(ORIGIN) else {
        return Ok(());
    };
    let origin = origin.to_str().ok().and_then(normal);
    let any = request.app_data::<Origins>().is_none_or(|origins| match origins.listed() {
        None => true,
        Some(listed) => origin.as_ref().is_some_and(|origin| listed.contains(origin)),
    });
    let scheme = if client::is_secure(request) { "https" } else { "http" };
    let own = || client::host(request).and_then(|host| normal(&format!("{scheme}://{host}")));
    if any || origin.is_some() && origin == own() {
        return Ok(());
    }
    Err(Refusal::new(
        Code::OriginNotAllowed,
        "Pages of this site may not connect here; CORS_ORIGINS lists those that may",
    )
    .into())
}

/// An origin as browsers write it: in lower case, without the scheme's own port.
fn normal(origin: &str) -> Option<String> {
    // Excludes what no header may contain.
    HeaderValue::from_str(origin).ok()?;
    let uri: Uri = origin.parse().ok()?;
    let own = match uri.scheme() {
        Some(scheme) if *scheme == Scheme::HTTPS => 443,
        Some(scheme) if *scheme == Scheme::HTTP => 80,
        _ => return None,
    };
    let authority = uri.authority()?;
    if authority.as_str().contains(['@', '*']) || uri.query().is_some() || uri.path() != "/" || origin.ends_with('/') {
        return None;
    }
    let (scheme, host) = (uri.scheme_str()?, authority.host().to_ascii_lowercase());
    match authority.port_u16() {
        Some(port) if port != own => Some(format!("{scheme}://{host}:{port}")),
        _ if authority.as_str().len() > authority.host().len() && authority.port_u16().is_none() => None,
        _ => Some(format!("{scheme}://{host}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_in_one_way() {
        for (written, meant) in [
            ("https://Play.Example.org", "https://play.example.org"),
            ("HTTPS://play.example.org:443", "https://play.example.org"),
            ("http://localhost:80", "http://localhost"),
            ("http://localhost:5173", "http://localhost:5173"),
            ("https://[::1]:8443", "https://[::1]:8443"),
            ("http://[::1]", "http://[::1]"),
        ] {
            assert_eq!(normal(written).as_deref(), Some(meant));
        }
    }

    #[test]
    fn what_is_more_or_less_than_an_origin_is_none() {
        for text in [
            "null",
            "",
            "play.example.org",
            "ftp://a.example",
            "https://a.example/",
            "https://a.example/path",
            "https://a.example?x",
            "https://user@a.example",
            "https://a.example:x",
            "https://a.example:70000",
            "https://*.example.org",
            "https://",
        ] {
            assert_eq!(normal(text), None, "{text}");
        }
    }
}
