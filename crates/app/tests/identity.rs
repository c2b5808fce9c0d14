//! Tokens are those that PyJWT makes, and what it would not accept is not accepted.

use std::time::Duration;

use intercom_app::identity::{Claims, IdentityError, MessengerToken, user_hash};
use intercom_app::model::{Secret, Timestamp};
use proptest::prelude::*;

const HS256: &str = include_str!("vectors/hs256.jwt");

fn secret() -> Secret {
    Secret::from("a secret of the Messenger API of at least 32 bytes")
}

fn expiry() -> Timestamp {
    Timestamp::from_second(1_900_000_000)
}

fn before() -> Timestamp {
    expiry() - Duration::from_secs(1)
}

fn refusal(token: &str) -> IdentityError {
    Claims::verify(token.trim(), &secret(), before()).unwrap_err()
}

#[test]
fn a_token_of_pyjwt_is_verified() {
    let claims = Claims::verify(HS256.trim(), &secret(), before()).unwrap();
    assert_eq!(claims.user_id(), "user-7");
    assert_eq!(claims.get("email").unwrap(), "ada@example.com");
    assert_eq!(claims.get("plan").unwrap(), "pro");
    assert_eq!(claims.as_map().len(), 4);
}

#[test]
fn what_is_signed_here_is_what_pyjwt_signs() {
    let token = MessengerToken::new("user-7", expiry())
        .email("ada@example.com")
        .attribute("plan", "pro");
    let signed = token.sign(&secret()).unwrap();
    let claims = |token: &str| Claims::verify(token.trim(), &secret(), before()).unwrap();
    assert_eq!(claims(&signed), claims(HS256));
}

#[test]
fn a_token_without_an_expiry_does_not_expire() {
    let token = include_str!("vectors/no_exp.jwt").trim();
    assert!(Claims::verify(token, &secret(), Timestamp::from_second(i64::MAX)).is_ok());
}

#[test]
fn a_token_is_expired_from_its_expiry_on() {
    let verify = |now| Claims::verify(HS256.trim(), &secret(), now);
    assert_eq!(verify(expiry()), Err(IdentityError::Expired));
    assert!(verify(before()).is_ok());
}

#[test]
fn algorithms_other_than_hs256_are_refused() {
    for token in [
        include_str!("vectors/none.jwt"),
        include_str!("vectors/hs512.jwt"),
        include_str!("vectors/rs256.jwt"),
    ] {
        assert_eq!(refusal(token), IdentityError::Algorithm, "{token}");
    }
}

#[test]
fn a_token_without_a_user_id_is_neither_accepted_nor_signed() {
    assert_eq!(
        refusal(include_str!("vectors/no_user_id.jwt")),
        IdentityError::NoUserId
    );
    let unnamed = MessengerToken::new("", expiry()).sign(&secret());
    assert_eq!(unnamed, Err(IdentityError::NoUserId));
}

#[test]
fn an_attribute_cannot_replace_a_claim() {
    for name in ["exp", "user_id"] {
        let token = MessengerToken::new("user-7", expiry()).attribute(name, "other");
        assert_eq!(
            token.sign(&secret()),
            Err(IdentityError::ReservedAttribute(name))
        );
    }
}

#[test]
fn a_token_of_another_secret_is_refused() {
    let verified = Claims::verify(HS256.trim(), &"other".into(), before());
    assert_eq!(verified, Err(IdentityError::Signature));
}

#[test]
fn neither_tokens_nor_claims_show_values_in_debug() {
    let token = MessengerToken::new("user-7", expiry()).email("ada@example.com");
    let claims = Claims::verify(HS256.trim(), &secret(), before()).unwrap();
    for shown in [format!("{token:?}"), format!("{claims:?}")] {
        assert!(shown.contains("email"), "{shown}");
        assert!(
            !shown.contains("ada@") && !shown.contains("user-7"),
            "{shown}"
        );
    }
}

#[test]
fn the_user_hash_is_that_of_openssl() {
    // printf '%s' ada@example.com | openssl dgst -sha256 -hmac s3cr3t
    let hash = user_hash(&"s3cr3t".into(), "ada@example.com");
    assert_eq!(
        hash,
        "6ac45fa3a67dc4f97e99601beb699b03bc7e7c6d6adb0ec6f67bd595832899eb"
    );
}

proptest! {
    #[test]
    fn a_token_with_a_changed_byte_is_refused(place: prop::sample::Index, bit in 0..7_u8) {
        let mut token = HS256.trim().as_bytes().to_vec();
        let place = place.index(token.len());
        token[place] ^= 1 << bit;
        let changed = String::from_utf8(token).unwrap();
        // The last character of base64 has bits that stand for nothing.
        prop_assume!(place != HS256.trim().len() - 1);
        prop_assert!(Claims::verify(&changed, &secret(), before()).is_err(), "{}", changed);
    }

    #[test]
    fn what_is_signed_is_read_back(user_id in "\\PC{1,40}", email in "\\PC{0,40}") {
        let token = MessengerToken::new(&*user_id, expiry()).email(&*email).sign(&secret()).unwrap();
        let claims = Claims::verify(&token, &secret(), before()).unwrap();
        prop_assert_eq!(claims.user_id(), user_id);
        prop_assert_eq!(claims.get("email").unwrap(), &email);
    }

    #[test]
    fn foreign_text_is_never_a_token(text in "\\PC{0,200}") {
        prop_assert!(Claims::verify(&text, &secret(), before()).is_err());
    }
}
