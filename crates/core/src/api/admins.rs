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

use intercom_model::AdminId;
pub use intercom_model::admins::*;
use macro_rules_attribute::apply;

use crate::endpoint::endpoint;

/// The owner of the access token, with the workspace.
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
