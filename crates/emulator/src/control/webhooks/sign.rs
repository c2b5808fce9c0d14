//! Signing notifications.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Returns the value of `X-Hub-Signature`: the HMAC-SHA1 of the body, with the app's client secret.
pub(super) fn signature(secret: &str, body: &[u8]) -> String {
    let mut text = "sha1=".to_owned();
    // An HMAC takes a key of any length.
    if let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret.as_bytes()) {
        mac.update(body);
        for byte in mac.finalize().into_bytes() {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::signature;

    /// The second test case of RFC 2202.
    #[test]
    fn the_signature_is_the_hmac_of_the_body() {
        let signed = signature("Jefe", b"what do ya want for nothing?");
        assert_eq!(signed, "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    }
}
