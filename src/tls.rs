//! TLS from two PEM files.

use std::path::{Path, PathBuf};

use anyhow::Context;
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

use crate::settings::EdgeSettings;

/// What the settings say of TLS; nothing when they name neither file.
///
/// # Errors
/// A sentence that says what to do: a file is missing, can't be read, holds something else, or they do not fit.
pub(crate) fn configuration(settings: &EdgeSettings) -> anyhow::Result<Option<ServerConfig>> {
    match (named(settings.tls_cert.as_ref()), named(settings.tls_key.as_ref())) {
        (None, None) => Ok(None),
        (Some(_), None) => anyhow::bail!("TLS_CERT is set and TLS_KEY is not; name the certificate's key, or neither"),
        (None, Some(_)) => anyhow::bail!("TLS_KEY is set and TLS_CERT is not; name the key's certificate, or neither"),
        (Some(cert), Some(key)) => of(cert, key).map(Some),
    }
}

/// A variable that is set to nothing is not set.
fn named(path: Option<&PathBuf>) -> Option<&Path> {
    path.map(PathBuf::as_path).filter(|path| !path.as_os_str().is_empty())
}

fn of(cert: &Path, key: &Path) -> anyhow::Result<ServerConfig> {
    let chain = certificates(cert)?;
    let private = read(key, "TLS_KEY")?;
    let private = PrivateKeyDer::from_pem_slice(&private).ok().with_context(|| {
        format!("there is no private key in TLS_KEY {}; it must be a PEM file with PRIVATE KEY in it", key.display())
    })?;
    let builder = ServerConfig::builder_with_provider(aws_lc_rs::default_provider().into());
    let builder = builder.with_safe_default_protocol_versions().context("TLS can't be set up")?;
    builder.with_no_client_auth().with_single_cert(chain, private).with_context(|| {
        format!(
            "TLS_KEY {} does not fit TLS_CERT {}; name the two files of one certificate",
            key.display(),
            cert.display()
        )
    })
}

fn certificates(path: &Path) -> anyhow::Result<Vec<CertificateDer<'static>>> {
    let text = read(path, "TLS_CERT")?;
    let chain = CertificateDer::pem_slice_iter(&text).collect::<Result<Vec<_>, _>>().unwrap_or_default();
    if chain.is_empty() {
        anyhow::bail!(
            "there is no certificate in TLS_CERT {}; it must be a PEM file with CERTIFICATE in it",
            path.display()
        );
    }
    Ok(chain)
}

fn read(path: &Path, setting: &str) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path)
        .with_context(|| format!("{setting} {} can't be read; name a file that this user may read", path.display()))
}
