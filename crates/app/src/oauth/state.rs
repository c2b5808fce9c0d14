//! The state parameter, which ties a callback to the browser that started the login.

use std::fmt;
use std::time::Duration;

use intercom_model::{Secret, Timestamp};
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};

use crate::hex;
use crate::webhooks::Deduplicator;

/// How long a login may take.
const LIFETIME: Duration = Duration::from_secs(10 * 60);

/// The longest state that is read; one is about 120 bytes.
const MAX_STATE: usize = 256;

/// Issues and checks the `state` of a login.
///
/// A state is signed, bound to a session, expires, and works once:
///
/// - The session is whatever identifies the browser, such as the value of a random cookie. Somebody else's
///   callback URL does not work in another browser, so nobody is logged in to an account of an attacker.
/// - The check claims the state in a [`Deduplicator`], so a callback URL that leaks, through a log or a
///   `Referer`, is worth nothing. Keep claims for as long as states live.
///
/// It keeps nothing itself: any process with the secret checks what another has issued.
#[derive(Clone)]
pub struct States {
    key: hmac::Key,
    lifetime: Duration,
}

impl States {
    /// Creates one from a secret of your own: at least 32 random bytes, the same in all processes.
    #[must_use]
    pub fn new(secret: impl Into<Secret>) -> Self {
        let secret = secret.into();
        Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, secret.as_str().as_bytes()),
            lifetime: LIFETIME,
        }
    }

    /// Sets how long a login may take: ten minutes by default.
    #[must_use]
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// Issues a state for a session.
    ///
    /// # Errors
    ///
    /// If the operating system has no random numbers.
    pub fn issue(&self, session: &str, now: Timestamp) -> Result<String, StateError> {
        let mut nonce = [0; 16];
        SystemRandom::new()
            .fill(&mut nonce)
            .map_err(|_| StateError::NoRandomness)?;
        let expires_at = (now + self.lifetime).as_second();
        let claim = format!("{expires_at}.{}", hex::encode(&nonce));
        let signature = hmac::sign(&self.key, &signed(&claim, session));
        Ok(format!("{claim}.{}", hex::encode(signature.as_ref())))
    }

    /// Checks the state of a callback, and claims it, so that it does not work again.
    ///
    /// # Errors
    ///
    /// If it was not issued for this session, has expired, or was used.
    pub fn check<D>(
        &self,
        state: &str,
        session: &str,
        now: Timestamp,
        used: &D,
    ) -> Result<(), StateError>
    where
        D: Deduplicator,
        D::Error: fmt::Display,
    {
        if state.len() > MAX_STATE {
            return Err(StateError::NotIssued);
        }
        let (claim, signature) = state.rsplit_once('.').ok_or(StateError::NotIssued)?;
        let signature = hex::decode(signature.as_bytes()).ok_or(StateError::NotIssued)?;
        hmac::verify(&self.key, &signed(claim, session), &signature)
            .map_err(|_| StateError::NotIssued)?;
        let expires_at = claim.split('.').next().and_then(|text| text.parse().ok());
        let expires_at: i64 = expires_at.ok_or(StateError::NotIssued)?;
        if Timestamp::from_second(expires_at) <= now {
            return Err(StateError::Expired);
        }
        match used.claim(&format!("oauth-state:{claim}")) {
            Ok(true) => Ok(()),
            Ok(false) => Err(StateError::Used),
            Err(error) => Err(StateError::Store(error.to_string())),
        }
    }
}

impl fmt::Debug for States {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("States")
            .field("lifetime", &self.lifetime)
            .finish_non_exhaustive()
    }
}

/// What is signed. The purpose comes first, in case the secret is used elsewhere too; the claim has no
/// line break, so the session cannot be taken for a part of it.
fn signed(claim: &str, session: &str) -> Vec<u8> {
    format!("intercom oauth state\n{claim}\n{session}").into_bytes()
}

/// Why a state was refused, or not issued.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateError {
    /// It was not issued for this session with this secret.
    NotIssued,
    /// The login took too long: start again.
    Expired,
    /// It was used before.
    Used,
    /// The store of used states failed.
    Store(String),
    /// The operating system has no random numbers.
    NoRandomness,
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotIssued => f.write_str("the state was not issued for this session"),
            Self::Expired => f.write_str("the state has expired; start the login again"),
            Self::Used => f.write_str("the state was used before"),
            Self::Store(problem) => write!(f, "the store of used states failed: {problem}"),
            Self::NoRandomness => f.write_str("the operating system has no random numbers"),
        }
    }
}

impl std::error::Error for StateError {}
