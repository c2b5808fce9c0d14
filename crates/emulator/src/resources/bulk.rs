//! Bulk jobs: many contacts or companies at once. In Preview.
//!
//! The work is done at once; only the states of jobs lag.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::companies::{self, CompaniesBulkJob};
use intercom_core::api::contacts::{
    self, BulkContactCompanyUpdate, BulkContactCreate, BulkContactTagsUpdate, BulkContactUpdate,
    BulkJobState, BulkJobTask, Company, ContactCreate, ContactUpdate, ContactsBulkJob, Create,
    Delete, JobReference, Update,
};
use intercom_core::model::{BulkTaskId, ContactId, JobId, ObjectType, Patch};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::companies::company_change;
use crate::resources::tags::apply_tag;
use crate::resources::{Context, Handle};
use crate::store::{
    BulkItems as Items, BulkRecord, BulkTask as Task, Phase, Progress, TagApplied, Workspace,
};

/// The most items in a request.
const MAX_ITEMS: usize = 100;

const fn plural(items: Items) -> &'static str {
    match items {
        Items::Contacts => "contacts",
        Items::Companies => "companies",
    }
}

fn unprocessable(code: ErrorCode, message: String) -> Refusal {
    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, code, message)
}

fn no_id(of: Items) -> Refusal {
    let message = format!("{} must be identified by id", plural(of));
    unprocessable(ErrorCode::FieldNotFound, message)
}

fn no_job(id: &JobId) -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::JobNotFound,
        format!("job {id} not found"),
    )
}

impl Workspace {
    /// Performs `act` on each item, as a task of a new or an open job.
    fn bulk<T>(
        &mut self,
        of: Items,
        job: Option<JobReference>,
        items: Vec<T>,
        context: &Context,
        mut act: impl FnMut(&mut Self, T) -> Result<(), Refusal>,
    ) -> Result<JobId, Refusal> {
        let count = items.len();
        if count > MAX_ITEMS {
            let message = format!(
                "maximum number of {} per request is {MAX_ITEMS}",
                plural(of)
            );
            return Err(unprocessable(ErrorCode::ParameterInvalid, message));
        }
        let job = job.map(|job| job.id);
        if let Some(id) = &job
            && self.bulk_job(of, id)?.progress.phase(context.now) == Phase::Finished
        {
            return Err(Refusal::new(
                StatusCode::FORBIDDEN,
                ErrorCode::Forbidden,
                format!("job {id} is closed for new task updates"),
            ));
        }
        let id = job.unwrap_or_else(|| JobId::new(format!("job_v2_{}", self.ids.decimal())));
        let task = Task {
            id: BulkTaskId::new(format!("task_v2_{}", self.ids.decimal())),
            items: count,
            created_at: context.now,
        };
        let mut errors = false;
        for item in items {
            errors |= act(self, item).is_err();
        }
        let record = self
            .bulk_jobs
            .entry(id.clone())
            .or_insert_with(|| BulkRecord {
                items: of,
                progress: Progress::start(context.now),
                tasks: Vec::new(),
                errors: false,
                created_at: context.now,
                updated_at: context.now,
            });
        record.errors |= errors;
        record.updated_at = context.now;
        record.tasks.push(task);
        Ok(id)
    }

    fn bulk_job(&mut self, of: Items, id: &JobId) -> Result<&mut BulkRecord, Refusal> {
        let record = self
            .bulk_jobs
            .get_mut(id)
            .filter(|record| record.items == of);
        record.ok_or_else(|| no_job(id))
    }
}

/// Returns a job as replies show it. `poll` counts as a poll, `phase` does not.
macro_rules! show {
    ($workspace:ident, $Job:ident, $of:expr, $id:expr, $look:ident, $context:ident) => {{
        let (of, id) = ($of, $id);
        let record = $workspace.bulk_job(of, &id)?;
        let phase = record.progress.$look($context.now);
        let over_at = record.progress.finished_at();
        let state = match phase {
            Phase::Pending => BulkJobState::Pending,
            Phase::Running => BulkJobState::Running,
            Phase::Finished if record.errors => BulkJobState::CompletedWithErrors,
            Phase::Finished => BulkJobState::Completed,
        };
        let tasks = record.tasks.iter().map(|task| {
            object!(BulkJobTask {
                id: Some(task.id.clone()),
                item_count: Some(task.items as u64),
                state: Some(state.clone()),
                created_at: Some(task.created_at),
                started_at: Some(task.created_at).filter(|_| phase != Phase::Pending),
                completed_at: over_at,
            })
        });
        let tasks = tasks.collect();
        Ok(object!($Job {
            r#type: Some(ObjectType::$Job),
            url: Some($context.url(&format!("/{}/bulk/{id}", plural(of)))),
            id: id.into(),
            state: Some(state),
            tasks: tasks,
            created_at: Some(record.created_at),
            updated_at: Some(over_at.unwrap_or(record.updated_at)),
            completed_at: over_at,
        }))
    }};
}

fn set<T>(value: Option<T>) -> Patch<T> {
    value.map_or(Patch::Keep, Patch::Set)
}

/// Builds a contact body from the fields that creating and updating have in common.
macro_rules! contact {
    ($Body:ident from $item:ident) => {{
        let mut body = $Body::new();
        body.external_id = $item.external_id;
        body.email = $item.email;
        body.phone = set($item.phone);
        body.name = set($item.name);
        body.avatar = set($item.avatar);
        body.owner_id = set($item.owner_id);
        body.unsubscribed_from_emails = set($item.unsubscribed_from_emails);
        body.language_override = set($item.language_override);
        body.custom_attributes = set($item.custom_attributes);
        body
    }};
}

impl Workspace {
    fn create_in_bulk(
        &mut self,
        item: BulkContactCreate,
        context: &Context,
    ) -> Result<(), Refusal> {
        let companies = item.companies.into_iter().flatten().map(|company| {
            let mut to = BulkContactCompanyUpdate::new(company.company_id);
            to.name = company.name;
            to
        });
        let (companies, mut tags) = (companies.collect(), BulkContactTagsUpdate::new());
        tags.add = item.tags.and_then(|tags| tags.add);
        let mut body = contact!(ContactCreate from item);
        body.role = item.role;
        body.signed_up_at = set(item.signed_up_at);
        body.last_seen_at = set(item.last_seen_at);
        let id = Handle::<Create>::handle(self, Create::new(body), context)?.id;
        self.equip(&id, tags, companies, context)
    }

    fn update_in_bulk(
        &mut self,
        item: BulkContactUpdate,
        context: &Context,
    ) -> Result<(), Refusal> {
        let (id, companies) = (item.id, item.companies.unwrap_or_default());
        let tags = item.tags.unwrap_or_default();
        let update = Update::new(&id, contact!(ContactUpdate from item));
        Handle::<Update>::handle(self, update, context)?;
        self.equip(&id, tags, companies, context)
    }

    /// Adds and removes tags and companies of a contact. Unknown tags are ignored.
    fn equip(
        &mut self,
        id: &ContactId,
        tags: BulkContactTagsUpdate,
        companies: Vec<BulkContactCompanyUpdate>,
        context: &Context,
    ) -> Result<(), Refusal> {
        let by = self.owner();
        let ids = |tags: Option<Vec<contacts::TagReference>>| {
            tags.into_iter().flatten().map(|tag| tag.id)
        };
        let removed: Vec<_> = ids(tags.remove).collect();
        let added: Vec<_> = ids(tags.add)
            .filter(|tag| self.tags.contains_key(tag))
            .collect();
        self.update_contact(id, |record| {
            record.tags.retain(|tagged| !removed.contains(&tagged.tag));
            for tag in added {
                let tagged = TagApplied {
                    tag,
                    at: context.now,
                    by: by.clone(),
                };
                apply_tag(&mut record.tags, &tagged);
            }
        })?;
        for item in companies {
            let company = self.company_by_company_id(&item.company_id);
            let company = company.map(|record| record.company.id.clone());
            if item.remove == Some(true) {
                self.update_contact(id, |record| {
                    record.companies.retain(|of| Some(of) != company.as_ref());
                })?;
                continue;
            }
            let company = company.unwrap_or_else(|| {
                let company = object!(Company {
                    company_id: Some(item.company_id),
                    name: item.name,
                });
                self.add_company(company, context.now)
            });
            self.update_contact(id, |record| {
                if !record.companies.contains(&company) {
                    record.companies.push(company);
                }
            })?;
        }
        Ok(())
    }
}

impl Handle<contacts::BulkCreate> for Workspace {
    fn handle(
        &mut self,
        create: contacts::BulkCreate,
        context: &Context,
    ) -> Result<ContactsBulkJob, Refusal> {
        let (body, of) = (create.body, Items::Contacts);
        let id = self.bulk(of, body.job, body.contacts, context, |workspace, item| {
            workspace.create_in_bulk(item, context)
        })?;
        show!(self, ContactsBulkJob, of, id, phase, context)
    }
}

impl Handle<contacts::BulkUpdate> for Workspace {
    fn handle(
        &mut self,
        update: contacts::BulkUpdate,
        context: &Context,
    ) -> Result<ContactsBulkJob, Refusal> {
        let (body, of) = (update.body, Items::Contacts);
        if body.contacts.iter().any(|item| item.id.as_str().is_empty()) {
            return Err(no_id(of));
        }
        let id = self.bulk(of, body.job, body.contacts, context, |workspace, item| {
            workspace.update_in_bulk(item, context)
        })?;
        show!(self, ContactsBulkJob, of, id, phase, context)
    }
}

impl Handle<contacts::BulkDelete> for Workspace {
    fn handle(
        &mut self,
        delete: contacts::BulkDelete,
        context: &Context,
    ) -> Result<ContactsBulkJob, Refusal> {
        let (body, of) = (delete.body, Items::Contacts);
        let id = self.bulk(of, body.job, body.contacts, context, |workspace, item| {
            Handle::<Delete>::handle(workspace, Delete::new(item.id), context).map(|_| ())
        })?;
        show!(self, ContactsBulkJob, of, id, phase, context)
    }
}

impl Handle<contacts::GetBulkJob> for Workspace {
    fn handle(
        &mut self,
        get: contacts::GetBulkJob,
        context: &Context,
    ) -> Result<ContactsBulkJob, Refusal> {
        show!(
            self,
            ContactsBulkJob,
            Items::Contacts,
            get.job_id,
            poll,
            context
        )
    }
}

impl Handle<companies::BulkCreate> for Workspace {
    fn handle(
        &mut self,
        create: companies::BulkCreate,
        context: &Context,
    ) -> Result<CompaniesBulkJob, Refusal> {
        let (body, of) = (create.body, Items::Companies);
        let id = self.bulk(of, body.job, body.companies, context, |workspace, item| {
            let id = workspace.company_to_change(item.company_id.as_deref(), context)?;
            let change = company_change!(item, remote_created_at, update_last_request_at);
            workspace.update_company(&id, change, context)
        })?;
        show!(self, CompaniesBulkJob, of, id, phase, context)
    }
}

impl Handle<companies::BulkUpdate> for Workspace {
    fn handle(
        &mut self,
        update: companies::BulkUpdate,
        context: &Context,
    ) -> Result<CompaniesBulkJob, Refusal> {
        let (body, of) = (update.body, Items::Companies);
        if body
            .companies
            .iter()
            .any(|item| item.id.as_str().is_empty())
        {
            return Err(no_id(of));
        }
        let id = self.bulk(of, body.job, body.companies, context, |workspace, item| {
            let id = item.id.clone();
            let change = company_change!(item, remote_created_at, update_last_request_at);
            workspace.update_company(&id, change, context)
        })?;
        show!(self, CompaniesBulkJob, of, id, phase, context)
    }
}

impl Handle<companies::BulkDelete> for Workspace {
    fn handle(
        &mut self,
        delete: companies::BulkDelete,
        context: &Context,
    ) -> Result<CompaniesBulkJob, Refusal> {
        let (body, of) = (delete.body, Items::Companies);
        let id = self.bulk(of, body.job, body.companies, context, |workspace, item| {
            workspace.delete_company(&item.id)
        })?;
        show!(self, CompaniesBulkJob, of, id, phase, context)
    }
}

impl Handle<companies::GetBulkJob> for Workspace {
    fn handle(
        &mut self,
        get: companies::GetBulkJob,
        context: &Context,
    ) -> Result<CompaniesBulkJob, Refusal> {
        show!(
            self,
            CompaniesBulkJob,
            Items::Companies,
            get.job_id,
            poll,
            context
        )
    }
}
