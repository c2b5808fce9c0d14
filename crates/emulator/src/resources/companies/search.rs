//! Searching companies. In Preview.

use intercom_core::api::companies::{Company, Search};
use intercom_core::model::List;

use crate::query::{
    Field, Filter, Kind, MAX_PER_PAGE, Rank, Term, after_cursor, page_size, sort_order,
};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{CompanyRecord, ContactIndex, Workspace};

/// The page size of searches.
const PER_PAGE: u32 = 15;

/// A company in its workspace.
type Searched<'a> = (&'a Workspace, &'a CompanyRecord);

/// Returns the field of a name, if companies are searched by it.
fn field(name: &str) -> Option<Field<'_, Searched<'_>>> {
    if let Some(attribute) = name.strip_prefix("custom_attributes.") {
        return Some(Field::named(
            Kind::Plain,
            |(_, record), name| Term::attribute(record.company.custom_attributes.get(name)),
            attribute,
        ));
    }
    macro_rules! one {
        ($kind:ident, |$company:ident| $value:expr) => {
            Field::one(Kind::$kind, |(_, record)| {
                let $company = &record.company;
                Term::from($value)
            })
        };
    }
    Some(match name {
        "company_id" => one!(Plain, |company| company.company_id.as_deref()),
        "name" => one!(Plain, |company| company.name.as_deref()),
        "monthly_spend" => one!(Plain, |company| company.monthly_spend),
        "session_count" => one!(Plain, |company| company.session_count.unwrap_or(0)),
        "user_count" => Field::one(Kind::Plain, |(workspace, record)| {
            let id = record.company.id.as_str();
            Term::from(
                workspace
                    .contacts
                    .count_of(ContactIndex::Company, id.into()) as u64,
            )
        }),
        "created_at" => one!(Second, |company| company.created_at),
        "updated_at" => one!(Second, |company| company.updated_at),
        "remote_created_at" => one!(Second, |company| company.remote_created_at),
        "last_request_at" => one!(Second, |company| company.last_request_at),
        "tag_id" => Field::ids(Kind::IdsByEquality, |(_, record), test| {
            record.tags.iter().any(|tag| test(tag.as_str()))
        }),
        _ => return None,
    })
}

impl Handle<Search> for Workspace {
    fn handle(&mut self, search: Search, context: &Context) -> Result<List<Company>, Refusal> {
        let (body, workspace) = (search.body, &*self);
        let filter = Filter::new(body.query.clause(), &field)?;
        let order = sort_order(body.sort.as_ref(), "created_at", true, &field)?;
        let found = self
            .listed_companies()
            .filter(|record| filter.matches((workspace, record)))
            .filter(|record| {
                let company = &record.company;
                context.finds(company.id.as_str(), company.created_at)
            })
            .map(|record| {
                let key = order.field.get.value((workspace, record));
                (Rank::new(key, record.company.id.as_str()), record)
            });
        let pagination = body.pagination.as_ref();
        let cursor = pagination.and_then(|pagination| pagination.starting_after.as_deref());
        let per_page = pagination.and_then(|pagination| pagination.per_page);
        let per_page = page_size(per_page, PER_PAGE, MAX_PER_PAGE)?;
        let slice = after_cursor(found, order.descending, cursor, per_page)?;
        Ok(slice.into_list(|record| self.show_company(record, &context.version)))
    }
}
