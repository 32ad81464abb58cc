//! TLS from two PEM files. A renewed certificate is served without a restart: the files are read again every few
//! seconds, and at once on SIGHUP.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Duration,
};

use actix_web::{rt::time::interval, web};
use anyhow::Context;
use rustls::{
    ServerConfig,
    crypto::{CryptoProvider, aws_lc_rs},
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

use crate::settings::EdgeSettings;

/// How often the files are read. Their contents are compared, as links and clocks are not reliable.
const EVERY: Duration = Duration::from_secs(2);

/// How connections are encrypted, and with which certificate; cheap to clone.
#[derive(Clone)]
pub(crate) struct Tls {
    config: Arc<ServerConfig>,
    certificate: Arc<Certificate>,
}

/// The certificate that new handshakes are answered with, and where it came from.
struct Certificate {
    cert: PathBuf,
    key: PathBuf,
    provider: Arc<CryptoProvider>,
    served: RwLock<Arc<CertifiedKey>>,
    /// The contents of the files when they were last read, so that the same mistake is logged once.
    judged: Mutex<Content>,
}

/// The contents of the two files, or why they can't be read.
type Content = Result<Pem, String>;

/// The bytes of the two files.
#[derive(PartialEq, Eq)]
struct Pem {
    chain: Vec<u8>,
    key: Vec<u8>,
}

/// Reads the pair that the settings name; `None` if they name neither file.
///
/// # Errors
/// A sentence that says what to do: a file is missing or can't be read, has other contents, or the two do not match.
pub(crate) fn configuration(settings: &EdgeSettings) -> anyhow::Result<Option<Tls>> {
    match (named(settings.tls_cert.as_ref()), named(settings.tls_key.as_ref())) {
        (None, None) => Ok(None),
        (Some(_), None) => anyhow::bail!("TLS_CERT is set and TLS_KEY is not; name the certificate's key, or neither"),
        (None, Some(_)) => anyhow::bail!("TLS_KEY is set and TLS_CERT is not; name the key's certificate, or neither"),
        (Some(cert), Some(key)) => Tls::open(cert, key).map(Some),
    }
}

/// An empty variable counts as unset.
fn named(path: Option<&PathBuf>) -> Option<&Path> {
    path.map(PathBuf::as_path).filter(|path| !path.as_os_str().is_empty())
}

impl Tls {
    fn open(cert: &Path, key: &Path) -> anyhow::Result<Self> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let pem = read(cert, key)?;
        let certificate = Arc::new(Certificate {
            cert: cert.to_owned(),
            key: key.to_owned(),
            served: RwLock::new(Arc::new(certified(&pem, cert, key, &provider)?)),
            judged: Mutex::new(Ok(pem)),
            provider: Arc::clone(&provider),
        });
        let builder = ServerConfig::builder_with_provider(provider);
        let builder = builder.with_safe_default_protocol_versions().context("TLS can't be set up")?;
        let config = builder.with_no_client_auth().with_cert_resolver(certificate.clone());
        Ok(Self { config: Arc::new(config), certificate })
    }

    /// The configuration of one acceptor. All of them serve the same certificate.
    pub(crate) fn server_config(&self) -> ServerConfig {
        ServerConfig::clone(&self.config)
    }

    /// Reads both files now. If they are not usable, that is logged, and the current certificate stays.
    pub(crate) async fn reload(&self) {
        let certificate = self.certificate.clone();
        // A file may be on a disk that is slow to answer.
        let _ = web::block(move || certificate.judge(certificate.content())).await;
    }

    /// Looks for a renewed certificate as long as the server lives. It is used once the files were the same twice, as a
    /// renewal writes one after the other.
    pub(crate) async fn keep_up(self) {
        let mut every = interval(EVERY);
        let mut before = None;
        loop {
            every.tick().await;
            let certificate = self.certificate.clone();
            let Ok(now) = web::block(move || certificate.content()).await else { continue };
            if before.as_ref() == Some(&now) {
                self.certificate.judge(now);
                before = None;
            } else {
                before = Some(now);
            }
        }
    }
}

impl Certificate {
    fn content(&self) -> Content {
        read(&self.cert, &self.key).map_err(|why| format!("{why:#}"))
    }

    /// Serves the contents of the files, if they are new and usable.
    fn judge(&self, now: Content) {
        let mut judged = self.judged.lock().unwrap_or_else(PoisonError::into_inner);
        if *judged == now {
            return;
        }
        let usable = match &now {
            Ok(pem) => certified(pem, &self.cert, &self.key, &self.provider).map_err(|why| format!("{why:#}")),
            Err(why) => Err(why.clone()),
        };
        match usable {
            Ok(renewed) => {
                *self.served.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(renewed);
                log::info!("new connections use the renewed certificate in {}", self.cert.display());
            }
            Err(why) => log::error!("the certificate from before is still used: {why}"),
        }
        *judged = now;
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.served.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

/// Without the keys.
impl fmt::Debug for Certificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Certificate").field("cert", &self.cert).finish_non_exhaustive()
    }
}

fn read(cert: &Path, key: &Path) -> anyhow::Result<Pem> {
    let bytes = |path: &Path, setting: &str| {
        std::fs::read(path)
            .with_context(|| format!("{setting} {} can't be read; name a file that this user may read", path.display()))
    };
    Ok(Pem { chain: bytes(cert, "TLS_CERT")?, key: bytes(key, "TLS_KEY")? })
}

fn certified(pem: &Pem, cert: &Path, key: &Path, provider: &CryptoProvider) -> anyhow::Result<CertifiedKey> {
    let chain = CertificateDer::pem_slice_iter(&pem.chain).collect::<Result<Vec<_>, _>>().unwrap_or_default();
    if chain.is_empty() {
        anyhow::bail!(
            "there is no certificate in TLS_CERT {}; it must be a PEM file with CERTIFICATE in it",
            cert.display()
        );
    }
    let private = PrivateKeyDer::from_pem_slice(&pem.key).ok().with_context(|| {
        format!("there is no private key in TLS_KEY {}; it must be a PEM file with PRIVATE KEY in it", key.display())
    })?;
    CertifiedKey::from_der(chain, private, provider).with_context(|| {
        format!(
            "TLS_KEY {} does not fit TLS_CERT {}; name the two files of one certificate",
            key.display(),
            cert.display()
        )
    })
}
