//! Rows of tables, and items of lists.

use serde::{Deserialize, Serialize};

use super::component::{Action, setters};

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

/// A list of items.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[non_exhaustive]
pub struct List {
    /// The items.
    #[cfg_attr(
        feature = "proptest",
        proptest(
            strategy = "proptest::collection::vec(proptest::prelude::any::<ListItem>(), 0..4)"
        )
    )]
    pub items: Vec<ListItem>,
    /// Whether none of them can be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

/// Creates a list.
#[must_use]
pub fn list(items: impl IntoIterator<Item = ListItem>) -> List {
    List {
        items: items.into_iter().collect(),
        disabled: None,
    }
}

impl List {
    setters! {
        /// Sets whether none of the items can be used.
        disabled: bool;
    }
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[serde(tag = "type", rename = "item")]
#[non_exhaustive]
pub struct ListItem {
    /// The id, by which a submit request names the item.
    pub id: String,
    /// The title.
    pub title: String,
    /// What stands below the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// What stands below that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tertiary_text: Option<String>,
    /// The URL of a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// The width of the picture, in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_width: Option<u32>,
    /// The height of the picture, in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_height: Option<u32>,
    /// Whether the corners of the picture are round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounded_image: Option<bool>,
    /// Whether it cannot be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
    /// What happens when it is clicked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
}

/// Creates an item of a list.
#[must_use]
pub fn item(id: impl Into<String>, title: impl Into<String>) -> ListItem {
    ListItem {
        id: id.into(),
        title: title.into(),
        subtitle: None,
        tertiary_text: None,
        image: None,
        image_width: None,
        image_height: None,
        rounded_image: None,
        disabled: None,
        action: None,
    }
}

impl ListItem {
    setters! {
        /// Sets what stands below the title.
        subtitle: String;
        /// Sets what stands below the subtitle.
        tertiary_text: String;
        /// Sets whether the corners of the picture are round.
        rounded_image: bool;
        /// Sets whether it cannot be used.
        disabled: bool;
        /// Sets what happens when it is clicked.
        action: Action;
    }

    /// Sets the picture, with its width and height in pixels.
    #[must_use]
    pub fn image(mut self, url: impl Into<String>, width: u32, height: u32) -> Self {
        self.image = Some(url.into());
        self.image_width = Some(width);
        self.image_height = Some(height);
        self
    }
}
