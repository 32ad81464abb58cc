//! Versions of contract *game* and their negotiation.

use serde_json::Value;

use crate::{Malformed, fields::Fields};

/// A version that the server supports.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Version {
    /// `0.9.0`: `play` by indices, `declare` by `value`.
    V0_9,
    /// `1.0.0`, also for clients that negotiate none.
    #[default]
    V1_0,
}

/// The server's own version, in `version_accepted`.
pub(super) const SERVER_VERSION: &str = env!("CARGO_PKG_VERSION");
/// The versions that the server supports, best first.
pub(super) const SUPPORTED: [&str; 2] = ["1.0.0", "0.9.0"];
/// The oldest version that the server supports.
pub(super) const MINIMUM: &str = "0.9.0";

impl Version {
    /// The version's number as a text.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::V1_0 => SUPPORTED[0],
            Self::V0_9 => SUPPORTED[1],
        }
    }

    /// The version for a client that requests this one: the newest supported version that is not newer, within the same
    /// major number (0.9 precedes 1).
    fn serving(requested: &str) -> Option<Self> {
        let mut parts = requested.split('.').map(|part| part.parse::<u32>().ok());
        let (major, minor, patch) = (parts.next()??, parts.next()??, parts.next()??);
        match (major, minor, patch, parts.next()) {
            (1, _, _, None) => Some(Self::V1_0),
            (0, 9.., _, None) => Some(Self::V0_9),
            _ => None,
        }
    }
}

/// Negotiates the version of a `connect` or `version_info` message: that of `client_version` or of the envelope's
/// `version`, otherwise the best of `supported_versions` that the server supports; `1.0.0` for a message without any.
pub(super) fn negotiate(envelope: &Fields<'_>, data: &Fields<'_>) -> Result<Version, Malformed> {
    let named = match data.optional_text("client_version")? {
        Some(version) => Some(version),
        None => envelope.optional_text("version")?,
    };
    let offered = offered(data)?;
    let best = offered.iter().filter_map(|version| Version::serving(version)).find(|version| *version == Version::V1_0);
    let best = best.or_else(|| offered.iter().find_map(|version| Version::serving(version)));
    match (named.map(Version::serving), best) {
        (Some(Some(version)), _) | (Some(None) | None, Some(version)) => Ok(version),
        (None, None) if offered.is_empty() => Ok(Version::default()),
        _ => Err(Malformed::UnsupportedVersion { requested: named.map_or_else(|| offered.join(", "), str::to_owned) }),
    }
}

fn offered<'a>(data: &Fields<'a>) -> Result<Vec<&'a str>, Malformed> {
    if data.get("supported_versions").is_none() {
        return Ok(Vec::new());
    }
    let versions = data.list("supported_versions")?;
    versions.iter().map(|version| text(data, version)).collect()
}

fn text<'a>(data: &Fields<'_>, version: &'a Value) -> Result<&'a str, Malformed> {
    version.as_str().ok_or_else(|| data.wrong_type("supported_versions", "array of strings", version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_patches_of_one_get_one_and_older_majors_nothing() {
        assert_eq!(Version::serving("1.0.0"), Some(Version::V1_0));
        assert_eq!(Version::serving("1.4.2"), Some(Version::V1_0));
        assert_eq!(Version::serving("0.9.0"), Some(Version::V0_9));
        for unknown in ["0.8.9", "2.0.0", "1.0", "1.0.0.0", "one", "", "-1.0.0"] {
            assert_eq!(Version::serving(unknown), None, "{unknown}");
        }
    }
}
