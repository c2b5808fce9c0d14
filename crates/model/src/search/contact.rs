//! The fields that contacts can be searched by.
//!
//! Up to 2.16, times are compared by calendar day in UTC; in Preview, to the second. A new contact is
//! found after some minutes, a merged one not at all.

use super::field::search_fields;
use super::{Attribute, Boolean, Date, Field, OneOf, Scope, Sortable, Text};

/// Searches for contacts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Contacts {}

impl Scope for Contacts {}
impl Sortable for Contacts {}

search_fields! {
    Contacts;
    ID: Text = "id";
    /// `user` or `lead`.
    ROLE: Text = "role";
    NAME: Text = "name";
    AVATAR: Text = "avatar";
    /// The admin who owns the contact: a number up to 2.15 and in Preview, a text in 2.16.
    OWNER_ID: Attribute = "owner_id";
    EMAIL: Text = "email";
    /// What stands behind the `@`.
    EMAIL_DOMAIN: Text = "email_domain";
    PHONE: Text = "phone";
    /// The phone number in E.164 form. From 2.16.
    FORMATTED_PHONE: Text = "formatted_phone";
    EXTERNAL_ID: Text = "external_id";
    CREATED_AT: Date = "created_at";
    SIGNED_UP_AT: Date = "signed_up_at";
    UPDATED_AT: Date = "updated_at";
    /// When the contact was last active.
    LAST_SEEN_AT: Date = "last_seen_at";
    LAST_CONTACTED_AT: Date = "last_contacted_at";
    LAST_REPLIED_AT: Date = "last_replied_at";
    LAST_EMAIL_OPENED_AT: Date = "last_email_opened_at";
    LAST_EMAIL_CLICKED_AT: Date = "last_email_clicked_at";
    LANGUAGE_OVERRIDE: Text = "language_override";
    BROWSER: Text = "browser";
    BROWSER_LANGUAGE: Text = "browser_language";
    OS: Text = "os";
    /// By the name of the country.
    LOCATION_COUNTRY: Text = "location.country";
    LOCATION_REGION: Text = "location.region";
    LOCATION_CITY: Text = "location.city";
    UNSUBSCRIBED_FROM_EMAILS: Boolean = "unsubscribed_from_emails";
    MARKED_EMAIL_AS_SPAM: Boolean = "marked_email_as_spam";
    HAS_HARD_BOUNCED: Boolean = "has_hard_bounced";
    IOS_LAST_SEEN_AT: Date = "ios_last_seen_at";
    IOS_APP_VERSION: Text = "ios_app_version";
    IOS_DEVICE: Text = "ios_device";
    IOS_APP_DEVICE: Text = "ios_app_device";
    IOS_OS_VERSION: Text = "ios_os_version";
    IOS_APP_NAME: Text = "ios_app_name";
    IOS_SDK_VERSION: Text = "ios_sdk_version";
    ANDROID_LAST_SEEN_AT: Date = "android_last_seen_at";
    ANDROID_APP_VERSION: Text = "android_app_version";
    ANDROID_DEVICE: Text = "android_device";
    ANDROID_APP_NAME: Text = "android_app_name";
    /// Spelt `andoid_sdk_version` by the service.
    ANDROID_SDK_VERSION: Text = "andoid_sdk_version";
    SEGMENT_ID: OneOf = "segment_id";
    TAG_ID: OneOf = "tag_id";
}

/// The custom attribute of this name.
#[must_use]
pub fn custom_attribute(name: &str) -> Field<Contacts, Attribute> {
    Field::named(format!("custom_attributes.{name}"))
}
