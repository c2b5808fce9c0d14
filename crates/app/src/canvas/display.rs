//! Components that show something.

use serde::{Deserialize, Serialize};

use super::component::{UrlAction, setters};
use super::item::FieldValue;
use crate::open_enum::open_enum;

open_enum! {
    /// Where a text stands.
    pub enum Align {
        Left = "left",
        Center = "center",
        Right = "right",
    }
}

open_enum! {
    /// Where an image stands.
    pub enum ImageAlign {
        Left = "left",
        Center = "center",
        Right = "right",
        FullWidth = "full_width",
    }
}

open_enum! {
    /// How a text looks.
    pub enum TextStyle {
        Header = "header",
        Paragraph = "paragraph",
        Muted = "muted",
        Error = "error",
    }
}

open_enum! {
    /// How tall a space is.
    pub enum SpacerSize {
        ExtraSmall = "xs",
        Small = "s",
        Medium = "m",
        Large = "l",
        ExtraLarge = "xl",
    }
}

open_enum! {
    /// The space below a component.
    pub enum BottomMargin {
        None = "none",
    }
}

/// Text to read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[non_exhaustive]
pub struct Text {
    /// The text, in which some Markdown is shown as such.
    pub text: String,
    /// An id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where it stands: on the left by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub align: Option<Align>,
    /// How it looks: as a paragraph by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<TextStyle>,
    /// The space below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bottom_margin: Option<BottomMargin>,
}

/// Creates text to read.
#[must_use]
pub fn text(text: impl Into<String>) -> Text {
    Text {
        text: text.into(),
        id: None,
        align: None,
        style: None,
        bottom_margin: None,
    }
}

impl Text {
    setters! {
        /// Sets the id.
        id: String;
        /// Sets where it stands.
        align: Align;
        /// Sets how it looks.
        style: TextStyle;
        /// Sets the space below.
        bottom_margin: BottomMargin;
    }

    /// Makes it a heading.
    #[must_use]
    pub fn header(self) -> Self {
        self.style(TextStyle::Header)
    }

    /// Makes it gray.
    #[must_use]
    pub fn muted(self) -> Self {
        self.style(TextStyle::Muted)
    }

    /// Makes it an error message.
    #[must_use]
    pub fn error(self) -> Self {
        self.style(TextStyle::Error)
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[non_exhaustive]
pub struct Image {
    /// The URL of the picture.
    pub url: String,
    /// The width, in pixels.
    pub width: u32,
    /// The height, in pixels.
    pub height: u32,
    /// An id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where it stands: on the left by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub align: Option<ImageAlign>,
    /// Whether its corners are round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounded: Option<bool>,
    /// The space below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bottom_margin: Option<BottomMargin>,
    /// The page that it opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<UrlAction>,
}

/// Creates a picture of this width and height, in pixels.
#[must_use]
pub fn image(url: impl Into<String>, width: u32, height: u32) -> Image {
    Image {
        url: url.into(),
        width,
        height,
        id: None,
        align: None,
        rounded: None,
        bottom_margin: None,
        action: None,
    }
}

impl Image {
    setters! {
        /// Sets the id.
        id: String;
        /// Sets where it stands.
        align: ImageAlign;
        /// Sets whether its corners are round.
        rounded: bool;
        /// Sets the space below.
        bottom_margin: BottomMargin;
    }

    /// Opens a page when it is clicked.
    #[must_use]
    pub fn open_url(mut self, url: impl Into<String>) -> Self {
        self.action = Some(UrlAction::new(url));
        self
    }
}

/// A line.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[non_exhaustive]
pub struct Divider {
    /// An id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The space below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bottom_margin: Option<BottomMargin>,
}

/// Creates a line.
#[must_use]
pub fn divider() -> Divider {
    Divider::default()
}

impl Divider {
    setters! {
        /// Sets the id.
        id: String;
        /// Sets the space below.
        bottom_margin: BottomMargin;
    }
}

/// Empty space.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[non_exhaustive]
pub struct Spacer {
    /// An id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How tall it is: small by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<SpacerSize>,
}

/// Creates empty space.
#[must_use]
pub fn spacer(size: impl Into<SpacerSize>) -> Spacer {
    Spacer {
        id: None,
        size: Some(size.into()),
    }
}

impl Spacer {
    setters! {
        /// Sets the id.
        id: String;
    }
}

/// A table of names and values.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[non_exhaustive]
pub struct DataTable {
    /// The rows.
    #[cfg_attr(
        feature = "proptest",
        proptest(
            strategy = "proptest::collection::vec(proptest::prelude::any::<FieldValue>(), 0..4)"
        )
    )]
    pub items: Vec<FieldValue>,
}

/// Creates a table from names and values.
#[must_use]
pub fn data_table<F: Into<String>, V: Into<String>>(
    rows: impl IntoIterator<Item = (F, V)>,
) -> DataTable {
    DataTable {
        items: rows
            .into_iter()
            .map(|(field, value)| FieldValue::new(field, value))
            .collect(),
    }
}
