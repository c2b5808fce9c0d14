//! Calls: by phone and in the Messenger, with admins.

use macro_rules_attribute::apply;

use crate::json::{null, number};
use crate::vocabulary::declare::{body, response};
use crate::vocabulary::open_enum::open_enum;
use crate::{AdminId, CallId, ContactId, ConversationId, ObjectType, Timestamp};

open_enum! {
    /// Who called.
    pub enum CallDirection {
        /// The contact.
        Inbound = "inbound",
        /// The workspace.
        Outbound = "outbound",
    }
}

/// A call. From 2.14.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/call)
#[apply(response)]
pub struct Call {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: CallId,
    pub conversation_id: Option<ConversationId>,
    pub admin_id: Option<AdminId>,
    pub contact_id: Option<ContactId>,
    /// Such as `completed`.
    pub state: Option<String>,
    pub initiated_at: Option<Timestamp>,
    pub answered_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// The URL of the recording; see `calls::GetRecording`.
    pub recording_url: Option<String>,
    /// The URL of the transcript; see `calls::GetTranscript`.
    pub transcription_url: Option<String>,
    /// Such as `phone`.
    pub call_type: Option<String>,
    pub direction: Option<CallDirection>,
    /// Such as `answered`.
    pub ended_reason: Option<String>,
    /// With country code, in E.164 form.
    pub phone: Option<String>,
    /// The URL of the recording of Fin's part.
    pub fin_recording_url: Option<String>,
    /// The URL of the transcript of Fin's part.
    pub fin_transcription_url: Option<String>,
    /// In seconds. Counts from initiation for an inbound call, and from the answer for an outbound
    /// one. In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub duration: Option<u64>,
    /// For how many seconds they were connected. In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub talk_time: Option<u64>,
    /// For how many seconds the caller waited to be connected to a team. In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub queue_time: Option<u64>,
    /// For how many seconds the caller was on hold. In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub hold_time: Option<u64>,
    /// What was said. Only the search for calls has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transcript: Option<Vec<TranscriptEntry>>,
    /// Such as `completed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transcript_status: Option<String>,
}

/// Something that was said. Its fields are not described, and are kept as they came.
pub type TranscriptEntry = std::collections::BTreeMap<String, crate::AttributeValue>;

/// The conversations whose calls to find.
#[apply(body)]
pub struct CallSearch {
    /// From 1 to 20.
    pub conversation_ids: Vec<ConversationId>,
}
