//! Searching tickets. From 2.10.

use intercom_core::api::ticket_types::TicketCategory;
use intercom_core::api::tickets::{Search, TicketList};
use intercom_core::model::search::Value;
use intercom_core::model::{AdminId, ObjectType, TeamId};

use crate::object::object;
use crate::query::{Fields, Kind, check, matches};
use crate::query::{Key, Rank, after_cursor};
use crate::refusal::Refusal;
use crate::resources::ticket_types::{DESCRIPTION, TITLE};
use crate::resources::tickets::state_category;
use crate::resources::{Context, Handle};
use crate::store::{TicketRecord, Workspace};

/// How many tickets a page has unless the search says.
const PER_PAGE: u32 = 20;

/// How a field of tickets is compared; `None` where there is none of this name.
fn kind(field: &str) -> Option<Kind> {
    Some(match field {
        "id" | "title" | "description" | "category" | "ticket_type_id" | "admin_assignee_id"
        | "team_assignee_id" | "open" | "state" => Kind::Plain,
        "created_at" => Kind::SecondOrThen { in_words: true },
        "updated_at" | "snoozed_until" => Kind::SecondOrThen { in_words: false },
        "contact_ids" | "teammate_ids" => Kind::Ids,
        _ => return field.strip_prefix("ticket_attribute.").map(|_| Kind::Plain),
    })
}

/// A ticket in its workspace.
struct InWorkspace<'a>(&'a Workspace, &'a TicketRecord);

impl InWorkspace<'_> {
    /// The name of an attribute of the ticket.
    fn attribute(&self, id: &str) -> Option<&str> {
        let Self(workspace, record) = self;
        let ticket_type = workspace.ticket_types.get(&record.ticket_type)?;
        let mut attributes = ticket_type.ticket_type_attributes.as_ref()?.data.iter();
        attributes
            .find(|attribute| attribute.id == id)?
            .name
            .as_deref()
    }
}

impl Fields for InWorkspace<'_> {
    fn value(&self, field: &str) -> Value {
        let Self(_, record) = self;
        let ticket = &record.ticket;
        let attribute = |name: &str| {
            ticket
                .ticket_attributes
                .get(name)
                .cloned()
                .unwrap_or_default()
        };
        if let Some(id) = field.strip_prefix("ticket_attribute.") {
            return self.attribute(id).map(attribute).unwrap_or_default();
        }
        match field {
            "id" => Value::from(ticket.id.as_str()),
            "title" => attribute(TITLE),
            "description" => attribute(DESCRIPTION),
            "category" => Value::from(record.category.as_ref().map(|category| match category {
                TicketCategory::Customer => "request",
                TicketCategory::BackOffice => "task",
                TicketCategory::Tracker => "tracker",
                other => other.as_str(),
            })),
            "ticket_type_id" => Value::from(record.ticket_type.as_str()),
            "admin_assignee_id" => Value::from(record.admin.as_ref().map(AdminId::as_str)),
            "team_assignee_id" => Value::from(record.team.as_ref().map(TeamId::as_str)),
            "open" => Value::from(ticket.open),
            "state" => Value::from(state_category(record).as_str()),
            "created_at" => Value::from(ticket.created_at),
            "updated_at" => Value::from(ticket.updated_at),
            "snoozed_until" => Value::from(ticket.snoozed_until),
            _ => Value::Null,
        }
    }

    fn ids(&self, field: &str) -> Vec<&str> {
        let Self(_, record) = self;
        match field {
            "contact_ids" => vec![record.contact.as_str()],
            _ => record
                .admin
                .as_ref()
                .map(AdminId::as_str)
                .into_iter()
                .collect(),
        }
    }
}

/// The place of a ticket among all, by age.
fn newest(record: &TicketRecord) -> Rank {
    let second = record.ticket.created_at.unwrap_or_default().as_second();
    Rank {
        key: Key::Number(second as f64),
        id: record.ticket.id.to_string(),
    }
}

impl Handle<Search> for Workspace {
    fn handle(&mut self, search: Search, context: &Context) -> Result<TicketList, Refusal> {
        let body = search.body;
        let clause = body.query.clause();
        check(clause, &kind)?;
        let found = self
            .tickets
            .values()
            .filter(|record| matches(clause, &InWorkspace(self, record), &kind))
            .map(|record| (newest(record), record));
        let pagination = body.pagination.unwrap_or_default();
        let cursor = pagination.starting_after.as_deref();
        let per_page = pagination.per_page.unwrap_or(PER_PAGE);
        let cut = after_cursor(found.collect(), true, cursor, Some(per_page))?;
        let list = cut.into_list(|record| self.show_ticket(record, &context.version));
        let tickets: Result<_, _> = list.data.into_iter().collect();
        Ok(object!(TicketList {
            r#type: Some(ObjectType::TicketList),
            tickets: tickets?,
            total_count: list.total_count,
            pages: list.pages,
        }))
    }
}
