//! Visitors, people on a website who are not known yet.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::visitors::{self, ConvertFrom, ConvertInto, Role, VisitorConvert};
//!
//! let visitor = intercom.call(&visitors::Get::new("3ecf64d0-9ed1-4e9f-88e1-da7d6e6782f3")).await?;
//! let (from, into) = (ConvertFrom::id(&visitor.id), ConvertInto::new().email("ada@example.com"));
//! let contact = intercom.call(&visitors::Convert::new(VisitorConvert::new(Role::User, into, from))).await?;
//! println!("{}", contact.id);
//! # Ok(())
//! # }
//! ```

use intercom_model::VisitorId;
pub use intercom_model::contacts::{Contact, Role};
pub use intercom_model::visitors::*;
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Returns a visitor by the id that the Messenger generated.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/visitors/retrievevisitorwithuserid)
#[apply(endpoint)]
#[spec(GET "/visitors" -> Visitor; since V2_7)]
pub struct Get {
    /// The id that the Messenger generated for the visitor.
    #[query]
    pub user_id: String,
}

/// Returns a visitor by its Intercom id.
///
/// The official descriptions of 2.7 to 2.10 and Preview had this operation until May 2024. This
/// crate offers it all the same, because the service may support what a description leaves out.
#[apply(endpoint)]
#[spec(GET "/visitors/{visitor_id}" -> Visitor; since V2_7)]
pub struct GetById {
    #[path]
    pub visitor_id: VisitorId,
}

/// Deletes a visitor.
///
/// The official descriptions of 2.7 to 2.10 and Preview had this operation until May 2024, and all
/// of them still have its reply. This crate offers it all the same, because the service may support
/// what a description leaves out.
#[apply(endpoint)]
#[spec(DELETE "/visitors/{visitor_id}" -> VisitorDeleted; since V2_7)]
pub struct Delete {
    #[path]
    pub visitor_id: VisitorId,
}

/// Updates a visitor.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/visitors/updatevisitor)
#[apply(endpoint)]
#[spec(PUT "/visitors" -> Visitor; since V2_7)]
pub struct Update {
    pub body: VisitorUpdate,
}

/// Converts a visitor to a contact, or merges it into an existing one, and returns the contact.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/visitors/convertvisitor)
#[apply(endpoint)]
#[spec(POST "/visitors/convert" -> Contact; since V2_7)]
pub struct Convert {
    pub body: VisitorConvert,
}
