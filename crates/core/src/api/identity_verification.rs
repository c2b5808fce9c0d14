//! Identity verification secrets, with which a workspace signs the identity of its users.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::identity_verification::{self, IdentityVerificationSecretCreate};
//! use intercom_core::{ApiVersion, CallOptions};
//!
//! let intercom = intercom.with_options(CallOptions::new().version(ApiVersion::Preview));
//! let secret = IdentityVerificationSecretCreate::new("Web").supports_web(true);
//! let created = intercom.call(&identity_verification::Create::new(secret)).await?;
//! assert!(created.secret.is_some());
//! # Ok(())
//! # }
//! ```

pub use intercom_model::identity_verification::*;
use intercom_model::{IdentityVerificationSecretId, List as ModelList};
use macro_rules_attribute::apply;

use super::declare::endpoint;
use crate::Empty;

/// Lists all secrets, without their values.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/identity-verification-secrets/listidentityverificationsecrets)
#[apply(endpoint)]
#[spec(GET "/secure_mode_secrets" -> ModelList<IdentityVerificationSecret>; since Preview)]
pub struct List {}

/// Creates a secret.
///
/// No other reply contains its value.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/identity-verification-secrets/createidentityverificationsecret)
#[apply(endpoint)]
#[spec(POST "/secure_mode_secrets" -> IdentityVerificationSecret; since Preview)]
pub struct Create {
    pub body: IdentityVerificationSecretCreate,
}

/// Deletes a secret.
///
/// Signatures made with it are no longer valid.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/identity-verification-secrets/deleteidentityverificationsecret)
#[apply(endpoint)]
#[spec(DELETE "/secure_mode_secrets/{secret_id}" => Empty; since Preview)]
pub struct Delete {
    #[path]
    pub secret_id: IdentityVerificationSecretId,
}
