//! Fields to type in.

use serde::{Deserialize, Serialize};

use super::component::{Action, setters};
use crate::open_enum::open_enum;

open_enum! {
    /// Whether what was entered is stored.
    pub enum SaveState {
        Unsaved = "unsaved",
        Saved = "saved",
        Failed = "failed",
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
