//! Companies.

use intercom_core::api::contacts::Company;
use intercom_core::model::{CompanyId, TagId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::store::table::{Entries, Record};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CompanyRecord {
    pub(crate) company: Company,
    pub(crate) tags: Vec<TagId>,
}

/// The indexes of companies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CompanyIndex {
    /// By the workspace's own id.
    CompanyId,
    /// By name.
    Name,
    /// By the last request; companies without one come first.
    LastRequestAt,
}

impl Record for CompanyRecord {
    type Id = CompanyId;
    type Index = CompanyIndex;

    fn id(&self) -> &CompanyId {
        &self.company.id
    }

    fn entries(&self, entries: &mut Entries<CompanyIndex>) {
        if let Some(id) = &self.company.company_id {
            entries.add(CompanyIndex::CompanyId, id.as_str());
        }
        if let Some(name) = &self.company.name {
            entries.add(CompanyIndex::Name, name.as_str());
        }
        let last = self.company.last_request_at.map(Timestamp::as_second);
        entries.add(CompanyIndex::LastRequestAt, last.unwrap_or(i64::MIN));
    }
}

/// The one scroll over all companies that may be open.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CompanyScroll {
    pub(crate) name: String,
    /// The last company that was returned.
    pub(crate) last: Option<CompanyId>,
    pub(crate) used_at: Timestamp,
}
