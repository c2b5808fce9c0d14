//! Data exports.

use bytes::Bytes;
use intercom_core::api::data_export::{
    Cancel, Create, DataExport, DataExportStatus, Download, Get,
};
use intercom_core::model::{DataExportId, Timestamp};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::export_files::{csv_line, file_location, no_job, too_many};
use crate::resources::{Context, Handle};
use crate::store::{Author, ExportRecord, Phase, Workspace};

impl Workspace {
    fn data_export(&mut self, id: &DataExportId) -> Result<&mut ExportRecord, Refusal> {
        self.data_exports
            .get_mut(id)
            .ok_or_else(|| no_job(id.as_str()))
    }
}

/// The columns of the file.
const COLUMNS: &[&str] = &[
    "user_id",
    "user_external_id",
    "email",
    "name",
    "conversation_id",
    "content_type",
    "received_at",
    "first_reply",
];

impl Workspace {
    /// Returns the messages that admins sent between two times, a line for each contact who got one;
    /// `None` if there were none.
    fn messages_csv(&self, after: Timestamp, before: Timestamp) -> Option<String> {
        let mut lines = vec![csv_line(COLUMNS.iter().copied())];
        let sent = self.conversations.iter().filter(|record| {
            let by_admin = matches!(record.source.author, Author::Admin(_));
            by_admin && (after..=before).contains(&record.created_at)
        });
        for record in sent {
            let replies = record.parts.iter();
            let mut replies = replies.filter(|part| matches!(part.author, Author::Contact(_)));
            let first_reply = replies.next().map(|part| part.at.to_string());
            for contact in record
                .contacts
                .iter()
                .filter_map(|id| self.contacts.get(id))
            {
                lines.push(csv_line([
                    contact.id.as_str(),
                    contact.external_id.as_deref().unwrap_or_default(),
                    contact.email.as_deref().unwrap_or_default(),
                    contact.name.as_deref().unwrap_or_default(),
                    record.id.as_str(),
                    record.source.kind.as_str(),
                    record.created_at.to_string().as_str(),
                    first_reply.as_deref().unwrap_or_default(),
                ]));
            }
        }
        (lines.len() > 1).then(|| lines.concat())
    }
}

fn data_export(
    id: DataExportId,
    record: &ExportRecord,
    phase: Phase,
    context: &Context,
) -> DataExport {
    let status = match phase {
        _ if record.canceled => DataExportStatus::Canceled,
        Phase::Pending => DataExportStatus::Pending,
        Phase::Running => DataExportStatus::InProgress,
        Phase::Finished if record.file.is_none() => DataExportStatus::NoData,
        Phase::Finished => DataExportStatus::Completed,
    };
    let (url, expires_at) = file_location(record, &format!("/download/content/data/{id}"), context);
    object!(DataExport {
        job_identifier: Some(id),
        status: Some(status),
        download_url: url,
        download_expires_at: expires_at,
    })
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, create: Create, context: &Context) -> Result<DataExport, Refusal> {
        let mut exports = self.data_exports.values_mut();
        if exports.any(|export| export.is_active(context.now)) {
            return Err(too_many(1, "message data"));
        }
        let body = create.body;
        let csv = match &self.export {
            Some(csv) => Some(csv.clone()),
            None => self.messages_csv(body.created_at_after, body.created_at_before),
        };
        let record = ExportRecord::new(csv.as_deref(), context.now)?;
        let id = DataExportId::new(self.ids.hex(context.now));
        let reply = data_export(id.clone(), &record, Phase::Pending, context);
        self.data_exports.insert(id, record);
        Ok(reply)
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, context: &Context) -> Result<DataExport, Refusal> {
        let record = self.data_export(&get.job_identifier)?;
        let phase = record.progress.poll(context.now);
        Ok(data_export(get.job_identifier, record, phase, context))
    }
}

impl Handle<Cancel> for Workspace {
    fn handle(&mut self, cancel: Cancel, context: &Context) -> Result<DataExport, Refusal> {
        let record = self.data_export(&cancel.job_identifier)?;
        let phase = record.progress.phase(context.now);
        record.canceled |= phase != Phase::Finished;
        Ok(data_export(cancel.job_identifier, record, phase, context))
    }
}

impl Handle<Download> for Workspace {
    fn handle(&mut self, download: Download, context: &Context) -> Result<Bytes, Refusal> {
        let id = download.job_identifier;
        let file = self.data_export(&id)?.download(context.now);
        file.ok_or_else(|| no_job(id.as_str()))
    }
}
