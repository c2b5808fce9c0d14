//! Segments.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use intercom_core::api::segments::Segment;
use intercom_core::model::ContactId;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SegmentRecord {
    pub(crate) segment: Segment,
    pub(crate) members: BTreeSet<ContactId>,
}
