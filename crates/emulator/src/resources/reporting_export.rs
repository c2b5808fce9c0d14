//! Reporting exports.

use bytes::Bytes;
use intercom_core::ApiVersion;
use intercom_core::api::reporting_export::{
    Create, Dataset, DatasetAttribute, DatasetList, Download, Get, ListDatasets, ReportingExport,
    ReportingExportStatus,
};
use intercom_core::model::{ObjectType, ReportingExportId};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::export_files::{bad_request, file_location, no_job, too_many};
use crate::resources::{Context, Handle};
use crate::store::{ExportRecord, Phase, Workspace};

/// How many reporting exports may be pending.
const MAX_REPORTS: usize = 5;

/// The only dataset, with the ids and names of its attributes.
const DATASET: &str = "conversation";
const ATTRIBUTES: &[(&str, &str)] = &[
    ("conversation_id", "Conversation ID"),
    ("conversation_started_at", "Conversation started at"),
    ("first_assigned_to", "First assigned to"),
];

impl Workspace {
    fn report(&mut self, id: &ReportingExportId) -> Result<&mut ExportRecord, Refusal> {
        self.reports.get_mut(id).ok_or_else(|| no_job(id.as_str()))
    }
}

fn reporting_export(id: ReportingExportId, record: &ExportRecord, phase: Phase) -> ReportingExport {
    let (url, expires_at) = file_location(record, "reporting_data", id.as_str());
    object!(ReportingExport {
        job_identifier: Some(id),
        status: Some(match phase {
            Phase::Pending => ReportingExportStatus::Pending,
            Phase::Running => ReportingExportStatus::InProgress,
            Phase::Finished => ReportingExportStatus::Complete,
        }),
        download_url: url,
        download_expires_at: expires_at,
    })
}

/// Returns the header line for these attributes.
fn header_line(ids: &[String]) -> Result<String, Refusal> {
    let mut unknown = Vec::new();
    let mut names = Vec::new();
    for id in ids {
        let own = id.strip_prefix("conversation.").unwrap_or(id);
        match ATTRIBUTES.iter().find(|(known, _)| *known == own) {
            Some((_, name)) => names.push(*name),
            None => unknown.push(id.as_str()),
        }
    }
    if unknown.is_empty() {
        return Ok(names.join(",") + "\n");
    }
    Err(bad_request(format!(
        "attribute_ids invalid for {DATASET} dataset: {}",
        unknown.join(", ")
    )))
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, create: Create, context: &Context) -> Result<ReportingExport, Refusal> {
        let body = create.body;
        if body.dataset_id != DATASET {
            return Err(bad_request(format!(
                "{} is not a valid dataset_id",
                body.dataset_id
            )));
        }
        if body.attribute_ids.is_empty() {
            return Err(bad_request(
                "attribute_ids must contain at least one attribute_id",
            ));
        }
        let header = header_line(&body.attribute_ids)?;
        let reports = self.reports.values_mut();
        let active = reports.filter_map(|report| report.is_active(context.now).then_some(()));
        if active.count() >= MAX_REPORTS {
            return Err(too_many(MAX_REPORTS, "reporting dataset"));
        }
        let csv = self.export.as_deref().unwrap_or(&header);
        let record = ExportRecord::new(Some(csv), context.now)?;
        let id = ReportingExportId::new(self.ids.hex(context.now));
        let reply = reporting_export(id.clone(), &record, Phase::Pending);
        self.reports.insert(id, record);
        Ok(reply)
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, context: &Context) -> Result<ReportingExport, Refusal> {
        let record = self.report(&get.job_identifier)?;
        let phase = record.progress.poll(context.now);
        Ok(reporting_export(get.job_identifier, record, phase))
    }
}

impl Handle<Download> for Workspace {
    fn handle(&mut self, download: Download, context: &Context) -> Result<Bytes, Refusal> {
        let id = download.job_identifier;
        let file = self.report(&id)?.download(context.now);
        file.ok_or_else(|| no_job(id.as_str()))
    }
}

impl Handle<ListDatasets> for Workspace {
    fn handle(&mut self, _: ListDatasets, context: &Context) -> Result<DatasetList, Refusal> {
        let qualified = context.version >= ApiVersion::V2_16;
        let attributes = ATTRIBUTES.iter().map(|(id, name)| {
            object!(DatasetAttribute {
                id: Some((*id).to_owned()),
                qualified_id: qualified.then(|| format!("{DATASET}.{id}")),
                name: Some((*name).to_owned()),
            })
        });
        let dataset = object!(Dataset {
            id: Some(DATASET.to_owned()),
            name: Some("Conversation".to_owned()),
            description: Some("Conversation-level details.".to_owned()),
            default_time_attribute_id: Some("conversation_started_at".to_owned()),
            attributes: attributes.collect(),
        });
        Ok(object!(DatasetList {
            r#type: Some(ObjectType::List),
            data: vec![dataset],
        }))
    }
}
