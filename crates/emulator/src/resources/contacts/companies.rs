//! The companies of a contact.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::contacts::{
    AttachCompany, Company, ContactCompanies, DetachCompany, ListCompanies,
};

use crate::object::object;
use crate::query::{CONTACTS_PER_PAGE, MAX_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::companies::no_company;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

/// The most companies that a contact can have.
const MAX_COMPANIES: usize = 1_000;

impl Handle<ListCompanies> for Workspace {
    fn handle(
        &mut self,
        list: ListCompanies,
        context: &Context,
    ) -> Result<ContactCompanies, Refusal> {
        let companies = &self.contact(&list.contact_id)?.companies;
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: CONTACTS_PER_PAGE,
            max: MAX_PER_PAGE,
        };
        let path = format!("/contacts/{}/companies", list.contact_id);
        let records = companies.iter().filter_map(|id| self.companies.get(id));
        let page = numbered(
            records,
            companies.len(),
            place,
            &context.url(&path),
            |record| self.show_company(record, &context.version),
        )?;
        Ok(object!(ContactCompanies {
            r#type: page.r#type,
            data: page.data,
            total_count: page.total_count,
            pages: page.pages,
        }))
    }
}

impl Handle<AttachCompany> for Workspace {
    fn handle(&mut self, attach: AttachCompany, context: &Context) -> Result<Company, Refusal> {
        let id = attach.body.id;
        let contact = self.contact(&attach.contact_id)?;
        self.company_record(&id)?;
        if !contact.companies.contains(&id) {
            if contact.companies.len() >= MAX_COMPANIES {
                return Err(Refusal::new(
                    StatusCode::BAD_REQUEST,
                    ErrorCode::ContactCompanyLimitExceeded,
                    format!(
                        "Contact has reached the maximum of {MAX_COMPANIES} company associations"
                    ),
                ));
            }
            self.update_contact(&attach.contact_id, |contact| {
                contact.companies.push(id.clone());
            })?;
        }
        self.attached_company(&id, &context.version)
    }
}

impl Handle<DetachCompany> for Workspace {
    fn handle(&mut self, detach: DetachCompany, context: &Context) -> Result<Company, Refusal> {
        let id = detach.company_id;
        let was_attached = self.update_contact(&detach.contact_id, |contact| {
            let count = contact.companies.len();
            contact.companies.retain(|company| *company != id);
            contact.companies.len() < count
        })?;
        if !was_attached {
            return Err(no_company());
        }
        self.attached_company(&id, &context.version)
    }
}
