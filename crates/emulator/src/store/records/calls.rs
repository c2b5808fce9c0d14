//! Calls, by phone and through Fin Voice.

use intercom_core::api::fin_voice::FinVoiceCall;
use intercom_core::model::Timestamp;
use serde::{Deserialize, Serialize};

use crate::store::progress::Progress;

/// A call that Fin takes for another phone system.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FinVoiceRecord {
    pub(crate) call: FinVoiceCall,
    pub(crate) created_at: Timestamp,
    pub(crate) progress: Progress,
}
