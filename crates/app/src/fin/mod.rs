//! The Fin agent: its webhooks, and the stream of its events.
//!
//! Fin reports by webhook, as server-sent events, or both. A [`Receiver`] verifies webhooks. With the
//! feature `client`, `Events` and `blocking::Events` read the stream at the `sse_subscription_url` that
//! `fin_agent::Start` and `fin_agent::Reply` return.
//!
//! ```
//! use http::Request;
//! use intercom_app::Reply;
//! use intercom_app::fin::{FinEventName, Receiver};
//!
//! fn webhook(receiver: &Receiver, request: &Request<Vec<u8>>) -> Result<(), Reply> {
//!     let (method, headers) = (request.method(), request.headers());
//!     let event = receiver.receive(method, headers, request.body().clone())?;
//!     if event.event_name == Some(FinEventName::Replied) {
//!         let body = event.message.as_ref().and_then(|message| message.body.as_deref());
//!         println!("{:?}: {body:?}", event.conversation_id);
//!     }
//!     Ok(())
//! }
//! ```

#[cfg(feature = "axum")]
mod axum;
#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub mod blocking;
#[cfg(feature = "client")]
mod error;
#[cfg(feature = "client")]
mod events;
#[cfg(feature = "client")]
mod parser;
mod receiver;
#[cfg(feature = "client")]
mod subscription;

pub use intercom_model::fin_agent::{
    FinCsatOption, FinCsatSurvey, FinEvent, FinEventName, FinReplyMessage, FinStatus,
};

#[cfg(feature = "client")]
pub use self::error::EventsError;
#[cfg(feature = "client")]
pub use self::events::Events;
pub use self::receiver::{Receiver, sign};
