//! Buttons.

use serde::{Deserialize, Serialize};

use super::component::{Action, setters};
use intercom_model::__open_enum as open_enum;

open_enum! {
    /// The style of a button.
    pub enum ButtonStyle {
        Primary = "primary",
        Secondary = "secondary",
        Link = "link",
    }
}

/// A button.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[non_exhaustive]
pub struct Button {
    /// The id, which names the button in submit requests.
    pub id: String,
    /// The label.
    pub label: String,
    /// The action when it is clicked.
    pub action: Action,
    /// The style: primary by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<ButtonStyle>,
    /// Whether it is disabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

/// A button that needs an action to become a component.
///
/// ```compile_fail
/// use intercom_app::canvas::{Canvas, button};
///
/// let canvas = Canvas::new().with(button("refund", "Refund"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ButtonWithoutAction {
    id: String,
    label: String,
    style: Option<ButtonStyle>,
    disabled: Option<bool>,
}

/// Starts a button, which needs an action.
#[must_use = "a button needs an action, such as `.submit()`"]
pub fn button(id: impl Into<String>, label: impl Into<String>) -> ButtonWithoutAction {
    ButtonWithoutAction {
        id: id.into(),
        label: label.into(),
        style: None,
        disabled: None,
    }
}

impl ButtonWithoutAction {
    setters! {
        /// The style: primary by default.
        style: ButtonStyle;
        /// Whether it is disabled.
        disabled: bool;
    }

    /// Makes it a primary button.
    #[must_use]
    pub fn primary(self) -> Self {
        self.style(ButtonStyle::Primary)
    }

    /// Makes it a secondary button.
    #[must_use]
    pub fn secondary(self) -> Self {
        self.style(ButtonStyle::Secondary)
    }

    /// Makes it look like a link.
    #[must_use]
    pub fn link(self) -> Self {
        self.style(ButtonStyle::Link)
    }

    /// Sends a submit request to the app when it is clicked.
    #[must_use]
    pub fn submit(self) -> Button {
        self.action(Action::submit())
    }

    /// Opens a page when it is clicked.
    #[must_use]
    pub fn open_url(self, url: impl Into<String>) -> Button {
        self.action(Action::url(url))
    }

    /// Opens a page over the Messenger when it is clicked. Not in the Inbox.
    #[must_use]
    pub fn open_sheet(self, url: impl Into<String>) -> Button {
        self.action(Action::sheet(url))
    }

    /// Sets the action when it is clicked.
    #[must_use]
    pub fn action(self, action: Action) -> Button {
        Button {
            id: self.id,
            label: self.label,
            action,
            style: self.style,
            disabled: self.disabled,
        }
    }
}
