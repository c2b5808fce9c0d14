//! Conversations: creating, reading, updating and deleting them.

mod actions;
mod changes;
mod messages;
mod participants;
mod parts;
mod reply;
mod search;
mod statistics;
mod view;

pub(crate) use actions::no_assignee;
pub(crate) use messages::{check_attachments, uploads};
pub(crate) use parts::NewPart;
pub(crate) use view::{author_of, plain_text};

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::contacts::Order;
use intercom_core::api::conversations::{
    Conversation, ConversationList, ConversationState, ConversationUpdate, Create, Delete,
    DeletedConversation, DeletedConversationList, DeliveredAs, EventDetails, Get,
    HandlingEventList, InitiatorKey, List, ListDeleted, ListHandlingEvents, ListSideConversations,
    Message, PartType, Priority, SideConversationList, SourceType, Update,
};
use intercom_core::api::messages::MessageType;
use intercom_core::api::segments::PersonType;
use intercom_core::model::conversations::{AttributeChange, AttributeName, AttributeUpdated};
use intercom_core::model::{
    ContactId, ConversationId, Deleted, MessageId, ObjectType, Patch, VisitorId,
};

use crate::object::object;
use crate::query::{MAX_PER_PAGE, Numbered, Rank, in_order, numbered, page_size};
use crate::refusal::Refusal;
use crate::resources::attributes::{check_attributes, text_of};
use crate::resources::notes::to_html;
use crate::resources::{Context, Handle, deleted};
use crate::store::{
    Attributes, Author, ConversationIndex, ConversationRecord, Key, PartExtra, Source, Workspace,
};

/// The page size of lists of conversations.
const PER_PAGE: u32 = 20;

/// The largest page of the list of deleted conversations.
const MAX_DELETED: u32 = 60;

fn no_conversation() -> Refusal {
    Refusal::not_found()
}

/// A conversation to create.
pub(crate) struct NewConversation {
    pub(crate) source: Source,
    pub(crate) contacts: Vec<ContactId>,
}

impl Workspace {
    pub(crate) fn conversation(&self, id: &ConversationId) -> Result<&ConversationRecord, Refusal> {
        self.conversations.get(id).ok_or_else(no_conversation)
    }

    /// Changes a conversation, or refuses if there is no such conversation.
    pub(crate) fn update_conversation<T>(
        &mut self,
        id: &ConversationId,
        change: impl FnOnce(&mut ConversationRecord) -> T,
    ) -> Result<T, Refusal> {
        let changed = self.conversations.update(id, change);
        changed.ok_or_else(no_conversation)
    }

    /// Stores a new conversation and returns its id. A contact who starts one waits for a reply.
    pub(crate) fn add_conversation(
        &mut self,
        new: NewConversation,
        context: &Context,
    ) -> ConversationId {
        let id = ConversationId::new(self.ids.decimal().to_string());
        let from_contact = matches!(new.source.author, Author::Contact(_));
        for contact in &new.contacts {
            self.contacts.update(contact, |contact| {
                if from_contact {
                    contact.last_replied_at = Some(context.now);
                } else {
                    contact.last_contacted_at = Some(context.now);
                }
            });
        }
        self.conversations.insert(ConversationRecord {
            id: id.clone(),
            title: None,
            created_at: context.now,
            updated_at: context.now,
            source: new.source,
            parts: Vec::new(),
            contacts: new.contacts,
            company: None,
            state: ConversationState::Open,
            snoozed_until: None,
            waiting_since: from_contact.then_some(context.now),
            read: false,
            priority: Priority::NotPriority,
            admin: None,
            team: None,
            tags: Vec::new(),
            attributes: Attributes::default(),
            rating: None,
            ticket: None,
            tracker: None,
            merged_into: None,
        });
        id
    }

    /// Returns a new in-app message.
    pub(crate) fn new_source(
        &mut self,
        author: Author,
        body: &str,
        subject: Option<String>,
    ) -> Source {
        Source {
            id: MessageId::new(self.ids.decimal().to_string()),
            kind: SourceType::Conversation,
            delivered_as: match author {
                Author::Contact(_) => DeliveredAs::CustomerInitiated,
                Author::Admin(_) => DeliveredAs::AdminInitiated,
                Author::Bot => DeliveredAs::OperatorInitiated,
            },
            subject: subject.unwrap_or_default().into(),
            body: Some(to_html(body).into()),
            author,
            attachments: Vec::new(),
            redacted: false,
        }
    }

    /// Returns the contact that starts a conversation. A visitor becomes a lead.
    fn initiator(
        &mut self,
        kind: &PersonType,
        key: &InitiatorKey,
        context: &Context,
    ) -> Result<ContactId, Refusal> {
        let found = match key {
            InitiatorKey::Id(id) => self.contacts.get(id),
            InitiatorKey::UserId(id) => self.contact_by_external_id(id),
            _ => None,
        };
        if let Some(contact) = found {
            return Ok(contact.id.clone());
        }
        let visitor = match key {
            InitiatorKey::Id(id) => self.visitors.get(&VisitorId::new(id.as_str())),
            InitiatorKey::UserId(id) => self.visitor_by_user_id(id),
            _ => None,
        };
        match visitor.map(|visitor| visitor.id.clone()) {
            Some(id) if *kind == PersonType::Contact => self.visitor_to_lead(&id, context),
            _ => Err(Refusal::no_contact()),
        }
    }
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, create: Create, context: &Context) -> Result<Message, Refusal> {
        let body = create.body;
        if body.body.trim().is_empty() {
            return Err(Refusal::missing("body", "body is required"));
        }
        let contact = self.initiator(&body.from.r#type, &body.from.key, context)?;
        let urls = body.attachment_urls.unwrap_or_default();
        check_attachments(&urls, &[])?;
        let mut source =
            self.new_source(Author::Contact(contact.clone()), &body.body, body.subject);
        source.attachments = uploads(&urls, &[]);
        let mut message = object!(Message {
            r#type: Some(ObjectType::from("user_message")),
            id: source.id.clone(),
            created_at: Some(context.now),
            body: Some(body.body),
            message_type: Some(MessageType::Inapp),
        });
        let contacts = vec![contact];
        let id = self.add_conversation(NewConversation { source, contacts }, context);
        message.conversation_id = Some(id);
        Ok(message)
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, context: &Context) -> Result<Conversation, Refusal> {
        let record = self.conversation(&get.conversation_id)?;
        Ok(self.show_conversation_with_parts(record, context, get.display_as.as_ref()))
    }
}

impl Handle<List> for Workspace {
    fn handle(&mut self, list: List, context: &Context) -> Result<ConversationList, Refusal> {
        let index = ConversationIndex::UpdatedAt;
        let per_page = page_size(list.per_page, PER_PAGE, MAX_PER_PAGE)?;
        let cursor = list.starting_after.as_deref().filter(|it| !it.is_empty());
        let (latest_first, seen): (Box<dyn Iterator<Item = _>>, _) = match cursor {
            None => (Box::new(self.conversations.range(index, None).rev()), 0),
            Some(cursor) => {
                let (last, seen) = Rank::from_cursor(cursor)?;
                let key = Key::Number(last.key.as_i64());
                let before = self
                    .conversations
                    .range_before(index, key, last.id.as_ref().into());
                (Box::new(before.rev()), seen)
            }
        };
        let ranked = latest_first.map(|(_, record)| {
            let second = record.updated_at.as_second();
            (Rank::by_number(second, record.id.as_str()), record)
        });
        let slice = in_order(ranked, seen, self.conversations.len(), per_page);
        let page = slice.into_list(|record| self.show_conversation(record, context, None));
        Ok(object!(ConversationList {
            r#type: Some(ObjectType::ConversationList),
            conversations: page.data,
            total_count: page.total_count,
            pages: page.pages,
        }))
    }
}

impl Handle<Update> for Workspace {
    fn handle(&mut self, update: Update, context: &Context) -> Result<Conversation, Refusal> {
        let id = &update.conversation_id;
        self.conversation(id)?;
        self.apply_conversation_update(id, update.body, context)?;
        let record = self.conversation(id)?;
        Ok(self.show_conversation_with_parts(record, context, update.display_as.as_ref()))
    }
}

impl Workspace {
    fn apply_conversation_update(
        &mut self,
        id: &ConversationId,
        body: ConversationUpdate,
        context: &Context,
    ) -> Result<(), Refusal> {
        let author = match body.admin_id {
            Some(id) => Author::Admin(self.acting_admin(&id)?),
            None => Author::Admin(self.owner()),
        };
        if let Patch::Set(company) = &body.company_id {
            self.company_record(company)?;
        }
        if let Some(priority) = &body.priority
            && !Priority::KNOWN.contains(priority)
        {
            let message = format!("{priority} is not a valid priority");
            return Err(Refusal::invalid("priority", message));
        }
        if let Some(attributes) = &body.custom_attributes {
            check_attributes(attributes)?;
        }
        self.update_conversation(id, |record| {
            record.read = body.read.unwrap_or(record.read);
            if let Some(title) = body.title {
                record.title = Some(title.into());
            }
            if let Some(priority) = body.priority {
                record.priority = priority;
            }
            body.company_id.apply(&mut record.company);
            record.updated_at = context.now;
        })?;
        for (name, value) in body.custom_attributes.into_iter().flatten() {
            let strings = &mut self.strings;
            let previous = self.conversations.update(id, |record| {
                let previous = record.attributes.get(&name).and_then(text_of);
                record.attributes.set(&name, value.clone(), strings);
                previous
            });
            let event =
                EventDetails::ConversationAttributeUpdatedByAdmin(object!(AttributeUpdated {
                    attribute: Some(object!(AttributeName { name: Some(name) })),
                    value: Some(object!(AttributeChange {
                        name: text_of(&value),
                        previous: previous.flatten(),
                    })),
                }));
            let extra = PartExtra {
                event: Some(event),
                ..PartExtra::default()
            };
            let kind = PartType::ConversationAttributeUpdatedByAdmin;
            self.add_event_part(id, kind, author.clone(), extra, context)?;
        }
        Ok(())
    }
}

impl Handle<Delete> for Workspace {
    fn handle(
        &mut self,
        delete: Delete,
        context: &Context,
    ) -> Result<Deleted<ConversationId>, Refusal> {
        let id = delete.conversation_id;
        self.conversations.remove(&id).ok_or_else(no_conversation)?;
        self.deleted_conversations
            .push(object!(DeletedConversation {
                r#type: Some(ObjectType::Conversation),
                id: id.clone(),
                metrics_retained: Some(delete.retain_metrics.unwrap_or(true)),
                deleted_at: Some(context.now),
            }));
        Ok(deleted(id, ObjectType::Conversation))
    }
}

impl Handle<ListDeleted> for Workspace {
    fn handle(
        &mut self,
        list: ListDeleted,
        context: &Context,
    ) -> Result<DeletedConversationList, Refusal> {
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: PER_PAGE,
            max: MAX_DELETED,
        };
        let ascending = list.order == Some(Order::Ascending);
        let order = if ascending { "asc" } else { "desc" };
        let oldest_first = self.deleted_conversations.iter();
        let ordered: Box<dyn Iterator<Item = &DeletedConversation>> = if ascending {
            Box::new(oldest_first)
        } else {
            Box::new(oldest_first.rev())
        };
        let total = self.deleted_conversations.len();
        let path = format!("/conversations/deleted?order={order}");
        let page = numbered(ordered, total, place, &context.url(&path), Clone::clone)?;
        Ok(object!(DeletedConversationList {
            r#type: Some(ObjectType::from("conversations.list")),
            conversations: page.data,
            total_count: page.total_count,
            pages: page.pages,
        }))
    }
}

impl Handle<ListHandlingEvents> for Workspace {
    /// Nobody pauses the handling of a conversation through the API, so there are no events.
    fn handle(
        &mut self,
        list: ListHandlingEvents,
        _: &Context,
    ) -> Result<HandlingEventList, Refusal> {
        self.conversation(&list.conversation_id)
            .map_err(|_| conversation_not_found())?;
        Ok(HandlingEventList::default())
    }
}

impl Handle<ListSideConversations> for Workspace {
    /// Side conversations cannot be started through the API, so there are none.
    fn handle(
        &mut self,
        list: ListSideConversations,
        context: &Context,
    ) -> Result<SideConversationList, Refusal> {
        let id = &list.conversation_id;
        self.conversation(id)
            .map_err(|_| conversation_not_found())?;
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: 25,
            max: 50,
        };
        let path = format!("/conversations/{id}/side_conversations");
        let page = numbered([], 0, place, &context.url(&path), |none| none)?;
        Ok(object!(SideConversationList {
            r#type: Some(ObjectType::from("side_conversation.list")),
            side_conversations: page.data,
            total_count: page.total_count,
            pages: page.pages,
        }))
    }
}

/// 404 as a few operations on conversations reply it.
pub(crate) fn conversation_not_found() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::NotFound,
        "Conversation not found",
    )
}
