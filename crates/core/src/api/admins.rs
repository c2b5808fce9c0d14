//! Admins: the teammates of a workspace.
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

/// The owner of the access token, with the workspace.
///
/// Who signs people in by it must refuse those whose `email_verified` is not `true`: they may be
/// somebody else.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/admins/identifyadmin)
#[apply(endpoint)]
#[spec(GET "/me" -> Admin; since V2_7)]
pub struct Me {}

/// All admins of the workspace.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/admins/listadmins)
#[apply(endpoint)]
#[spec(GET "/admins" -> AdminList; since V2_7)]
pub struct List {
    /// Whether each admin comes with an avatar.
    #[query]
    pub display_avatar: Option<bool>,
}

/// One admin.
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

/// What admins did in the workspace.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/admins/listactivitylogs)
#[apply(endpoint)]
#[spec(GET "/admins/activity_logs" -> ActivityLogList; since V2_7)]
#[paged(activity_logs [ActivityLog] by page)]
pub struct ListActivityLogs {
    #[query]
    pub created_at_after: Timestamp,
    /// Without one, until now.
    #[query]
    pub created_at_before: Option<Timestamp>,
    /// The number of the page, from 1. No version describes it, though replies have pages.
    #[query]
    pub page: Option<u32>,
}

/// What admins did in the workspace, of certain types. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/admins/searchactivitylogs)
#[apply(endpoint)]
#[spec(POST "/admins/activity_logs/search" -> ActivityLogList; since V2_16, idempotent)]
#[paged(activity_logs [ActivityLog] by page in body)]
pub struct SearchActivityLogs {
    pub body: ActivityLogSearch,
}

/// The types by which the activity logs can be searched. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/admins/listactivitylogeventtypes)
#[apply(endpoint)]
#[spec(GET "/admins/activity_log_event_types" -> ActivityLogEventTypeList; since V2_16)]
pub struct ListActivityLogEventTypes {}
