//! Merging contacts.

use macro_rules_attribute::apply;
use serde::{Deserialize, Serialize};

use super::Role;
use crate::json::{null, number};
use crate::vocabulary::declare::{body, response};
use crate::vocabulary::open_enum::open_enum;
use crate::{AttributeValue, ContactId, ObjectType, Timestamp};

/// Which contact to merge into which.
#[apply(body)]
pub struct ContactMerge {
    /// The contact that goes away, a lead.
    pub from: ContactId,
    /// The contact that stays, a user.
    pub into: ContactId,
    /// Merges also contacts that share neither an email nor a phone number. From 2.16.
    pub skip_duplicate_validation: Option<bool>,
}

/// A contact that was merged into another. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/merge_history_item)
#[apply(response)]
pub struct MergeHistoryItem {
    pub r#type: Option<ObjectType>,
    pub source_contact_id: Option<ContactId>,
    pub source_contact_role: Option<Role>,
    pub merged_at: Option<Timestamp>,
}

/// A page of the contacts that were merged into one. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/merge_history_list)
#[apply(response)]
#[items(data)]
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
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/models/merge_preview_response)
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(from = "wire::MergePreview", into = "wire::MergePreview")]
#[non_exhaustive]
pub enum MergePreview {
    /// The merge is allowed, and would do this.
    Allowed(MergePreviewSummary),
    /// The merge is refused, or not said to be allowed.
    Blocked(Vec<MergePreviewReason>),
}

/// All fields in one object, as they are sent.
#[allow(unreachable_pub, reason = "the macro makes types public")]
mod wire {
    use super::{MergePreviewReason, MergePreviewSummary, apply, response};

    #[apply(response)]
    pub struct MergePreview {
        pub allowed: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub summary: Option<MergePreviewSummary>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub reasons: Option<Vec<MergePreviewReason>>,
    }
}

impl From<wire::MergePreview> for MergePreview {
    fn from(preview: wire::MergePreview) -> Self {
        match (preview.summary, preview.reasons) {
            (_, Some(reasons)) if !reasons.is_empty() => Self::Blocked(reasons),
            (Some(summary), _) if preview.allowed != Some(false) => Self::Allowed(summary),
            (None, _) if preview.allowed == Some(true) => Self::Allowed(Default::default()),
            _ => Self::Blocked(Vec::new()),
        }
    }
}

impl From<MergePreview> for wire::MergePreview {
    fn from(preview: MergePreview) -> Self {
        match preview {
            MergePreview::Allowed(summary) => Self {
                allowed: Some(true),
                summary: Some(summary),
                reasons: None,
            },
            MergePreview::Blocked(reasons) => Self {
                allowed: Some(false),
                summary: None,
                reasons: Some(reasons),
            },
        }
    }
}

#[cfg(feature = "proptest")]
impl proptest::arbitrary::Arbitrary for MergePreview {
    type Parameters = ();
    type Strategy = proptest::strategy::BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        use proptest::prelude::*;
        any::<wire::MergePreview>()
            .prop_map(|preview| match Self::from(preview) {
                // Without a reason, only `allowed` tells that it is blocked.
                Self::Blocked(reasons) if reasons.is_empty() => {
                    Self::Blocked(vec![MergePreviewReason::default()])
                }
                preview => preview,
            })
            .boxed()
    }
}

/// What a merge would change. In Preview.
#[apply(response)]
pub struct MergePreviewSummary {
    pub attribute_changes: Option<MergePreviewAttributeChanges>,
    pub reassignments: Option<MergePreviewReassignments>,
}

/// The attributes that a merge would change. In Preview.
#[apply(response)]
#[items(attributes)]
pub struct MergePreviewAttributeChanges {
    #[serde(deserialize_with = "null::as_default")]
    pub attributes: Vec<MergePreviewAttributeChange>,
    #[serde(deserialize_with = "number::any_form")]
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
    #[serde(deserialize_with = "number::any_form")]
    pub from: Option<u64>,
    /// Those of the contact that stays.
    #[serde(deserialize_with = "number::any_form")]
    pub into: Option<u64>,
}

open_enum! {
    /// Why a merge is refused.
    pub enum MergePreviewReasonCode {
        /// The lead is of another channel, and not to be merged.
        ExternalLeadChannelNotAllowed = "external_lead_channel_not_allowed",
        FacebookUser = "facebook_user",
        /// A lead goes away, and a user stays; these are otherwise.
        InvalidMergeRolePair = "invalid_merge_role_pair",
        /// The contact comes from a mailing list.
        MailingList = "mailing_list",
        /// The two share nothing that tells that they are one; `skip_duplicate_validation` allows it.
        NoSharedIdentifier = "no_shared_identifier",
    }
}

/// A reason for which a merge is refused. In Preview.
#[apply(response)]
pub struct MergePreviewReason {
    pub code: Option<MergePreviewReasonCode>,
    /// The same in words, which may change.
    pub message: Option<String>,
}
