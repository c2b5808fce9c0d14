//! Ecommerce connectors: catalogues of products for Fin.

use macro_rules_attribute::apply;

use crate::JobId;
use crate::declare::response;
use crate::open_enum::open_enum;

open_enum! {
    /// What became of an uploaded catalogue.
    pub enum CatalogUploadStatus {
        /// It is complete, and being read.
        Processing = "processing",
    }
}

/// The reply to the upload of a catalogue, or of a part of one. In Preview.
#[apply(response)]
pub struct CatalogUploaded {
    /// The job to name with the next part, and at the end.
    pub import_job_id: Option<JobId>,
    /// The number of the part that comes next, while the catalogue is not complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_part_number: Option<u32>,
    /// Once the catalogue is complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<CatalogUploadStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}
