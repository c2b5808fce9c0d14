//! Help Centers, with the collections and sections of their articles, and their redirects.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::help_center::{self, CollectionCreate, GroupContent};
//! use intercom_core::model::{Locale, Translations};
//!
//! let german = GroupContent::new().name("Abrechnung");
//! let billing = CollectionCreate::new("Billing").translated_content(Translations::from([(Locale::German, german)]));
//! let billing = intercom.call(&help_center::CreateCollection::new(billing)).await?;
//! println!("{:?}", billing.url);
//! # Ok(())
//! # }
//! ```

pub use intercom_model::help_center::*;
use intercom_model::{
    CollectionId, Deleted, HelpCenterId, List as ModelList, RedirectId, SectionId,
};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all collections, most recently updated first.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/help-center/listallcollections)
#[apply(endpoint)]
#[spec(GET "/help_center/collections" -> ModelList<Collection>; since V2_7)]
#[paged(data [Collection] by page)]
pub struct ListCollections {
    /// Selects a page by its number, counting from 1. Documented only in 2.11.
    #[query]
    pub page: Option<u32>,
    /// Limits how many collections a page has. Documented only in 2.11.
    #[query]
    pub per_page: Option<u32>,
}

/// Returns a collection by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/help-center/retrievecollection)
#[apply(endpoint)]
#[spec(GET "/help_center/collections/{collection_id}" -> Collection; since V2_7)]
pub struct GetCollection {
    #[path]
    pub collection_id: CollectionId,
}

/// Creates a collection.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/help-center/createcollection)
#[apply(endpoint)]
#[spec(POST "/help_center/collections" -> Collection; since V2_7)]
pub struct CreateCollection {
    pub body: CollectionCreate,
}

/// Updates a collection.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/help-center/updatecollection)
#[apply(endpoint)]
#[spec(PUT "/help_center/collections/{collection_id}" -> Collection; since V2_7)]
pub struct UpdateCollection {
    #[path]
    pub collection_id: CollectionId,
    pub body: CollectionUpdate,
}

/// Deletes a collection.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/help-center/deletecollection)
#[apply(endpoint)]
#[spec(DELETE "/help_center/collections/{collection_id}" -> Deleted<CollectionId>; since V2_7)]
pub struct DeleteCollection {
    #[path]
    pub collection_id: CollectionId,
}

/// Lists all Help Centers of the workspace.
///
/// Replies do not say whether there is another page.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/help-center/listhelpcenters)
#[apply(endpoint)]
#[spec(GET "/help_center/help_centers" -> ModelList<HelpCenter>; since V2_7)]
pub struct ListHelpCenters {
    /// Selects a page by its number, counting from 1. Documented only in 2.11.
    #[query]
    pub page: Option<u32>,
    /// Limits how many Help Centers a page has. Documented only in 2.11.
    #[query]
    pub per_page: Option<u32>,
}

/// Returns a Help Center by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/help-center/retrievehelpcenter)
#[apply(endpoint)]
#[spec(GET "/help_center/help_centers/{help_center_id}" -> HelpCenter; since V2_7)]
pub struct GetHelpCenter {
    #[path]
    pub help_center_id: HelpCenterId,
}

/// Lists the redirects of a Help Center, most recently updated first.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/help-center/listhelpcenterredirects)
#[apply(endpoint)]
#[spec(GET "/help_center/help_centers/{help_center_id}/redirects" -> ModelList<HelpCenterRedirect>; since V2_16)]
#[paged(data [HelpCenterRedirect] by page)]
pub struct ListRedirects {
    #[path]
    pub help_center_id: HelpCenterId,
    /// Selects a page by its number, counting from 1.
    #[query]
    pub page: Option<u32>,
    /// Limits how many redirects a page has: 50 by default, 250 at most.
    #[query]
    pub per_page: Option<u32>,
}

/// Returns a redirect by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/help-center/retrievehelpcenterredirect)
#[apply(endpoint)]
#[spec(GET "/help_center/help_centers/{help_center_id}/redirects/{redirect_id}" -> HelpCenterRedirect; since V2_16)]
pub struct GetRedirect {
    #[path]
    pub help_center_id: HelpCenterId,
    #[path]
    pub redirect_id: RedirectId,
}

/// Creates a redirect from an old URL to an article or a collection.
///
/// Fails with 409 and [`ErrorCode::ResourceConflict`](intercom_model::ErrorCode::ResourceConflict)
/// if the URL already has a redirect, and with 422 if the URL does not belong to the Help Center.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/help-center/createhelpcenterredirect)
#[apply(endpoint)]
#[spec(POST "/help_center/help_centers/{help_center_id}/redirects" -> HelpCenterRedirect; since V2_16)]
pub struct CreateRedirect {
    #[path]
    pub help_center_id: HelpCenterId,
    pub body: HelpCenterRedirectCreate,
}

/// Deletes a redirect.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/help-center/deletehelpcenterredirect)
#[apply(endpoint)]
#[spec(DELETE "/help_center/help_centers/{help_center_id}/redirects/{redirect_id}" -> Deleted<RedirectId>; since V2_16)]
pub struct DeleteRedirect {
    #[path]
    pub help_center_id: HelpCenterId,
    #[path]
    pub redirect_id: RedirectId,
}

/// Lists all sections, most recently updated first.
///
/// [Reference](https://developers.intercom.com/docs/references/2.9/rest-api/api.intercom.io/help-center/listallsections)
#[apply(endpoint)]
#[spec(GET "/help_center/sections" -> ModelList<Section>; since V2_7 until V2_9)]
#[paged(data [Section] by page)]
pub struct ListSections {
    /// Selects a page by its number, counting from 1. Undocumented, though replies are paged.
    #[query]
    pub page: Option<u32>,
}

/// Returns a section by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/2.9/rest-api/api.intercom.io/help-center/retrievesection)
#[apply(endpoint)]
#[spec(GET "/help_center/sections/{section_id}" -> Section; since V2_7 until V2_9)]
pub struct GetSection {
    #[path]
    pub section_id: SectionId,
}

/// Creates a section.
///
/// [Reference](https://developers.intercom.com/docs/references/2.9/rest-api/api.intercom.io/help-center/createsection)
#[apply(endpoint)]
#[spec(POST "/help_center/sections" -> Section; since V2_7 until V2_9)]
pub struct CreateSection {
    pub body: SectionCreate,
}

/// Updates a section.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/2.9/rest-api/api.intercom.io/help-center/updatesection)
#[apply(endpoint)]
#[spec(PUT "/help_center/sections/{section_id}" -> Section; since V2_7 until V2_9)]
pub struct UpdateSection {
    #[path]
    pub section_id: SectionId,
    pub body: SectionUpdate,
}

/// Deletes a section.
///
/// [Reference](https://developers.intercom.com/docs/references/2.9/rest-api/api.intercom.io/help-center/deletesection)
#[apply(endpoint)]
#[spec(DELETE "/help_center/sections/{section_id}" -> Deleted<SectionId>; since V2_7 until V2_9)]
pub struct DeleteSection {
    #[path]
    pub section_id: SectionId,
}
