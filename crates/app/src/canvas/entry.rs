//! Text fields.

use serde::{Deserialize, Serialize};

use super::component::{Action, component};
use intercom_model::__open_enum as open_enum;

open_enum! {
    /// Whether a value has been saved.
    pub enum SaveState {
        Unsaved = "unsaved",
        Saved = "saved",
        Failed = "failed",
    }
}

component! {
    /// A single-line text field.
    pub struct Input {
        /// The id, which names the field in submit requests.
        id: String,
    }
    set {
        /// The label above the field.
        label: String,
        /// The text that is shown while the field is empty.
        placeholder: String,
        /// The text in the field.
        value: String,
        /// The action of the button of the field.
        action: Action,
        /// Whether the value has been saved.
        save_state: SaveState,
        /// Whether the field is disabled.
        disabled: bool,
    }
}

/// Creates a single-line text field.
#[must_use]
pub fn input(id: impl Into<String>) -> Input {
    Input::bare(id.into())
}

component! {
    /// A multi-line text field.
    pub struct TextArea {
        /// The id, which names the field in submit requests.
        id: String,
    }
    set {
        /// The label above the field.
        label: String,
        /// The text that is shown while the field is empty.
        placeholder: String,
        /// The text in the field.
        value: String,
        /// Whether the value is marked as invalid.
        error: bool,
        /// Whether the field is disabled.
        disabled: bool,
    }
}

/// Creates a multi-line text field.
#[must_use]
pub fn text_area(id: impl Into<String>) -> TextArea {
    TextArea::bare(id.into())
}
