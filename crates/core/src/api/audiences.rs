//! Audiences, which say who content is for.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::audiences::{self, AudienceCreate, Predicate};
//!
//! let vips = AudienceCreate::new("VIP customers")
//!     .predicates([Predicate::text("custom_attributes.plan", "eq", "enterprise")])
//!     .role_predicates([Predicate::role("user")]);
//! intercom.call(&audiences::Create::new(vips)).await?;
//! # Ok(())
//! # }
//! ```

pub use intercom_model::audiences::*;
use intercom_model::{AudienceId, CountedList};
use macro_rules_attribute::apply;

use super::declare::endpoint;
use crate::Empty;

/// Lists all audiences.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/audiences/listaudiences)
#[apply(endpoint)]
#[spec(GET "/audiences" -> CountedList<Audience>; since V2_16)]
#[paged(data [Audience] by counters)]
pub struct List {
    /// Selects a page by its number, counting from 1.
    #[query]
    pub page: Option<u32>,
    /// Limits how many audiences a page has: 50 by default and at most.
    #[query]
    pub per_page: Option<u32>,
}

/// Returns an audience by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/audiences/retrieveaudience)
#[apply(endpoint)]
#[spec(GET "/audiences/{audience_id}" -> Audience; since V2_16)]
pub struct Get {
    #[path]
    pub audience_id: AudienceId,
}

/// Creates an audience.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/audiences/createaudience)
#[apply(endpoint)]
#[spec(POST "/audiences" -> Audience; since V2_16)]
pub struct Create {
    pub body: AudienceCreate,
}

/// Updates an audience.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/audiences/updateaudience)
#[apply(endpoint)]
#[spec(PUT "/audiences/{audience_id}" -> Audience; since V2_16)]
pub struct Update {
    #[path]
    pub audience_id: AudienceId,
    pub body: AudienceUpdate,
}

/// Deletes an audience.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/audiences/deleteaudience)
#[apply(endpoint)]
#[spec(DELETE "/audiences/{audience_id}" => Empty; since V2_16)]
pub struct Delete {
    #[path]
    pub audience_id: AudienceId,
}
