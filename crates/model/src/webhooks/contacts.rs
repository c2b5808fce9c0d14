//! Contacts and companies.

use macro_rules_attribute::apply;

use crate::companies::Company;
use crate::contacts::Contact;
use crate::subscription_types::SubscriptionType;
use crate::tags::Tag;
use crate::vocabulary::declare::response;
use crate::{CompanyId, List, ObjectType, Timestamp};

/// A contact that was attached to a company or detached from it.
#[apply(response)]
pub struct CompanyContact {
    pub company: Option<Box<Company>>,
    pub contact: Option<Box<Contact>>,
}

/// A tag that was added to a contact or removed from it.
#[apply(response)]
pub struct ContactTag {
    pub r#type: Option<ObjectType>,
    /// When the tag was added or removed. Up to 1.4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    pub tag: Option<Tag>,
    /// The contact, with the tags that it has after the change.
    pub contact: Option<Box<Contact>>,
}

/// A contact that subscribed or unsubscribed.
#[apply(response)]
pub struct ContactSubscription {
    pub r#type: Option<ObjectType>,
    pub contact: Option<Box<Contact>>,
    /// The subscription types that changed. Empty for a change that covers all of them.
    pub subscription_types: Option<List<SubscriptionType>>,
    pub created_at: Option<Timestamp>,
}

/// The id of a company that was deleted.
#[apply(response)]
pub struct CompanyDeleted {
    pub r#type: Option<ObjectType>,
    pub id: Option<CompanyId>,
    pub deleted: Option<bool>,
}
