//! Requests of each flow.

use intercom_model::admins::Admin;
use intercom_model::contacts::Contact;
use intercom_model::conversations::Conversation;
use intercom_model::{ConversationId, WorkspaceId};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::content::Canvas;
use intercom_model::__open_enum as open_enum;

open_enum! {
    /// Where in the Messenger a canvas is shown.
    pub enum ContextLocation {
        Conversation = "conversation",
        Home = "home",
        Message = "message",
        Operator = "operator",
    }
}

/// Where in the Messenger a canvas is shown, and how the Messenger looks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[serde(default)]
#[non_exhaustive]
pub struct CanvasContext {
    /// The conversation, if it is shown in one.
    pub conversation_id: Option<ConversationId>,
    /// Where it is shown.
    pub location: Option<ContextLocation>,
    /// The language of the Messenger.
    pub locale: Option<String>,
    /// The colour of buttons and links.
    pub messenger_action_colour: Option<String>,
    /// The colour behind the header.
    pub messenger_background_colour: Option<String>,
    /// The page that the Messenger is on.
    pub referrer: Option<String>,
}

/// Reads `null` as the default.
fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Reads a canvas, which the description of version 2.11 puts into another object.
fn canvas<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Canvas>, D::Error> {
    #[derive(Deserialize)]
    struct Either {
        #[serde(default)]
        current_canvas: Option<Canvas>,
        #[serde(flatten)]
        canvas: Canvas,
    }
    let either = Option::<Either>::deserialize(deserializer)?;
    Ok(either.map(|either| either.current_canvas.unwrap_or(either.canvas)))
}

/// The values of fields, by the ids of their components.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[serde(transparent)]
pub struct Inputs(
    #[cfg_attr(feature = "proptest", proptest(strategy = "values()"))] pub Map<String, Value>,
);

/// Any value, made on the heap: the largest types would overflow the stack of a test.
#[cfg(feature = "proptest")]
fn boxed<T: proptest::arbitrary::Arbitrary + 'static>() -> proptest::strategy::BoxedStrategy<T> {
    use proptest::strategy::Strategy;

    proptest::arbitrary::any::<T>().boxed()
}

/// Texts by a few names.
#[cfg(feature = "proptest")]
fn values() -> impl proptest::strategy::Strategy<Value = Map<String, Value>> {
    use proptest::strategy::Strategy;

    let texts = proptest::collection::btree_map("[a-z_]{1,8}", "[a-zA-Z0-9 ]{0,16}", 0..4);
    texts.prop_map(|texts| {
        let values = texts.into_iter();
        values
            .map(|(name, text)| (name, Value::String(text)))
            .collect()
    })
}

impl Inputs {
    /// Returns the value of a field with a single value: text that was typed, or the id of an option.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&str> {
        self.0.get(id)?.as_str()
    }

    /// Returns the values of a field with several, such as the ids of the options that are ticked.
    pub fn get_all<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a str> {
        let value = self.0.get(id);
        let (one, many) = match value {
            Some(Value::Array(values)) => (None, Some(values)),
            other => (other, None),
        };
        let values = one.into_iter().chain(many.into_iter().flatten());
        values.filter_map(Value::as_str)
    }
}

macro_rules! requests {
    ($(
        $(#[$doc:meta])*
        $Name:ident { $( $(#[$field_meta:meta])* $field:ident: $T:ty, )* }
    )*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
        #[serde(default)]
        #[non_exhaustive]
        pub struct $Name {
            /// The workspace; `app_id` up to version 1.2.
            #[serde(alias = "app_id")]
            pub workspace_id: Option<WorkspaceId>,
            /// The region of the workspace, such as `US`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub workspace_region: Option<String>,
            $(
                $(#[$field_meta])*
                #[serde(skip_serializing_if = "is_default")]
                pub $field: $T,
            )*
        }
    )*};
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

requests! {
    /// The app is opened: reply with its first canvas.
    ///
    /// In the Inbox, `admin`, `conversation` and `contact` are set, and of a group conversation each of
    /// the first five participants has a request of its own. In the Messenger, `context` is set, and
    /// `card_creation_options` to the results of the configuration.
    Initialize {
        /// The teammate.
        #[cfg_attr(feature = "proptest", proptest(strategy = "boxed()"))]
        admin: Option<Box<Admin>>,
        /// The conversation.
        #[cfg_attr(feature = "proptest", proptest(strategy = "boxed()"))]
        conversation: Option<Box<Conversation>>,
        /// The contact; `customer` in some versions.
        #[serde(alias = "customer")]
        #[cfg_attr(feature = "proptest", proptest(strategy = "boxed()"))]
        contact: Option<Box<Contact>>,
        /// Where in the Messenger.
        context: Option<CanvasContext>,
        /// What the teammate configured.
        #[serde(deserialize_with = "or_default")]
        #[cfg_attr(feature = "proptest", proptest(strategy = "values()"))]
        card_creation_options: Map<String, Value>,
    }

    /// A component was used: reply with the next canvas.
    ///
    /// In the Inbox, `admin`, `conversation` and `contact` are set; in the Messenger, `context` and
    /// `user`.
    Submit {
        /// The id of the component, such as that of the button that was clicked.
        component_id: Option<String>,
        /// The values of the fields.
        #[serde(deserialize_with = "or_default")]
        input_values: Inputs,
        /// The canvas that was shown.
        #[serde(deserialize_with = "canvas")]
        #[cfg_attr(feature = "proptest", proptest(strategy = "boxed()"))]
        current_canvas: Option<Canvas>,
        /// The teammate.
        #[cfg_attr(feature = "proptest", proptest(strategy = "boxed()"))]
        admin: Option<Box<Admin>>,
        /// The conversation.
        #[cfg_attr(feature = "proptest", proptest(strategy = "boxed()"))]
        conversation: Option<Box<Conversation>>,
        /// The contact; `customer` in some versions.
        #[serde(alias = "customer")]
        #[cfg_attr(feature = "proptest", proptest(strategy = "boxed()"))]
        contact: Option<Box<Contact>>,
        /// The user, lead or visitor in the Messenger.
        #[cfg_attr(feature = "proptest", proptest(strategy = "boxed()"))]
        user: Option<Box<Contact>>,
        /// Where in the Messenger.
        context: Option<CanvasContext>,
    }

    /// A teammate adds the app to the Messenger: reply with a canvas of options, or end the configuration
    /// with [`CanvasResponse::results`](super::CanvasResponse::results).
    ///
    /// The first request has no `component_id`.
    Configure {
        /// The teammate.
        #[cfg_attr(feature = "proptest", proptest(strategy = "boxed()"))]
        admin: Option<Box<Admin>>,
        /// Where in the Messenger.
        context: Option<CanvasContext>,
        /// The id of the component that was used.
        component_id: Option<String>,
        /// The values of the fields.
        #[serde(deserialize_with = "or_default")]
        input_values: Inputs,
        /// The canvas that was shown.
        #[serde(deserialize_with = "canvas")]
        #[cfg_attr(feature = "proptest", proptest(strategy = "boxed()"))]
        current_canvas: Option<Canvas>,
    }

    /// A live canvas is viewed: reply with a [`LiveResponse`](super::LiveResponse).
    LiveCanvas {
        /// The canvas, with its stored data.
        #[serde(deserialize_with = "canvas")]
        #[cfg_attr(feature = "proptest", proptest(strategy = "boxed()"))]
        canvas: Option<Canvas>,
        /// Where in the Messenger.
        context: Option<CanvasContext>,
        /// The contact.
        #[cfg_attr(feature = "proptest", proptest(strategy = "boxed()"))]
        contact: Option<Box<Contact>>,
    }

    /// A sheet is opened: reply with its HTML page.
    OpenSheet {
        /// The id of the component that was used.
        component_id: Option<String>,
        /// The values of the fields.
        #[serde(deserialize_with = "or_default")]
        input_values: Inputs,
        /// The canvas that was shown.
        #[serde(deserialize_with = "canvas")]
        #[cfg_attr(feature = "proptest", proptest(strategy = "boxed()"))]
        current_canvas: Option<Canvas>,
        /// Where in the Messenger.
        context: Option<CanvasContext>,
        /// The user, encrypted: see [`Receiver::decrypt_user`](super::Receiver::decrypt_user).
        user: Option<String>,
    }

    /// A sheet was submitted by its page: reply with the next canvas.
    SubmitSheet {
        /// What the page submitted.
        #[serde(deserialize_with = "or_default")]
        #[cfg_attr(feature = "proptest", proptest(strategy = "values()"))]
        sheet_values: Map<String, Value>,
        /// The canvas that was shown.
        #[serde(deserialize_with = "canvas")]
        #[cfg_attr(feature = "proptest", proptest(strategy = "boxed()"))]
        current_canvas: Option<Canvas>,
        /// Where in the Messenger.
        context: Option<CanvasContext>,
        /// The user, lead or visitor.
        #[cfg_attr(feature = "proptest", proptest(strategy = "boxed()"))]
        user: Option<Box<Contact>>,
    }
}
