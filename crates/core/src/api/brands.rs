//! The brands of a workspace.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::brands;
//!
//! for brand in &*intercom.call(&brands::List::new()).await? {
//!     println!("{:?}", brand.name);
//! }
//! # Ok(())
//! # }
//! ```

pub use intercom_model::brands::*;
use intercom_model::{BrandId, List as ModelList};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all brands.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/brands/listbrands)
#[apply(endpoint)]
#[spec(GET "/brands" -> ModelList<Brand>; since V2_15)]
pub struct List {}

/// Returns a brand by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/brands/retrievebrand)
#[apply(endpoint)]
#[spec(GET "/brands/{brand_id}" -> Brand; since V2_15)]
pub struct Get {
    #[path]
    pub brand_id: BrandId,
}
