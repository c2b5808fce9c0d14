//! AI content: external pages that Fin and Copilot answer from, and their import sources.

use macro_rules_attribute::apply;
use serde::Deserializer;
use serde_json::Value;

use crate::json::{null, whole};
use crate::vocabulary::declare::{body, response};
use crate::vocabulary::id;
use crate::vocabulary::open_enum::open_enum;
use crate::{
    AudienceId, ContentImportSourceId, ExternalPageId, Locale, ObjectType, Patch, Timestamp,
};

open_enum! {
    /// How the pages of a source are kept up to date.
    pub enum SyncBehavior {
        /// By requests of the workspace.
        Api = "api",
        /// By Intercom, as requests name it.
        Automated = "automated",
        /// By Intercom, as replies name it.
        Automatic = "automatic",
        /// By hand.
        Manual = "manual",
    }
}

open_enum! {
    /// Whether the pages of a source are used.
    pub enum ContentImportSourceStatus {
        Active = "active",
        Deactivated = "deactivated",
    }
}

/// A source of pages from outside. From 2.12.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ai-content/content_import_source)
#[apply(response)]
pub struct ContentImportSource {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ContentImportSourceId,
    pub last_synced_at: Option<Timestamp>,
    pub sync_behavior: Option<SyncBehavior>,
    pub status: Option<ContentImportSourceStatus>,
    /// The root of the source.
    pub url: Option<String>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// For whom its pages are used. From 2.15.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience_ids: Option<Vec<AudienceId>>,
}

/// A source to create. From 2.12.
#[apply(body)]
pub struct ContentImportSourceCreate {
    /// The service takes [`SyncBehavior::Api`] only.
    pub sync_behavior: SyncBehavior,
    /// The root of the source.
    pub url: String,
    /// If omitted, active.
    pub status: Option<ContentImportSourceStatus>,
    /// For whom its pages are used. From 2.15.
    #[serde(serialize_with = "id::as_number", deserialize_with = "one_or_many")]
    pub audience_ids: Patch<Vec<AudienceId>>,
}

/// The new state of a source. From 2.12.
#[apply(body)]
pub struct ContentImportSourceUpdate {
    /// It cannot change to or from [`SyncBehavior::Api`].
    pub sync_behavior: SyncBehavior,
    /// Can be changed only if the behaviour is [`SyncBehavior::Api`].
    pub url: String,
    /// Left out, it is made active, whatever it was.
    pub status: Option<ContentImportSourceStatus>,
    /// For whom its pages are used. Cleared, or empty, for everybody. From 2.15.
    #[serde(serialize_with = "id::as_number", deserialize_with = "one_or_many")]
    pub audience_ids: Patch<Vec<AudienceId>>,
    /// Whether the audiences hold for the pages that there are, too: not by default. From 2.15.
    pub apply_audience_to_existing_content: Option<bool>,
}

/// Described as one id or a list of them.
fn one_or_many<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Patch<Vec<AudienceId>>, D::Error> {
    whole::read(deserializer, |value| match value {
        Value::Null => Ok(Patch::Clear),
        ids @ Value::Array(_) => serde_json::from_value(ids).map(Patch::Set),
        id => serde_json::from_value(id).map(|id| Patch::Set(vec![id])),
    })
}

/// A page from outside. From 2.12.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ai-content/external_page)
#[apply(response)]
pub struct ExternalPage {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ExternalPageId,
    pub title: Option<String>,
    /// The text as HTML; empty once it is deleted.
    pub html: Option<String>,
    /// The URL to which Fin refers customers it answers from the page.
    pub url: Option<String>,
    /// Whether Fin may answer with it.
    pub ai_agent_availability: Option<bool>,
    /// Whether Copilot may answer with it.
    pub ai_copilot_availability: Option<bool>,
    /// Whether the sales agent may answer with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ai_sales_agent_availability: Option<bool>,
    /// The availabilities by their older name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fin_availability: Option<bool>,
    pub locale: Option<Locale>,
    /// The source from which it comes.
    pub source_id: Option<ContentImportSourceId>,
    /// The id that the source gave it.
    pub external_id: Option<String>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// When Fin last read it.
    pub last_ingested_at: Option<Timestamp>,
}

/// A page to create, or to update if the source has one with its `external_id`. From 2.12.
#[apply(body)]
pub struct ExternalPageCreateOrUpdate {
    pub title: String,
    /// The text as HTML.
    pub html: String,
    /// The service takes [`Locale::English`] only.
    pub locale: Locale,
    /// The source from which it comes.
    #[serde(serialize_with = "id::as_number")]
    pub source_id: ContentImportSourceId,
    /// The id that the source gives it.
    pub external_id: String,
    /// The URL to which Fin refers customers it answers from the page; `None` to give no link.
    pub url: Option<String>,
    /// Whether Fin may answer with it: not by default.
    pub ai_agent_availability: Option<bool>,
    /// Whether Copilot may answer with it: not by default.
    pub ai_copilot_availability: Option<bool>,
    /// Whether the sales agent may answer with it: not by default. In Preview.
    pub ai_sales_agent_availability: Option<bool>,
}

/// The new state of a page. From 2.12.
#[apply(body)]
pub struct ExternalPageUpdate {
    pub title: String,
    /// The text as HTML.
    pub html: String,
    /// The URL to which Fin refers customers it answers from the page.
    pub url: String,
    /// The service takes [`Locale::English`] only.
    pub locale: Locale,
    /// The source from which it comes.
    #[serde(serialize_with = "id::as_number")]
    pub source_id: ContentImportSourceId,
    /// The id that the source gives it.
    pub external_id: Option<String>,
    /// Whether Fin may answer with it. In Preview.
    pub ai_agent_availability: Option<bool>,
    /// Whether Copilot may answer with it. In Preview.
    pub ai_copilot_availability: Option<bool>,
    /// Whether the sales agent may answer with it. In Preview.
    pub ai_sales_agent_availability: Option<bool>,
    /// The availabilities by their older name. Left out, they are turned on, whatever they were. Up to
    /// 2.16.
    pub fin_availability: Option<bool>,
}
