//! Folders that organise content.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::folders::{self, FolderCreate, FolderUpdate};
//! use intercom_core::model::Patch;
//! use intercom_core::{ApiVersion, CallOptions};
//!
//! let intercom = intercom.with_options(CallOptions::new().version(ApiVersion::Preview));
//! let documentation = FolderCreate::new("Documentation").parent_folder_id(6);
//! let documentation = intercom.call(&folders::Create::new(documentation)).await?;
//!
//! let to_the_top = FolderUpdate::new().parent_folder_id(Patch::Clear);
//! intercom.call(&folders::Update::new(&documentation.id, to_the_top)).await?;
//! # Ok(())
//! # }
//! ```

pub use intercom_model::folders::*;
use intercom_model::{Deleted, FolderId, List as ModelList};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all folders, or those in one folder.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/folders/listfolders)
#[apply(endpoint)]
#[spec(GET "/folders" -> ModelList<Folder>; since Preview)]
#[paged(data [Folder] by page)]
pub struct List {
    /// Selects a page by its number, counting from 1.
    #[query]
    pub page: Option<u32>,
    /// Limits how many folders a page has: 150 at most.
    #[query]
    pub per_page: Option<u32>,
    /// Limits the list to folders directly in this one.
    #[query]
    pub parent_folder_id: Option<FolderId>,
}

/// Returns a folder by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/folders/retrievefolder)
#[apply(endpoint)]
#[spec(GET "/folders/{folder_id}" -> Folder; since Preview)]
pub struct Get {
    #[path]
    pub folder_id: FolderId,
}

/// Creates a folder.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/folders/createfolder)
#[apply(endpoint)]
#[spec(POST "/folders" -> Folder; since Preview)]
pub struct Create {
    pub body: FolderBody<FolderCreate>,
}

/// Updates a folder.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/folders/updatefolder)
#[apply(endpoint)]
#[spec(PUT "/folders/{folder_id}" -> Folder; since Preview)]
pub struct Update {
    #[path]
    pub folder_id: FolderId,
    pub body: FolderBody<FolderUpdate>,
}

/// Deletes a folder.
///
/// Fails with 422 if the folder has content.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/folders/deletefolder)
#[apply(endpoint)]
#[spec(DELETE "/folders/{folder_id}" -> Deleted<FolderId>; since Preview)]
pub struct Delete {
    #[path]
    pub folder_id: FolderId,
}
