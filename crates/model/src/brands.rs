//! Brands: the faces of a workspace.

use macro_rules_attribute::apply;

use crate::json::null;
use crate::vocabulary::declare::response;
use crate::{BrandId, EmailId, HelpCenterId, ObjectType, Timestamp};

/// A face of the workspace, with its own Help Center and addresses. From 2.15.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/brands/brand)
#[apply(response)]
pub struct Brand {
    pub r#type: Option<ObjectType>,
    /// That of the default brand is the id of the workspace.
    #[serde(deserialize_with = "null::as_default")]
    pub id: BrandId,
    pub name: Option<String>,
    pub is_default: Option<bool>,
    pub help_center_id: Option<HelpCenterId>,
    /// The address from which its emails are sent.
    pub default_address_settings_id: Option<EmailId>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}
