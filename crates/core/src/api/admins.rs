//! Admins, the teammates of a workspace.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::admins;
//!
//! let me = intercom.call(&admins::Me::new()).await?;
//! println!("{:?} of {:?}", me.email, me.app.as_ref().and_then(|app| app.name.as_ref()));
//! # Ok(())
//! # }
//! ```

pub use intercom_model::activity_logs::*;
pub use intercom_model::admins::*;
use intercom_model::{AdminId, Timestamp};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Returns the admin who owns the access token, with the workspace.
///
/// If you sign people in with it, refuse anyone whose `email_verified` is not `true`: they may not
/// be who they claim to be.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/admins/identifyadmin)
#[apply(endpoint)]
#[spec(GET "/me" -> Admin; since V2_7)]
pub struct Me {}

/// Lists all admins of the workspace.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/admins/listadmins)
#[apply(endpoint)]
#[spec(GET "/admins" -> AdminList; since V2_7)]
pub struct List {
    /// Includes the avatar of each admin.
    #[query]
    pub display_avatar: Option<bool>,
}

/// Returns an admin by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/admins/retrieveadmin)
#[apply(endpoint)]
#[spec(GET "/admins/{admin_id}" -> Admin; since V2_7)]
pub struct Get {
    #[path]
    pub admin_id: AdminId,
}

/// Sets whether an admin is away.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/admins/setawayadmin)
#[apply(endpoint)]
#[spec(PUT "/admins/{admin_id}/away" -> Admin; since V2_7)]
pub struct SetAway {
    #[path]
    pub admin_id: AdminId,
    pub body: AwayMode,
}

/// Lists what admins did in the workspace.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/admins/listactivitylogs)
#[apply(endpoint)]
#[spec(GET "/admins/activity_logs" -> ActivityLogList; since V2_7)]
#[paged(activity_logs [ActivityLog] by page)]
pub struct ListActivityLogs {
    /// The start of the time range.
    #[query]
    pub created_at_after: Timestamp,
    /// Sets the end of the time range: now by default.
    #[query]
    pub created_at_before: Option<Timestamp>,
    /// Selects a page by its number, counting from 1. Undocumented, though replies are paged.
    #[query]
    pub page: Option<u32>,
}

/// Lists what admins did in the workspace, filtered by event type.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/admins/searchactivitylogs)
#[apply(endpoint)]
#[spec(POST "/admins/activity_logs/search" -> ActivityLogList; since V2_16, idempotent)]
#[paged(activity_logs [ActivityLog] by page in body)]
pub struct SearchActivityLogs {
    pub body: ActivityLogSearch,
}

/// Lists the event types that activity logs can be filtered by.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/admins/listactivitylogeventtypes)
#[apply(endpoint)]
#[spec(GET "/admins/activity_log_event_types" -> ActivityLogEventTypeList; since V2_16)]
pub struct ListActivityLogEventTypes {}
