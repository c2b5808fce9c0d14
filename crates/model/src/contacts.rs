//! Contacts: the users and leads that a workspace talks to.

use macro_rules_attribute::apply;

use crate::declare::{body, part, response};
use crate::open_enum::open_enum;
use crate::{
    ActivityId, Addressable, AdminId, AttributeValue, CompanyId, ContactId, CustomAttributes,
    EmbeddedList, JobId, ObjectType, Patch, TagId, Timestamp, WorkspaceId, null,
};

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
pub struct Contact {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ContactId,
    pub workspace_id: Option<WorkspaceId>,
    /// The id that the workspace gave the contact in its own system.
    pub external_id: Option<String>,
    pub role: Option<Role>,
    pub email: Option<String>,
    pub email_domain: Option<String>,
    pub phone: Option<String>,
    /// The phone number as it is shown. In 2.11, and in Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formatted_phone: Option<String>,
    pub name: Option<String>,
    pub avatar: Option<ContactAvatar>,
    /// The admin who owns the contact; a number up to version 2.15.
    pub owner_id: Option<AdminId>,
    pub social_profiles: Option<SocialProfiles>,
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
    /// The language in which to talk to the contact, whatever the browser says.
    pub language_override: Option<String>,
    pub browser: Option<String>,
    pub browser_version: Option<String>,
    pub browser_language: Option<String>,
    pub os: Option<String>,
    pub location: Option<Location>,
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
    pub tags: Option<EmbeddedList<Addressable>>,
    pub notes: Option<EmbeddedList<Addressable>>,
    pub companies: Option<EmbeddedList<Addressable>>,
    pub opted_out_subscription_types: Option<EmbeddedList<Addressable>>,
    pub opted_in_subscription_types: Option<EmbeddedList<Addressable>>,
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
    /// The contacts that were merged into this one, where `include_merge_history` asked for them.
    /// From 2.16, and only on users.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merge_history: Option<Vec<MergeHistoryItem>>,
}

/// The picture of a contact.
#[apply(response)]
pub struct ContactAvatar {
    pub r#type: Option<ObjectType>,
    pub image_url: Option<String>,
}

/// Where a contact was last seen, as far as the address tells.
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
}

/// The reply to the deletion of a contact.
#[apply(response)]
pub struct ContactDeleted {
    pub r#type: Option<ObjectType>,
    pub id: Option<ContactId>,
    pub external_id: Option<String>,
    pub deleted: Option<bool>,
}

/// The reply to the archiving, or the return from the archive, of a contact.
#[apply(response)]
pub struct ContactArchived {
    pub r#type: Option<ObjectType>,
    pub id: Option<ContactId>,
    pub external_id: Option<String>,
    /// Whether the contact is in the archive now.
    pub archived: Option<bool>,
}

/// The reply to the blocking of a contact.
#[apply(response)]
pub struct ContactBlocked {
    pub r#type: Option<ObjectType>,
    pub id: Option<ContactId>,
    pub external_id: Option<String>,
    pub blocked: Option<bool>,
}

/// A contact to create. It needs an [`email`](Self::email), an [`external_id`](Self::external_id)
/// or a [`role`](Self::role).
#[apply(body)]
pub struct ContactCreate {
    /// Without one, a contact with an email or an external id is a user.
    pub role: Option<Role>,
    /// The id that the workspace gave the contact in its own system.
    pub external_id: Option<String>,
    pub email: Option<String>,
    /// With country code; it is stored in E.164 form.
    pub phone: Patch<String>,
    pub name: Patch<String>,
    /// The address of a picture.
    pub avatar: Patch<String>,
    pub signed_up_at: Patch<Timestamp>,
    pub last_seen_at: Patch<Timestamp>,
    /// The admin who owns the contact; the service wants a number up to version 2.15.
    pub owner_id: Patch<AdminId>,
    pub unsubscribed_from_emails: Patch<bool>,
    /// Whether the contact proved to own the address. From 2.16.
    pub email_verified: Patch<bool>,
    /// The language in which to talk to the contact. In Preview.
    pub language_override: Patch<String>,
    pub custom_attributes: Patch<CustomAttributes>,
}

/// What to change about a contact. What is not set stays as it is; [`Patch::Clear`] removes it.
#[apply(body)]
pub struct ContactUpdate {
    pub role: Option<Role>,
    /// The id that the workspace gave the contact in its own system.
    pub external_id: Option<String>,
    pub email: Option<String>,
    /// With country code; it is stored in E.164 form.
    pub phone: Patch<String>,
    pub name: Patch<String>,
    /// The address of a picture.
    pub avatar: Patch<String>,
    pub signed_up_at: Patch<Timestamp>,
    pub last_seen_at: Patch<Timestamp>,
    /// The admin who owns the contact; the service wants a number up to version 2.15.
    pub owner_id: Patch<AdminId>,
    pub unsubscribed_from_emails: Patch<bool>,
    /// Whether the contact proved to own the address. From 2.16.
    pub email_verified: Patch<bool>,
    /// The language in which to talk to the contact. In Preview.
    pub language_override: Patch<String>,
    /// Attributes that are not named stay as they are.
    pub custom_attributes: Patch<CustomAttributes>,
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

/// Which contact to merge into which.
#[apply(body)]
pub struct ContactMerge {
    /// The contact that goes away: a lead, or a user.
    pub from: ContactId,
    /// The contact that stays, a user.
    pub into: ContactId,
    /// Merges also contacts that share neither an email nor a phone number. From 2.16.
    pub skip_duplicate_validation: Option<bool>,
}

/// A contact that was merged into another. From 2.16.
#[apply(response)]
pub struct MergeHistoryItem {
    pub r#type: Option<ObjectType>,
    pub source_contact_id: Option<ContactId>,
    pub source_contact_role: Option<Role>,
    pub merged_at: Option<Timestamp>,
}

/// A page of the contacts that were merged into one. From 2.16.
#[apply(response)]
pub struct MergeHistoryList {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub data: Vec<MergeHistoryItem>,
    /// The cursor of the next page.
    pub next_cursor: Option<String>,
    pub has_more: Option<bool>,
}

open_enum! {
    /// The order of a list by time.
    pub enum Order {
        /// Oldest first.
        Ascending = "asc",
        /// Newest first.
        Descending = "desc",
    }
}

/// What a merge would do, or why it is refused. In Preview.
#[apply(response)]
pub struct MergePreview {
    pub allowed: Option<bool>,
    /// What the merge would do, where it is allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<MergePreviewSummary>,
    /// Why the merge is refused, where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<MergePreviewReason>>,
}

/// What a merge would change. In Preview.
#[apply(response)]
pub struct MergePreviewSummary {
    pub attribute_changes: Option<MergePreviewAttributeChanges>,
    pub reassignments: Option<MergePreviewReassignments>,
}

/// The attributes that a merge would change. In Preview.
#[apply(response)]
pub struct MergePreviewAttributeChanges {
    #[serde(deserialize_with = "null::as_default")]
    pub attributes: Vec<MergePreviewAttributeChange>,
    pub total_count: Option<u64>,
}

open_enum! {
    /// What becomes of an attribute of the contact that goes away.
    pub enum MergeOutcome {
        /// The other contact takes it over.
        Adopted = "adopted",
        /// It is lost, for the other contact has its own.
        Discarded = "discarded",
        /// The other contact has both.
        Merged = "merged",
    }
}

/// What a merge would do to an attribute. In Preview.
#[apply(response)]
pub struct MergePreviewAttributeChange {
    pub field: Option<String>,
    pub outcome: Option<MergeOutcome>,
    /// The value of the contact that goes away: as free as the attribute is.
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub from_value: AttributeValue,
    /// The value of the contact that stays.
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub into_value: AttributeValue,
    /// The value that the contact that stays would have.
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub new_into_value: AttributeValue,
}

/// How many objects a merge would move. In Preview.
#[apply(response)]
pub struct MergePreviewReassignments {
    pub conversations: Option<MergePreviewCount>,
    pub tickets: Option<MergePreviewCount>,
    pub phone_calls: Option<MergePreviewCount>,
    pub tags: Option<MergePreviewCount>,
    pub notes: Option<MergePreviewCount>,
}

/// How many objects of a kind the two contacts have. In Preview.
#[apply(response)]
pub struct MergePreviewCount {
    /// Those of the contact that goes away.
    pub from: Option<u64>,
    /// Those of the contact that stays.
    pub into: Option<u64>,
}

/// A reason for which a merge is refused. In Preview.
#[apply(response)]
pub struct MergePreviewReason {
    pub code: Option<String>,
    pub message: Option<String>,
}

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

/// A company to attach to a contact.
#[apply(body)]
pub struct CompanyAttach {
    /// The id that Intercom gave the company.
    pub id: CompanyId,
}

/// Contacts to create in one job. In Preview.
#[apply(body)]
pub struct BulkContactsCreate {
    pub contacts: Vec<BulkContact>,
    /// A job that is still open, to which to add the contacts.
    pub job: Option<JobReference>,
}

/// Contacts to change in one job. In Preview.
#[apply(body)]
pub struct BulkContactsUpdate {
    /// Each is found by its `id`, its `external_id` or its `email`.
    pub contacts: Vec<BulkContact>,
    /// A job that is still open, to which to add the contacts.
    pub job: Option<JobReference>,
}

/// Contacts to delete in one job. In Preview.
#[apply(body)]
pub struct BulkContactsDelete {
    pub contacts: Vec<BulkContactDelete>,
    /// A job that is still open, to which to add the contacts.
    pub job: Option<JobReference>,
}

/// A job, named by its id.
#[apply(part)]
pub struct JobReference {
    pub id: JobId,
}

/// A contact of a bulk job, to be created or changed. In Preview.
#[apply(part)]
pub struct BulkContact {
    /// Which contact to change; not for contacts to create.
    pub id: Option<ContactId>,
    pub external_id: Option<String>,
    pub email: Option<String>,
    pub role: Option<Role>,
    pub name: Option<String>,
    /// With country code; it is stored in E.164 form.
    pub phone: Option<String>,
    /// The address of a picture.
    pub avatar: Option<String>,
    pub owner_id: Option<AdminId>,
    pub signed_up_at: Option<Timestamp>,
    pub last_seen_at: Option<Timestamp>,
    pub language_override: Option<String>,
    pub unsubscribed_from_emails: Option<bool>,
    pub custom_attributes: Option<CustomAttributes>,
    pub companies: Option<Vec<BulkContactCompany>>,
    pub tags: Option<BulkContactTags>,
}

/// A company of a contact of a bulk job. In Preview.
#[apply(part)]
pub struct BulkContactCompany {
    /// The id that the workspace gave the company in its own system.
    pub company_id: Option<String>,
    pub name: Option<String>,
    /// Detaches the company instead. Only for contacts to change.
    pub remove: Option<bool>,
}

/// The tags to put on a contact of a bulk job, and to take away. In Preview.
#[apply(part)]
pub struct BulkContactTags {
    pub add: Option<Vec<TagReference>>,
    /// Only for contacts to change.
    pub remove: Option<Vec<TagReference>>,
}

/// A tag, named by its id.
#[apply(part)]
pub struct TagReference {
    pub id: TagId,
}

/// A contact of a bulk job, to be deleted. In Preview.
#[apply(part)]
pub struct BulkContactDelete {
    pub id: ContactId,
}

open_enum! {
    /// How far a bulk job is.
    pub enum BulkJobState {
        Completed = "completed",
        CompletedWithErrors = "completed_with_errors",
        Pending = "pending",
        Running = "running",
    }
}

/// A job that works on many contacts. In Preview.
#[apply(response)]
pub struct ContactsBulkJob {
    pub r#type: Option<ObjectType>,
    pub id: Option<JobId>,
    /// Where to see the job, relative to the API's address.
    pub url: Option<String>,
    pub state: Option<BulkJobState>,
    #[serde(deserialize_with = "null::as_default")]
    pub tasks: Vec<BulkJobTask>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
}

/// A part of a bulk job. In Preview.
#[apply(response)]
pub struct BulkJobTask {
    pub id: Option<JobId>,
    pub item_count: Option<u64>,
    pub state: Option<BulkJobState>,
    pub created_at: Option<Timestamp>,
    pub started_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
}
