//! Catalogues of products.

use intercom_core::model::CatalogImportJobId;
use serde::{Deserialize, Serialize};

use crate::store::progress::Progress;

/// An ecommerce connector, with the catalogue that was last uploaded to it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct CatalogRecord {
    /// The catalogue that is being uploaded in parts.
    pub(crate) upload: Option<CatalogUploading>,
    /// How far the last catalogue is read.
    pub(crate) sync: Option<Progress>,
    /// The ids of the products of the last catalogue, in its order.
    pub(crate) products: Vec<String>,
}

/// A catalogue that arrives in parts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CatalogUploading {
    pub(crate) job: CatalogImportJobId,
    /// The products of each part.
    pub(crate) parts: Vec<Vec<String>>,
}
