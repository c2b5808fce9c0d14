//! Catalogues of products. In Preview. Nothing recommends them, but their rules are kept.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::ecommerce::{
    CatalogProduct, CatalogUpload, CatalogUploadStatus, CatalogUploaded, UploadCatalog,
};
use intercom_core::model::{CatalogImportJobId, ConnectorId};
use serde_json::Value;

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{CatalogRecord, CatalogUploading, Phase, Progress, Workspace};

fn refusal(status: StatusCode, code: ErrorCode, message: impl Into<String>) -> Refusal {
    Refusal::new(status, code, message)
}

fn bad_format(message: impl Into<String>) -> Refusal {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    refusal(status, ErrorCode::InvalidCatalogFormat, message).field("catalog")
}

fn no_upload() -> Refusal {
    refusal(
        StatusCode::NOT_FOUND,
        ErrorCode::UploadSessionNotFound,
        "No active upload session found for the provided import_job_id.",
    )
}

fn in_progress(message: &str) -> Refusal {
    refusal(StatusCode::CONFLICT, ErrorCode::SyncInProgress, message)
}

/// Returns the ids of the products of a catalogue, or of a part of one.
fn products(catalog: &[u8]) -> Result<Vec<String>, Refusal> {
    let Ok(Value::Array(items)) = serde_json::from_slice(catalog) else {
        return Err(bad_format("catalog must be a JSON array"));
    };
    let mut ids = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        if !item.is_object() {
            let message = "each item in the catalog array must be a JSON object";
            return Err(bad_format(message));
        }
        let product: CatalogProduct = serde_json::from_value(item).map_err(|_| {
            bad_format(format!(
                "item {index} needs an id, a title and a url, as strings"
            ))
        })?;
        if !product.url.starts_with("https://") {
            let message = format!("the url of item {index} must start with https://");
            return Err(bad_format(message));
        }
        ids.push(product.id);
    }
    Ok(ids)
}

impl CatalogRecord {
    /// Starts reading a catalogue, in place of the previous one.
    fn start(
        &mut self,
        products: Vec<String>,
        job: CatalogImportJobId,
        context: &Context,
    ) -> CatalogUploaded {
        self.products = products;
        self.sync = Some(Progress::start(context.now));
        object!(CatalogUploaded {
            import_job_id: Some(job),
            status: Some(CatalogUploadStatus::Processing),
            message: Some("Catalog received. Sync has started.".to_owned()),
        })
    }
}

impl Workspace {
    /// Stores an ecommerce connector without a catalogue.
    pub(crate) fn add_ecommerce_connector(&mut self) -> ConnectorId {
        let id = ConnectorId::new(self.ids.decimal().to_string());
        self.catalogs.insert(id.clone(), CatalogRecord::default());
        id
    }
}

impl Handle<UploadCatalog> for Workspace {
    fn handle(
        &mut self,
        upload: UploadCatalog,
        context: &Context,
    ) -> Result<CatalogUploaded, Refusal> {
        let new_job = CatalogImportJobId::new(format!("job_{}", self.ids.decimal()));
        let record = self.catalogs.get_mut(&upload.connector_id);
        let record = record.ok_or_else(|| {
            let code = ErrorCode::ImportSourceNotFound;
            let message = "No connector found with the provided id.";
            refusal(StatusCode::NOT_FOUND, code, message)
        })?;
        let sync = record.sync.as_mut();
        if sync.is_some_and(|sync| sync.phase(context.now) != Phase::Finished) {
            let message =
                "A catalog upload is already in progress. Please wait for it to complete.";
            return Err(in_progress(message));
        }
        match upload.body {
            CatalogUpload::Whole { catalog } => {
                let products = products(&catalog)?;
                record.upload = None;
                Ok(record.start(products, new_job, context))
            }
            CatalogUpload::Part { catalog, of: None } => {
                if record.upload.is_some() {
                    let message =
                        "A multipart upload is already in progress. Use import_job_id to continue.";
                    return Err(in_progress(message));
                }
                record.upload = Some(CatalogUploading {
                    job: new_job.clone(),
                    parts: vec![products(&catalog)?],
                });
                Ok(object!(CatalogUploaded {
                    import_job_id: Some(new_job),
                    next_part_number: Some(2),
                }))
            }
            CatalogUpload::Part {
                catalog,
                of: Some((job, number)),
            } => {
                let upload = record.upload.as_mut().filter(|upload| upload.job == job);
                let upload = upload.ok_or_else(no_upload)?;
                let next = upload.parts.len() + 1;
                let products = products(&catalog)?;
                // A part may be sent again.
                match (number as usize).checked_sub(1) {
                    Some(place) if place < upload.parts.len() => {
                        if let Some(part) = upload.parts.get_mut(place) {
                            *part = products;
                        }
                    }
                    Some(place) if place == upload.parts.len() => upload.parts.push(products),
                    _ => {
                        let (status, code) = (
                            StatusCode::UNPROCESSABLE_ENTITY,
                            ErrorCode::from("invalid_part_number"),
                        );
                        let message = format!("Expected part {next}, got {number}");
                        return Err(refusal(status, code, message));
                    }
                }
                Ok(object!(CatalogUploaded {
                    import_job_id: Some(job),
                    next_part_number: u32::try_from(upload.parts.len() + 1).ok(),
                }))
            }
            CatalogUpload::Finalize { import_job_id } => {
                let upload = record.upload.take_if(|upload| upload.job == import_job_id);
                let parts = upload.ok_or_else(no_upload)?.parts;
                Ok(record.start(parts.concat(), import_job_id, context))
            }
            _ => Err(bad_format("catalog file is required")),
        }
    }

    /// A catalogue that is complete is accepted; a part is stored.
    fn status(reply: &CatalogUploaded) -> Option<StatusCode> {
        reply.status.as_ref().map(|_| StatusCode::ACCEPTED)
    }
}
