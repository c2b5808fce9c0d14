//! The list of addresses from which teammates may log in. The API does not enforce it.

use std::net::IpAddr;

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::ip_allowlist::{Get, IpAllowlist, Update};
use intercom_core::model::ObjectType;

use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

fn shown(list: &IpAllowlist) -> IpAllowlist {
    let mut list = list.clone();
    list.r#type = Some(ObjectType::from("ip_allowlist"));
    list.enabled.get_or_insert(false);
    list.ip_allowlist.get_or_insert_default();
    list
}

/// Whether a text is an address, or a range in CIDR notation.
fn is_range(text: &str) -> bool {
    let (address, bits) = match text.split_once('/') {
        None => (text, None),
        Some((address, bits)) => (address, Some(bits)),
    };
    let Ok(address) = address.parse::<IpAddr>() else {
        return false;
    };
    let most = if address.is_ipv4() { 32 } else { 128 };
    bits.is_none_or(|bits| bits.parse::<u8>().is_ok_and(|bits| bits <= most))
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, _: Get, _: &Context) -> Result<IpAllowlist, Refusal> {
        Ok(shown(&self.ip_allowlist))
    }
}

impl Handle<Update> for Workspace {
    fn handle(&mut self, update: Update, _: &Context) -> Result<IpAllowlist, Refusal> {
        let body = update.body;
        let mut ranges = body.ip_allowlist.iter().flatten();
        if let Some(invalid) = ranges.find(|range| !is_range(range)) {
            return Err(Refusal::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                ErrorCode::ParameterInvalid,
                format!("{invalid} is not a valid IP address or range"),
            ));
        }
        let list = &mut self.ip_allowlist;
        list.enabled = body.enabled.or(list.enabled);
        list.ip_allowlist = body.ip_allowlist.or(list.ip_allowlist.take());
        Ok(shown(list))
    }
}

#[cfg(test)]
mod tests {
    use super::is_range;

    #[test]
    fn addresses_and_ranges_are_told_from_other_text() {
        for valid in ["192.0.2.1", "192.0.2.0/24", "2001:db8::/32"] {
            assert!(is_range(valid), "{valid}");
        }
        for invalid in ["", "example.com", "192.0.2.0/33", "192.0.2.0/", "1/2/3"] {
            assert!(!is_range(invalid), "{invalid}");
        }
    }
}
