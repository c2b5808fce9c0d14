//! The companies of contacts.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::contacts::{
    AttachCompany, Company, ContactCompanies, DetachCompany, ListCompanies,
};
use intercom_core::model::{CompanyId, ObjectType, Timestamp};

use crate::object::object;
use crate::operations::{Context, Handle};
use crate::paging::{DEFAULT_PER_PAGE, MAX_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::world::{CompanyRecord, World};

/// How many companies a contact has at most.
const MAX_COMPANIES: usize = 1_000;

fn no_company() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::CompanyNotFound,
        "Company Not Found",
    )
}

impl World {
    /// Stores a company and gives its id.
    pub(crate) fn add_company(&mut self, mut company: Company, now: Timestamp) -> CompanyId {
        let id = CompanyId::new(self.hex_id(now));
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
        use intercom_core::model::companies::{CompanySegments, Plan};
        use intercom_core::model::tags::TagList;

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
}

impl Handle<ListCompanies> for World {
    fn handle(&mut self, list: ListCompanies, _: &Context) -> Result<ContactCompanies, Refusal> {
        let companies = &self.contact(&list.contact_id)?.companies;
        let companies: Result<Vec<_>, _> = companies.iter().map(|id| self.company(id)).collect();
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: DEFAULT_PER_PAGE,
            max: MAX_PER_PAGE,
        };
        let list = numbered(companies?, place, |company| company)?;
        Ok(object!(ContactCompanies {
            r#type: list.r#type,
            data: list.data,
            total_count: list.total_count,
            pages: list.pages,
        }))
    }
}

impl Handle<AttachCompany> for World {
    fn handle(&mut self, attach: AttachCompany, _: &Context) -> Result<Company, Refusal> {
        let id = attach.body.id;
        self.contact(&attach.contact_id)?;
        self.company(&id)?;
        let companies = &mut self.contact_mut(&attach.contact_id)?.companies;
        if !companies.contains(&id) {
            if companies.len() >= MAX_COMPANIES {
                return Err(Refusal::new(
                    StatusCode::BAD_REQUEST,
                    ErrorCode::ContactCompanyLimitExceeded,
                    format!(
                        "Contact has reached the maximum of {MAX_COMPANIES} company associations"
                    ),
                ));
            }
            companies.push(id.clone());
        }
        self.company(&id)
    }
}

impl Handle<DetachCompany> for World {
    fn handle(&mut self, detach: DetachCompany, _: &Context) -> Result<Company, Refusal> {
        let id = detach.company_id;
        let companies = &mut self.contact_mut(&detach.contact_id)?.companies;
        let count = companies.len();
        companies.retain(|company| *company != id);
        if companies.len() == count {
            return Err(no_company());
        }
        self.company(&id)
    }
}
