//! Components that show something.

use serde::{Deserialize, Serialize};

use super::component::{UrlAction, component};
use super::item::FieldValue;
use intercom_model::__open_enum as open_enum;

open_enum! {
    /// The alignment of a text.
    pub enum Align {
        Left = "left",
        Center = "center",
        Right = "right",
    }
}

open_enum! {
    /// The alignment of an image.
    pub enum ImageAlign {
        Left = "left",
        Center = "center",
        Right = "right",
        FullWidth = "full_width",
    }
}

open_enum! {
    /// The style of a text.
    pub enum TextStyle {
        Header = "header",
        Paragraph = "paragraph",
        Muted = "muted",
        Error = "error",
    }
}

open_enum! {
    /// The height of an empty space.
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

component! {
    /// Text.
    pub struct Text {
        /// The text, in which some Markdown is rendered.
        text: String,
    }
    set {
        /// The id.
        id: String,
        /// The alignment: left by default.
        align: Align,
        /// The style: a paragraph by default.
        style: TextStyle,
        /// The space below.
        bottom_margin: BottomMargin,
    }
}

/// Creates a text.
#[must_use]
pub fn text(text: impl Into<String>) -> Text {
    Text::bare(text.into())
}

impl Text {
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

component! {
    /// An image.
    pub struct Image {
        /// The URL of the image.
        url: String,
        /// The width, in pixels.
        width: u32,
        /// The height, in pixels.
        height: u32,
    }
    set {
        /// The id.
        id: String,
        /// The alignment: left by default.
        align: ImageAlign,
        /// Whether the corners are rounded.
        rounded: bool,
        /// The space below.
        bottom_margin: BottomMargin,
    }
    other {
        /// The page that it opens.
        action: UrlAction,
    }
}

/// Creates an image of this width and height, in pixels.
#[must_use]
pub fn image(url: impl Into<String>, width: u32, height: u32) -> Image {
    Image::bare(url.into(), width, height)
}

impl Image {
    /// Opens a page when the image is clicked.
    #[must_use]
    pub fn open_url(mut self, url: impl Into<String>) -> Self {
        self.action = Some(UrlAction::new(url));
        self
    }
}

component! {
    /// A horizontal line.
    #[derive(Default)]
    pub struct Divider {}
    set {
        /// The id.
        id: String,
        /// The space below.
        bottom_margin: BottomMargin,
    }
}

/// Creates a horizontal line.
#[must_use]
pub fn divider() -> Divider {
    Divider::bare()
}

component! {
    /// Empty space.
    #[derive(Default)]
    pub struct Spacer {}
    set {
        /// The id.
        id: String,
    }
    other {
        /// The height: small by default.
        size: SpacerSize,
    }
}

/// Creates empty space.
#[must_use]
pub fn spacer(size: impl Into<SpacerSize>) -> Spacer {
    let mut spacer = Spacer::bare();
    spacer.size = Some(size.into());
    spacer
}

component! {
    /// A table of names and values.
    #[derive(Default)]
    pub struct DataTable {
        /// The rows.
        #[cfg_attr(feature = "proptest", proptest(strategy = "super::component::few::<FieldValue>(0..4)"))]
        items: Vec<FieldValue>,
    }
}

/// Creates a table from names and values.
#[must_use]
pub fn data_table<F: Into<String>, V: Into<String>>(
    rows: impl IntoIterator<Item = (F, V)>,
) -> DataTable {
    let rows = rows.into_iter();
    DataTable::bare(
        rows.map(|(field, value)| FieldValue::new(field, value))
            .collect(),
    )
}
