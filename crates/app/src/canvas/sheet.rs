//! The encrypted user of a sheet.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use intercom_model::Secret;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::digest;
use ring::rand::{SecureRandom, SystemRandom};

/// The longest text that is decrypted.
const MAX_TEXT: usize = 1024 * 1024;

/// Why the user of a sheet could not be decrypted, or encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SheetError {
    /// The text is not base64, or too short or too long to be an encrypted user.
    Malformed,
    /// The user was encrypted with another secret, or the text was changed.
    Unauthentic,
    /// What was encrypted is not the JSON that was expected.
    Unreadable(String),
    /// The operating system has no random numbers.
    NoRandomness,
}

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("the encrypted user is not base64 of a usable length"),
            Self::Unauthentic => f.write_str("the encrypted user was changed, or encrypted with another secret; check the client secret"),
            Self::Unreadable(problem) => write!(f, "the decrypted user cannot be read: {problem}"),
            Self::NoRandomness => f.write_str("the operating system has no random numbers"),
        }
    }
}

impl std::error::Error for SheetError {}

/// The key that a client secret stands for: its SHA-256.
#[derive(Clone)]
pub(super) struct SheetKey([u8; 32]);

impl SheetKey {
    pub(super) fn new(client_secret: &Secret) -> Self {
        let digest = digest::digest(&digest::SHA256, client_secret.as_str().as_bytes());
        let mut key = [0; 32];
        for (byte, of_digest) in key.iter_mut().zip(digest.as_ref()) {
            *byte = *of_digest;
        }
        Self(key)
    }

    fn cipher(&self) -> Result<LessSafeKey, SheetError> {
        let key = UnboundKey::new(&AES_256_GCM, &self.0).map_err(|_| SheetError::Malformed)?;
        Ok(LessSafeKey::new(key))
    }

    /// Decrypts base64 of the IV, the ciphertext and the tag.
    pub(super) fn decrypt(&self, text: &str) -> Result<Vec<u8>, SheetError> {
        if text.len() > MAX_TEXT {
            return Err(SheetError::Malformed);
        }
        let sealed = STANDARD
            .decode(text.trim())
            .map_err(|_| SheetError::Malformed)?;
        let (iv, sealed) = sealed
            .split_first_chunk::<NONCE_LEN>()
            .filter(|(_, sealed)| sealed.len() >= AES_256_GCM.tag_len())
            .ok_or(SheetError::Malformed)?;
        let mut opened = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(*iv);
        let length = self
            .cipher()?
            .open_in_place(nonce, Aad::empty(), &mut opened)
            .map_err(|_| SheetError::Unauthentic)?
            .len();
        opened.truncate(length);
        Ok(opened)
    }
}

/// Encrypts the user of a sheet as Intercom does, for tests.
///
/// # Errors
///
/// If the user cannot be written as JSON, or the operating system has no random numbers.
pub fn encrypt_user(
    client_secret: impl Into<Secret>,
    user: &impl serde::Serialize,
) -> Result<String, SheetError> {
    let mut sealed =
        serde_json::to_vec(user).map_err(|error| SheetError::Unreadable(error.to_string()))?;
    let mut iv = [0; NONCE_LEN];
    SystemRandom::new()
        .fill(&mut iv)
        .map_err(|_| SheetError::NoRandomness)?;
    SheetKey::new(&client_secret.into())
        .cipher()?
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(iv), Aad::empty(), &mut sealed)
        .map_err(|_| SheetError::Malformed)?;
    let mut text = iv.to_vec();
    text.append(&mut sealed);
    Ok(STANDARD.encode(text))
}
