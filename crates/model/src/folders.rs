//! Folders: how content is ordered.

use macro_rules_attribute::apply;
use serde::Deserialize;

use crate::json::object::object;
use crate::json::{null, number};
use crate::vocabulary::declare::{body, response};
use crate::vocabulary::id;
use crate::{FolderId, Patch, Timestamp};

/// A folder of content, which may lie in another. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/folders/folder)
#[apply(response)]
pub struct Folder {
    #[serde(deserialize_with = "null::as_default")]
    pub id: FolderId,
    pub name: Option<String>,
    pub description: Option<String>,
    pub emoji: Option<String>,
    /// The folder in which it lies; `None` at the top.
    pub parent_folder_id: Option<FolderId>,
    /// How many pieces of content lie in it.
    #[serde(deserialize_with = "number::any_form")]
    pub content_count: Option<u64>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}

/// A folder to create. In Preview.
#[apply(body)]
pub struct FolderCreate {
    pub name: String,
    pub description: Option<String>,
    pub emoji: Option<String>,
    /// The folder to put it in.
    #[serde(serialize_with = "id::as_number")]
    pub parent_folder_id: Patch<FolderId>,
}

/// Changes to a folder. In Preview.
#[apply(body)]
pub struct FolderUpdate {
    pub name: Option<String>,
    pub description: Option<String>,
    pub emoji: Option<String>,
    /// The folder to move it into; clear it to move it to the top level.
    #[serde(serialize_with = "id::as_number")]
    pub parent_folder_id: Patch<FolderId>,
}

/// What is sent about a folder, under the one name that all bodies about folders have. In Preview.
#[apply(object)]
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
#[non_exhaustive]
pub struct FolderBody<T> {
    /// The new state of the folder.
    pub folder: T,
}

impl<T> From<T> for FolderBody<T> {
    fn from(folder: T) -> Self {
        Self { folder }
    }
}
