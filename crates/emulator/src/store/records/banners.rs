//! Banners, and who sees them.

use intercom_core::model::{BannerId, ContactId, Timestamp};
use serde::{Deserialize, Serialize};

/// The view of a banner that a contact has.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct BannerView {
    pub(crate) banner: BannerId,
    pub(crate) contact: ContactId,
    pub(crate) dismissed: bool,
    pub(crate) created_at: Timestamp,
}
