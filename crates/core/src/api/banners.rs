//! Banners that a contact sees above or below a page.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::banners;
//!
//! let contact = "6762f0d01bb69f9f2193bb7d";
//! for banner in &intercom.call(&banners::ListForContact::new(contact)).await?.data {
//!     intercom.call(&banners::Dismiss::new(contact, &banner.view_id)).await?;
//! }
//! # Ok(())
//! # }
//! ```

pub use intercom_model::banners::*;
use intercom_model::{BannerViewId, ContactId, List as ModelList};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists the banners for a contact.
///
/// Every banner in the reply counts as shown.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/banners/listcontactbanners)
#[apply(endpoint)]
#[spec(GET "/contacts/{contact_id}/banners" -> ModelList<Banner>; since V2_16, not_idempotent)]
pub struct ListForContact {
    #[path]
    pub contact_id: ContactId,
}

/// Dismisses a banner for a contact, in the Messenger too.
///
/// Dismissing a banner again is not an error.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/banners/dismisscontactbanner)
#[apply(endpoint)]
#[spec(POST "/contacts/{contact_id}/banners/{view_id}/dismiss" -> BannerDismissed; since V2_16, idempotent)]
pub struct Dismiss {
    #[path]
    pub contact_id: ContactId,
    #[path]
    pub view_id: BannerViewId,
}
