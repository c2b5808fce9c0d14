//! Companies.

mod scroll;
mod search;

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::companies::{
    Company, CreateOrUpdate, Delete, Find, Get, ListAll, ListContacts, Order, Update,
};
use intercom_core::api::contacts::Contact;
use intercom_core::model::companies::{CompanySegments, Plan};
use intercom_core::model::tags::TagList;
use intercom_core::model::{CompanyId, Deleted, Found, List, ObjectType, Timestamp};

use crate::object::object;
use crate::query::{DEFAULT_PER_PAGE, MAX_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::help_center::deleted;
use crate::resources::{Context, Handle};
use crate::store::{CompanyRecord, Workspace};

/// How many companies a page has unless the request says.
const PER_PAGE: u32 = 15;

pub(crate) fn no_company() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::CompanyNotFound,
        "Company Not Found",
    )
}

impl Workspace {
    /// Stores a company and gives its id.
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
        self.companies
            .insert(id.clone(), CompanyRecord { company, tags });
        id
    }

    pub(crate) fn company(&self, id: &CompanyId) -> Result<Company, Refusal> {
        let record = self.companies.get(id).ok_or_else(no_company)?;
        let tags: Result<Vec<_>, _> = record.tags.iter().map(|id| self.tag(id)).collect();
        let users = self.active_contacts();
        let users = users.filter(|contact| contact.companies.contains(id));
        let mut company = record.company.clone();
        company.r#type = Some(ObjectType::Company);
        company.app_id = Some(self.workspace_id.clone());
        company.session_count = Some(0);
        company.user_count = Some(users.count() as u64);
        company.plan.get_or_insert_with(Plan::default);
        company.tags = Some(object!(TagList {
            r#type: Some(ObjectType::TagList),
            tags: tags?,
        }));
        company.segments = Some(object!(CompanySegments {
            r#type: Some(ObjectType::SegmentList)
        }));
        Ok(company)
    }

    /// The company to which the workspace gave this id.
    pub(crate) fn company_with(&self, id: &str) -> Option<CompanyId> {
        let mut companies = self.companies.iter();
        let found = companies.find(|(_, record)| record.company.company_id.as_deref() == Some(id));
        found.map(|(id, _)| id.clone())
    }

    /// The company to which the workspace gave this id, or a new one.
    pub(crate) fn company_to_change(
        &mut self,
        company_id: Option<&str>,
        context: &Context,
    ) -> Result<CompanyId, Refusal> {
        let Some(company_id) = company_id else {
            return Err(Refusal::missing("company_id", "company_id is required"));
        };
        Ok(self.company_with(company_id).unwrap_or_else(|| {
            let company = object!(Company {
                company_id: Some(company_id.to_owned())
            });
            self.add_company(company, context.now)
        }))
    }

    /// The companies that lists show: those that have contacts.
    pub(crate) fn seen_companies(&self) -> impl Iterator<Item = (&CompanyId, &CompanyRecord)> {
        let mut with_contacts: Vec<_> = self
            .active_contacts()
            .flat_map(|contact| &contact.companies)
            .collect();
        with_contacts.sort_unstable();
        let companies = self.companies.iter();
        companies.filter(move |(id, _)| with_contacts.binary_search(id).is_ok())
    }

    pub(crate) fn company_mut(&mut self, id: &CompanyId) -> Result<&mut Company, Refusal> {
        let record = self.companies.get_mut(id).ok_or_else(no_company)?;
        Ok(&mut record.company)
    }

    /// Sets the times of a company that some bodies name.
    pub(crate) fn set_times(
        &mut self,
        id: &CompanyId,
        remote_created_at: Option<Timestamp>,
        update_last_request_at: Option<bool>,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let company = self.company_mut(id)?;
        company.remote_created_at = remote_created_at.or(company.remote_created_at);
        if update_last_request_at == Some(true) {
            company.last_request_at = Some(now);
        }
        Ok(())
    }

    /// Deletes a company: it stays, without its contacts, so that it is no longer seen.
    pub(crate) fn delete_company(&mut self, id: &CompanyId) -> Result<(), Refusal> {
        if !self.companies.contains_key(id) {
            return Err(no_company());
        }
        for record in self.contacts.values_mut() {
            record.companies.retain(|company| company != id);
        }
        Ok(())
    }

    /// A page of companies.
    fn page_of_companies(
        &self,
        ids: impl Iterator<Item = CompanyId>,
        page: Option<u32>,
        per_page: Option<u32>,
    ) -> Result<List<Company>, Refusal> {
        let place = Numbered {
            page,
            per_page,
            default: PER_PAGE,
            max: MAX_PER_PAGE,
        };
        let companies: Result<Vec<_>, _> = ids.map(|id| self.company(&id)).collect();
        numbered(companies?, place, |company| company)
    }
}

/// Does to a company what a body says of every company. What it does not name stays as it is.
macro_rules! change {
    ($workspace:ident, $id:expr, $body:ident, $now:expr) => {{
        let (body, now) = ($body, $now);
        let company = $workspace.company_mut($id)?;
        company.name = body.name.or(company.name.take());
        company.size = body.size.or(company.size);
        company.website = body.website.or(company.website.take());
        company.industry = body.industry.or(company.industry.take());
        if let Some(name) = body.plan {
            company.plan = Some(object!(Plan { name: Some(name) }));
        }
        if let Some(spend) = body.monthly_spend {
            company.monthly_spend = Some(spend as f64);
        }
        for (name, value) in body.custom_attributes.into_iter().flatten() {
            company.custom_attributes.insert(name, value);
        }
        company.updated_at = Some(now);
    }};
}

pub(crate) use change;

impl Handle<Find> for Workspace {
    fn handle(&mut self, find: Find, _: &Context) -> Result<Found<Company>, Refusal> {
        let one = |is: &dyn Fn(&Company) -> bool| {
            let mut companies = self.companies.iter();
            let found = companies.find(|(_, record)| is(&record.company));
            let (id, _) = found.ok_or_else(no_company)?;
            Ok(Found::One(Box::new(self.company(id)?)))
        };
        if find.company_id.is_some() {
            return one(&|company| company.company_id == find.company_id);
        }
        if find.name.is_some() {
            return one(&|company| company.name == find.name);
        }
        // No company is in a segment.
        let segment = find.segment_id.is_some();
        let seen = self.seen_companies().filter(|(_, record)| {
            let tagged = |tag| record.tags.contains(tag);
            !segment && find.tag_id.as_ref().is_none_or(tagged)
        });
        let ids = seen.map(|(id, _)| id.clone());
        self.page_of_companies(ids, find.page, find.per_page)
            .map(Found::List)
    }
}

impl Handle<CreateOrUpdate> for Workspace {
    fn handle(&mut self, create: CreateOrUpdate, context: &Context) -> Result<Company, Refusal> {
        let body = create.body;
        let id = self.company_to_change(body.company_id.as_deref(), context)?;
        let (remote, requested) = (body.remote_created_at, body.update_last_request_at);
        self.set_times(&id, remote, requested, context.now)?;
        change!(self, &id, body, context.now);
        self.company(&id)
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<Company, Refusal> {
        self.company(&get.company_id)
    }
}

impl Handle<Update> for Workspace {
    fn handle(&mut self, update: Update, context: &Context) -> Result<Company, Refusal> {
        let (id, body) = (update.company_id, update.body);
        change!(self, &id, body, context.now);
        self.company(&id)
    }
}

impl Handle<Delete> for Workspace {
    fn handle(&mut self, delete: Delete, _: &Context) -> Result<Deleted<CompanyId>, Refusal> {
        self.delete_company(&delete.company_id)?;
        Ok(deleted(delete.company_id, ObjectType::Company))
    }
}

impl Handle<ListAll> for Workspace {
    fn handle(&mut self, list: ListAll, _: &Context) -> Result<List<Company>, Refusal> {
        let mut ranked: Vec<_> = self
            .seen_companies()
            .map(|(id, record)| {
                let second = record.company.last_request_at.map(Timestamp::as_second);
                (second, id.clone())
            })
            .collect();
        ranked.sort();
        if list.order != Some(Order::Ascending) {
            ranked.reverse();
        }
        let ids = ranked.into_iter().map(|(_, id)| id);
        self.page_of_companies(ids, list.page, list.per_page)
    }
}

impl Handle<ListContacts> for Workspace {
    fn handle(&mut self, list: ListContacts, context: &Context) -> Result<List<Contact>, Refusal> {
        let id = list.company_id;
        self.company(&id)?;
        let contacts = self
            .active_contacts()
            .filter(|contact| contact.companies.contains(&id));
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: DEFAULT_PER_PAGE,
            max: MAX_PER_PAGE,
        };
        numbered(contacts.collect(), place, |record| {
            self.show(record, &context.version, None)
        })
    }
}
