//! Conversation attributes, the fields that a workspace defines for its conversations.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::conversation_attributes::{self, ConversationAttributeCreate, ListAttributeCreate};
//!
//! let urgency = ListAttributeCreate::new("Urgency").options(["Low", "High"].map(Into::into));
//! let urgency = ConversationAttributeCreate::List(urgency);
//! let urgency = intercom.call(&conversation_attributes::Create::new(urgency)).await?;
//! intercom.call(&conversation_attributes::CreateOption::new(&urgency.id, "Higher")).await?;
//! # Ok(())
//! # }
//! ```

pub use intercom_model::conversation_attributes::*;
use intercom_model::{AttributeOptionId, ConversationAttributeId, List as ModelList};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all conversation attributes.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations-attributes/listconversationattributes)
#[apply(endpoint)]
#[spec(GET "/conversations/attributes" -> ModelList<ConversationAttribute>; since V2_16)]
pub struct List {
    /// Includes archived attributes.
    #[query]
    pub include_archived: Option<bool>,
}

/// Returns a conversation attribute by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations-attributes/getconversationattribute)
#[apply(endpoint)]
#[spec(GET "/conversations/attributes/{attribute_id}" -> ConversationAttribute; since V2_16)]
pub struct Get {
    #[path]
    pub attribute_id: ConversationAttributeId,
}

/// Creates a conversation attribute.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations-attributes/createconversationattribute)
#[apply(endpoint)]
#[spec(POST "/conversations/attributes" -> ConversationAttribute; since V2_16)]
pub struct Create {
    pub body: ConversationAttributeCreate,
}

/// Updates a conversation attribute.
///
/// Fields that are not set stay as they are. The type of an attribute cannot be changed.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations-attributes/updateconversationattribute)
#[apply(endpoint)]
#[spec(PUT "/conversations/attributes/{attribute_id}" -> ConversationAttribute; since V2_16)]
pub struct Update {
    #[path]
    pub attribute_id: ConversationAttributeId,
    pub body: ConversationAttributeUpdate,
}

/// Archives a conversation attribute.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations-attributes/deleteconversationattribute)
#[apply(endpoint)]
#[spec(DELETE "/conversations/attributes/{attribute_id}" -> ConversationAttribute; since V2_16)]
pub struct Delete {
    #[path]
    pub attribute_id: ConversationAttributeId,
}

/// Adds an option to a list attribute and returns the attribute.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations-attributes/createconversationattributeoption)
#[apply(endpoint)]
#[spec(POST "/conversations/attributes/{attribute_id}/options" -> ConversationAttribute; since V2_16)]
pub struct CreateOption {
    #[path]
    pub attribute_id: ConversationAttributeId,
    pub body: OptionLabel,
}

/// Renames an option of a list attribute and returns the attribute.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations-attributes/updateconversationattributeoption)
#[apply(endpoint)]
#[spec(PUT "/conversations/attributes/{attribute_id}/options/{option_id}" -> ConversationAttribute; since V2_16)]
pub struct UpdateOption {
    #[path]
    pub attribute_id: ConversationAttributeId,
    #[path]
    pub option_id: AttributeOptionId,
    pub body: OptionLabel,
}

/// Archives an option of a list attribute and returns the attribute.
///
/// An archived option can no longer be chosen. Fails with 422 if fewer than two options would
/// remain.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations-attributes/deleteconversationattributeoption)
#[apply(endpoint)]
#[spec(DELETE "/conversations/attributes/{attribute_id}/options/{option_id}" -> ConversationAttribute; since V2_16)]
pub struct DeleteOption {
    #[path]
    pub attribute_id: ConversationAttributeId,
    #[path]
    pub option_id: AttributeOptionId,
}
