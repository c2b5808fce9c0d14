//! Searching conversations.

use intercom_core::api::conversations::{
    ConversationList, ConversationState, ConversationStatistics, Search,
};
use intercom_core::model::{AdminId, ObjectType, TeamId, Timestamp};

use super::PER_PAGE;
use super::statistics::statistics;
use crate::object::object;
use crate::query::{
    Field, Filter, Kind, MAX_PER_PAGE, Rank, Term, after_cursor, page_size, sort_order,
    wanted_since, wanted_texts,
};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{Author, ConversationIndex, ConversationRecord, Key, Workspace};

/// A conversation in its workspace.
type Searched<'a> = (&'a Workspace, &'a ConversationRecord);

const TIME: Kind = Kind::InclusiveSecond { spelled_out: true };

impl Handle<Search> for Workspace {
    fn handle(&mut self, search: Search, context: &Context) -> Result<ConversationList, Refusal> {
        let (body, workspace) = (search.body, &*self);
        let clause = body.query.clause();
        let filter = Filter::new(clause, &field)?;
        let order = sort_order(body.sort.as_ref(), "updated_at", false, &field)?;
        let candidates: Box<dyn Iterator<Item = &ConversationRecord>> =
            if let Some(ids) = wanted_texts(clause, "id") {
                let ids = std::collections::BTreeSet::from_iter(ids).into_iter();
                Box::new(ids.filter_map(|id| self.conversations.get(&id.into())))
            } else if let Some([contact]) = wanted_texts(clause, "contact_ids").as_deref() {
                let contact = Key::Text(contact.as_str().into());
                Box::new(self.conversations.find(ConversationIndex::Contact, contact))
            } else if let Some(since) = wanted_since(clause, "updated_at") {
                let index = ConversationIndex::UpdatedAt;
                self.conversations.candidates(index, Key::Number(since))
            } else {
                Box::new(self.conversations.scan())
            };
        let found = candidates
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
        let page = slice.into_list(|record| self.show_conversation(record, context, None));
        Ok(object!(ConversationList {
            r#type: Some(ObjectType::ConversationList),
            conversations: page.data,
            total_count: page.total_count,
            pages: page.pages,
        }))
    }
}

fn author_id<'a>((_, record): Searched<'a>) -> Term<'a> {
    match &record.source.author {
        Author::Admin(id) => Term::from(id.as_str()),
        Author::Contact(id) => Term::from(id.as_str()),
        Author::Bot => Term::None,
    }
}

fn author_type<'a>((workspace, record): Searched<'a>) -> Term<'a> {
    Term::Text(match &record.source.author {
        Author::Admin(_) => "admin",
        Author::Bot => "bot",
        Author::Contact(id) => {
            let contact = workspace.contacts.get(id);
            contact.map_or("user", |contact| contact.role.as_str())
        }
    })
}

fn author_name<'a>((workspace, record): Searched<'a>) -> Term<'a> {
    match &record.source.author {
        Author::Admin(id) => workspace.admin(id).and_then(|it| it.name.as_ref()).into(),
        Author::Contact(id) => {
            let contact = workspace.contacts.get(id);
            contact.and_then(|it| it.name.as_deref()).into()
        }
        Author::Bot => Term::None,
    }
}

fn author_email<'a>((workspace, record): Searched<'a>) -> Term<'a> {
    match &record.source.author {
        Author::Admin(id) => workspace.admin(id).and_then(|it| it.email.as_ref()).into(),
        Author::Contact(id) => {
            let contact = workspace.contacts.get(id);
            contact.and_then(|it| it.email.as_deref()).into()
        }
        Author::Bot => Term::None,
    }
}

/// Returns a statistic by its name.
fn statistic<'a>((_, record): Searched<'a>, name: &'a str) -> Term<'a> {
    let ConversationStatistics {
        time_to_assignment,
        time_to_admin_reply,
        time_to_first_close,
        time_to_last_close,
        median_time_to_reply,
        first_contact_reply_at,
        first_assignment_at,
        first_admin_reply_at,
        first_close_at,
        last_assignment_at,
        last_assignment_admin_reply_at,
        last_contact_reply_at,
        last_admin_reply_at,
        last_close_at,
        count_reopens,
        count_assignments,
        count_conversation_parts,
        ..
    } = statistics(record);
    let time = |time: Option<Timestamp>| Term::from(time);
    match name {
        "time_to_assignment" => time_to_assignment.into(),
        "time_to_admin_reply" => time_to_admin_reply.into(),
        "time_to_first_close" => time_to_first_close.into(),
        "time_to_last_close" => time_to_last_close.into(),
        "median_time_to_reply" => median_time_to_reply.into(),
        "first_contact_reply_at" => time(first_contact_reply_at),
        "first_assignment_at" => time(first_assignment_at),
        "first_admin_reply_at" => time(first_admin_reply_at),
        "first_close_at" => time(first_close_at),
        "last_assignment_at" => time(last_assignment_at),
        "last_assignment_admin_reply_at" => time(last_assignment_admin_reply_at),
        "last_contact_reply_at" => time(last_contact_reply_at),
        "last_admin_reply_at" => time(last_admin_reply_at),
        "last_close_at" => time(last_close_at),
        "last_closed_by_id" => last_closed_by(record),
        "count_reopens" => count_reopens.into(),
        "count_assignments" => count_assignments.into(),
        "count_conversation_parts" => count_conversation_parts.into(),
        _ => Term::None,
    }
}

fn last_closed_by(record: &ConversationRecord) -> Term<'_> {
    let closes = record.parts.iter().rev();
    let mut closes = closes.filter(|part| part.kind.as_str() == "close");
    match closes.next().map(|part| &part.author) {
        Some(Author::Admin(id)) => Term::from(id.as_str()),
        _ => Term::None,
    }
}

/// Returns the field of a name, if conversations are searched by it.
fn field(name: &str) -> Option<Field<'_, Searched<'_>>> {
    macro_rules! one {
        ($kind:expr, |$record:ident| $value:expr) => {
            Field::one($kind, |(_, $record)| Term::from($value))
        };
    }
    if let Some(statistic_name) = name.strip_prefix("statistics.") {
        let kind = match statistic_name {
            name if name.ends_with("_at") => TIME,
            _ => Kind::Plain,
        };
        let known = statistic_name.starts_with("time_to_")
            || statistic_name.starts_with("count_")
            || statistic_name.starts_with("first_")
            || statistic_name.starts_with("last_")
            || statistic_name == "median_time_to_reply";
        return known.then(|| Field::named(kind, statistic, statistic_name));
    }
    if let Some(attribute) = name.strip_prefix("custom_attributes.") {
        let date = attribute.ends_with("_at");
        return Some(Field::named(
            if date { TIME } else { Kind::Plain },
            |(_, record), name| Term::attribute(record.attributes.get(name)),
            attribute,
        ));
    }
    Some(match name {
        "id" => one!(Kind::Plain, |record| record.id.as_str()),
        "created_at" => one!(TIME, |record| record.created_at),
        "updated_at" => one!(TIME, |record| record.updated_at),
        "title" => one!(Kind::Plain, |record| record.title.as_deref()),
        "source.type" | "channel_initiated" => {
            one!(Kind::Plain, |record| record.source.kind.as_str())
        }
        "source.id" => one!(Kind::Plain, |record| record.source.id.as_str()),
        "source.delivered_as" => one!(Kind::Plain, |record| record.source.delivered_as.as_str()),
        "source.subject" => one!(Kind::Plain, |record| &record.source.subject),
        "source.body" => one!(Kind::Plain, |record| record.source.body.as_deref()),
        "source.url" => Field::one(Kind::Plain, |_| Term::None),
        "source.author.id" => Field::one(Kind::Plain, author_id),
        "source.author.type" => Field::one(Kind::Plain, author_type),
        "source.author.name" => Field::one(Kind::Plain, author_name),
        "source.author.email" => Field::one(Kind::Plain, author_email),
        "contact_ids" => Field::ids(Kind::Ids, |(_, record), test| {
            record.contacts.iter().any(|id| test(id.as_str()))
        }),
        "teammate_ids" => Field::ids(Kind::Ids, |(_, record), test| {
            record.admins().any(|id| test(id.as_str()))
        }),
        "tag_ids" => Field::ids(Kind::Ids, |(_, record), test| {
            record.tags.iter().any(|tagged| test(tagged.tag.as_str()))
        }),
        "admin_assignee_id" => Field::one(Kind::Plain, |(_, record)| {
            Term::from(record.admin.as_ref().map_or("0", AdminId::as_str))
        }),
        "team_assignee_id" => Field::one(Kind::Plain, |(_, record)| {
            Term::from(record.team.as_ref().map_or("0", TeamId::as_str))
        }),
        "open" => one!(Kind::Plain, |record| record.state
            != ConversationState::Closed),
        "read" => one!(Kind::Plain, |record| record.read),
        "state" => one!(Kind::Plain, |record| record.state.as_str()),
        "priority" => one!(Kind::Plain, |record| record.priority.as_str()),
        "waiting_since" => one!(TIME, |record| record.waiting_since),
        "snoozed_until" => one!(TIME, |record| record.snoozed_until),
        "conversation_rating.requested_at" | "conversation_rating.replied_at" => {
            one!(TIME, |record| record
                .rating
                .as_ref()
                .map(|rating| rating.created_at))
        }
        "conversation_rating.score" => {
            one!(Kind::Plain, |record| record
                .rating
                .as_ref()
                .map(|it| u64::from(it.score)))
        }
        "conversation_rating.remark" => {
            one!(Kind::Plain, |record| record
                .rating
                .as_ref()
                .and_then(|it| it.remark.as_ref()))
        }
        "conversation_rating.contact_id" => {
            one!(Kind::Plain, |record| record
                .rating
                .as_ref()
                .map(|it| it.contact.as_str()))
        }
        // Misspelled by the service.
        "conversation_rating.admin_d" | "conversation_rating.admin_id" => {
            one!(Kind::Plain, |record| {
                let rating = record.rating.as_ref();
                rating
                    .and_then(|rating| rating.admin.as_ref())
                    .map(AdminId::as_str)
            })
        }
        "ai_agent_participated" => Field::one(Kind::Plain, |_| Term::Bool(false)),
        "ai_agent.resolution_state"
        | "ai_agent.last_answer_type"
        | "ai_agent.rating"
        | "ai_agent.rating_remark"
        | "ai_agent.source_type"
        | "ai_agent.source_title" => Field::one(Kind::Plain, |_| Term::None),
        _ => return None,
    })
}
