//! Signatures of request bodies.

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};
use intercom_model::Secret;
use ring::hmac;

use crate::hex;

/// How a kind of request is signed: an HMAC of the raw body in a header.
#[derive(Debug)]
pub(crate) struct Scheme {
    pub(crate) header: HeaderName,
    pub(crate) prefix: &'static str,
    algorithm: hmac::Algorithm,
    /// The length of the HMAC, in bytes.
    length: usize,
}

/// Webhooks of the workspace, with the client secret of the app.
pub(crate) static WEBHOOK: Scheme = Scheme {
    header: HeaderName::from_static("x-hub-signature"),
    prefix: "sha1=",
    algorithm: hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
    length: 20,
};

/// Requests of Canvas Kit, with the client secret of the app.
pub(crate) static CANVAS: Scheme = Scheme {
    header: HeaderName::from_static("x-body-signature"),
    prefix: "",
    algorithm: hmac::HMAC_SHA256,
    length: 32,
};

/// Webhooks of the Fin Agent API, with the secret of its settings.
pub(crate) static FIN: Scheme = Scheme {
    header: HeaderName::from_static("x-fin-agent-api-webhook-signature"),
    prefix: "sha256=",
    algorithm: hmac::HMAC_SHA256,
    length: 32,
};

/// Why a signature was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// The request has no signature.
    Missing {
        /// The header that has the signature.
        header: HeaderName,
    },
    /// The request has more than one signature.
    Repeated {
        /// The header that has the signature.
        header: HeaderName,
    },
    /// The signature is not the prefix of its scheme followed by lowercase hexadecimal digits of the
    /// right number.
    Malformed {
        /// The header that has the signature.
        header: HeaderName,
        /// The form of the signature, such as `sha1=<40 hexadecimal digits>`.
        expected: String,
    },
    /// The receiver was given an empty secret, with which anybody could sign.
    NoSecret,
    /// The signature is that of another body, or was made with another secret.
    Mismatch {
        /// The header that has the signature.
        header: HeaderName,
    },
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { header } => write!(f, "the header {header} is missing"),
            Self::Repeated { header } => write!(f, "the header {header} occurs more than once"),
            Self::Malformed { header, expected } => {
                write!(f, "the header {header} is not {expected}")
            }
            Self::NoSecret => {
                f.write_str("the receiver has no secret: the configured one is empty")
            }
            Self::Mismatch { header } => write!(
                f,
                "the signature in {header} does not match the body; check the secret, and that the body is passed as it was received"
            ),
        }
    }
}

impl std::error::Error for SignatureError {}

impl Scheme {
    /// Returns the value of the header for a body.
    fn sign(&self, secret: &Secret, body: &[u8]) -> HeaderValue {
        let key = hmac::Key::new(self.algorithm, secret.as_str().as_bytes());
        let digits = hex::encode(hmac::sign(&key, body).as_ref());
        let text = format!("{}{digits}", self.prefix);
        // Hexadecimal digits are always a valid value.
        HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
    }

    /// Builds the signed request with this body, to the path `/`.
    pub(crate) fn request(&self, secret: &Secret, body: Bytes) -> Request<Bytes> {
        let signature = self.sign(secret, &body);
        let mut request = Request::new(body);
        *request.method_mut() = Method::POST;
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(self.header.clone(), signature);
        request
    }

    fn expected(&self) -> String {
        format!("{}<{} hexadecimal digits>", self.prefix, 2 * self.length)
    }

    /// Returns the HMAC that a request claims.
    fn claimed(&self, headers: &HeaderMap) -> Result<Vec<u8>, SignatureError> {
        let header = self.header.clone();
        let mut values = headers.get_all(&self.header).iter();
        let value = match (values.next(), values.next()) {
            (Some(value), None) => value,
            (None, _) => return Err(SignatureError::Missing { header }),
            (Some(_), Some(_)) => return Err(SignatureError::Repeated { header }),
        };
        let digits = value.as_bytes().strip_prefix(self.prefix.as_bytes());
        let claimed = digits
            .filter(|digits| digits.len() == 2 * self.length)
            .and_then(hex::decode);
        claimed.ok_or_else(|| SignatureError::Malformed {
            header,
            expected: self.expected(),
        })
    }
}

/// The secrets of one scheme. More than one is accepted while one replaces another.
#[derive(Clone)]
pub(crate) struct Verifier {
    scheme: &'static Scheme,
    keys: Vec<hmac::Key>,
}

impl Verifier {
    pub(crate) fn new(scheme: &'static Scheme, secret: &Secret) -> Self {
        let verifier = Self {
            scheme,
            keys: Vec::new(),
        };
        verifier.also(secret)
    }

    /// Accepts another secret. An empty one is left out, because anybody could sign with it.
    pub(crate) fn also(mut self, secret: &Secret) -> Self {
        if secret.as_str().is_empty() {
            return self;
        }
        let key = hmac::Key::new(self.scheme.algorithm, secret.as_str().as_bytes());
        self.keys.push(key);
        self
    }

    pub(crate) fn scheme(&self) -> &'static Scheme {
        self.scheme
    }

    /// Compares in constant time: how long it takes depends on the length of the body and the number of
    /// secrets alone.
    pub(crate) fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError> {
        if self.keys.is_empty() {
            return Err(SignatureError::NoSecret);
        }
        let claimed = self.scheme.claimed(headers)?;
        let matches = self
            .keys
            .iter()
            .filter(|key| hmac::verify(key, body, &claimed).is_ok());
        // Counts to the end, so that it does not show which secret matches.
        if matches.count() == 0 {
            return Err(SignatureError::Mismatch {
                header: self.scheme.header.clone(),
            });
        }
        Ok(())
    }
}

/// Shows no key.
impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("header", &self.scheme.header)
            .field("secrets", &self.keys.len())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // printf '%s' '{"topic":"ping"}' | openssl dgst -sha1 -hmac s3cr3t
    const HUB: &str = "1d46087bb4f5fe0a8baf81d368087f2c61921bc1";
    // printf '%s' '{"topic":"ping"}' | openssl dgst -sha256 -hmac s3cr3t
    const SHA256: &str = "c301bc4c0c6fb6f1b0ed119b35010ad37b9d54f179c8d5eab87d12446a5edcd6";
    const BODY: &[u8] = br#"{"topic":"ping"}"#;

    fn secret() -> Secret {
        Secret::from("s3cr3t")
    }

    #[test]
    fn an_empty_secret_accepts_no_signature() {
        let empty = Secret::from("");
        let mut headers = HeaderMap::new();
        headers.insert(WEBHOOK.header.clone(), WEBHOOK.sign(&empty, BODY));
        let verifier = Verifier::new(&WEBHOOK, &empty);
        assert_eq!(
            verifier.verify(&headers, BODY),
            Err(SignatureError::NoSecret)
        );
        let verifier = verifier.also(&secret());
        assert!(verifier.verify(&headers, BODY).is_err());
        headers.insert(WEBHOOK.header.clone(), WEBHOOK.sign(&secret(), BODY));
        assert_eq!(verifier.verify(&headers, BODY), Ok(()));
    }

    #[test]
    fn signatures_are_those_of_openssl() {
        assert_eq!(WEBHOOK.sign(&secret(), BODY), format!("sha1={HUB}"));
        assert_eq!(CANVAS.sign(&secret(), BODY), SHA256);
        assert_eq!(FIN.sign(&secret(), BODY), format!("sha256={SHA256}"));
    }

    #[test]
    fn each_scheme_accepts_its_own_signature_and_no_other() {
        for scheme in [&WEBHOOK, &CANVAS, &FIN] {
            let mut headers = HeaderMap::new();
            headers.insert(scheme.header.clone(), scheme.sign(&secret(), BODY));
            let verifier = Verifier::new(scheme, &secret());
            assert_eq!(verifier.verify(&headers, BODY), Ok(()));
            assert!(verifier.verify(&headers, b"{}").is_err());
            let other = Verifier::new(scheme, &"other".into());
            assert!(other.verify(&headers, BODY).is_err());
            assert_eq!(other.also(&secret()).verify(&headers, BODY), Ok(()));
        }
    }

    #[test]
    fn what_is_wrong_with_a_signature_is_told_apart() {
        let verifier = Verifier::new(&WEBHOOK, &secret());
        let refusal = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(WEBHOOK.header.clone(), value.parse().unwrap());
            }
            verifier.verify(&headers, BODY).unwrap_err()
        };
        let good = format!("sha1={HUB}");
        let header = WEBHOOK.header.clone();
        let malformed = SignatureError::Malformed {
            header: header.clone(),
            expected: "sha1=<40 hexadecimal digits>".to_owned(),
        };
        let missing = header.clone();
        assert_eq!(refusal(&[]), SignatureError::Missing { header: missing });
        let repeated = header.clone();
        let twice = SignatureError::Repeated { header: repeated };
        assert_eq!(refusal(&[&good, &good]), twice);
        for value in [
            String::new(),
            HUB.to_owned(),
            good.to_uppercase(),
            format!("sha1={}", HUB.to_uppercase()),
            format!("sha256={SHA256}"),
            good.replace(&HUB[..1], "g"),
            format!("{good}00"),
            format!(" {good}, {good}"),
        ] {
            assert_eq!(refusal(&[&value]), malformed, "{value}");
        }
        let zeros = format!("sha1={}", "0".repeat(40));
        assert_eq!(refusal(&[&zeros]), SignatureError::Mismatch { header });
    }

    #[test]
    fn no_secret_shows_in_debug() {
        let shown = format!("{:?}", Verifier::new(&FIN, &secret()));
        assert!(!shown.contains("s3cr3t"), "{shown}");
    }
}
