//! Certificates of servers and clients.

use std::fmt;

/// A self-signed certificate with its key.
pub struct Identity(rcgen::CertifiedKey<rcgen::KeyPair>);

impl Identity {
    /// Generates one for these names.
    #[must_use]
    pub fn of(names: &[&str]) -> Self {
        let names: Vec<_> = names.iter().map(|&name| name.to_owned()).collect();
        Self(rcgen::generate_simple_self_signed(names).unwrap())
    }

    /// The certificate and the key, in PEM.
    #[must_use]
    pub fn pem(&self) -> (Vec<u8>, Vec<u8>) {
        let key = self.0.signing_key.serialize_pem();
        (self.0.cert.pem().into_bytes(), key.into_bytes())
    }

    /// The certificate and the key, in DER.
    #[must_use]
    pub fn der(&self) -> (Vec<u8>, Vec<u8>) {
        (
            self.0.cert.der().to_vec(),
            self.0.signing_key.serialize_der(),
        )
    }
}

/// Does not show the key.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity")
    }
}
