//! Ecommerce connectors, which give Fin catalogues of products.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), Box<dyn std::error::Error>> {
//! use intercom_core::api::ecommerce::{self, CatalogProduct, CatalogUpload};
//! use intercom_core::{ApiVersion, CallOptions};
//!
//! let intercom = intercom.with_options(CallOptions::new().version(ApiVersion::Preview));
//! let shirt = CatalogProduct::new("prod-12345", "Cotton T-Shirt", "https://example.com/products/t-shirt")
//!     .category_path(["Clothing", "T-Shirts"])
//!     .price_min(19.99);
//! let catalog = CatalogUpload::products(&[shirt])?;
//! let uploaded = intercom.call(&ecommerce::UploadCatalog::new("42939", catalog)).await?;
//! println!("{:?}", uploaded.status);
//! # Ok(())
//! # }
//! ```

use bytes::Bytes;
pub use intercom_model::ecommerce::*;
use intercom_model::{CatalogImportJobId, ConnectorId};
use macro_rules_attribute::apply;

use super::declare::endpoint;
use crate::operation::param::Param;
use crate::operation::{Part, ToMultipart};
#[cfg(feature = "server")]
use crate::server::FromMultipart;

/// Uploads a catalogue, or a part of a large one.
///
/// It replaces the previous catalogue: Fin forgets the products that are not in it. Fails with 409
/// and [`ErrorCode::SyncInProgress`](intercom_model::ErrorCode::SyncInProgress) while another
/// catalogue is being read.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/ecommerce-connectors/uploadecommercecatalog)
#[apply(endpoint)]
#[spec(POST "/ecommerce/connectors/{connector_id}/catalog" -> CatalogUploaded; since Preview)]
pub struct UploadCatalog {
    #[path]
    pub connector_id: ConnectorId,
    #[multipart]
    pub body: CatalogUpload,
}

/// A catalogue to upload, whole or in parts: a JSON array of products, of 99 MB at most.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CatalogUpload {
    /// A whole catalogue.
    Whole {
        /// The JSON of the catalogue.
        catalog: Bytes,
    },
    /// A part of a catalogue.
    ///
    /// The reply to the first part has the job id for the others. A part may be sent again.
    Part {
        /// The JSON of the part, which is an array as well.
        catalog: Bytes,
        /// The job and the number of the part; `None` for the first part.
        of: Option<(CatalogImportJobId, u32)>,
    },
    /// The end of a catalogue that was sent in parts.
    Finalize {
        /// The job of the parts.
        import_job_id: CatalogImportJobId,
    },
}

impl CatalogUpload {
    /// Uploads a whole catalogue that has these products.
    ///
    /// # Errors
    ///
    /// Returns an error if a product cannot be serialized to JSON.
    pub fn products(products: &[CatalogProduct]) -> Result<Self, serde_json::Error> {
        serde_json::to_vec(products).map(Self::whole)
    }

    /// Uploads a whole catalogue.
    pub fn whole(catalog: impl Into<Bytes>) -> Self {
        Self::Whole {
            catalog: catalog.into(),
        }
    }

    /// Uploads the first part of a catalogue.
    pub fn first_part(catalog: impl Into<Bytes>) -> Self {
        Self::Part {
            catalog: catalog.into(),
            of: None,
        }
    }

    /// Uploads a later part, with the number that the reply to the previous part asked for.
    pub fn part(
        import_job_id: impl Into<CatalogImportJobId>,
        part_number: u32,
        catalog: impl Into<Bytes>,
    ) -> Self {
        Self::Part {
            catalog: catalog.into(),
            of: Some((import_job_id.into(), part_number)),
        }
    }

    /// Ends a catalogue that was uploaded in parts.
    pub fn finalize(import_job_id: impl Into<CatalogImportJobId>) -> Self {
        Self::Finalize {
            import_job_id: import_job_id.into(),
        }
    }
}

const CATALOG: &str = "catalog";
const FILE_NAME: &str = "catalog.json";
const FINALIZE: &str = "finalize";
const IMPORT_JOB_ID: &str = "import_job_id";
const PART_NUMBER: &str = "part_number";

impl ToMultipart for CatalogUpload {
    fn to_parts(&self) -> Vec<Part> {
        match self {
            Self::Whole { catalog } => vec![Part::file(CATALOG, FILE_NAME, catalog.clone())],
            Self::Part { catalog, of } => {
                let mut parts = vec![
                    Part::file(CATALOG, FILE_NAME, catalog.clone()),
                    Part::field(FINALIZE, "false"),
                ];
                if let Some((import_job_id, part_number)) = of {
                    parts.push(Part::field(IMPORT_JOB_ID, import_job_id.as_str()));
                    parts.push(Part::field(PART_NUMBER, part_number.to_text()));
                }
                parts
            }
            Self::Finalize { import_job_id } => {
                vec![
                    Part::field(FINALIZE, "true"),
                    Part::field(IMPORT_JOB_ID, import_job_id.as_str()),
                ]
            }
        }
    }
}

#[cfg(feature = "server")]
impl FromMultipart for CatalogUpload {
    fn from_parts(parts: Vec<Part>) -> Result<Self, &'static str> {
        let part = |name: &str| {
            parts
                .iter()
                .find(|part| part.name == name)
                .map(|part| part.content.clone())
        };
        let text =
            |name: &str| part(name).map(|content| String::from_utf8_lossy(&content).into_owned());
        let import_job_id = text(IMPORT_JOB_ID).map(CatalogImportJobId::from);
        match text(FINALIZE).as_deref() {
            Some("true") => Ok(Self::Finalize {
                import_job_id: import_job_id.ok_or(IMPORT_JOB_ID)?,
            }),
            Some(_) => {
                let part_number = text(PART_NUMBER)
                    .map(|number| u32::from_text(&number))
                    .transpose();
                let of = import_job_id.zip(part_number.map_err(|_| PART_NUMBER)?);
                Ok(Self::Part {
                    catalog: part(CATALOG).ok_or(CATALOG)?,
                    of,
                })
            }
            None => Ok(Self::Whole {
                catalog: part(CATALOG).ok_or(CATALOG)?,
            }),
        }
    }
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::{CatalogUpload, UploadCatalog};
    use crate::Endpoint;
    use crate::server::{Received, Serve};

    #[test]
    fn an_upload_arrives_as_it_was_sent() {
        let json = br#"[{"id":"1","title":"A","url":"https://example.com"}]"#;
        for upload in [
            CatalogUpload::whole(&json[..]),
            CatalogUpload::first_part(&json[..]),
            CatalogUpload::part("job_1", 2, &json[..]),
            CatalogUpload::finalize("job_1"),
        ] {
            let sent = UploadCatalog::new("42939", upload);
            let request = sent.encode().unwrap();
            let received = Received::new(vec!["42939".into()], None, request.body());
            assert_eq!(UploadCatalog::receive(&received).unwrap(), sent);
        }
    }
}
