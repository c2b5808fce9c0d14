//! Data exports.

use bytes::Bytes;
use intercom_core::api::data_export::{
    Cancel, Create, DataExport, DataExportStatus, Download, Get,
};
use intercom_core::model::DataExportId;

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::export_files::{file_location, no_job, too_many};
use crate::resources::{Context, Handle};
use crate::store::{ExportRecord, Phase, Workspace};

impl Workspace {
    fn data_export(&mut self, id: &DataExportId) -> Result<&mut ExportRecord, Refusal> {
        self.data_exports
            .get_mut(id)
            .ok_or_else(|| no_job(id.as_str()))
    }
}

fn data_export(id: DataExportId, record: &ExportRecord, phase: Phase) -> DataExport {
    let status = match phase {
        _ if record.canceled => DataExportStatus::Canceled,
        Phase::Pending => DataExportStatus::Pending,
        Phase::Running => DataExportStatus::InProgress,
        Phase::Finished if record.file.is_none() => DataExportStatus::NoData,
        Phase::Finished => DataExportStatus::Completed,
    };
    let (url, expires_at) = file_location(record, "content/data", id.as_str());
    object!(DataExport {
        job_identifier: Some(id),
        status: Some(status),
        download_url: url,
        download_expires_at: expires_at,
    })
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, _: Create, context: &Context) -> Result<DataExport, Refusal> {
        let mut exports = self.data_exports.values_mut();
        if exports.any(|export| export.is_active(context.now)) {
            return Err(too_many(1, "message data"));
        }
        let record = ExportRecord::new(self.export.as_deref(), context.now)?;
        let id = DataExportId::new(self.ids.hex(context.now));
        let reply = data_export(id.clone(), &record, Phase::Pending);
        self.data_exports.insert(id, record);
        Ok(reply)
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, context: &Context) -> Result<DataExport, Refusal> {
        let record = self.data_export(&get.job_identifier)?;
        let phase = record.progress.poll(context.now);
        Ok(data_export(get.job_identifier, record, phase))
    }
}

impl Handle<Cancel> for Workspace {
    fn handle(&mut self, cancel: Cancel, context: &Context) -> Result<DataExport, Refusal> {
        let record = self.data_export(&cancel.job_identifier)?;
        let phase = record.progress.phase(context.now);
        record.canceled |= phase != Phase::Finished;
        Ok(data_export(cancel.job_identifier, record, phase))
    }
}

impl Handle<Download> for Workspace {
    fn handle(&mut self, download: Download, context: &Context) -> Result<Bytes, Refusal> {
        let id = download.job_identifier;
        let file = self.data_export(&id)?.download(context.now);
        file.ok_or_else(|| no_job(id.as_str()))
    }
}
