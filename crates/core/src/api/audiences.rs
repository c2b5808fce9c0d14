//! Audiences: whom content is for. From 2.16.
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

/// All audiences.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/audiences/listaudiences)
#[apply(endpoint)]
#[spec(GET "/audiences" -> CountedList<Audience>; since V2_16)]
#[paged(data [Audience] by counters)]
pub struct List {
    /// The number of the page, from 1.
    #[query]
    pub page: Option<u32>,
    /// How many audiences a page has: 50 by default and at most.
    #[query]
    pub per_page: Option<u32>,
}

/// One audience.
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

/// Changes the named fields of an audience.
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
