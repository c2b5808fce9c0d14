//! Data exports and reporting exports: jobs that make files.

use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::StatusCode;
use intercom_core::api::data_export::{self, DataExport, DataExportStatus};
use intercom_core::api::reporting_export::{
    self, Dataset, DatasetAttribute, DatasetList, ReportingExport, ReportingExportStatus,
};
use intercom_core::model::{DataExportId, ObjectType, ReportingExportId, Timestamp};
use intercom_core::{ApiVersion, ErrorCode};

use crate::course::{Course, Phase};
use crate::emulator::Emulator;
use crate::object::object;
use crate::operations::{Context, Handle};
use crate::refusal::Refusal;
use crate::world::World;

/// How long a file is kept: two days.
const KEPT: i64 = 2 * 24 * 60 * 60;

/// How many reporting exports may be pending.
const MAX_REPORTS: usize = 5;

/// The one dataset there is, and the ids and names of its attributes.
const DATASET: &str = "conversation";
const ATTRIBUTES: &[(&str, &str)] = &[
    ("conversation_id", "Conversation ID"),
    ("conversation_started_at", "Conversation started at"),
    ("first_assigned_to", "First assigned to"),
];

/// An export.
#[derive(Debug)]
pub(crate) struct ExportRecord {
    course: Course,
    /// What it makes, gzipped; `None` where there is no data.
    file: Option<Bytes>,
    canceled: bool,
}

impl ExportRecord {
    fn new(csv: Option<&str>, now: Timestamp) -> Result<Self, Refusal> {
        Ok(Self {
            course: Course::begin(now),
            file: csv.map(gzip).transpose()?,
            canceled: false,
        })
    }

    fn is_active(&mut self, now: Timestamp) -> bool {
        !self.canceled && self.course.phase(now) != Phase::Over
    }

    /// When the file goes away, once there is one.
    fn expires_at(&self) -> Option<i64> {
        let over_at = self.course.over_at().filter(|_| self.file.is_some())?;
        Some(over_at.as_second() + KEPT)
    }

    fn download(&mut self, now: Timestamp) -> Option<Bytes> {
        if self.canceled || self.course.phase(now) != Phase::Over {
            return None;
        }
        let kept = self.expires_at()? > now.as_second();
        self.file.clone().filter(|_| kept)
    }
}

fn gzip(csv: &str) -> Result<Bytes, Refusal> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder
        .write_all(csv.as_bytes())
        .and_then(|()| encoder.finish())
        .map(Bytes::from)
        // Writing to memory does not fail.
        .map_err(|error| {
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            Refusal::new(status, ErrorCode::ServerError, error.to_string())
        })
}

fn no_job(id: &str) -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::NotFound,
        format!("Export job not found for identifier: {id}"),
    )
}

fn too_many(limit: usize, what: &str) -> Refusal {
    Refusal::new(
        StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::RateLimitExceeded,
        format!("Exceeded rate limit of {limit} pending {what} export jobs"),
    )
}

fn bad_request(message: impl Into<String>) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, ErrorCode::BadRequest, message)
}

/// Where a file is and when it goes away, once there is one.
fn place(record: &ExportRecord, path: &str, id: &str) -> (Option<String>, Option<Timestamp>) {
    let expires_at = record.expires_at().filter(|_| !record.canceled);
    let url = expires_at.map(|_| format!("https://api.intercom.io/download/{path}/{id}"));
    (url, expires_at.map(Timestamp::from_second))
}

impl Emulator {
    /// What exports that are started from now on give: this CSV, which is gzipped.
    ///
    /// Until it is set, a data export ends with the status `no_data`, for nothing was sent to anyone,
    /// and a reporting export has a line of headings and no other.
    ///
    /// ```
    /// use intercom_core::api::data_export::{self, DataExportCreate};
    /// use intercom_core::blocking::Client;
    /// use intercom_core::model::Timestamp;
    /// use intercom_emulator::Emulator;
    ///
    /// let emulator = Emulator::new();
    /// emulator.set_export("user_id,email\n7,ada@example.com\n");
    ///
    /// let intercom = Client::new(emulator.transport(), "any token");
    /// let (from, to) = (Timestamp::from_second(0), Timestamp::from_second(1));
    /// let job = intercom.start(&data_export::Create::new(DataExportCreate::new(from, to)))?;
    /// let mut file = Vec::new();
    /// job.wait()?.download_to(&mut file)?;
    /// assert_eq!(file, b"user_id,email\n7,ada@example.com\n");
    /// # Ok::<(), intercom_core::Error>(())
    /// ```
    pub fn set_export(&self, csv: impl Into<String>) {
        self.lock().world.export = Some(csv.into());
    }
}

impl World {
    fn data_export(&mut self, id: &DataExportId) -> Result<&mut ExportRecord, Refusal> {
        self.data_exports
            .get_mut(id)
            .ok_or_else(|| no_job(id.as_str()))
    }

    fn report(&mut self, id: &ReportingExportId) -> Result<&mut ExportRecord, Refusal> {
        self.reports.get_mut(id).ok_or_else(|| no_job(id.as_str()))
    }
}

fn data_export(id: DataExportId, record: &ExportRecord, phase: Phase) -> DataExport {
    let status = match phase {
        _ if record.canceled => DataExportStatus::Canceled,
        Phase::Pending => DataExportStatus::Pending,
        Phase::Running => DataExportStatus::InProgress,
        Phase::Over if record.file.is_none() => DataExportStatus::NoData,
        Phase::Over => DataExportStatus::Completed,
    };
    let (url, expires_at) = place(record, "content/data", id.as_str());
    object!(DataExport {
        job_identifier: Some(id),
        status: Some(status),
        download_url: url,
        download_expires_at: expires_at,
    })
}

impl Handle<data_export::Create> for World {
    fn handle(&mut self, _: data_export::Create, context: &Context) -> Result<DataExport, Refusal> {
        let mut exports = self.data_exports.values_mut();
        if exports.any(|export| export.is_active(context.now)) {
            return Err(too_many(1, "message data"));
        }
        let record = ExportRecord::new(self.export.as_deref(), context.now)?;
        let id = DataExportId::new(self.hex_id(context.now));
        let reply = data_export(id.clone(), &record, Phase::Pending);
        self.data_exports.insert(id, record);
        Ok(reply)
    }
}

impl Handle<data_export::Get> for World {
    fn handle(&mut self, get: data_export::Get, context: &Context) -> Result<DataExport, Refusal> {
        let record = self.data_export(&get.job_identifier)?;
        let phase = record.course.ask(context.now);
        Ok(data_export(get.job_identifier, record, phase))
    }
}

impl Handle<data_export::Cancel> for World {
    fn handle(
        &mut self,
        cancel: data_export::Cancel,
        context: &Context,
    ) -> Result<DataExport, Refusal> {
        let record = self.data_export(&cancel.job_identifier)?;
        let phase = record.course.phase(context.now);
        record.canceled |= phase != Phase::Over;
        Ok(data_export(cancel.job_identifier, record, phase))
    }
}

impl Handle<data_export::Download> for World {
    fn handle(
        &mut self,
        download: data_export::Download,
        context: &Context,
    ) -> Result<Bytes, Refusal> {
        let id = download.job_identifier;
        let file = self.data_export(&id)?.download(context.now);
        file.ok_or_else(|| no_job(id.as_str()))
    }
}

fn reporting_export(id: ReportingExportId, record: &ExportRecord, phase: Phase) -> ReportingExport {
    let (url, expires_at) = place(record, "reporting_data", id.as_str());
    object!(ReportingExport {
        job_identifier: Some(id),
        status: Some(match phase {
            Phase::Pending => ReportingExportStatus::Pending,
            Phase::Running => ReportingExportStatus::InProgress,
            Phase::Over => ReportingExportStatus::Complete,
        }),
        download_url: url,
        download_expires_at: expires_at,
    })
}

/// The names of these attributes.
fn headings(ids: &[String]) -> Result<String, Refusal> {
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

impl Handle<reporting_export::Create> for World {
    fn handle(
        &mut self,
        create: reporting_export::Create,
        context: &Context,
    ) -> Result<ReportingExport, Refusal> {
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
        let headings = headings(&body.attribute_ids)?;
        let reports = self.reports.values_mut();
        let active = reports.filter_map(|report| report.is_active(context.now).then_some(()));
        if active.count() >= MAX_REPORTS {
            return Err(too_many(MAX_REPORTS, "reporting dataset"));
        }
        let csv = self.export.as_deref().unwrap_or(&headings);
        let record = ExportRecord::new(Some(csv), context.now)?;
        let id = ReportingExportId::new(self.hex_id(context.now));
        let reply = reporting_export(id.clone(), &record, Phase::Pending);
        self.reports.insert(id, record);
        Ok(reply)
    }
}

impl Handle<reporting_export::Get> for World {
    fn handle(
        &mut self,
        get: reporting_export::Get,
        context: &Context,
    ) -> Result<ReportingExport, Refusal> {
        let record = self.report(&get.job_identifier)?;
        let phase = record.course.ask(context.now);
        Ok(reporting_export(get.job_identifier, record, phase))
    }
}

impl Handle<reporting_export::Download> for World {
    fn handle(
        &mut self,
        download: reporting_export::Download,
        context: &Context,
    ) -> Result<Bytes, Refusal> {
        let id = download.job_identifier;
        let file = self.report(&id)?.download(context.now);
        file.ok_or_else(|| no_job(id.as_str()))
    }
}

impl Handle<reporting_export::ListDatasets> for World {
    fn handle(
        &mut self,
        _: reporting_export::ListDatasets,
        context: &Context,
    ) -> Result<DatasetList, Refusal> {
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
