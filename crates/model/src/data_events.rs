//! Data events: what contacts did, as the workspace reports it.

use std::collections::BTreeMap;

use macro_rules_attribute::apply;

use crate::json::{null, number, object};
use crate::vocabulary::declare::{body, part, response};
use crate::{AttributeValue, ContactId, DataEventId, ObjectType, Timestamp};

/// What a contact did at some time. Name the contact by one of
/// [`id`](Self::id), [`user_id`](Self::user_id) and [`email`](Self::email).
#[apply(body)]
pub struct DataEventCreate {
    /// A verb in the past and its object, such as `placed-order`.
    pub event_name: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// The contact, by the id that the workspace gave it.
    pub user_id: Option<String>,
    /// The contact, by the id that Intercom gave it.
    pub id: Option<ContactId>,
    pub email: Option<String>,
    /// More about it: texts, numbers, dates, links and amounts.
    #[serde(deserialize_with = "object::map")]
    pub metadata: Option<BTreeMap<String, AttributeValue>>,
}

/// How often a contact did something, for events that happened before they were reported.
#[apply(body)]
pub struct DataEventSummaryCreate {
    /// The contact, by the id that the workspace gave it.
    pub user_id: Option<String>,
    pub event_summaries: Option<DataEventSummary>,
}

/// How often a contact did one thing.
#[apply(part)]
pub struct DataEventSummary {
    pub event_name: Option<String>,
    #[serde(deserialize_with = "number::any_form")]
    pub count: Option<u64>,
    /// When it happened first.
    pub first: Option<Timestamp>,
    /// When it happened last.
    pub last: Option<Timestamp>,
}

/// The events of a contact, or how often each kind happened. The `type` does not tell which: lists have
/// that of summaries too.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/data_event_summary)
#[apply(response)]
#[items(events)]
pub struct DataEventList {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub events: Vec<DataEvent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<DataEventPages>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intercom_user_id: Option<ContactId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}

/// The URLs of the previous and the next page of events.
#[apply(response)]
pub struct DataEventPages {
    /// The address of earlier events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The address of later events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
}

/// Something that a contact did, or, in a summary, how often.
#[apply(response)]
pub struct DataEvent {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ObjectType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<DataEventId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intercom_user_id: Option<ContactId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "object::map"
    )]
    pub metadata: Option<BTreeMap<String, AttributeValue>>,
    /// Only in webhooks, where it is empty.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "object::map"
    )]
    pub ext_metadata: Option<BTreeMap<String, AttributeValue>>,
    /// The name of the event, in a summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// When it happened first, in a summary.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::vocabulary::time::iso8601"
    )]
    pub first: Option<Timestamp>,
    /// When it happened last, in a summary.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::vocabulary::time::iso8601"
    )]
    pub last: Option<Timestamp>,
    /// How often it happened, in a summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub count: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}
