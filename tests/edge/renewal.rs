//! A renewed certificate is served without a restart; a pair that can't be used changes nothing.

use std::{fs, path::Path, sync::Arc};

use clients::process::Signal;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ClientConfig, RootCertStore, pki_types::CertificateDer, pki_types::ServerName};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::support::{Process, within};

/// Two files that are renewed.
struct Files(TempDir);

impl Files {
    fn new() -> (Self, CertificateDer<'static>) {
        let files = Self(TempDir::new().unwrap());
        let (cert, key, der) = pair();
        files.write("cert.pem", &cert);
        files.write("key.pem", &key);
        (files, der)
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.0.path().join(file), text).unwrap();
    }

    async fn serve(&self, data: &Path) -> Process {
        let [cert, key] = ["cert.pem", "key.pem"].map(|file| self.0.path().join(file).to_str().unwrap().to_owned());
        Process::start(data, &["--tls-cert", &cert, "--tls-key", &key]).await
    }
}

/// A certificate for `localhost` and its key, in PEM, and the certificate itself.
fn pair() -> (String, String, CertificateDer<'static>) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    (cert.pem(), signing_key.serialize_pem(), cert.der().clone())
}

/// Whether a new connection is answered with this certificate.
async fn is_served(port: u16, certificate: &CertificateDer<'static>) -> bool {
    let mut roots = RootCertStore::empty();
    roots.add(certificate.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let client = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let client = client.with_root_certificates(roots).with_no_client_auth();
    let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(client)).connect(name, stream).await.is_ok()
}

async fn until_served(port: u16, certificate: &CertificateDer<'static>) {
    within("the new certificate", async {
        while !is_served(port, certificate).await {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_renewed_certificate_is_served_once_both_files_are_there() {
    let data = TempDir::new().unwrap();
    let (files, old) = Files::new();
    let server = files.serve(data.path()).await;
    assert!(is_served(server.port, &old).await);
    let (cert, key, new) = pair();
    files.write("cert.pem", &cert);
    files.write("key.pem", &key);
    until_served(server.port, &new).await;
    assert!(!is_served(server.port, &old).await);
    server.stopped().await;
}

#[tokio::test]
async fn sighup_reads_the_certificate_and_ends_nothing() {
    let data = TempDir::new().unwrap();
    let (files, _) = Files::new();
    let mut server = files.serve(data.path()).await;
    let (cert, key, new) = pair();
    files.write("cert.pem", &cert);
    files.write("key.pem", &key);
    server.signal(Signal::HUP);
    server.logged("reloading").await;
    until_served(server.port, &new).await;
    server.stopped().await;
}

#[tokio::test]
async fn a_broken_pair_is_logged_and_the_old_certificate_stays() {
    let data = TempDir::new().unwrap();
    let (files, old) = Files::new();
    let mut server = files.serve(data.path()).await;
    let (cert, key, new) = pair();
    let breaks: [(&str, &str, &str); 4] = [
        ("cert.pem", &cert, "does not fit"),
        ("cert.pem", "nonsense", "no certificate"),
        ("key.pem", "nonsense", "no certificate"),
        ("cert.pem", &cert, "no private key"),
    ];
    for (file, text, complaint) in breaks {
        files.write(file, text);
        server.signal(Signal::HUP);
        let line = server.logged("certificate from before").await;
        assert!(line.contains("ERROR") && line.contains(complaint), "{line}");
        assert!(is_served(server.port, &old).await, "{file}");
    }
    fs::remove_file(files.0.path().join("key.pem")).unwrap();
    server.signal(Signal::HUP);
    assert!(server.logged("certificate from before").await.contains("can't be read"));
    assert!(is_served(server.port, &old).await);
    files.write("key.pem", &key);
    until_served(server.port, &new).await;
    server.stopped().await;
}
