//! Calls: by phone and in the Messenger, with admins. From 2.14.
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

/// All calls.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/listcalls)
#[apply(endpoint)]
#[spec(GET "/calls" -> ModelList<Call>; since V2_14)]
#[paged(data [Call] by page)]
pub struct List {
    /// The number of the page, from 1.
    #[query]
    pub page: Option<u32>,
    /// How many calls a page has: 25 by default and at most.
    #[query]
    pub per_page: Option<u32>,
}

/// One call.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/showcall)
#[apply(endpoint)]
#[spec(GET "/calls/{call_id}" -> Call; since V2_14)]
pub struct Get {
    #[path]
    pub call_id: CallId,
}

/// Where the recording of a call is, by a redirect to an address that is valid for a while.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/showcallrecording)
#[apply(endpoint)]
#[spec(GET "/calls/{call_id}/recording" => Redirect; since V2_14)]
pub struct GetRecording {
    #[path]
    pub call_id: CallId,
}

/// What was said in a call, as text.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/showcalltranscript)
#[apply(endpoint)]
#[spec(GET "/calls/{call_id}/transcript" => String; since V2_14)]
pub struct GetTranscript {
    #[path]
    pub call_id: CallId,
}

/// The calls of up to 20 conversations, with what was said. None, and more, are refused with 400
/// (`conversation_id_limit_exceeded`).
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/listcallswithtranscripts)
#[apply(endpoint)]
#[spec(POST "/calls/search" -> ModelList<Call>; since V2_14, idempotent)]
pub struct Search {
    pub body: CallSearch,
}
