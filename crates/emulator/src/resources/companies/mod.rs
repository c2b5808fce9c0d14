//! Companies.

mod scroll;
mod search;

use http::StatusCode;
use intercom_core::api::companies::{
    Company, CreateOrUpdate, Delete, Find, Get, ListAll, ListContacts, Order, Update,
};
use intercom_core::api::contacts::Contact;
use intercom_core::api::data_attributes::DataAttributeModel;
use intercom_core::model::companies::{CompanyNotes, CompanySegments, Plan};
use intercom_core::model::tags::TagList;
use intercom_core::model::{
    CompanyId, CustomAttributes, Deleted, Found, List, ObjectType, PlanId, Timestamp,
};
use intercom_core::{ApiVersion, ErrorCode};

use crate::object::object;
use crate::query::{CONTACTS_PER_PAGE, MAX_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle, deleted};
use crate::store::{CompanyIndex, CompanyRecord, ContactIndex, Workspace};

/// The page size of lists of companies.
const PER_PAGE: u32 = 15;

/// How many companies lists reach; beyond them, only the scroll does.
const REACH: u32 = 10_000;

/// The most notes that a company shows.
const EMBEDDED_NOTES: usize = 10;

pub(crate) fn no_company() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::CompanyNotFound,
        "Company Not Found",
    )
}

impl Workspace {
    /// Stores a new company and returns its id.
    pub(crate) fn add_company(&mut self, mut company: Company, now: Timestamp) -> CompanyId {
        let id = CompanyId::new(self.ids.hex(now));
        company.id = id.clone();
        company.company_id.get_or_insert_with(|| id.to_string());
        for time in [
            &mut company.created_at,
            &mut company.updated_at,
            &mut company.remote_created_at,
        ] {
            time.get_or_insert(now);
        }
        company.monthly_spend.get_or_insert(0.0);
        let tags = Vec::new();
        self.companies.insert(CompanyRecord { company, tags });
        id
    }

    pub(crate) fn company_record(&self, id: &CompanyId) -> Result<&CompanyRecord, Refusal> {
        self.companies.get(id).ok_or_else(no_company)
    }

    /// Returns a company as this version shows it.
    pub(crate) fn company(&self, id: &CompanyId, version: &ApiVersion) -> Result<Company, Refusal> {
        Ok(self.show_company(self.company_record(id)?, version))
    }

    /// Returns a company as replies to attaching and detaching show it: with its notes.
    pub(crate) fn attached_company(
        &self,
        id: &CompanyId,
        version: &ApiVersion,
    ) -> Result<Company, Refusal> {
        let mut company = self.company(id, version)?;
        company.notes = Some(self.company_notes(id));
        Ok(company)
    }

    pub(crate) fn show_company(&self, record: &CompanyRecord, version: &ApiVersion) -> Company {
        let mut company = record.company.clone();
        let id = record.company.id.as_str();
        company.r#type = Some(ObjectType::Company);
        company.app_id = Some(self.workspace_id.clone());
        company.session_count = Some(0);
        let users = self.contacts.count_of(ContactIndex::Company, id.into());
        company.user_count = Some(users as u64);
        company.plan.get_or_insert_with(Plan::default);
        company.tags = Some(object!(TagList {
            r#type: Some(ObjectType::TagList),
            tags: record
                .tags
                .iter()
                .filter_map(|tag| self.tag(tag).ok())
                .collect(),
        }));
        company.segments = Some(object!(CompanySegments {
            r#type: Some(ObjectType::SegmentList)
        }));
        if *version >= ApiVersion::V2_16 {
            company.notes = Some(self.company_notes(&record.company.id));
        }
        company
    }

    fn company_notes(&self, id: &CompanyId) -> CompanyNotes {
        let notes = self.notes_about_company(id);
        let shown = notes.iter().take(EMBEDDED_NOTES);
        object!(CompanyNotes {
            r#type: Some(ObjectType::from("note.list")),
            data: shown.map(|note| self.show_note(note)).collect(),
            url: Some(format!("/companies/{id}/notes")),
            total_count: Some(notes.len() as u64),
            has_more: Some(notes.len() > EMBEDDED_NOTES),
        })
    }

    /// Finds the company with the workspace's own id for it.
    pub(crate) fn company_by_company_id(&self, id: &str) -> Option<&CompanyRecord> {
        self.companies
            .find(CompanyIndex::CompanyId, id.into())
            .next()
    }

    /// Returns the company that a body is about, creating it if needed.
    pub(crate) fn company_to_change(
        &mut self,
        company_id: Option<&str>,
        context: &Context,
    ) -> Result<CompanyId, Refusal> {
        let company_id = company_id
            .filter(|id| !id.trim().is_empty())
            .ok_or_else(|| Refusal::missing("company_id", "company_id is required"))?;
        if let Some(record) = self.company_by_company_id(company_id) {
            return Ok(record.company.id.clone());
        }
        let company = object!(Company {
            company_id: Some(company_id.to_owned())
        });
        Ok(self.add_company(company, context.now))
    }

    /// Whether lists show a company: only if it has contacts.
    pub(crate) fn is_listed(&self, record: &CompanyRecord) -> bool {
        let id = record.company.id.as_str();
        self.contacts.count_of(ContactIndex::Company, id.into()) > 0
    }

    /// Returns the companies that lists show, in the order of their ids.
    pub(crate) fn listed_companies(&self) -> impl Iterator<Item = &CompanyRecord> {
        let companies = self.companies.iter();
        companies.filter(|record| self.is_listed(record))
    }

    /// Changes a company, or refuses if there is no such company.
    pub(crate) fn update_company(
        &mut self,
        id: &CompanyId,
        change: CompanyChange,
        context: &Context,
    ) -> Result<(), Refusal> {
        if let Some(attributes) = &change.custom_attributes {
            self.check_custom_attributes(&DataAttributeModel::Company, attributes, context)?;
        }
        let plan = change.plan.map(|name| {
            object!(Plan {
                r#type: Some(ObjectType::from("plan")),
                id: Some(self.plan_id(&name)),
                name: Some(name),
            })
        });
        let updated = self.companies.update(id, |record| {
            let company = &mut record.company;
            company.name = change.name.or(company.name.take());
            company.size = change.size.or(company.size);
            company.website = change.website.or(company.website.take());
            company.industry = change.industry.or(company.industry.take());
            company.plan = plan.or(company.plan.take());
            // The service drops decimals.
            let spend = change.monthly_spend.map(f64::trunc);
            company.monthly_spend = spend.or(company.monthly_spend);
            company.remote_created_at = change.remote_created_at.or(company.remote_created_at);
            if change.update_last_request_at == Some(true) {
                company.last_request_at = Some(context.now);
            }
            for (name, value) in change.custom_attributes.into_iter().flatten() {
                if value.is_null() {
                    company.custom_attributes.remove(&name);
                } else {
                    company.custom_attributes.insert(name, value);
                }
            }
            company.updated_at = Some(context.now);
        });
        updated.ok_or_else(no_company)
    }

    /// Returns the id of the plan of this name, which is the same for all companies on it.
    fn plan_id(&mut self, name: &str) -> PlanId {
        let known = self.plans.iter().position(|plan| plan == name);
        let place = known.unwrap_or_else(|| {
            self.plans.push(name.to_owned());
            self.plans.len() - 1
        });
        PlanId::new((place + 1).to_string())
    }

    /// Deletes a company. It is detached from its contacts, so that lists no longer show it, but can
    /// still be retrieved.
    pub(crate) fn delete_company(&mut self, id: &CompanyId) -> Result<(), Refusal> {
        self.company_record(id)?;
        for contact in self.contacts.ids(ContactIndex::Company, id.as_str().into()) {
            self.contacts.update(&contact, |contact| {
                contact.companies.retain(|company| company != id);
            });
        }
        Ok(())
    }

    /// Returns a page of companies.
    fn page_of_companies<'a>(
        &'a self,
        companies: impl IntoIterator<Item = &'a CompanyRecord>,
        total: usize,
        (page, per_page): (Option<u32>, Option<u32>),
        path: &str,
        context: &Context,
    ) -> Result<List<Company>, Refusal> {
        let reach = page
            .unwrap_or(1)
            .saturating_mul(per_page.unwrap_or(PER_PAGE));
        if reach > REACH.saturating_add(MAX_PER_PAGE) {
            return Err(Refusal::invalid(
                "page",
                format!("lists reach {REACH} companies; use the scroll for more"),
            ));
        }
        let place = Numbered {
            page,
            per_page,
            default: PER_PAGE,
            max: MAX_PER_PAGE,
        };
        numbered(companies, total, place, &context.url(path), |record| {
            self.show_company(record, &context.version)
        })
    }
}

/// A change of a company. Fields without a value stay as they are.
#[derive(Debug, Default)]
pub(crate) struct CompanyChange {
    pub(crate) name: Option<String>,
    pub(crate) plan: Option<String>,
    pub(crate) size: Option<i64>,
    pub(crate) website: Option<String>,
    pub(crate) industry: Option<String>,
    pub(crate) monthly_spend: Option<f64>,
    pub(crate) remote_created_at: Option<Timestamp>,
    pub(crate) update_last_request_at: Option<bool>,
    pub(crate) custom_attributes: Option<CustomAttributes>,
}

/// Converts a body into a change. The fields that not all bodies have are named.
macro_rules! company_change {
    ($body:ident, remote_created_at, update_last_request_at) => {
        $crate::resources::companies::CompanyChange {
            remote_created_at: $body.remote_created_at,
            update_last_request_at: $body.update_last_request_at,
            ..company_change!($body)
        }
    };
    ($body:ident) => {
        $crate::resources::companies::CompanyChange {
            name: $body.name,
            plan: $body.plan,
            size: $body.size,
            website: $body.website,
            industry: $body.industry,
            monthly_spend: $body.monthly_spend.map(|spend| spend as f64),
            custom_attributes: $body.custom_attributes,
            remote_created_at: None,
            update_last_request_at: None,
        }
    };
}

pub(crate) use company_change;

impl Handle<Find> for Workspace {
    fn handle(&mut self, find: Find, context: &Context) -> Result<Found<Company>, Refusal> {
        let one = |index, key: &str| {
            let record = self.companies.find(index, key.into()).next();
            let company = self.show_company(record.ok_or_else(no_company)?, &context.version);
            Ok(Found::One(Box::new(company)))
        };
        if let Some(id) = &find.company_id {
            return one(CompanyIndex::CompanyId, id);
        }
        if let Some(name) = &find.name {
            return one(CompanyIndex::Name, name);
        }
        // No company is in a segment.
        let in_segment = find.segment_id.is_none();
        let listed = self.listed_companies().filter(|record| {
            let tagged = |tag| record.tags.contains(tag);
            in_segment && find.tag_id.as_ref().is_none_or(tagged)
        });
        let companies: Vec<_> = listed.collect();
        let mut path = "/companies".to_owned();
        if let Some(tag) = &find.tag_id {
            path = format!("{path}?tag_id={tag}");
        }
        let (total, place) = (companies.len(), (find.page, find.per_page));
        self.page_of_companies(companies, total, place, &path, context)
            .map(Found::List)
    }
}

impl Handle<CreateOrUpdate> for Workspace {
    fn handle(&mut self, create: CreateOrUpdate, context: &Context) -> Result<Company, Refusal> {
        let body = create.body;
        if let Some(attributes) = &body.custom_attributes {
            self.check_custom_attributes(&DataAttributeModel::Company, attributes, context)?;
        }
        let id = self.company_to_change(body.company_id.as_deref(), context)?;
        let change = company_change!(body, remote_created_at, update_last_request_at);
        self.update_company(&id, change, context)?;
        self.company(&id, &context.version)
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, context: &Context) -> Result<Company, Refusal> {
        self.company(&get.company_id, &context.version)
    }
}

impl Handle<Update> for Workspace {
    fn handle(&mut self, update: Update, context: &Context) -> Result<Company, Refusal> {
        let (id, body) = (update.company_id, update.body);
        self.update_company(&id, company_change!(body), context)?;
        self.company(&id, &context.version)
    }
}

impl Handle<Delete> for Workspace {
    fn handle(&mut self, delete: Delete, _: &Context) -> Result<Deleted<CompanyId>, Refusal> {
        self.delete_company(&delete.company_id)?;
        Ok(deleted(delete.company_id, ObjectType::Company))
    }
}

impl Handle<ListAll> for Workspace {
    fn handle(&mut self, list: ListAll, context: &Context) -> Result<List<Company>, Refusal> {
        let ordered = self.companies.range(CompanyIndex::LastRequestAt, None);
        let listed = ordered
            .map(|(_, record)| record)
            .filter(|record| self.is_listed(record));
        let mut companies: Vec<_> = listed.collect();
        if list.order != Some(Order::Ascending) {
            companies.reverse();
        }
        let (total, place) = (companies.len(), (list.page, list.per_page));
        self.page_of_companies(companies, total, place, "/companies/list", context)
    }
}

impl Handle<ListContacts> for Workspace {
    fn handle(&mut self, list: ListContacts, context: &Context) -> Result<List<Contact>, Refusal> {
        let id = list.company_id.as_str();
        self.company_record(&list.company_id)?;
        let contacts = self.contacts.find(ContactIndex::Company, id.into());
        let total = self.contacts.count_of(ContactIndex::Company, id.into());
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: CONTACTS_PER_PAGE,
            max: MAX_PER_PAGE,
        };
        let path = format!("/companies/{id}/contacts");
        numbered(contacts, total, place, &context.url(&path), |record| {
            self.show_contact(record, &context.version, None)
        })
    }
}
