//! Signed identities: how a website proves to the Messenger who its user is.
//!
//! A [`MessengerToken`] is a JWT that the page passes as `intercom_user_jwt`. [`user_hash`] is the older
//! way. Both are signed on your server with the Messenger API secret, of which each platform (web, iOS,
//! Android) has its own.
//!
//! ```
//! use std::time::Duration;
//!
//! use intercom_app::identity::{MessengerToken, Claims};
//! use intercom_app::model::{Secret, Timestamp};
//!
//! let secret = Secret::from("Messenger API secret");
//! let now = Timestamp::now();
//! let jwt = MessengerToken::new("user-7", now + Duration::from_secs(3600))
//!     .email("ada@example.com")
//!     .attribute("plan", "pro")
//!     .sign(&secret)?;
//!
//! // What Intercom does with it.
//! let claims = Claims::verify(&jwt, &secret, now)?;
//! assert_eq!(claims.user_id(), "user-7");
//! assert_eq!(claims.get("plan").and_then(|it| it.as_str()), Some("pro"));
//! # Ok::<(), intercom_app::identity::IdentityError>(())
//! ```

use std::fmt;

use intercom_model::{Secret, Timestamp};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use ring::hmac;
use serde_json::{Map, Value};

use crate::hex;

/// Claims that are not attributes.
const RESERVED: &[&str] = &["exp", "user_id"];

/// The longest token that is read. One with a few dozen attributes has a few kilobytes.
const MAX_TOKEN: usize = 64 * 1024;

/// Returns the `user_hash` of a user: the HMAC-SHA256 of the user id, in lowercase hexadecimal digits.
///
/// Pass the email instead for users without a user id. Intercom calls it legacy: a [`MessengerToken`]
/// also protects the attributes, and expires.
///
/// ```
/// # use intercom_app::identity::user_hash;
/// let hash = user_hash(&"s3cr3t".into(), "user-7");
/// assert_eq!(hash, "6e5cc66cbb394cc79b02091fc929c048b81537feef8f7e465712156ec9f3e7b3");
/// ```
#[must_use]
pub fn user_hash(secret: &Secret, user_id: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_str().as_bytes());
    hex::encode(hmac::sign(&key, user_id.as_bytes()).as_ref())
}

/// A JWT for the Messenger, before it is signed: HS256, with the user id, an expiry, and attributes.
///
/// Attributes that are signed can no longer be changed by the page. `Debug` shows none of their values.
#[derive(Clone)]
#[must_use]
pub struct MessengerToken {
    claims: Map<String, Value>,
    /// The name of an attribute that cannot be one.
    reserved: Option<&'static str>,
}

impl MessengerToken {
    /// Starts a token for a user, which expires at this time.
    ///
    /// The Messenger needs a valid token whenever a page loads, so give it at least five minutes.
    pub fn new(user_id: impl Into<String>, expires_at: Timestamp) -> Self {
        let mut claims = Map::new();
        claims.insert("user_id".to_owned(), user_id.into().into());
        claims.insert("exp".to_owned(), expires_at.as_second().into());
        Self {
            claims,
            reserved: None,
        }
    }

    /// Sets the email.
    pub fn email(self, email: impl Into<String>) -> Self {
        self.attribute("email", email.into())
    }

    /// Sets the name.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.attribute("name", name.into())
    }

    /// Sets a data attribute.
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        let name = name.into();
        match RESERVED.iter().find(|reserved| **reserved == name) {
            Some(reserved) => self.reserved = Some(reserved),
            None => {
                self.claims.insert(name, value.into());
            }
        }
        self
    }

    /// Signs the token.
    ///
    /// # Errors
    ///
    /// If the user id is empty, or an attribute is named `exp` or `user_id`.
    pub fn sign(&self, secret: &Secret) -> Result<String, IdentityError> {
        if user_id(&self.claims).is_none() {
            return Err(IdentityError::NoUserId);
        }
        if let Some(name) = self.reserved {
            return Err(IdentityError::ReservedAttribute(name));
        }
        let key = EncodingKey::from_secret(secret.as_str().as_bytes());
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &self.claims, &key)
            .map_err(|error| IdentityError::Malformed(error.to_string()))
    }
}

impl fmt::Debug for MessengerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessengerToken")
            .field("claims", &self.claims.keys().collect::<Vec<_>>())
            .finish()
    }
}

/// The claims of a verified token: what the Messenger makes of a [`MessengerToken`], for tests and for
/// whatever else receives one.
#[derive(Clone, PartialEq)]
pub struct Claims {
    claims: Map<String, Value>,
    user_id: String,
}

impl Claims {
    /// Verifies a token: HS256 and no other algorithm, the signature in constant time, and the expiry if
    /// there is one.
    ///
    /// # Errors
    ///
    /// If the token is not valid at this time.
    pub fn verify(token: &str, secret: &Secret, now: Timestamp) -> Result<Self, IdentityError> {
        if token.len() > MAX_TOKEN {
            return Err(IdentityError::Malformed(format!(
                "it is longer than {MAX_TOKEN} bytes"
            )));
        }
        let mut validation = Validation::new(Algorithm::HS256);
        // Checked below, by a clock that tests can set.
        validation.validate_exp = false;
        validation.required_spec_claims.clear();
        let key = DecodingKey::from_secret(secret.as_str().as_bytes());
        let claims = jsonwebtoken::decode::<Map<String, Value>>(token, &key, &validation)
            .map_err(|error| match error.kind() {
                ErrorKind::InvalidSignature => IdentityError::Signature,
                ErrorKind::InvalidAlgorithm | ErrorKind::InvalidAlgorithmName => {
                    IdentityError::Algorithm
                }
                // serde fails for the names of algorithms that the crate does not have, such as `none`.
                ErrorKind::Json(error) if error.to_string().contains("unknown variant") => {
                    IdentityError::Algorithm
                }
                _ => IdentityError::Malformed(error.to_string()),
            })?
            .claims;
        match claims.get("exp") {
            None => {}
            Some(exp) => match exp.as_f64() {
                Some(exp) if exp > now.as_second() as f64 => {}
                Some(_) => return Err(IdentityError::Expired),
                None => {
                    return Err(IdentityError::Malformed(
                        "the claim `exp` is not a number".to_owned(),
                    ));
                }
            },
        }
        let user_id = user_id(&claims).ok_or(IdentityError::NoUserId)?.to_owned();
        Ok(Self { claims, user_id })
    }

    /// Returns the user id.
    #[must_use]
    pub fn user_id(&self) -> &str {
        &self.user_id
    }

    /// Returns a claim.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.claims.get(name)
    }

    /// Returns all claims.
    #[must_use]
    pub fn as_map(&self) -> &Map<String, Value> {
        &self.claims
    }
}

/// Shows the names of the claims, whose values may be personal data.
impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claims")
            .field("claims", &self.claims.keys().collect::<Vec<_>>())
            .finish()
    }
}

fn user_id(claims: &Map<String, Value>) -> Option<&str> {
    let user_id = claims.get("user_id")?.as_str()?;
    (!user_id.is_empty()).then_some(user_id)
}

/// Why a token cannot be signed, or is not valid.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdentityError {
    /// The claim `user_id` is missing or empty, or is not a string.
    NoUserId,
    /// An attribute has the name of this claim.
    ReservedAttribute(&'static str),
    /// The token is not a JWT.
    Malformed(String),
    /// The algorithm is not HS256.
    Algorithm,
    /// The signature was made with another secret, or the token was changed.
    Signature,
    /// The token has expired.
    Expired,
}

impl fmt::Display for IdentityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoUserId => f.write_str("the claim `user_id` is missing or empty; Intercom rejects tokens without it"),
            Self::ReservedAttribute(name) => write!(f, "an attribute cannot be named `{name}`, which is a claim of the token itself"),
            Self::Malformed(problem) => write!(f, "not a valid JWT: {problem}"),
            Self::Algorithm => f.write_str("the algorithm of the token is not HS256"),
            Self::Signature => f.write_str("the signature does not match; check that the secret is the Messenger API secret of the platform"),
            Self::Expired => f.write_str("the token has expired"),
        }
    }
}

impl std::error::Error for IdentityError {}
