//! How the service signs what it sends to apps, and encrypts users for sheets.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, USER_AGENT};
use http::{HeaderName, HeaderValue, Method, Request};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::{digest, hmac};

/// How a kind of request is signed: a header with the HMAC of the body in hexadecimal.
pub(crate) struct Scheme {
    header: HeaderName,
    prefix: &'static str,
    algorithm: hmac::Algorithm,
}

/// Notifications, with the client secret of the app.
pub(crate) static NOTIFICATION: Scheme = Scheme {
    header: HeaderName::from_static("x-hub-signature"),
    prefix: "sha1=",
    algorithm: hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
};

/// Canvas requests, with the client secret of the app.
pub(crate) static CANVAS: Scheme = Scheme {
    header: HeaderName::from_static("x-body-signature"),
    prefix: "",
    algorithm: hmac::HMAC_SHA256,
};

/// Events of the Fin Agent API, with the secret of its settings.
pub(crate) static FIN_AGENT: Scheme = Scheme {
    header: HeaderName::from_static("x-fin-agent-api-webhook-signature"),
    prefix: "sha256=",
    algorithm: hmac::HMAC_SHA256,
};

impl Scheme {
    fn sign(&self, secret: &str, body: &[u8]) -> String {
        let key = hmac::Key::new(self.algorithm, secret.as_bytes());
        let mut text = self.prefix.to_owned();
        for byte in hmac::sign(&key, body).as_ref() {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    /// Builds the signed request that sends this JSON to an address, which has been checked.
    pub(crate) fn request(&self, url: &str, secret: &str, json: String) -> Request<Bytes> {
        let mut request = unsigned(url, json);
        let signature = HeaderValue::try_from(self.sign(secret, request.body()));
        // Hexadecimal digits are always a valid value.
        if let Ok(signature) = signature {
            request.headers_mut().insert(self.header.clone(), signature);
        }
        request
    }
}

/// Builds the request that sends this JSON to an address, which has been checked.
pub(crate) fn unsigned(url: &str, json: String) -> Request<Bytes> {
    let request = Request::builder()
        .method(Method::POST)
        .uri(url)
        .header(USER_AGENT, SENDER)
        .header(CONTENT_TYPE, "application/json");
    request.body(Bytes::from(json)).unwrap_or_default()
}

/// What the service calls itself when it sends requests.
pub(crate) const SENDER: &str = "intercom-parrot-service-client/1.0";

/// Encrypts the user of a sheet: base64 of the IV, the ciphertext and the tag of AES-256-GCM, with the SHA-256 of
/// the client secret as the key.
pub(crate) fn seal(secret: &str, iv: [u8; NONCE_LEN], user: Vec<u8>) -> Option<String> {
    let key = digest::digest(&digest::SHA256, secret.as_bytes());
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.as_ref()).ok()?);
    let mut sealed = user;
    let nonce = Nonce::assume_unique_for_key(iv);
    key.seal_in_place_append_tag(nonce, Aad::empty(), &mut sealed)
        .ok()?;
    sealed.splice(0..0, iv);
    Some(STANDARD.encode(sealed))
}

#[cfg(test)]
mod tests {
    use super::{CANVAS, FIN_AGENT, NOTIFICATION, seal};

    /// The second test cases of RFC 2202 and RFC 4231.
    #[test]
    fn signatures_are_the_hmac_of_the_body() {
        let sha256 = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        for (scheme, expected) in [
            (
                &NOTIFICATION,
                "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79".to_owned(),
            ),
            (&CANVAS, sha256.to_owned()),
            (&FIN_AGENT, format!("sha256={sha256}")),
        ] {
            let json = "what do ya want for nothing?".to_owned();
            let request = scheme.request("/", "Jefe", json);
            assert_eq!(request.headers()[&scheme.header], expected);
        }
    }

    /// By Python: `AESGCM(sha256(b"s3cret").digest()).encrypt(bytes(12), b'{"id":"1"}', None)`.
    #[test]
    fn the_user_of_a_sheet_is_encrypted_as_other_libraries_do() {
        let sealed = seal("s3cret", [0; 12], br#"{"id":"1"}"#.to_vec());
        assert_eq!(
            sealed.as_deref(),
            Some("AAAAAAAAAAAAAAAAObFeQAB9kjO6G1NdjurFcFUBiPyRorFno8o=")
        );
    }
}
