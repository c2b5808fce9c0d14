//! Files, and the attributes that hold some.

use macro_rules_attribute::apply;

use crate::json::number;

use crate::vocabulary::declare::response;
use crate::{AttributeValue, ObjectType};

/// A file that came with a message.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/part_attachment)
#[apply(response)]
pub struct Attachment {
    pub r#type: Option<ObjectType>,
    pub name: Option<String>,
    pub url: Option<String>,
    /// The media type, such as `image/png`.
    pub content_type: Option<String>,
    /// In bytes.
    #[serde(deserialize_with = "number::any_form")]
    pub filesize: Option<u64>,
    /// In pixels, of an image.
    #[serde(deserialize_with = "number::any_form")]
    pub width: Option<u64>,
    /// In pixels, of an image.
    #[serde(deserialize_with = "number::any_form")]
    pub height: Option<u64>,
}

impl AttributeValue {
    /// The file, where it is one: what a files attribute of a ticket holds. Its address is good for 30
    /// minutes.
    #[must_use]
    pub fn to_file(&self) -> Option<Attachment> {
        let Self::Object(fields) = self else {
            return None;
        };
        fields.get("url")?.as_str()?;
        let text = serde_json::to_vec(fields).ok()?;
        crate::from_slice(&text).ok().map(|(file, _)| file)
    }

    /// The files, where it is a list of them.
    #[must_use]
    pub fn to_files(&self) -> Option<Vec<Attachment>> {
        self.as_list()?.iter().map(Self::to_file).collect()
    }
}
