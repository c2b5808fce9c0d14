//! Rows of tables, and items of lists.

use serde::{Deserialize, Serialize};

use super::component::{Action, component};

/// A row of a table: a name and a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[serde(tag = "type", rename = "field-value")]
#[non_exhaustive]
pub struct FieldValue {
    /// The name.
    pub field: String,
    /// The value.
    pub value: String,
}

impl FieldValue {
    /// Creates a row.
    #[must_use]
    pub fn new(field: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            value: value.into(),
        }
    }
}

component! {
    /// A list of items.
    #[derive(Default)]
    pub struct List {
        /// The items.
        #[cfg_attr(feature = "proptest", proptest(strategy = "super::component::few::<ListItem>(0..4)"))]
        items: Vec<ListItem>,
    }
    set {
        /// Whether all items are disabled.
        disabled: bool,
    }
}

/// Creates a list.
#[must_use]
pub fn list(items: impl IntoIterator<Item = ListItem>) -> List {
    List::bare(items.into_iter().collect())
}

component! {
    /// An item of a list.
    #[serde(tag = "type", rename = "item")]
    pub struct ListItem {
        /// The id, which names the item in submit requests.
        id: String,
        /// The title.
        title: String,
    }
    set {
        /// The text below the title.
        subtitle: String,
        /// The text below the subtitle.
        tertiary_text: String,
        /// Whether the corners of the image are rounded.
        rounded_image: bool,
        /// Whether the item is disabled.
        disabled: bool,
        /// The action when the item is clicked.
        action: Action,
    }
    other {
        /// The URL of an image.
        image: String,
        /// The width of the image, in pixels.
        image_width: u32,
        /// The height of the image, in pixels.
        image_height: u32,
    }
}

/// Creates an item of a list.
#[must_use]
pub fn item(id: impl Into<String>, title: impl Into<String>) -> ListItem {
    ListItem::bare(id.into(), title.into())
}

impl ListItem {
    /// Sets the image, with its width and height in pixels.
    #[must_use]
    pub fn image(mut self, url: impl Into<String>, width: u32, height: u32) -> Self {
        self.image = Some(url.into());
        self.image_width = Some(width);
        self.image_height = Some(height);
        self
    }
}
