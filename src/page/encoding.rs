//! Which copy of a file a browser accepts.

/// How a copy is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Brotli, which is the smallest.
    Brotli,
    /// Gzip, which every browser accepts.
    Gzip,
    /// Not compressed.
    Identity,
}

impl Encoding {
    /// The encodings that have files of their own, the smallest first.
    pub(super) const PACKED: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// Its name in HTTP; `None` if it is not compressed.
    pub(super) const fn token(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }

    /// The ending of a copy's name.
    pub(super) const fn extension(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
            Self::Identity => "",
        }
    }

    /// The encoding of a copy, by its name; `None` if it is not a copy.
    pub(super) fn of_name(path: &str) -> Option<Self> {
        let (_, extension) = path.rsplit_once('.')?;
        Self::PACKED.into_iter().find(|encoding| encoding.extension() == extension)
    }

    /// Whether a client that sends this `Accept-Encoding` accepts it.
    pub(super) fn is_accepted(self, accepted: &str) -> bool {
        let Some(token) = self.token() else { return true };
        let weight = |name: &str| {
            accepted.split(',').find_map(|entry| {
                let mut parts = entry.split(';').map(str::trim);
                let is_it = parts.next().is_some_and(|found| found.eq_ignore_ascii_case(name));
                is_it.then(|| parts.find_map(|part| part.strip_prefix("q=")?.parse().ok()).unwrap_or(1.0))
            })
        };
        weight(token).or_else(|| weight("*")).is_some_and(|weight: f32| weight > 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Encoding::{Brotli, Gzip, Identity};

    #[test]
    fn a_client_gets_only_what_it_takes() {
        for (accepted, brotli, gzip) in [
            ("gzip, deflate, br, zstd", true, true),
            ("gzip", false, true),
            ("BR;q=0.5", true, false),
            ("br;q=0, *", false, true),
            ("*;q=0", false, false),
            ("", false, false),
        ] {
            let both = (Brotli.is_accepted(accepted), Gzip.is_accepted(accepted));
            assert_eq!(both, (brotli, gzip), "{accepted}");
            assert!(Identity.is_accepted(accepted));
        }
    }
}
