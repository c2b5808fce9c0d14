//! Calls with admins, by phone and in the Messenger.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::calls;
//!
//! let transcript = intercom.call(&calls::GetTranscript::new("123")).await?;
//! println!("{}", *transcript);
//! let recording = intercom.call(&calls::GetRecording::new("123")).await?;
//! println!("download it from {}", recording.location);
//! # Ok(())
//! # }
//! ```

pub use intercom_model::calls::*;
use intercom_model::{CallId, List as ModelList};
use macro_rules_attribute::apply;

use super::declare::endpoint;
use crate::Redirect;

/// Lists all calls.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/listcalls)
#[apply(endpoint)]
#[spec(GET "/calls" -> ModelList<Call>; since V2_14)]
#[paged(data [Call] by page)]
pub struct List {
    /// Selects a page by its number, counting from 1.
    #[query]
    pub page: Option<u32>,
    /// Limits how many calls a page has: 25 by default and at most.
    #[query]
    pub per_page: Option<u32>,
}

/// Returns a call by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/showcall)
#[apply(endpoint)]
#[spec(GET "/calls/{call_id}" -> Call; since V2_14)]
pub struct Get {
    #[path]
    pub call_id: CallId,
}

/// Returns the URL of a call's recording.
///
/// The service replies with a redirect to a URL that is valid for a limited time.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/showcallrecording)
#[apply(endpoint)]
#[spec(GET "/calls/{call_id}/recording" => Redirect; since V2_14)]
pub struct GetRecording {
    #[path]
    pub call_id: CallId,
}

/// Returns the transcript of a call as text.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/showcalltranscript)
#[apply(endpoint)]
#[spec(GET "/calls/{call_id}/transcript" => String; since V2_14)]
pub struct GetTranscript {
    #[path]
    pub call_id: CallId,
}

/// Returns the calls of up to 20 conversations, with their transcripts.
///
/// Fails with 400 (`conversation_id_limit_exceeded`) if the request names no conversation, or more
/// than 20.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/listcallswithtranscripts)
#[apply(endpoint)]
#[spec(POST "/calls/search" -> ModelList<Call>; since V2_14, idempotent)]
pub struct Search {
    pub body: CallSearch,
}
