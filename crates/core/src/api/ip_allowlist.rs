//! The IP allowlist: the addresses from which a workspace can be used.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::ip_allowlist::{self, IpAllowlist};
//!
//! let office = IpAllowlist::new().enabled(true).ip_allowlist(["192.168.1.0/24".to_owned()]);
//! intercom.call(&ip_allowlist::Update::new(office)).await?;
//! # Ok(())
//! # }
//! ```

pub use intercom_model::ip_allowlist::*;
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Returns the IP allowlist.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ip-allowlist/getipallowlist)
#[apply(endpoint)]
#[spec(GET "/ip_allowlist" -> IpAllowlist; since V2_14 until V2_16)]
pub struct Get {}

/// Replaces the IP allowlist.
///
/// A list that would lock the caller out is refused.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ip-allowlist/updateipallowlist)
#[apply(endpoint)]
#[spec(PUT "/ip_allowlist" -> IpAllowlist; since V2_14 until V2_16)]
pub struct Update {
    pub body: IpAllowlist,
}
