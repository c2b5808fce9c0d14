//! Fields with options to select from.

use serde::{Deserialize, Serialize};

use super::component::{Action, component};
use super::entry::SaveState;

component! {
    /// An option of a field.
    #[derive(Eq)]
    #[serde(tag = "type", rename = "option")]
    pub struct Choice {
        /// The id, which is the value of the field if the option is selected.
        id: String,
        /// The text of the option.
        text: String,
    }
    set {
        /// Whether the option is disabled.
        disabled: bool,
    }
}

/// Creates an option of a field.
#[must_use]
pub fn option(id: impl Into<String>, text: impl Into<String>) -> Choice {
    Choice::bare(id.into(), text.into())
}

component! {
    /// A drop-down menu of 2 to 10 options.
    pub struct Dropdown {
        /// The id, which names the field in submit requests.
        id: String,
        /// The options.
        #[cfg_attr(feature = "proptest", proptest(strategy = "super::component::few::<Choice>(2..4)"))]
        options: Vec<Choice>,
    }
    set {
        /// The label above the field.
        label: String,
        /// The id of the selected option.
        value: String,
        /// Whether the selection has been saved.
        save_state: SaveState,
        /// Whether the field is disabled.
        disabled: bool,
    }
}

/// Creates a drop-down menu with its first two options.
#[must_use]
pub fn dropdown(id: impl Into<String>, first: Choice, second: Choice) -> Dropdown {
    Dropdown::bare(id.into(), vec![first, second])
}

impl Dropdown {
    /// Adds an option, up to 10 in all.
    #[must_use]
    pub fn option(mut self, option: Choice) -> Self {
        self.options.push(option);
        self
    }
}

component! {
    /// A row of buttons of which one can be selected.
    pub struct SingleSelect {
        /// The id, which names the field in submit requests.
        id: String,
        /// The options.
        #[cfg_attr(feature = "proptest", proptest(strategy = "super::component::few::<Choice>(2..4)"))]
        options: Vec<Choice>,
    }
    set {
        /// The label above the field.
        label: String,
        /// The id of the selected option.
        value: String,
        /// Whether the selection has been saved.
        save_state: SaveState,
        /// Whether the field is disabled.
        disabled: bool,
        /// The action when an option is selected.
        action: Action,
    }
}

/// Creates a row of buttons of which one can be selected, with its first two options.
#[must_use]
pub fn single_select(id: impl Into<String>, first: Choice, second: Choice) -> SingleSelect {
    SingleSelect::bare(id.into(), vec![first, second])
}

impl SingleSelect {
    /// Adds an option.
    #[must_use]
    pub fn option(mut self, option: Choice) -> Self {
        self.options.push(option);
        self
    }
}

component! {
    /// A group of checkboxes.
    pub struct Checkbox {
        /// The id, which names the field in submit requests.
        id: String,
        /// The label above the checkboxes.
        label: String,
        /// The checkboxes.
        #[serde(rename = "option")]
        #[cfg_attr(feature = "proptest", proptest(strategy = "super::component::few::<Choice>(1..4)"))]
        options: Vec<Choice>,
    }
    set {
        /// The ids of the selected options.
        value: Vec<String>,
        /// Whether the selection has been saved.
        save_state: SaveState,
        /// Whether the field is disabled.
        disabled: bool,
    }
}

/// Creates a group of checkboxes with its first one.
#[must_use]
pub fn checkbox(id: impl Into<String>, label: impl Into<String>, first: Choice) -> Checkbox {
    Checkbox::bare(id.into(), label.into(), vec![first])
}

impl Checkbox {
    /// Adds a checkbox.
    #[must_use]
    pub fn option(mut self, option: Choice) -> Self {
        self.options.push(option);
        self
    }
}
