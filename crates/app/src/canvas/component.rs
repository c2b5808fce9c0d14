//! Components, and what happens when one is used.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::button::Button;
use super::choice::{Checkbox, Dropdown, SingleSelect};
use super::display::{DataTable, Divider, Image, Spacer, Text};
use super::entry::{Input, TextArea};
use super::item::List;

/// A component of a canvas.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[serde(tag = "type", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Component {
    /// A button.
    Button(Button),
    /// Boxes to tick.
    Checkbox(Checkbox),
    /// A table of names and values.
    DataTable(DataTable),
    /// A line.
    Divider(Divider),
    /// A choice of one from a menu.
    Dropdown(Dropdown),
    /// A picture.
    Image(Image),
    /// A line to type.
    Input(Input),
    /// A list of items.
    List(List),
    /// A choice of one from buttons.
    SingleSelect(SingleSelect),
    /// Empty space.
    Spacer(Spacer),
    /// Text to read.
    Text(Text),
    /// Several lines to type.
    #[serde(rename = "textarea")]
    TextArea(TextArea),
    /// A component that this version of the crate does not know, or not in this form. It is sent as it is.
    #[serde(untagged)]
    #[cfg_attr(feature = "proptest", proptest(skip))]
    Other(Value),
}

/// What happens when a component is used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[serde(tag = "type", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Action {
    /// Sends a submit request to the app.
    Submit {},
    /// Opens a page.
    Url {
        /// The URL of the page.
        url: String,
    },
    /// Opens a page over the Messenger. Not in the Inbox.
    Sheet {
        /// The URL that the app is sent a request at, over https.
        url: String,
    },
    /// An action that this version of the crate does not know.
    #[serde(untagged)]
    #[cfg_attr(feature = "proptest", proptest(skip))]
    Other(Value),
}

impl Action {
    /// Sends a submit request to the app.
    #[must_use]
    pub fn submit() -> Self {
        Self::Submit {}
    }

    /// Opens a page.
    #[must_use]
    pub fn url(url: impl Into<String>) -> Self {
        Self::Url { url: url.into() }
    }

    /// Opens a page over the Messenger.
    #[must_use]
    pub fn sheet(url: impl Into<String>) -> Self {
        Self::Sheet { url: url.into() }
    }
}

/// An action that opens a page, the only one of images.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[serde(tag = "type", rename = "url")]
#[non_exhaustive]
pub struct UrlAction {
    /// The URL of the page.
    pub url: String,
}

impl UrlAction {
    /// Opens a page.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into() }
    }
}

macro_rules! components {
    ($($Type:ident),*) => {$(
        impl From<$Type> for Component {
            fn from(component: $Type) -> Self {
                Self::$Type(component)
            }
        }
    )*};
}

components! {
    Button, Checkbox, DataTable, Divider, Dropdown, Image, Input, List, SingleSelect, Spacer, Text, TextArea
}

/// Declares the setters of optional fields.
macro_rules! setters {
    ($( $(#[$doc:meta])* $field:ident: $T:ty; )*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $field(mut self, $field: impl Into<$T>) -> Self {
            self.$field = Some($field.into());
            self
        }
    )*};
}

pub(super) use setters;
