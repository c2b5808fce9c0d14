//! Help Centers, and the collections and sections of their articles.

use macro_rules_attribute::apply;

use crate::json::{null, number};
use crate::vocabulary::declare::{body, part, response};
use crate::vocabulary::id;
use crate::vocabulary::open_enum::open_enum;
use crate::{
    CollectionId, HelpCenterId, Locale, ObjectId, ObjectType, Patch, RedirectId, SectionId,
    Timestamp, Translations, WorkspaceId,
};

/// A group of articles, which may lie in another.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/help-center/collection)
#[apply(response)]
pub struct Collection {
    /// Up to 2.9.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: CollectionId,
    pub workspace_id: Option<WorkspaceId>,
    /// In the default language of the Help Center.
    pub name: Option<String>,
    /// In the default language of the Help Center.
    pub description: Option<String>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// The public URL; `None` while it is on no Help Center.
    pub url: Option<String>,
    pub icon: Option<String>,
    /// Its place among its siblings, from 0.
    #[serde(deserialize_with = "number::any_form")]
    pub order: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_locale: Option<Locale>,
    /// Name and description in every language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translated_content: Option<Translations<GroupContent>>,
    /// The collection in which it lies; `None` at the top. From 2.10.
    pub parent_id: Option<CollectionId>,
    /// The Help Center that it is on; `None` if it lies in another collection.
    pub help_center_id: Option<HelpCenterId>,
}

/// The name and the description of a collection or section in one language.
#[apply(part)]
pub struct GroupContent {
    pub r#type: Option<ObjectType>,
    pub name: Option<String>,
    pub description: Option<String>,
}

/// A collection to create.
#[apply(body)]
pub struct CollectionCreate {
    /// In the default language of the Help Center.
    pub name: String,
    /// In the default language of the Help Center.
    pub description: Option<String>,
    pub translated_content: Patch<Translations<GroupContent>>,
    /// The collection to put it in. From 2.10.
    pub parent_id: Patch<CollectionId>,
    /// The Help Center to put it on; the default one if omitted.
    #[serde(serialize_with = "id::as_number")]
    pub help_center_id: Patch<HelpCenterId>,
}

/// Changes to a collection.
#[apply(body)]
pub struct CollectionUpdate {
    pub name: Option<String>,
    pub description: Option<String>,
    pub translated_content: Patch<Translations<GroupContent>>,
    /// The collection to move it into; clear it to move it to the top level. From 2.10.
    pub parent_id: Patch<CollectionId>,
}

/// A site where customers read articles.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/help-center/help_center)
#[apply(response)]
pub struct HelpCenter {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: HelpCenterId,
    pub workspace_id: Option<WorkspaceId>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// Its name in addresses.
    pub identifier: Option<String>,
    /// Whether the public may read it.
    pub website_turned_on: Option<bool>,
    pub display_name: Option<String>,
    pub url: Option<String>,
    pub custom_domain: Option<String>,
    /// Whether it is the default of the workspace. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<bool>,
    /// The languages in which it is offered. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locales: Option<Vec<Locale>>,
}

open_enum! {
    /// The target of a redirect.
    pub enum RedirectTarget {
        Article = "article",
        Collection = "collection",
    }
}

/// An old address of a Help Center that leads to an article or a collection. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/help-center/help_center_redirect)
#[apply(response)]
pub struct HelpCenterRedirect {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: RedirectId,
    pub help_center_id: Option<HelpCenterId>,
    /// The old address, in full.
    pub from_url: Option<String>,
    pub locale: Option<Locale>,
    pub target_type: Option<RedirectTarget>,
    pub target_id: Option<ObjectId>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}

/// A redirect to create. From 2.16.
#[apply(body)]
pub struct HelpCenterRedirectCreate {
    /// The old address, in full, within the Help Center.
    pub from_url: String,
    /// The language of the target, which is that of an article to show.
    pub locale: Locale,
    pub target_type: RedirectTarget,
    /// An article or a collection of the Help Center.
    pub target_id: ObjectId,
}

/// A group of articles within a collection. Up to 2.9; later versions have collections in
/// collections.
#[apply(response)]
pub struct Section {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: SectionId,
    pub workspace_id: Option<WorkspaceId>,
    pub name: Option<String>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub url: Option<String>,
    pub icon: Option<String>,
    /// Its place among its siblings, from 0.
    #[serde(deserialize_with = "number::any_form")]
    pub order: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_locale: Option<Locale>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translated_content: Option<Translations<GroupContent>>,
    /// The collection in which it lies.
    pub parent_id: Option<CollectionId>,
}

/// A section to create. Up to 2.9.
#[apply(body)]
pub struct SectionCreate {
    pub name: String,
    /// The collection to put it in.
    #[serde(serialize_with = "id::as_number")]
    pub parent_id: CollectionId,
    pub translated_content: Patch<Translations<GroupContent>>,
}

/// Changes to a section. Up to 2.9.
#[apply(body)]
pub struct SectionUpdate {
    pub name: Option<String>,
    /// The collection to put it in.
    #[serde(serialize_with = "id::as_number")]
    pub parent_id: Option<CollectionId>,
    pub translated_content: Patch<Translations<GroupContent>>,
}
