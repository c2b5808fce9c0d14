//! Contacts: the users and leads that a workspace talks to.

mod activity;
mod bulk;
mod merge;

use macro_rules_attribute::apply;

use crate::json::null;
use crate::vocabulary::declare::{body, response};
use crate::vocabulary::open_enum::open_enum;
use crate::{
    Addressable, AdminId, Avatar, CompanyId, ContactId, CustomAttributes, EmbeddedList, ObjectType,
    Patch, Timestamp, WorkspaceId,
};

pub use activity::*;
pub use bulk::*;
pub use merge::*;

open_enum! {
    /// Whether a contact is known to the workspace by an id or an address of its own (user), or only
    /// to the Messenger (lead).
    pub enum Role {
        Lead = "lead",
        User = "user",
        /// Somebody who has not yet written; see `POST /visitors/convert`.
        Visitor = "visitor",
    }
}

/// A user or a lead.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/contact)
#[apply(response)]
#[kinds("contact", "user", "lead", "visitor")]
pub struct Contact {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ContactId,
    pub workspace_id: Option<WorkspaceId>,
    /// The id of the contact in your own system.
    pub external_id: Option<String>,
    pub role: Option<Role>,
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_domain: Option<String>,
    pub phone: Option<String>,
    /// The phone number in E.164 form. In 2.11, and in Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formatted_phone: Option<String>,
    pub name: Option<String>,
    pub avatar: Option<Box<Avatar>>,
    /// The admin who owns the contact; a number up to version 2.15.
    pub owner_id: Option<AdminId>,
    pub social_profiles: Option<Box<SocialProfiles>>,
    /// Whether an email to the contact was refused for good.
    pub has_hard_bounced: Option<bool>,
    pub marked_email_as_spam: Option<bool>,
    pub unsubscribed_from_emails: Option<bool>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub signed_up_at: Option<Timestamp>,
    /// When the contact was last active, in the Messenger or by report of the workspace.
    pub last_seen_at: Option<Timestamp>,
    pub last_replied_at: Option<Timestamp>,
    pub last_contacted_at: Option<Timestamp>,
    pub last_email_opened_at: Option<Timestamp>,
    pub last_email_clicked_at: Option<Timestamp>,
    /// The language to use with the contact, regardless of the browser.
    pub language_override: Option<String>,
    pub browser: Option<String>,
    pub browser_version: Option<String>,
    pub browser_language: Option<String>,
    pub os: Option<String>,
    pub location: Option<Box<Location>>,
    pub android_app_name: Option<String>,
    pub android_app_version: Option<String>,
    pub android_device: Option<String>,
    pub android_os_version: Option<String>,
    pub android_sdk_version: Option<String>,
    pub android_last_seen_at: Option<Timestamp>,
    pub ios_app_name: Option<String>,
    pub ios_app_version: Option<String>,
    pub ios_device: Option<String>,
    pub ios_os_version: Option<String>,
    pub ios_sdk_version: Option<String>,
    pub ios_last_seen_at: Option<Timestamp>,
    #[serde(deserialize_with = "null::as_default")]
    pub custom_attributes: CustomAttributes,
    pub tags: Option<Box<EmbeddedList<Addressable>>>,
    pub notes: Option<Box<EmbeddedList<Addressable>>>,
    pub companies: Option<Box<EmbeddedList<Addressable>>>,
    pub opted_out_subscription_types: Option<Box<EmbeddedList<Addressable>>>,
    pub opted_in_subscription_types: Option<Box<EmbeddedList<Addressable>>>,
    pub utm_campaign: Option<String>,
    pub utm_content: Option<String>,
    pub utm_medium: Option<String>,
    pub utm_source: Option<String>,
    pub utm_term: Option<String>,
    /// The page from which the contact came.
    pub referrer: Option<String>,
    /// Whether push messages reach the contact's app. Only single contacts have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled_push_messaging: Option<bool>,
    /// Whether the contact agreed to receive SMS messages. Sent without being documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sms_consent: Option<bool>,
    /// Sent without being documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unsubscribed_from_sms: Option<bool>,
    /// The contacts that were merged into this one; only with `include_merge_history`.
    /// From 2.16, and only on users.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merge_history: Option<Vec<MergeHistoryItem>>,
    /// The contact that was merged into this one. Only in webhooks of the topic `contact.merged`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_from: Option<ContactReference>,
}

impl Contact {
    /// Returns the admin who owns the contact. The service writes `0` as well as `null` for nobody.
    #[must_use]
    pub fn owner(&self) -> Option<&AdminId> {
        let id = self.owner_id.as_ref();
        id.filter(|id| !id.is_nobody())
    }
}

/// The last known location of a contact, by IP address.
#[apply(response)]
pub struct Location {
    pub r#type: Option<ObjectType>,
    pub country: Option<String>,
    pub region: Option<String>,
    pub city: Option<String>,
    /// Three letters, by ISO 3166.
    pub country_code: Option<String>,
    /// Two letters, such as `EU`.
    pub continent_code: Option<String>,
}

/// The social profiles of a contact.
#[apply(response)]
#[items(data)]
pub struct SocialProfiles {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub data: Vec<SocialProfile>,
}

/// A profile of a contact on a social network.
#[apply(response)]
pub struct SocialProfile {
    pub r#type: Option<ObjectType>,
    /// The name of the network.
    pub name: Option<String>,
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
}

/// A contact, named by its ids.
#[apply(response)]
pub struct ContactReference {
    pub r#type: Option<ObjectType>,
    pub id: Option<ContactId>,
    pub external_id: Option<String>,
    /// Sent in Preview without being documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// On tickets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

/// The reply to the deletion of a contact.
#[apply(response)]
pub struct ContactDeleted {
    pub r#type: Option<ObjectType>,
    pub id: Option<ContactId>,
    pub external_id: Option<String>,
    pub deleted: Option<bool>,
    /// Sent in place of `type` up to 2.9.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<ObjectType>,
}

/// The reply to the archiving, or the return from the archive, of a contact.
#[apply(response)]
pub struct ContactArchived {
    pub r#type: Option<ObjectType>,
    pub id: Option<ContactId>,
    pub external_id: Option<String>,
    /// Whether the contact is in the archive now.
    pub archived: Option<bool>,
    /// Sent in place of `type` up to 2.9.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<ObjectType>,
}

/// The reply to the blocking of a contact.
#[apply(response)]
pub struct ContactBlocked {
    pub r#type: Option<ObjectType>,
    pub id: Option<ContactId>,
    pub external_id: Option<String>,
    pub blocked: Option<bool>,
}

/// A body with what can be said of every contact, beside its own fields.
macro_rules! contact {
    ( $(#[$meta:meta])* pub struct $Name:ident { $($fields:tt)* } ) => {
        $crate::vocabulary::declare::body! {
            $(#[$meta])*
            pub struct $Name {
                $($fields)*
                /// The id of the contact in your own system.
                pub external_id: Option<String>,
                pub email: Option<String>,
                /// The phone number with country code; stored in E.164 form.
                pub phone: Patch<String>,
                pub name: Patch<String>,
                /// The URL of a picture.
                pub avatar: Patch<String>,
                pub signed_up_at: Patch<Timestamp>,
                pub last_seen_at: Patch<Timestamp>,
                /// The admin who owns the contact; described as a number up to version 2.15.
                pub owner_id: Patch<AdminId>,
                pub unsubscribed_from_emails: Patch<bool>,
                /// Whether the contact proved to own the address. Without an `email` beside it, it is
                /// refused with 400. From 2.16.
                pub email_verified: Patch<bool>,
                /// The language to use with the contact: two letters, by ISO 639-1. One that
                /// Intercom does not have is taken as none. In Preview.
                pub language_override: Patch<String>,
                /// Attributes that are not named keep their values.
                pub custom_attributes: Patch<CustomAttributes>,
            }
        }
    };
}

/// A contact to create. It needs an [`email`](Self::email), an [`external_id`](Self::external_id)
/// or a [`role`](Self::role).
#[apply(contact)]
pub struct ContactCreate {
    /// If omitted, a contact with an email or an external id is a user.
    pub role: Option<Role>,
}

/// Changes to a contact. Fields that are not set keep their values; [`Patch::Clear`] removes a
/// value.
#[apply(contact)]
pub struct ContactUpdate {
    pub role: Option<Role>,
}

/// Makes a contact that exists what it would have been created as.
impl From<ContactCreate> for ContactUpdate {
    fn from(contact: ContactCreate) -> Self {
        Self {
            role: contact.role,
            external_id: contact.external_id,
            email: contact.email,
            phone: contact.phone,
            name: contact.name,
            avatar: contact.avatar,
            signed_up_at: contact.signed_up_at,
            last_seen_at: contact.last_seen_at,
            owner_id: contact.owner_id,
            unsubscribed_from_emails: contact.unsubscribed_from_emails,
            email_verified: contact.email_verified,
            language_override: contact.language_override,
            custom_attributes: contact.custom_attributes,
            extra: contact.extra,
        }
    }
}

/// A company to attach to a contact.
#[apply(body)]
pub struct CompanyAttach {
    /// The id that Intercom gave the company.
    pub id: CompanyId,
}
