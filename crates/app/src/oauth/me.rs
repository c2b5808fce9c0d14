//! What `GET /me` says of the workspace that installed the app.

use intercom_core::Region;
use intercom_model::admins::Admin;

/// Returns the region of the workspace, which selects the base URL. `None` if the admin has no workspace
/// or its region is unknown.
#[must_use]
pub fn region(me: &Admin) -> Option<Region> {
    let name = me.app.as_ref()?.region.as_deref()?;
    let known = [("US", Region::Us), ("EU", Region::Eu), ("AU", Region::Au)];
    let found = known
        .into_iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, region)| region)
}

/// Returns the email of the teammate if Intercom has verified it.
///
/// Only a verified email proves who logs in: anybody can enter the email of somebody else.
#[must_use]
pub fn verified_email(me: &Admin) -> Option<&str> {
    let is_verified = me.email_verified == Some(true);
    me.email.as_deref().filter(|_| is_verified)
}
