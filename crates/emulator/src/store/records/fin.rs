//! What programs ask of Fin, and what Fin has to answer with.

use intercom_core::model::{ConversationId, Timestamp};
use serde::{Deserialize, Serialize};

/// A conversation that a program has with Fin.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FinSession {
    pub(crate) conversation: ConversationId,
    /// The time of the last message, as the program sent it.
    pub(crate) last_message: Option<Timestamp>,
}

/// A procedure of Fin that can be run through the API.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FinProcedure {
    pub(crate) name: String,
    pub(crate) description: String,
}
