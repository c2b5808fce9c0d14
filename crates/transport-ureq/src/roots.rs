//! Which certificates are trusted.

use rustls::RootCertStore;
use ureq::tls::{Certificate, RootCerts};

use crate::builder::BuildError;

/// The roots of the platform, and these in addition.
pub(crate) fn load(additional: Vec<Vec<u8>>) -> Result<RootCerts, BuildError> {
    // ureq leaves out what it cannot read, so look at what the caller gave.
    let mut store = RootCertStore::empty();
    for (index, der) in additional.iter().enumerate() {
        store
            .add(der.as_slice().into())
            .map_err(|error| BuildError::bad_root(index, error))?;
    }
    let platform = rustls_native_certs::load_native_certs();
    if platform.certs.is_empty() && additional.is_empty() {
        return Err(BuildError::no_roots(platform.errors.into_iter().next()));
    }
    let platform = platform.certs.iter().map(AsRef::as_ref);
    let additional = additional.iter().map(Vec::as_slice);
    let all = platform
        .chain(additional)
        .map(|der| Certificate::from_der(der).to_owned());
    Ok(RootCerts::from(all))
}
