//! Jobs that create tickets. Since 2.14.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::jobs::{Get, Job, JobStatus};
use intercom_core::api::tickets::Enqueue;
use intercom_core::model::{JobId, ObjectId, ObjectType};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{JobRecord, Phase, Progress, Workspace};

impl Handle<Enqueue> for Workspace {
    fn handle(&mut self, enqueue: Enqueue, context: &Context) -> Result<Job, Refusal> {
        self.check_ticket(&enqueue.body)?;
        let ticket = self.add_ticket(enqueue.body, context).ok();
        let id = JobId::new(self.ids.decimal().to_string());
        let progress = Progress::start(context.now);
        self.jobs.insert(id.clone(), JobRecord { progress, ticket });
        Ok(object!(Job {
            r#type: Some(ObjectType::Job),
            url: Some(context.url(&format!("/jobs/status/{id}"))),
            id: id,
            status: Some(JobStatus::Pending),
            resource_type: Some(ObjectType::Ticket),
        }))
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, context: &Context) -> Result<Job, Refusal> {
        let Some(job) = self.jobs.get_mut(&get.job_id) else {
            let (status, code) = (StatusCode::NOT_FOUND, ErrorCode::JobNotFound);
            return Err(Refusal::new(status, code, "Job Not Found"));
        };
        let over = job.progress.poll(context.now) == Phase::Finished;
        let ticket = job.ticket.as_ref().filter(|_| over);
        Ok(object!(Job {
            r#type: Some(ObjectType::Job),
            id: get.job_id,
            status: Some(match (over, ticket) {
                (false, _) => JobStatus::Pending,
                (true, Some(_)) => JobStatus::Success,
                (true, None) => JobStatus::Failed,
            }),
            resource_type: Some(ObjectType::Ticket),
            resource_id: ticket.map(|ticket| ObjectId::new(ticket.as_str())),
            resource_url: ticket.map(|ticket| context.url(&format!("/tickets/{ticket}"))),
        }))
    }
}
