//! What users ask of Fin, and the conversations and contacts that become of it.

use std::collections::BTreeMap;

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::contacts::{Contact, Role};
use intercom_core::api::conversations::PartType;
use intercom_core::api::data_attributes::DataAttributeModel;
use intercom_core::api::fin_agent::{
    FinAttachment, FinAttributeErrors, FinAuthor, FinConversation, FinConversationMetadata,
    FinMessage, FinRefusedAttributes, FinStatus, FinUser,
};
use intercom_core::model::{
    ContactId, ConversationId, CustomAttributes, ExternalConversationId, ProcedureId, Secret,
};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::Context;
use crate::resources::conversations::{NewConversation, NewPart};
use crate::resources::notes::to_html;
use crate::store::{Author, ContactRecord, FinSession, FinStream, Workspace};

/// Where the events of conversations with Fin are.
pub(crate) const EVENT_STREAM: &str = "/event-stream";

/// How many attributes, attachments and messages of the history a request has at most.
const MOST: usize = 10;

pub(super) fn invalid(message: impl Into<String>) -> Refusal {
    Refusal::new(
        StatusCode::BAD_REQUEST,
        ErrorCode::ParameterInvalid,
        message,
    )
}

/// A question, or the like, that is about to be put to Fin.
pub(super) struct Question {
    pub(super) conversation: ExternalConversationId,
    pub(super) user: FinUser,
    pub(super) message: Option<FinMessage>,
    pub(super) attributes: Option<CustomAttributes>,
    pub(super) history: Option<Vec<FinMessage>>,
    pub(super) attachments: usize,
}

impl Question {
    pub(super) fn new(
        conversation: ExternalConversationId,
        user: FinUser,
        message: FinMessage,
        attachments: Option<Vec<FinAttachment>>,
        metadata: Option<FinConversationMetadata>,
    ) -> Self {
        let metadata = metadata.map_or((None, None), |it| (it.history, it.attributes));
        let (history, attributes) = metadata;
        Self {
            conversation,
            user,
            message: Some(message),
            attributes,
            history,
            attachments: attachments.map_or(0, |it| it.len()),
        }
    }

    pub(super) fn check(&self) -> Result<(), Refusal> {
        if self.conversation.as_str().trim().is_empty() {
            return Err(invalid("conversation_id is required").field("conversation_id"));
        }
        check_user(&self.user)?;
        if self
            .history
            .as_ref()
            .is_some_and(|history| history.len() > MOST)
        {
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

pub(super) fn check_user(user: &FinUser) -> Result<(), Refusal> {
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
    let attributes: BTreeMap<_, _> = reasons.collect();
    (!attributes.is_empty()).then(|| {
        object!(FinRefusedAttributes {
            attributes: attributes
        })
    })
}

impl Workspace {
    /// Returns the contact of a user, creating it if needed, and the attributes that do not exist.
    pub(super) fn fin_contact(
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
    pub(crate) fn fin_session(&self, id: &ExternalConversationId) -> Option<&FinSession> {
        let session = self.fin_sessions.get(id)?;
        self.conversations.get(&session.conversation)?;
        Some(session)
    }

    /// Puts a question to Fin, in a new conversation or in the one that exists.
    pub(super) fn ask_fin(
        &mut self,
        question: Question,
        procedure_id: Option<ProcedureId>,
        context: &Context,
    ) -> Result<FinConversation, Refusal> {
        let user_id = question.user.id.clone();
        let (contact, unknown_of_user) = self.fin_contact(question.user, context)?;
        let external_id = question.conversation;
        let session = self.fin_session(&external_id);
        let survey = session.and_then(|session| session.survey.clone());
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
        // Workspaces that begin alike have the same ids, but the token is of one of them.
        let token = format!("{:032x}", fastrand::u128(..));
        let stream = FinStream::new(token, context.now);
        let channel = format!("fin_agent_api:{}:{external_id}", self.workspace_id);
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("channels", &channel)
            .append_pair("accessToken", &stream.token)
            .finish();
        let stream_url = context.url(&format!("{EVENT_STREAM}?{query}"));
        let session = FinSession {
            conversation,
            user: user_id.clone(),
            last_message: sent_at,
            stream,
            survey,
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
            sse_subscription_url: Some(Secret::from(stream_url)),
            errors: has_errors.then(|| object!(FinAttributeErrors {
                user: user,
                conversation: conversation,
            })),
        }))
    }

    pub(super) fn refuse_fin_session(&self, id: &ExternalConversationId) -> Result<(), Refusal> {
        match self.fin_session(id) {
            None => Ok(()),
            Some(_) => Err(invalid(
                "Fin session already exists for this conversation. Please use /reply to continue the conversation.",
            )),
        }
    }
}
