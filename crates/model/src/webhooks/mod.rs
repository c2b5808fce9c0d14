//! What webhooks notify of, where it is not the type that the REST API has for it.
//!
//! `intercom-app` verifies notifications and selects the type by the topic.

mod contacts;
mod content_stats;
mod conversations;
mod legacy;
mod tickets;
mod workspace;

pub use contacts::*;
pub use content_stats::*;
pub use conversations::*;
pub use legacy::*;
pub use tickets::*;
pub use workspace::*;
