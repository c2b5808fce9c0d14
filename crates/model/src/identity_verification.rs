//! Identity verification: the secrets with which a workspace signs who its users are. In Preview.

use macro_rules_attribute::apply;

use crate::json::null;
use crate::vocabulary::declare::{body, response};
use crate::{IdentityVerificationSecretId, ObjectType, Secret, Timestamp};

/// A secret with which a workspace signs who its users are. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/identity-verification-secrets/identity_verification_secret)
#[apply(response)]
pub struct IdentityVerificationSecret {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: IdentityVerificationSecretId,
    pub name: Option<String>,
    /// The secret itself. Only the reply to its creation has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<Secret>,
    pub supports_android: Option<bool>,
    pub supports_ios: Option<bool>,
    pub supports_web: Option<bool>,
    pub created_at: Option<Timestamp>,
}

/// A secret to create, for at least one platform. In Preview.
#[apply(body)]
pub struct IdentityVerificationSecretCreate {
    pub name: String,
    pub supports_android: Option<bool>,
    pub supports_ios: Option<bool>,
    pub supports_web: Option<bool>,
}
