//! Away status reasons, which admins can choose when they are away.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::admins::{self, AwayMode};
//! use intercom_core::api::away_status_reasons;
//!
//! let reasons = intercom.call(&away_status_reasons::List::new()).await?;
//! if let Some(lunch) = reasons.data.iter().find(|reason| reason.label.as_deref() == Some("Lunch")) {
//!     let away = AwayMode::new(true, false).away_status_reason_id(&lunch.id);
//!     intercom.call(&admins::SetAway::new("991267460", away)).await?;
//! }
//! # Ok(())
//! # }
//! ```

use intercom_model::List as ModelList;
pub use intercom_model::away_status_reasons::*;
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all reasons, including those that were deleted.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/away-status-reasons/listawaystatusreasons)
#[apply(endpoint)]
#[spec(GET "/away_status_reasons" -> ModelList<AwayStatusReason>; since V2_14)]
pub struct List {}
