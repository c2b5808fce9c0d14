//! The IP allowlist: the addresses from which the workspace can be used.

use macro_rules_attribute::apply;

use crate::ObjectType;
use crate::vocabulary::declare::body;

/// The addresses from which the workspace can be used. From 2.14 to 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/ip_allowlist)
#[apply(body)]
pub struct IpAllowlist {
    pub r#type: Option<ObjectType>,
    /// Whether the list counts.
    pub enabled: Option<bool>,
    /// Addresses, and networks such as `192.168.1.0/24`. A list that is enabled must have the
    /// address from which it is changed.
    pub ip_allowlist: Option<Vec<String>>,
}
