//! Searching tickets. Since 2.10.

use intercom_core::api::ticket_types::TicketCategory;
use intercom_core::api::tickets::{Search, TicketList};
use intercom_core::model::{AdminId, ObjectType, TeamId};

use super::state_category;
use crate::object::object;
use crate::query::{
    Field, Filter, Kind, MAX_PER_PAGE, Rank, Term, after_cursor, page_size, sort_order,
};
use crate::refusal::Refusal;
use crate::resources::ticket_types::{DESCRIPTION, TITLE};
use crate::resources::{Context, Handle};
use crate::store::{TicketRecord, Workspace};

/// The page size of searches.
const PER_PAGE: u32 = 20;

/// A ticket in its workspace.
type Searched<'a> = (&'a Workspace, &'a TicketRecord);

/// Returns the attribute of a ticket by its name.
fn attribute<'a>(record: &'a TicketRecord, name: &str) -> Term<'a> {
    Term::attribute(record.attributes.get(name))
}

/// Returns the attribute of a ticket by the id of the attribute.
fn attribute_by_id<'a>((workspace, record): Searched<'a>, id: &str) -> Term<'a> {
    let name = || {
        let ticket_type = workspace.ticket_types.get(&record.ticket_type)?;
        let attributes = &ticket_type.ticket_type_attributes.as_ref()?.data;
        let mut attributes = attributes.iter();
        let attribute = attributes.find(|attribute| attribute.id == id)?;
        attribute.name.as_deref()
    };
    name().map_or(Term::None, |name| attribute(record, name))
}

fn category(record: &TicketRecord) -> Option<&str> {
    Some(match record.category.as_ref()? {
        TicketCategory::Customer => "request",
        TicketCategory::BackOffice => "task",
        TicketCategory::Tracker => "tracker",
        other => other.as_str(),
    })
}

/// Returns the field of a name, if tickets are searched by it.
fn field(name: &str) -> Option<Field<'_, Searched<'_>>> {
    if let Some(id) = name.strip_prefix("ticket_attribute.") {
        return Some(Field::named(Kind::Plain, attribute_by_id, id));
    }
    macro_rules! one {
        ($kind:expr, |$record:ident| $value:expr) => {
            Field::one($kind, |(_, $record)| Term::from($value))
        };
    }
    let time = Kind::InclusiveSecond { spelled_out: false };
    Some(match name {
        "id" => one!(Kind::Plain, |record| record.id.as_str()),
        "title" => Field::one(Kind::Plain, |(_, record)| attribute(record, TITLE)),
        "description" => Field::one(Kind::Plain, |(_, record)| attribute(record, DESCRIPTION)),
        "category" => one!(Kind::Plain, |record| category(record)),
        "ticket_type_id" => one!(Kind::Plain, |record| record.ticket_type.as_str()),
        "admin_assignee_id" => one!(Kind::Plain, |record| record
            .admin
            .as_ref()
            .map(AdminId::as_str)),
        "team_assignee_id" => one!(Kind::Plain, |record| record
            .team
            .as_ref()
            .map(TeamId::as_str)),
        "open" => one!(Kind::Plain, |record| record.open),
        "state" => one!(Kind::Plain, |record| state_category(record).as_str()),
        "created_at" => one!(Kind::InclusiveSecond { spelled_out: true }, |record| record
            .created_at),
        "updated_at" => one!(time, |record| record.updated_at),
        "snoozed_until" => one!(time, |record| record.snoozed_until),
        "contact_ids" => Field::ids(Kind::Ids, |(_, record), test| {
            record.contacts.iter().any(|id| test(id.as_str()))
        }),
        "teammate_ids" => Field::ids(Kind::Ids, |(_, record), test| {
            record.admin.iter().any(|id| test(id.as_str()))
        }),
        _ => return None,
    })
}

impl Handle<Search> for Workspace {
    fn handle(&mut self, search: Search, context: &Context) -> Result<TicketList, Refusal> {
        let (body, workspace) = (search.body, &*self);
        let filter = Filter::new(body.query.clause(), &field)?;
        let order = sort_order(body.sort.as_ref(), "created_at", false, &field)?;
        let found = self
            .tickets
            .scan()
            .filter(|record| filter.matches((workspace, record)))
            .filter(|record| context.finds(record.id.as_str(), Some(record.created_at)))
            .map(|record| {
                let key = order.field.get.value((workspace, record));
                (Rank::new(key, record.id.as_str()), record)
            });
        let pagination = body.pagination.unwrap_or_default();
        let cursor = pagination.starting_after.as_deref();
        let per_page = page_size(pagination.per_page, PER_PAGE, MAX_PER_PAGE)?;
        let slice = after_cursor(found, order.descending, cursor, per_page)?;
        let list = slice.into_list(|record| self.show_ticket(record, &context.version));
        let tickets: Result<_, _> = list.data.into_iter().collect();
        Ok(object!(TicketList {
            r#type: Some(ObjectType::TicketList),
            tickets: tickets?,
            total_count: list.total_count,
            pages: list.pages,
        }))
    }
}
