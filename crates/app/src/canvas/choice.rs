//! Fields with options to choose from.

use serde::{Deserialize, Serialize};

use super::component::{Action, setters};
use super::entry::SaveState;

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
