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
    /// In pixels, for an image.
    #[serde(deserialize_with = "number::any_form")]
    pub width: Option<u64>,
    /// In pixels, for an image.
    #[serde(deserialize_with = "number::any_form")]
    pub height: Option<u64>,
}

impl AttributeValue {
    /// Returns the file, if the value is one, as in a files attribute of a ticket. Its URL is valid for 30
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

    /// Returns the files, if the value is a list of them.
    #[must_use]
    pub fn to_files(&self) -> Option<Vec<Attachment>> {
        self.as_list()?.iter().map(Self::to_file).collect()
    }
}
