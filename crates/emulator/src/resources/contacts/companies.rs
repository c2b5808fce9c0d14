//! The companies of contacts.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::contacts::{
    AttachCompany, Company, ContactCompanies, DetachCompany, ListCompanies,
};

use crate::object::object;
use crate::query::{DEFAULT_PER_PAGE, MAX_PER_PAGE, Numbered, add_address, numbered};
use crate::refusal::Refusal;
use crate::resources::companies::no_company;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

/// How many companies a contact has at most.
const MAX_COMPANIES: usize = 1_000;

impl Handle<ListCompanies> for Workspace {
    fn handle(&mut self, list: ListCompanies, _: &Context) -> Result<ContactCompanies, Refusal> {
        let companies = &self.contact(&list.contact_id)?.companies;
        let companies: Result<Vec<_>, _> = companies.iter().map(|id| self.company(id)).collect();
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: DEFAULT_PER_PAGE,
            max: MAX_PER_PAGE,
        };
        let mut page = numbered(companies?, place, |company| company)?;
        add_address(
            &mut page,
            &format!("/contacts/{}/companies", list.contact_id),
        );
        Ok(object!(ContactCompanies {
            r#type: page.r#type,
            data: page.data,
            total_count: page.total_count,
            pages: page.pages,
        }))
    }
}

impl Handle<AttachCompany> for Workspace {
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

impl Handle<DetachCompany> for Workspace {
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
