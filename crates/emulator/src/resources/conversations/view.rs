//! Conversations as replies show them.

use intercom_core::ApiVersion;
use intercom_core::api::contacts::ContactReference;
use intercom_core::api::conversations::{
    Author as ShownAuthor, Conversation, ConversationContacts, ConversationPart, ConversationParts,
    ConversationRating, ConversationSource, ConversationState, ConversationTeammates, DisplayAs,
    FirstContactReply, LinkedObject, PartType, Priority, SeenState,
};
use intercom_core::api::ticket_types::TicketCategory;
use intercom_core::model::tags::TagList;
use intercom_core::model::{
    AdminId, ContactId, EmbeddedList, ObjectId, ObjectType, Reference, TeamId, TicketId,
};

use crate::object::object;
use crate::resources::Context;
use crate::store::{Assignee, Author, ConversationRecord, Part, Workspace};

/// The most parts of a conversation that a reply has: the latest ones.
const MAX_PARTS: usize = 500;

/// Returns an author as replies show it.
pub(crate) fn author_of(workspace: &Workspace, author: &Author) -> ShownAuthor {
    match author {
        Author::Admin(id) => {
            let admin = workspace.admin(id);
            object!(ShownAuthor {
                r#type: Some(ObjectType::Admin),
                id: ObjectId::new(id.as_str()),
                name: admin.and_then(|admin| admin.name.clone()),
                email: admin.and_then(|admin| admin.email.clone()),
            })
        }
        Author::Contact(id) => {
            let contact = workspace.contacts.get(id);
            let kind = contact.map_or("user", |contact| contact.role.as_str());
            object!(ShownAuthor {
                r#type: Some(ObjectType::from(kind)),
                id: ObjectId::new(id.as_str()),
                name: contact.and_then(|it| it.name.clone()).map(String::from),
                email: contact.and_then(|it| it.email.clone()).map(String::from),
            })
        }
        Author::Bot => object!(ShownAuthor {
            r#type: Some(ObjectType::from("bot")),
            id: ObjectId::new("1"),
            name: Some("Operator".to_owned()),
            email: Some(format!("operator+{}@intercom.io", workspace.workspace_id)),
        }),
    }
}

/// Writes a body as the request wants it.
fn body(html: Option<&str>, display_as: Option<&DisplayAs>) -> Option<String> {
    let html = html?;
    Some(match display_as {
        Some(DisplayAs::Plaintext) => plain_text(html),
        _ => html.to_owned(),
    })
}

/// Strips the tags of HTML. Paragraphs and line breaks end lines.
pub(crate) fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let Some((tag, behind)) = after.split_once('>') else {
            rest = "";
            break;
        };
        if tag.starts_with("br") || tag == "/p" || tag == "/li" {
            text.push('\n');
        }
        rest = behind;
    }
    text.push_str(rest);
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    text.trim_end().to_owned()
}

/// Returns the id of an assignee: a number in every version, and null for nobody.
fn assignee<T: From<u64> + for<'a> From<&'a str>>(id: Option<&str>) -> Option<T> {
    id.map(|id| match id.parse::<u64>() {
        Ok(number) => number.into(),
        Err(_) => id.into(),
    })
}

/// Returns a priority as this version knows it: a level from 2.16 on, and whether there is one before.
fn priority_in(version: &ApiVersion, priority: &Priority) -> Priority {
    let has_levels = *version >= ApiVersion::V2_16;
    match priority {
        Priority::None | Priority::NotPriority if has_levels => Priority::None,
        Priority::None | Priority::NotPriority => Priority::NotPriority,
        Priority::Priority if has_levels => Priority::High,
        level if has_levels => level.clone(),
        _ => Priority::Priority,
    }
}

impl Workspace {
    /// Returns references to contacts, as conversations and tickets have them.
    pub(crate) fn contact_references(&self, ids: &[ContactId]) -> ConversationContacts {
        let references = ids.iter().map(|id| {
            let contact = self.contacts.get(id);
            object!(ContactReference {
                r#type: Some(ObjectType::Contact),
                id: Some(id.clone()),
                external_id: contact
                    .and_then(|contact| contact.external_id.clone())
                    .map(String::from),
            })
        });
        object!(ConversationContacts {
            r#type: Some(ObjectType::ContactList),
            contacts: references.collect(),
        })
    }

    /// Returns a list of linked tickets.
    fn linked_tickets(&self, record: &ConversationRecord) -> EmbeddedList<LinkedObject> {
        let ids = record.tracker.iter().chain(&record.ticket);
        let linked = ids.map(|id: &TicketId| {
            let category = self.tickets.get(id).and_then(|it| it.category.clone());
            object!(LinkedObject {
                r#type: Some(ObjectType::Ticket),
                id: ObjectId::new(id.as_str()),
                category: category.or(Some(TicketCategory::Customer)),
            })
        });
        let data: Vec<_> = linked.collect();
        object!(EmbeddedList {
            r#type: Some(ObjectType::List),
            total_count: Some(data.len() as u64),
            has_more: Some(false),
            data: data,
        })
    }

    /// Returns a conversation as lists show it: without its parts.
    pub(crate) fn show_conversation(
        &self,
        record: &ConversationRecord,
        context: &Context,
        display_as: Option<&DisplayAs>,
    ) -> Conversation {
        let version = &context.version;
        let source = &record.source;
        let applied = record
            .tags
            .iter()
            .filter_map(|tag| self.show_applied(tag).ok());
        let teammates = record.teammates().into_iter().map(|id| {
            object!(Reference {
                r#type: Some(ObjectType::Admin),
                id: Some(ObjectId::new(id.as_str())),
            })
        });
        let mut conversation = object!(Conversation {
            r#type: Some(ObjectType::Conversation),
            id: record.id.clone(),
            title: record.title.clone().map(String::from),
            created_at: Some(record.created_at),
            updated_at: Some(record.updated_at),
            waiting_since: record.waiting_since,
            snoozed_until: record.snoozed_until,
            open: Some(record.state != ConversationState::Closed),
            state: Some(record.state.clone()),
            read: Some(record.read),
            priority: Some(priority_in(version, &record.priority)),
            admin_assignee_id: assignee(record.admin.as_ref().map(AdminId::as_str)),
            team_assignee_id: assignee(record.team.as_ref().map(TeamId::as_str)),
            source: Some(object!(ConversationSource {
                r#type: Some(source.kind.clone()),
                id: source.id.clone(),
                delivered_as: Some(source.delivered_as.clone()),
                subject: Some(source.subject.to_string()),
                body: body(source.body.as_deref(), display_as),
                author: Some(author_of(self, &source.author)),
                attachments: source.attachments.clone(),
                redacted: Some(source.redacted),
            })),
            contacts: Some(self.contact_references(&record.contacts)),
            teammates: Some(object!(ConversationTeammates {
                r#type: Some(ObjectType::AdminList),
                teammates: teammates.collect(),
            })),
            tags: Some(object!(TagList {
                r#type: Some(ObjectType::TagList),
                tags: applied.collect(),
            })),
            first_contact_reply: self.first_contact_reply(record),
            conversation_rating: rating(record),
            statistics: Some(super::statistics::statistics(record)),
            custom_attributes: record.attributes.to_model(),
            linked_objects: Some(self.linked_tickets(record)),
        });
        if *version >= ApiVersion::V2_11 {
            conversation.ai_agent_participated = Some(false);
        }
        if *version >= ApiVersion::V2_15 {
            let company = record.company.as_ref();
            let company = company.and_then(|id| self.company(id, version).ok());
            conversation.company = company.map(Box::new);
        }
        conversation
    }

    fn first_contact_reply(&self, record: &ConversationRecord) -> Option<FirstContactReply> {
        let at = super::statistics::first_contact_reply_at(record)?;
        Some(object!(FirstContactReply {
            created_at: Some(at),
            r#type: Some(record.source.kind.clone()),
        }))
    }

    /// Returns a conversation with its latest parts.
    pub(crate) fn show_conversation_with_parts(
        &self,
        record: &ConversationRecord,
        context: &Context,
        display_as: Option<&DisplayAs>,
    ) -> Conversation {
        let mut conversation = self.show_conversation(record, context, display_as);
        let total = record.parts.len();
        let latest = record.parts.iter().skip(total.saturating_sub(MAX_PARTS));
        let parts = latest.map(|part| self.show_part(part, context, display_as));
        conversation.conversation_parts = Some(object!(ConversationParts {
            r#type: Some(ObjectType::ConversationPartList),
            conversation_parts: parts.collect(),
            total_count: Some(total as u64),
        }));
        conversation
    }

    pub(crate) fn show_part(
        &self,
        part: &Part,
        context: &Context,
        display_as: Option<&DisplayAs>,
    ) -> ConversationPart {
        let extra = part.extra.as_deref();
        let reference = |kind, id: &str| {
            object!(Reference {
                r#type: Some(kind),
                id: Some(ObjectId::new(id)),
            })
        };
        let assigned_to = part
            .assigned_to
            .as_ref()
            .and_then(|assignee| match assignee {
                Assignee::Admin(id) => Some(reference(ObjectType::Admin, id.as_str())),
                Assignee::Team(id) => Some(reference(ObjectType::Team, id.as_str())),
                Assignee::Nobody => None,
            });
        let mut shown = object!(ConversationPart {
            r#type: Some(ObjectType::ConversationPart),
            id: part.id.clone(),
            part_type: Some(part.kind.clone()),
            body: body(part.body.as_deref(), display_as),
            created_at: Some(part.at),
            updated_at: Some(part.at),
            notified_at: Some(part.at),
            assigned_to: assigned_to,
            author: Some(author_of(self, &part.author)),
            attachments: extra.map_or_else(Vec::new, |extra| extra.attachments.clone()),
            redacted: Some(part.redacted),
        });
        if context.version >= ApiVersion::V2_13 {
            shown.state = Some(part.state.clone());
            shown.tags = Some(Vec::new());
            shown.event_details = extra.and_then(|extra| extra.event.clone());
        }
        if context.version >= ApiVersion::V2_14 || part.kind == PartType::QuickReply {
            let quick_replies = extra.and_then(|extra| extra.quick_replies.clone());
            shown.metadata = Some(quick_replies.unwrap_or_default());
        }
        if context.version >= ApiVersion::Preview
            && let Some(extra) = extra
        {
            shown.external_reply_send_state = extra.send_state.clone();
            shown.seen_state = extra.seen.then(|| {
                object!(SeenState {
                    admin_seen: Some(true)
                })
            });
        }
        shown
    }
}

fn rating(record: &ConversationRecord) -> Option<ConversationRating> {
    let rating = record.rating.as_deref()?;
    Some(object!(ConversationRating {
        rating: Some(rating.score),
        remark: rating.remark.clone(),
        created_at: Some(rating.created_at),
        contact: Some(object!(ContactReference {
            r#type: Some(ObjectType::Contact),
            id: Some(rating.contact.clone()),
        })),
        teammate: rating.admin.as_ref().map(|admin| {
            object!(Reference {
                r#type: Some(ObjectType::Admin),
                id: Some(ObjectId::new(admin.as_str())),
            })
        }),
    }))
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[test]
    fn plain_text_has_no_tags_and_keeps_lines() {
        let html = "<p>Hello <b>Ada</b></p><p>a &lt; b &amp;&amp; c<br>end</p>";
        assert_eq!(plain_text(html), "Hello Ada\na < b && c\nend");
        assert_eq!(plain_text("no tags"), "no tags");
        assert_eq!(plain_text("cut <b"), "cut");
    }
}
