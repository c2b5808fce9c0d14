//! What happened to contacts.

use macro_rules_attribute::apply;

use super::Role;
use crate::vocabulary::declare::response;
use crate::vocabulary::open_enum::open_enum;
use crate::{ActivityId, ContactId, ObjectType, Timestamp};

open_enum! {
    /// What happened to a contact.
    pub enum ContactActivityType {
        Created = "contact.created",
        Deleted = "contact.deleted",
        MergeFailed = "contact.merge_failed",
        Merged = "contact.merged",
        RoleUpdated = "contact.role_updated",
    }
}

/// Something that happened to a contact. In Preview.
#[apply(response)]
pub struct ContactActivity {
    pub r#type: Option<ObjectType>,
    pub id: Option<ActivityId>,
    pub event_type: Option<ContactActivityType>,
    pub contact_id: Option<ContactId>,
    pub external_id: Option<String>,
    pub role: Option<Role>,
    /// The contact that went away in a merge.
    pub merge_source_id: Option<ContactId>,
    /// The contact that stayed in a merge.
    pub merge_target_id: Option<ContactId>,
    pub failure_reason: Option<String>,
    pub created_at: Option<Timestamp>,
}
