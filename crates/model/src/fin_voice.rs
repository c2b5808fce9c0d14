//! Fin Voice: calls that Fin takes for another telephone system.

use std::collections::BTreeMap;

use macro_rules_attribute::apply;

use crate::json::null;
use crate::vocabulary::declare::{body, response};
use crate::vocabulary::open_enum::open_enum;
use crate::{AttributeValue, CallId, ConversationId, FinVoiceCallId, Patch, WorkspaceId};

open_enum! {
    /// The telephone system from which a call comes.
    pub enum FinVoiceSource {
        AwsConnect = "aws_connect",
        Five9 = "five9",
        ZoomPhone = "zoom_phone",
    }
}

/// A call that Fin takes, or took. From 2.15.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/ai_call_response)
#[apply(response)]
pub struct FinVoiceCall {
    #[serde(deserialize_with = "null::as_default")]
    pub id: FinVoiceCallId,
    pub app_id: Option<WorkspaceId>,
    pub user_phone_number: Option<String>,
    /// `registered`, `in-progress`, or how the call was resolved.
    pub status: Option<String>,
    /// What Fin understood the caller to want. Its fields are not described.
    #[serde(deserialize_with = "null::as_default")]
    pub intent: Vec<BTreeMap<String, AttributeValue>>,
    /// The id of the call in the other telephone system.
    pub external_call_id: Option<String>,
    /// `None` until the call is matched.
    pub intercom_call_id: Option<CallId>,
    /// `None` until a conversation began.
    pub intercom_conversation_id: Option<ConversationId>,
    /// What was said. Its fields are not described.
    #[serde(deserialize_with = "null::as_default")]
    pub call_transcript: Vec<BTreeMap<String, AttributeValue>>,
    /// Its first 256 characters; empty if there is none.
    pub call_summary: Option<String>,
}

/// A call that Fin is about to take. From 2.15.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/register_fin_voice_call_request)
#[apply(body)]
pub struct FinVoiceCallRegister {
    /// Of the caller, in E.164 form.
    pub phone_number: String,
    /// The id of the call in the other telephone system.
    pub call_id: String,
    /// If omitted, [`FinVoiceSource::AwsConnect`].
    pub source: Option<FinVoiceSource>,
    /// More about it, as free as the other system is.
    pub data: Patch<BTreeMap<String, AttributeValue>>,
}
