//! Data attributes, the fields of contacts, companies and conversations.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::data_attributes::{self, DataAttributeCreate, DataAttributeModel};
//!
//! let plan = DataAttributeCreate::list("plan", DataAttributeModel::Company, ["free", "pro"]);
//! intercom.call(&data_attributes::Create::new(plan)).await?;
//! # Ok(())
//! # }
//! ```

pub use intercom_model::data_attributes::*;
use intercom_model::{DataAttributeId, List as ModelList};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all attributes, built-in and custom.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-attributes/lisdataattributes)
#[apply(endpoint)]
#[spec(GET "/data_attributes" -> ModelList<DataAttribute>; since V2_7)]
pub struct List {
    /// Limits the list to the attributes of this model: contacts and companies by default. Since
    /// 2.16, `conversation` is refused: use
    /// [`conversation_attributes`](super::conversation_attributes) instead.
    #[query]
    pub model: Option<DataAttributeModel>,
    /// Includes archived attributes.
    #[query]
    pub include_archived: Option<bool>,
}

/// Creates a custom attribute.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-attributes/createdataattribute)
#[apply(endpoint)]
#[spec(POST "/data_attributes" -> DataAttribute; since V2_7)]
pub struct Create {
    pub body: DataAttributeCreate,
}

/// Updates a custom attribute.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-attributes/updatedataattribute)
#[apply(endpoint)]
#[spec(PUT "/data_attributes/{data_attribute_id}" -> DataAttribute; since V2_7)]
pub struct Update {
    #[path]
    pub data_attribute_id: DataAttributeId,
    pub body: DataAttributeUpdate,
}
