//! Macros: replies that teammates keep for use. From 2.16.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::macros;
//!
//! let mut macros = intercom.items(macros::List::new());
//! while let Some(reply) = macros.try_next().await? {
//!     println!("{:?}: {:?}", reply.name, reply.body_text);
//! }
//! # Ok(())
//! # }
//! ```

pub use intercom_model::macros::*;
use intercom_model::{List as ModelList, MacroId, Timestamp};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// All macros, last changed first.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/macros/listmacros)
#[apply(endpoint)]
#[spec(GET "/macros" -> ModelList<Macro>; since V2_16)]
#[paged(data [Macro] by cursor starting_after)]
pub struct List {
    /// How many macros a page has: 50 by default, 150 at most.
    #[query]
    pub per_page: Option<u32>,
    /// The cursor of the page.
    #[query]
    pub starting_after: Option<String>,
    /// Only those that were changed since.
    #[query]
    pub updated_since: Option<Timestamp>,
}

/// One macro. One that the owner of the token does not see is answered with 404.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/macros/getmacro)
#[apply(endpoint)]
#[spec(GET "/macros/{macro_id}" -> Macro; since V2_16)]
pub struct Get {
    #[path]
    pub macro_id: MacroId,
}
