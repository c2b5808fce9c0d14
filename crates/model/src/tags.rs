//! Tags: labels on contacts, companies, conversations, tickets and content.

use macro_rules_attribute::apply;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::json::{null, whole};
use crate::vocabulary::declare::{body, part, response};
use crate::{AdminId, CompanyId, ContactId, ObjectType, Patch, Reference, TagId, Timestamp};

/// A label.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/tag)
#[apply(response)]
#[kinds("tag")]
pub struct Tag {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: TagId,
    pub name: Option<String>,
    /// When it was put on the object at hand, on objects that carry it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applied_at: Option<Timestamp>,
    /// Who put it on the object at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applied_by: Option<Reference>,
}

/// The tags of an object.
#[apply(response)]
#[items(tags)]
pub struct TagList {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub tags: Vec<Tag>,
}

/// The reply to the creation of a tag, or to the tagging of many objects.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/tag_create_response)
#[apply(response)]
pub struct TagCreated {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: TagId,
    pub name: Option<String>,
    /// What became of the contacts of the request. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<TaggedContact>>,
    /// What became of the companies of the request. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub companies: Option<Vec<TaggedCompany>>,
}

/// Whether a contact of the request has the tag now.
#[apply(response)]
pub struct TaggedContact {
    pub id: Option<ContactId>,
    pub tagged: Option<bool>,
}

/// Whether a company of the request has the tag now.
#[apply(response)]
pub struct TaggedCompany {
    pub id: Option<CompanyId>,
    pub tagged: Option<bool>,
}

/// What to do with a tag of this name, which is created if it does not exist.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum TagRequest {
    /// Creates the tag, or renames the one with this id.
    CreateOrUpdate(TagCreateOrUpdate),
    /// Puts the tag on companies, or takes it off.
    TagCompanies(TagCompanies),
    /// Puts the tag on contacts.
    TagContacts(TagContacts),
}

/// A tag to create, or to rename.
#[apply(body)]
pub struct TagCreateOrUpdate {
    /// Names are the same whatever the case of their letters.
    pub name: String,
    /// The tag to rename; without one, a tag of this name is found or created.
    pub id: Option<TagId>,
}

/// A tag to put on companies, or to take off.
#[apply(body)]
pub struct TagCompanies {
    pub name: String,
    pub companies: Vec<CompanyToTag>,
}

/// A company, by either of its ids.
#[apply(part)]
pub struct CompanyToTag {
    /// The id that Intercom gave the company.
    pub id: Option<CompanyId>,
    /// The id of the company in your own system.
    pub company_id: Option<String>,
    /// Takes the tag off instead.
    #[serde(deserialize_with = "bool_or_text")]
    pub untag: Option<bool>,
}

/// A tag to put on contacts.
#[apply(body)]
pub struct TagContacts {
    pub name: String,
    pub users: Vec<ContactToTag>,
}

/// A contact, by the id that Intercom gave it.
#[apply(part)]
pub struct ContactToTag {
    pub id: ContactId,
}

impl TagRequest {
    /// Finds or creates the tag of this name.
    #[must_use]
    pub fn create(name: impl Into<String>) -> Self {
        Self::CreateOrUpdate(TagCreateOrUpdate::new(name))
    }

    /// Gives this tag another name.
    #[must_use]
    pub fn rename(id: impl Into<TagId>, name: impl Into<String>) -> Self {
        Self::CreateOrUpdate(TagCreateOrUpdate::new(name).id(id))
    }

    /// Puts the tag of this name on companies.
    #[must_use]
    pub fn companies(
        name: impl Into<String>,
        ids: impl IntoIterator<Item = impl Into<CompanyId>>,
    ) -> Self {
        let companies: Vec<_> = ids
            .into_iter()
            .map(|id| CompanyToTag::new().id(id))
            .collect();
        Self::TagCompanies(TagCompanies::new(name, companies))
    }

    /// Takes the tag of this name off companies.
    #[must_use]
    pub fn untag_companies(
        name: impl Into<String>,
        ids: impl IntoIterator<Item = impl Into<CompanyId>>,
    ) -> Self {
        let companies: Vec<_> = ids
            .into_iter()
            .map(|id| CompanyToTag::new().id(id).untag(true))
            .collect();
        Self::TagCompanies(TagCompanies::new(name, companies))
    }

    /// Puts the tag of this name on contacts.
    #[must_use]
    pub fn contacts(
        name: impl Into<String>,
        ids: impl IntoIterator<Item = impl Into<ContactId>>,
    ) -> Self {
        let users: Vec<_> = ids.into_iter().map(ContactToTag::new).collect();
        Self::TagContacts(TagContacts::new(name, users))
    }
}

impl From<TagCreateOrUpdate> for TagRequest {
    fn from(request: TagCreateOrUpdate) -> Self {
        Self::CreateOrUpdate(request)
    }
}

impl From<TagCompanies> for TagRequest {
    fn from(request: TagCompanies) -> Self {
        Self::TagCompanies(request)
    }
}

impl From<TagContacts> for TagRequest {
    fn from(request: TagContacts) -> Self {
        Self::TagContacts(request)
    }
}

/// The fields tell which it is.
impl<'de> Deserialize<'de> for TagRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Map::deserialize(deserializer)?;
        let (companies, users) = (
            fields.contains_key("companies"),
            fields.contains_key("users"),
        );
        let value = Value::Object(fields);
        if users {
            serde_json::from_value(value).map(Self::TagContacts)
        } else if companies {
            serde_json::from_value(value).map(Self::TagCompanies)
        } else {
            serde_json::from_value(value).map(Self::CreateOrUpdate)
        }
        .map_err(D::Error::custom)
    }
}

/// Described as a boolean, shown as the string `"true"`.
fn bool_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    whole::read(deserializer, |value| match value {
        Value::Null => Ok(None),
        Value::Bool(value) => Ok(Some(value)),
        Value::String(text) if text == "true" => Ok(Some(true)),
        Value::String(text) if text == "false" => Ok(Some(false)),
        other => Err(format!("expected true or false, got {other}")),
    })
}

/// A tag to put on a contact.
#[apply(body)]
pub struct TagAttach {
    pub id: TagId,
}

/// A tag to put on a conversation or a ticket.
#[apply(body)]
pub struct TagAttachByAdmin {
    pub id: TagId,
    /// Who does it.
    pub admin_id: AdminId,
}

/// A tag to put on an article, an internal article or a content snippet.
#[apply(body)]
pub struct ContentTagAttach {
    pub id: TagId,
    /// The admin who does it; the owner of the access token if omitted.
    pub admin_id: Patch<AdminId>,
}

/// Who takes a tag off a conversation or a ticket.
#[apply(body)]
pub struct TagDetach {
    pub admin_id: AdminId,
}
