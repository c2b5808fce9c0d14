//! Reporting exports.

use bytes::Bytes;
use intercom_core::ApiVersion;
use intercom_core::api::reporting_export::{
    Create, Dataset, DatasetAttribute, DatasetList, Download, Get, ListDatasets, ReportingExport,
    ReportingExportStatus,
};
use intercom_core::model::{ObjectType, ReportingExportId, Timestamp};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::export_files::{bad_request, csv_line, file_location, no_job, too_many};
use crate::resources::{Context, Handle};
use crate::store::{Assignee, ExportRecord, Phase, Workspace};

/// How many reporting exports may be pending.
const MAX_REPORTS: usize = 5;

/// The only dataset, with the ids and names of its attributes.
const DATASET: &str = "conversation";
const ATTRIBUTES: &[(&str, &str)] = &[
    ("conversation_id", "Conversation ID"),
    ("conversation_started_at", "Conversation started at"),
    ("first_assigned_to", "First assigned to"),
    ("conversation_state", "Conversation state"),
    ("channel", "Channel"),
    ("parts", "Number of parts"),
];

impl Workspace {
    fn report(&mut self, id: &ReportingExportId) -> Result<&mut ExportRecord, Refusal> {
        self.reports.get_mut(id).ok_or_else(|| no_job(id.as_str()))
    }
}

fn reporting_export(
    id: ReportingExportId,
    record: &ExportRecord,
    phase: Phase,
    context: &Context,
) -> ReportingExport {
    let (url, expires_at) =
        file_location(record, &format!("/download/reporting_data/{id}"), context);
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

/// Returns the places of these attributes among all.
fn places(ids: &[String]) -> Result<Vec<usize>, Refusal> {
    let (mut unknown, mut places) = (Vec::new(), Vec::new());
    for id in ids {
        let own = id.strip_prefix("conversation.").unwrap_or(id);
        match ATTRIBUTES.iter().position(|(known, _)| *known == own) {
            Some(place) => places.push(place),
            None => unknown.push(id.as_str()),
        }
    }
    if unknown.is_empty() {
        return Ok(places);
    }
    Err(bad_request(format!(
        "attribute_ids invalid for {DATASET} dataset: {}",
        unknown.join(", ")
    )))
}

impl Workspace {
    /// Returns the conversations that started between two times, by these attributes.
    fn conversations_csv(&self, places: &[usize], after: Timestamp, before: Timestamp) -> String {
        let names = places.iter().filter_map(|place| ATTRIBUTES.get(*place));
        let mut csv = csv_line(names.map(|(_, name)| *name));
        let conversations = self.conversations.iter();
        let started = conversations.filter(|record| (after..=before).contains(&record.created_at));
        for record in started {
            let mut assignees = record
                .parts
                .iter()
                .filter_map(|part| match &part.assigned_to {
                    Some(Assignee::Admin(id)) => Some(id.as_str()),
                    _ => None,
                });
            let values = [
                record.id.to_string(),
                record.created_at.to_string(),
                assignees.next().unwrap_or_default().to_owned(),
                record.state.to_string(),
                record.source.kind.to_string(),
                record.parts.len().to_string(),
            ];
            let values = places.iter().filter_map(|place| values.get(*place));
            csv += &csv_line(values.map(String::as_str));
        }
        csv
    }
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
        let places = places(&body.attribute_ids)?;
        let reports = self.reports.values_mut();
        let active = reports.filter_map(|report| report.is_active(context.now).then_some(()));
        if active.count() >= MAX_REPORTS {
            return Err(too_many(MAX_REPORTS, "reporting dataset"));
        }
        let csv = match &self.export {
            Some(csv) => csv.clone(),
            None => self.conversations_csv(&places, body.start_time, body.end_time),
        };
        let record = ExportRecord::new(Some(&csv), context.now)?;
        let id = ReportingExportId::new(self.ids.hex(context.now));
        let reply = reporting_export(id.clone(), &record, Phase::Pending, context);
        self.reports.insert(id, record);
        Ok(reply)
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, context: &Context) -> Result<ReportingExport, Refusal> {
        let record = self.report(&get.job_identifier)?;
        let phase = record.progress.poll(context.now);
        Ok(reporting_export(get.job_identifier, record, phase, context))
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
