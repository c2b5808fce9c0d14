//! Components that people use: buttons, and fields to fill in.

use serde::{Deserialize, Serialize};

use super::component::{Action, setters};
use crate::open_enum::open_enum;

open_enum! {
    /// How a button looks.
    pub enum ButtonStyle {
        Primary = "primary",
        Secondary = "secondary",
        Link = "link",
    }
}

open_enum! {
    /// Whether what was entered is stored.
    pub enum SaveState {
        Unsaved = "unsaved",
        Saved = "saved",
        Failed = "failed",
    }
}

/// A button.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[non_exhaustive]
pub struct Button {
    /// The id, by which a submit request names the button.
    pub id: String,
    /// What is written on it.
    pub label: String,
    /// What happens when it is clicked.
    pub action: Action,
    /// How it looks: primary by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<ButtonStyle>,
    /// Whether it cannot be clicked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

/// A button that needs an action to become a component.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "a button needs an action, such as `.submit()`"]
pub struct ButtonWithoutAction {
    id: String,
    label: String,
    style: Option<ButtonStyle>,
    disabled: Option<bool>,
}

/// Starts a button, which needs an action.
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
        /// Sets how it looks.
        style: ButtonStyle;
        /// Sets whether it cannot be clicked.
        disabled: bool;
    }

    /// Makes it the button that stands out.
    pub fn primary(self) -> Self {
        self.style(ButtonStyle::Primary)
    }

    /// Makes it a button that does not stand out.
    pub fn secondary(self) -> Self {
        self.style(ButtonStyle::Secondary)
    }

    /// Makes it look like a link.
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

    /// Sets what happens when it is clicked.
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

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[serde(tag = "type", rename = "option")]
#[non_exhaustive]
pub struct Choice {
    /// The id, which is the value of the field once it is chosen.
    pub id: String,
    /// What is shown.
    pub text: String,
    /// Whether it cannot be chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

/// Creates something to choose.
#[must_use]
pub fn option(id: impl Into<String>, text: impl Into<String>) -> Choice {
    Choice {
        id: id.into(),
        text: text.into(),
        disabled: None,
    }
}

impl Choice {
    setters! {
        /// Sets whether it cannot be chosen.
        disabled: bool;
    }
}

/// A choice of one from a menu of 2 to 10.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[non_exhaustive]
pub struct Dropdown {
    /// The id, by which a submit request names the field.
    pub id: String,
    /// What there is to choose.
    #[cfg_attr(
        feature = "proptest",
        proptest(strategy = "proptest::collection::vec(proptest::prelude::any::<Choice>(), 2..4)")
    )]
    pub options: Vec<Choice>,
    /// What is written above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The id of the option that is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Whether the choice is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub save_state: Option<SaveState>,
    /// Whether it cannot be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

/// Creates a choice of one from a menu, with the first two of its options.
#[must_use]
pub fn dropdown(id: impl Into<String>, first: Choice, second: Choice) -> Dropdown {
    Dropdown {
        id: id.into(),
        options: vec![first, second],
        label: None,
        value: None,
        save_state: None,
        disabled: None,
    }
}

impl Dropdown {
    setters! {
        /// Sets what is written above it.
        label: String;
        /// Sets the id of the option that is chosen.
        value: String;
        /// Sets whether the choice is stored.
        save_state: SaveState;
        /// Sets whether it cannot be used.
        disabled: bool;
    }

    /// Adds an option, up to 10 in all.
    #[must_use]
    pub fn option(mut self, option: Choice) -> Self {
        self.options.push(option);
        self
    }
}

/// A choice of one from buttons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[non_exhaustive]
pub struct SingleSelect {
    /// The id, by which a submit request names the field.
    pub id: String,
    /// What there is to choose.
    #[cfg_attr(
        feature = "proptest",
        proptest(strategy = "proptest::collection::vec(proptest::prelude::any::<Choice>(), 2..4)")
    )]
    pub options: Vec<Choice>,
    /// What is written above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The id of the option that is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Whether the choice is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub save_state: Option<SaveState>,
    /// Whether it cannot be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
    /// What happens when an option is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
}

/// Creates a choice of one from buttons, with the first two of its options.
#[must_use]
pub fn single_select(id: impl Into<String>, first: Choice, second: Choice) -> SingleSelect {
    SingleSelect {
        id: id.into(),
        options: vec![first, second],
        label: None,
        value: None,
        save_state: None,
        disabled: None,
        action: None,
    }
}

impl SingleSelect {
    setters! {
        /// Sets what is written above it.
        label: String;
        /// Sets the id of the option that is chosen.
        value: String;
        /// Sets whether the choice is stored.
        save_state: SaveState;
        /// Sets whether it cannot be used.
        disabled: bool;
        /// Sets what happens when an option is chosen.
        action: Action;
    }

    /// Adds an option.
    #[must_use]
    pub fn option(mut self, option: Choice) -> Self {
        self.options.push(option);
        self
    }
}

/// Boxes to tick.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[non_exhaustive]
pub struct Checkbox {
    /// The id, by which a submit request names the field.
    pub id: String,
    /// What is written above the boxes.
    pub label: String,
    /// The boxes.
    #[serde(rename = "option")]
    #[cfg_attr(
        feature = "proptest",
        proptest(strategy = "proptest::collection::vec(proptest::prelude::any::<Choice>(), 1..4)")
    )]
    pub options: Vec<Choice>,
    /// The ids of the options that are ticked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Vec<String>>,
    /// Whether the choice is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub save_state: Option<SaveState>,
    /// Whether it cannot be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

/// Creates boxes to tick, with the first of them.
#[must_use]
pub fn checkbox(id: impl Into<String>, label: impl Into<String>, first: Choice) -> Checkbox {
    Checkbox {
        id: id.into(),
        label: label.into(),
        options: vec![first],
        value: None,
        save_state: None,
        disabled: None,
    }
}

impl Checkbox {
    setters! {
        /// Sets the ids of the options that are ticked.
        value: Vec<String>;
        /// Sets whether the choice is stored.
        save_state: SaveState;
        /// Sets whether it cannot be used.
        disabled: bool;
    }

    /// Adds a box.
    #[must_use]
    pub fn option(mut self, option: Choice) -> Self {
        self.options.push(option);
        self
    }
}

/// A line to type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[non_exhaustive]
pub struct Input {
    /// The id, by which a submit request names the field.
    pub id: String,
    /// What is written above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What is shown while it is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// What is typed in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What its own button does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// Whether the value is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub save_state: Option<SaveState>,
    /// Whether it cannot be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

/// Creates a line to type.
#[must_use]
pub fn input(id: impl Into<String>) -> Input {
    Input {
        id: id.into(),
        label: None,
        placeholder: None,
        value: None,
        action: None,
        save_state: None,
        disabled: None,
    }
}

impl Input {
    setters! {
        /// Sets what is written above it.
        label: String;
        /// Sets what is shown while it is empty.
        placeholder: String;
        /// Sets what is typed in it.
        value: String;
        /// Sets what its own button does.
        action: Action;
        /// Sets whether the value is stored.
        save_state: SaveState;
        /// Sets whether it cannot be used.
        disabled: bool;
    }
}

/// Several lines to type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[non_exhaustive]
pub struct TextArea {
    /// The id, by which a submit request names the field.
    pub id: String,
    /// What is written above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What is shown while it is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// What is typed in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Whether the value is shown as wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<bool>,
    /// Whether it cannot be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

/// Creates several lines to type.
#[must_use]
pub fn text_area(id: impl Into<String>) -> TextArea {
    TextArea {
        id: id.into(),
        label: None,
        placeholder: None,
        value: None,
        error: None,
        disabled: None,
    }
}

impl TextArea {
    setters! {
        /// Sets what is written above it.
        label: String;
        /// Sets what is shown while it is empty.
        placeholder: String;
        /// Sets what is typed in it.
        value: String;
        /// Sets whether the value is shown as wrong.
        error: bool;
        /// Sets whether it cannot be used.
        disabled: bool;
    }
}
