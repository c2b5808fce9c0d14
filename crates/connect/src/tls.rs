//! Which certificates are trusted and presented.

use std::fmt;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{AlertDescription, CertificateError, ClientConfig, RootCertStore};

use crate::{BoxError, BuildError};

/// The certificates and the key that a transport was given, each in DER or PEM.
#[derive(Clone, Default)]
pub struct Tls {
    roots: Vec<Vec<u8>>,
    client: Option<(Vec<Vec<u8>>, Vec<u8>)>,
}

impl Tls {
    /// Trusts these roots in addition to those of the platform.
    pub fn add_roots<C: Into<Vec<u8>>>(&mut self, roots: impl IntoIterator<Item = C>) {
        self.roots.extend(roots.into_iter().map(Into::into));
    }

    /// Presents this chain to servers. It begins with the certificate of the client.
    pub fn set_client<C: Into<Vec<u8>>>(
        &mut self,
        chain: impl IntoIterator<Item = C>,
        key: impl Into<Vec<u8>>,
    ) {
        let chain = chain.into_iter().map(Into::into).collect();
        self.client = Some((chain, key.into()));
    }

    /// Returns the configuration for connections. This reads the platform's certificate store.
    ///
    /// # Errors
    ///
    /// If there is no root to trust, or a certificate or key cannot be used.
    pub fn config(self) -> Result<ClientConfig, BuildError> {
        let roots = roots(&self.roots)?;
        // Named, so as not to depend on the default of the process.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| BuildError::Tls(error.into()))?
            .with_root_certificates(roots);
        let Some((chain, key)) = self.client else {
            return Ok(config.with_no_client_auth());
        };
        let client = client(&chain, &key).map_err(BuildError::BadClientCertificate)?;
        config
            .with_client_auth_cert(client.0, client.1)
            .map_err(|error| BuildError::BadClientCertificate(error.into()))
    }
}

/// Shows only how many certificates there are.
impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls")
            .field("root_certificates", &self.roots.len())
            .field("client_certificate", &self.client.is_some())
            .finish()
    }
}

/// The roots of the platform and these.
fn roots(additional: &[Vec<u8>]) -> Result<RootCertStore, BuildError> {
    let mut roots = RootCertStore::empty();
    for (index, given) in additional.iter().enumerate() {
        let bad = |source| BuildError::BadRoot { index, source };
        for certificate in certificates(given).map_err(bad)? {
            roots.add(certificate).map_err(|error| bad(error.into()))?;
        }
    }
    let platform = rustls_native_certs::load_native_certs();
    // Stores hold old certificates that rustls cannot read. The others are still usable.
    roots.add_parsable_certificates(platform.certs);
    if roots.is_empty() {
        return Err(BuildError::NoRoots(
            match platform.errors.into_iter().next() {
                Some(error) => error.into(),
                None => "the platform's certificate store is empty".into(),
            },
        ));
    }
    Ok(roots)
}

type Client = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

fn client(chain: &[Vec<u8>], key: &[u8]) -> Result<Client, BoxError> {
    let mut certificates_of_chain = Vec::new();
    for given in chain {
        certificates_of_chain.extend(certificates(given)?);
    }
    let key = if is_pem(key) {
        PrivateKeyDer::from_pem_slice(key).map_err(|error| format!("its key: {error}"))?
    } else {
        PrivateKeyDer::try_from(key.to_vec()).map_err(|error| format!("its key: {error}"))?
    };
    Ok((certificates_of_chain, key))
}

/// Reads one certificate in DER, or all in PEM.
fn certificates(given: &[u8]) -> Result<Vec<CertificateDer<'static>>, BoxError> {
    if !is_pem(given) {
        return Ok(vec![given.to_vec().into()]);
    }
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(given).collect::<Result<_, _>>()?;
    if certificates.is_empty() {
        return Err("the PEM has no certificate".into());
    }
    Ok(certificates)
}

fn is_pem(given: &[u8]) -> bool {
    const START: &[u8] = b"-----BEGIN ";
    given.windows(START.len()).any(|window| window == START)
}

/// Returns the alert by which the server rejected the client certificate, or the lack of one.
#[must_use]
pub fn rejected_client(error: &rustls::Error) -> Option<AlertDescription> {
    use AlertDescription::{
        BadCertificate, CertificateExpired, CertificateRequired, CertificateRevoked,
        CertificateUnknown, DecryptError, UnknownCA, UnsupportedCertificate,
    };
    match error {
        rustls::Error::AlertReceived(
            alert @ (BadCertificate
            | CertificateExpired
            | CertificateRequired
            | CertificateRevoked
            | CertificateUnknown
            | DecryptError
            | UnknownCA
            | UnsupportedCertificate),
        ) => Some(*alert),
        _ => None,
    }
}

/// Returns what to do about an error, if its own text does not say.
#[must_use]
pub fn hint(error: &rustls::Error) -> Option<&'static str> {
    if let rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer) = error {
        return Some(
            "the certificate of the server leads to no trusted root (add one with `root_certificates`)",
        );
    }
    Some(match rejected_client(error)? {
        AlertDescription::CertificateRequired => {
            "the server requires a client certificate (set one with `client_certificate`)"
        }
        _ => "the server does not accept the client certificate",
    })
}
