//! Fin as an agent of other programs. Since 2.14.
//!
//! Fin itself is not emulated: what users ask becomes conversations and contacts, and what is escalated
//! lands in the inbox, but nobody answers in Fin's name.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::contacts::{Contact, Role};
use intercom_core::api::conversations::{ConversationState, PartType};
use intercom_core::api::data_attributes::DataAttributeModel;
use intercom_core::api::fin_agent::{
    Ask, Escalate, FinAttributeErrors, FinAuthor, FinCapabilities, FinCapability,
    FinCapabilityType, FinConversation, FinEscalate, FinEscalated, FinMessage,
    FinRefusedAttributes, FinStatus, FinUser, ListCapabilities, Reply, RunProcedure, Start,
};
use intercom_core::model::{
    ContactId, ConversationId, CustomAttributes, ExternalConversationId, ProcedureId,
};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::conversations::{NewConversation, NewPart};
use crate::resources::notes::to_html;
use crate::resources::{Context, Handle};
use crate::store::{Author, ContactRecord, FinProcedure, FinSession, Workspace};

/// How many attributes, attachments and messages of the history a request has at most.
const MOST: usize = 10;

/// How many characters the context of an escalation has at most.
const CONTEXT: usize = 10_000;

fn invalid(message: impl Into<String>) -> Refusal {
    Refusal::new(
        StatusCode::BAD_REQUEST,
        ErrorCode::ParameterInvalid,
        message,
    )
}

/// A question, or the like, that is about to be put to Fin.
struct Question<'a> {
    conversation: ExternalConversationId,
    user: FinUser,
    message: Option<FinMessage>,
    attributes: Option<CustomAttributes>,
    history: Option<&'a [FinMessage]>,
    attachments: usize,
}

impl Question<'_> {
    fn check(&self) -> Result<(), Refusal> {
        if self.conversation.as_str().trim().is_empty() {
            return Err(invalid("conversation_id is required").field("conversation_id"));
        }
        check_user(&self.user)?;
        if self.history.is_some_and(|history| history.len() > MOST) {
            return Err(invalid(format!(
                "Conversation history cannot contain more than {MOST} items"
            )));
        }
        if self.attachments > MOST {
            return Err(invalid(format!(
                "Cannot attach more than {MOST} attachments"
            )));
        }
        check_count(self.attributes.as_ref())
    }
}

fn check_user(user: &FinUser) -> Result<(), Refusal> {
    if user.id.trim().is_empty() {
        return Err(invalid("User ID is required").field("user.id"));
    }
    check_count(user.attributes.as_ref())
}

fn check_count(attributes: Option<&CustomAttributes>) -> Result<(), Refusal> {
    if attributes.is_some_and(|attributes| attributes.iter().count() > MOST) {
        return Err(invalid(format!(
            "Cannot update more than {MOST} attributes at once."
        )));
    }
    Ok(())
}

/// Says that attributes do not exist.
fn refused(kind: &str, names: Vec<String>) -> Option<FinRefusedAttributes> {
    let reasons = names.into_iter().map(|name| {
        let reason = format!("{kind} attribute '{name}' does not exist");
        (name, reason)
    });
    let attributes: std::collections::BTreeMap<_, _> = reasons.collect();
    (!attributes.is_empty()).then(|| {
        object!(FinRefusedAttributes {
            attributes: attributes
        })
    })
}

impl Workspace {
    /// Stores a procedure that can be run through the API.
    pub(crate) fn add_procedure(&mut self, name: &str, description: &str) -> ProcedureId {
        let id = ProcedureId::new(self.ids.decimal().to_string());
        let procedure = FinProcedure {
            name: name.to_owned(),
            description: description.to_owned(),
        };
        self.procedures.insert(id.clone(), procedure);
        id
    }

    /// Returns the contact of a user, creating it if needed, and the attributes that do not exist.
    fn fin_contact(
        &mut self,
        user: FinUser,
        context: &Context,
    ) -> Result<(ContactId, Vec<String>), Refusal> {
        let known = self.contact_by_external_id(&user.id);
        let id = match known.map(|contact| contact.id.clone()) {
            Some(id) => id,
            None => {
                let contact = object!(Contact {
                    role: Some(Role::User),
                    external_id: Some(user.id),
                });
                let record = ContactRecord::new(contact, context.now, &mut self.strings);
                self.add_contact(record, context)
            }
        };
        let mut unknown = Vec::new();
        let mut attributes = CustomAttributes::new();
        for (name, value) in user.attributes.into_iter().flatten() {
            if self.defined(&DataAttributeModel::Contact, &name).is_some() {
                attributes.insert(name, value);
            } else {
                unknown.push(name);
            }
        }
        self.check_custom_attributes(&DataAttributeModel::Contact, &attributes, context)?;
        let strings = &mut self.strings;
        self.contacts.update(&id, |contact| {
            contact.name = user
                .name
                .map(String::into_boxed_str)
                .or(contact.name.take());
            contact.email = user
                .email
                .map(String::into_boxed_str)
                .or(contact.email.take());
            for (name, value) in attributes {
                contact.attributes.set(&name, value, strings);
            }
        });
        Ok((id, unknown))
    }

    /// Sets attributes of a conversation, and returns those that do not exist.
    fn set_fin_attributes(
        &mut self,
        id: &ConversationId,
        attributes: Option<CustomAttributes>,
    ) -> Vec<String> {
        let mut unknown = Vec::new();
        for (name, value) in attributes.into_iter().flatten() {
            let mut known = self.conversation_attributes.values();
            if !known.any(|attribute| attribute.name.as_ref() == Some(&name)) {
                unknown.push(name);
                continue;
            }
            let strings = &mut self.strings;
            self.conversations
                .update(id, |record| record.attributes.set(&name, value, strings));
        }
        unknown
    }

    /// Returns the session of a conversation that has not been deleted since.
    fn fin_session(&self, id: &ExternalConversationId) -> Option<&FinSession> {
        let session = self.fin_sessions.get(id)?;
        self.conversations.get(&session.conversation)?;
        Some(session)
    }

    /// Puts a question to Fin, in a new conversation or in the one that exists.
    fn ask_fin(
        &mut self,
        question: Question<'_>,
        procedure_id: Option<ProcedureId>,
        context: &Context,
    ) -> Result<FinConversation, Refusal> {
        let user_id = question.user.id.clone();
        let (contact, unknown_of_user) = self.fin_contact(question.user, context)?;
        let external_id = question.conversation;
        let session = self.fin_session(&external_id);
        let known = session.map(|session| (session.conversation.clone(), session.last_message));
        let sent_at = question
            .message
            .as_ref()
            .and_then(|message| message.timestamp);
        let body = question
            .message
            .as_ref()
            .map(|message| message.body.as_str());
        let author = match question.message.as_ref().map(|message| &message.author) {
            Some(FinAuthor::Agent | FinAuthor::Fin) => Author::Bot,
            _ => Author::Contact(contact.clone()),
        };
        let conversation = match known {
            None => {
                let source = self.new_source(author, body.unwrap_or_default(), None);
                let contacts = vec![contact.clone()];
                self.add_conversation(NewConversation { source, contacts }, context)
            }
            Some((conversation, last)) => {
                // A message that was sent again counts once.
                if last.is_none() || last != sent_at {
                    let mut part = NewPart::new(PartType::Comment, author, context);
                    part.body = body.map(to_html);
                    self.add_part(&conversation, part)?;
                }
                conversation
            }
        };
        let unknown = self.set_fin_attributes(&conversation, question.attributes);
        let session = FinSession {
            conversation,
            last_message: sent_at,
        };
        self.fin_sessions.insert(external_id.clone(), session);
        let user = refused("User", unknown_of_user);
        let conversation = refused("Conversation", unknown);
        let has_errors = user.is_some() || conversation.is_some();
        Ok(object!(FinConversation {
            conversation_id: Some(external_id),
            user_id: Some(user_id),
            procedure_id: procedure_id,
            status: Some(FinStatus::Thinking),
            created_at_ms: Some(context.now),
            errors: has_errors.then(|| object!(FinAttributeErrors {
                user: user,
                conversation: conversation,
            })),
        }))
    }

    fn refuse_fin_session(&self, id: &ExternalConversationId) -> Result<(), Refusal> {
        match self.fin_session(id) {
            None => Ok(()),
            Some(_) => Err(invalid(
                "Fin session already exists for this conversation. Please use /reply to continue the conversation.",
            )),
        }
    }

    /// Hands a conversation over to people, with a note that the user does not see.
    fn hand_over(
        &mut self,
        id: &ConversationId,
        note: Option<&str>,
        context: &Context,
    ) -> Result<(), Refusal> {
        if let Some(note) = note {
            let mut part = NewPart::new(PartType::Note, Author::Bot, context);
            part.body = Some(to_html(note));
            self.add_part(id, part)?;
        }
        self.update_conversation(id, |record| {
            record.state = ConversationState::Open;
            record.waiting_since.get_or_insert(context.now);
        })
    }
}

fn check_context(field: &str, text: Option<&String>) -> Result<(), Refusal> {
    if text.is_some_and(|text| text.chars().count() > CONTEXT) {
        let message = format!("{field} must not exceed {CONTEXT} characters");
        return Err(invalid(message).field(field));
    }
    Ok(())
}

impl Handle<Start> for Workspace {
    fn handle(&mut self, start: Start, context: &Context) -> Result<FinConversation, Refusal> {
        let body = start.body;
        let (history, attributes) = body
            .conversation_metadata
            .map_or((None, None), |it| (it.history, it.attributes));
        let question = Question {
            conversation: body.conversation_id,
            user: body.user,
            message: Some(body.message),
            attributes,
            history: history.as_deref(),
            attachments: body.attachments.map_or(0, |it| it.len()),
        };
        question.check()?;
        self.ask_fin(question, None, context)
    }
}

impl Handle<Ask> for Workspace {
    fn handle(&mut self, ask: Ask, context: &Context) -> Result<FinConversation, Refusal> {
        let body = ask.body;
        let (history, attributes) = body
            .conversation_metadata
            .map_or((None, None), |it| (it.history, it.attributes));
        let question = Question {
            conversation: body.conversation_id,
            user: body.user,
            message: Some(body.message),
            attributes,
            history: history.as_deref(),
            attachments: body.attachments.map_or(0, |it| it.len()),
        };
        question.check()?;
        self.refuse_fin_session(&question.conversation)?;
        self.ask_fin(question, None, context)
    }
}

impl Handle<Reply> for Workspace {
    fn handle(&mut self, reply: Reply, context: &Context) -> Result<FinConversation, Refusal> {
        let body = reply.body;
        let question = Question {
            conversation: body.conversation_id,
            user: body.user,
            message: Some(body.message),
            attributes: None,
            history: None,
            attachments: body.attachments.map_or(0, |it| it.len()),
        };
        question.check()?;
        self.fin_session(&question.conversation)
            .ok_or_else(|| invalid("Conversation not found"))?;
        self.ask_fin(question, None, context)
    }
}

impl Handle<RunProcedure> for Workspace {
    fn handle(&mut self, run: RunProcedure, context: &Context) -> Result<FinConversation, Refusal> {
        let body = run.body;
        let question = Question {
            conversation: body.conversation_id,
            user: body.user,
            message: body.message,
            attributes: body.conversation_metadata.and_then(|it| it.attributes),
            history: None,
            attachments: 0,
        };
        question.check()?;
        if !self.procedures.contains_key(&run.procedure_id) {
            return Err(invalid("Procedure not found"));
        }
        self.refuse_fin_session(&question.conversation)?;
        self.ask_fin(question, Some(run.procedure_id), context)
    }
}

impl Handle<Escalate> for Workspace {
    fn handle(&mut self, escalate: Escalate, context: &Context) -> Result<FinEscalated, Refusal> {
        match escalate.body {
            FinEscalate::Conversation(body) => {
                check_context("context", body.context.as_ref())?;
                let session = self.fin_session(&body.conversation_id);
                let session = session.ok_or_else(|| invalid("Conversation not found"))?;
                let id = session.conversation.clone();
                self.hand_over(&id, body.context.as_deref(), context)?;
                Ok(object!(FinEscalated {
                    conversation_id: Some(body.conversation_id),
                    status: Some(FinStatus::Escalated),
                }))
            }
            FinEscalate::User(body) => {
                check_user(&body.user)?;
                check_context("message", body.message.as_ref())?;
                check_context("context", body.context.as_ref())?;
                let (contact, _) = self.fin_contact(body.user, context)?;
                let message = body
                    .message
                    .as_deref()
                    .unwrap_or("I would like to talk to a person.");
                let source = self.new_source(Author::Contact(contact.clone()), message, None);
                let contacts = vec![contact];
                let id = self.add_conversation(NewConversation { source, contacts }, context);
                self.hand_over(&id, body.context.as_deref(), context)?;
                Ok(object!(FinEscalated {
                    intercom_conversation_id: Some(id),
                    status: Some(FinStatus::Escalated),
                }))
            }
            _ => Err(invalid("Either conversation_id or user must be provided")),
        }
    }
}

impl Handle<ListCapabilities> for Workspace {
    fn handle(
        &mut self,
        list: ListCapabilities,
        context: &Context,
    ) -> Result<FinCapabilities, Refusal> {
        check_user(&list.body.user)?;
        self.fin_contact(list.body.user, context)?;
        let procedures = self.procedures.iter().map(|(id, procedure)| {
            object!(FinCapability {
                r#type: Some(FinCapabilityType::Procedure),
                id: Some(id.clone()),
                name: Some(procedure.name.clone()),
                description: Some(procedure.description.clone()),
                endpoint: Some(format!("/fin/procedures/{id}/run")),
                method: Some("POST".to_owned()),
            })
        });
        let others = [
            (
                FinCapabilityType::Reply,
                "/fin/reply",
                "Continues a conversation.",
            ),
            (
                FinCapabilityType::Ask,
                "/fin/ask",
                "Answers a single question.",
            ),
        ];
        let others = others.into_iter().map(|(kind, endpoint, description)| {
            object!(FinCapability {
                r#type: Some(kind),
                description: Some(description.to_owned()),
                endpoint: Some(endpoint.to_owned()),
                method: Some("POST".to_owned()),
            })
        });
        Ok(object!(FinCapabilities {
            version: Some(context.version.as_str().to_owned()),
            capabilities: procedures.chain(others).collect(),
        }))
    }
}
