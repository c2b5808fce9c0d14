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
    /// A group of checkboxes.
    Checkbox(Checkbox),
    /// A table of names and values.
    DataTable(DataTable),
    /// A horizontal line.
    Divider(Divider),
    /// A drop-down menu.
    Dropdown(Dropdown),
    /// An image.
    Image(Image),
    /// A single-line text field.
    Input(Input),
    /// A list of items.
    List(List),
    /// A row of buttons of which one can be selected.
    SingleSelect(SingleSelect),
    /// Empty space.
    Spacer(Spacer),
    /// Text.
    Text(Text),
    /// A multi-line text field.
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

/// A strategy for lists of these lengths.
#[cfg(feature = "proptest")]
pub(super) fn few<T: proptest::arbitrary::Arbitrary + 'static>(
    lengths: std::ops::Range<usize>,
) -> impl proptest::strategy::Strategy<Value = Vec<T>> {
    proptest::collection::vec(proptest::prelude::any::<T>(), lengths)
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

/// Declares a component by its fields: those that it needs, those with a setter, and other optional ones.
/// A setter has the documentation of its field.
macro_rules! component {
    (
        $(#[$meta:meta])*
        pub struct $Name:ident {
            $( $(#[$needed_meta:meta])* $needed:ident: $Needed:ty, )*
        }
        $( set { $( $(#[$set_meta:meta])* $set:ident: $Set:ty, )* } )?
        $( other { $( $(#[$other_meta:meta])* $other:ident: $Other:ty, )* } )?
    ) => {
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
        $(#[$meta])*
        #[non_exhaustive]
        pub struct $Name {
            $( $(#[$needed_meta])* pub $needed: $Needed, )*
            $( $(
                $(#[$set_meta])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $set: Option<$Set>,
            )* )?
            $( $(
                $(#[$other_meta])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $other: Option<$Other>,
            )* )?
        }

        impl $Name {
            /// Creates one with the fields that it needs.
            const fn bare($( $needed: $Needed, )*) -> Self {
                Self {
                    $( $needed, )*
                    $( $( $set: None, )* )?
                    $( $( $other: None, )* )?
                }
            }
            $( $crate::canvas::component::setters! {
                $( $(#[$set_meta])* $set: $Set; )*
            } )?
        }
    };
}

/// Declares the setters of optional fields.
macro_rules! setters {
    ($( $(#[$meta:meta])* $field:ident: $T:ty; )*) => {$(
        $(#[$meta])*
        #[must_use]
        pub fn $field(mut self, $field: impl Into<$T>) -> Self {
            self.$field = Some($field.into());
            self
        }
    )*};
}

pub(super) use {component, setters};
