//! Emails: the addresses of a workspace.

use macro_rules_attribute::apply;

use crate::json::null;
use crate::vocabulary::declare::response;
use crate::{BrandId, EmailId, ObjectType, Timestamp};

/// An address from which the workspace sends emails, and which it may read. From 2.15.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/emails/email_setting)
#[apply(response)]
pub struct EmailSetting {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: EmailId,
    pub email: Option<String>,
    /// Whether the workspace proved that the address is its own.
    pub verified: Option<bool>,
    pub domain: Option<String>,
    pub brand_id: Option<BrandId>,
    /// Whether emails to the address are forwarded to Intercom.
    pub forwarding_enabled: Option<bool>,
    /// When an email was last forwarded.
    pub forwarded_email_last_received_at: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}
