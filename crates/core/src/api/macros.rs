//! Macros, the saved replies of teammates.
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

/// Lists all macros, most recently updated first.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/macros/listmacros)
#[apply(endpoint)]
#[spec(GET "/macros" -> ModelList<Macro>; since V2_16)]
#[paged(data [Macro] by cursor starting_after)]
pub struct List {
    /// Limits how many macros a page has: 50 by default, 150 at most.
    #[query]
    pub per_page: Option<u32>,
    /// Starts after this cursor.
    #[query]
    pub starting_after: Option<String>,
    /// Limits the list to macros updated since this time.
    #[query]
    pub updated_since: Option<Timestamp>,
}

/// Returns a macro by its id.
///
/// Fails with 404 if the owner of the token cannot see the macro.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/macros/getmacro)
#[apply(endpoint)]
#[spec(GET "/macros/{macro_id}" -> Macro; since V2_16)]
pub struct Get {
    #[path]
    pub macro_id: MacroId,
}
