//! Folders: how content is ordered.

use macro_rules_attribute::apply;

use crate::declare::{body, part, response};
use crate::{FolderId, Patch, Timestamp, null};

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
    pub content_count: Option<u64>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}

/// A folder to create. In Preview.
#[apply(body)]
pub struct FolderCreate {
    pub folder: NewFolder,
}

/// What a folder to create shall be. In Preview.
#[apply(part)]
pub struct NewFolder {
    pub name: String,
    pub description: Option<String>,
    pub emoji: Option<String>,
    /// The folder in which it shall lie; the service wants a number.
    pub parent_folder_id: Patch<FolderId>,
}

impl From<NewFolder> for FolderCreate {
    fn from(folder: NewFolder) -> Self {
        Self::new(folder)
    }
}

/// What to change about a folder. In Preview.
#[apply(body)]
pub struct FolderUpdate {
    pub folder: FolderChanges,
}

/// The fields of a folder to change. In Preview.
#[apply(part)]
pub struct FolderChanges {
    pub name: Option<String>,
    pub description: Option<String>,
    pub emoji: Option<String>,
    /// The folder in which it shall lie; the service wants a number. Cleared, it moves to the top.
    pub parent_folder_id: Patch<FolderId>,
}

impl From<FolderChanges> for FolderUpdate {
    fn from(folder: FolderChanges) -> Self {
        Self::new(folder)
    }
}

/// The reply to the deletion of a folder. In Preview.
#[apply(response)]
pub struct FolderDeleted {
    pub id: Option<FolderId>,
    /// What it was: `folder`.
    pub object: Option<String>,
    pub deleted: Option<bool>,
}
