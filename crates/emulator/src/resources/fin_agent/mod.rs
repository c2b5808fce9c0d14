//! Fin as an agent of other programs. Since 2.14.
//!
//! Fin itself is not emulated: what users ask becomes conversations and contacts, and what is escalated
//! lands in the inbox. What Fin replies comes from the control API.

mod question;
mod rating;

use intercom_core::api::conversations::{ConversationState, PartType};
use intercom_core::api::fin_agent::{
    Ask, Escalate, FinCapabilities, FinCapability, FinCapabilityType, FinConversation, FinEscalate,
    FinEscalated, FinStatus, ListCapabilities, Reply, RunProcedure, Start,
};
use intercom_core::model::{ConversationId, ProcedureId};

pub(crate) use self::question::EVENT_STREAM;
use self::question::{Question, check_user, invalid};
use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::conversations::{NewConversation, NewPart};
use crate::resources::notes::to_html;
use crate::resources::{Context, Handle};
use crate::store::{Author, FinProcedure, Workspace};

/// How many characters the context of an escalation has at most.
const CONTEXT: usize = 10_000;

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

    /// Hands a conversation over to people, with a note that the user does not see.
    pub(crate) fn hand_over(
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
        let question = Question::new(
            body.conversation_id,
            body.user,
            body.message,
            body.attachments,
            body.conversation_metadata,
        );
        question.check()?;
        self.ask_fin(question, None, context)
    }
}

impl Handle<Ask> for Workspace {
    fn handle(&mut self, ask: Ask, context: &Context) -> Result<FinConversation, Refusal> {
        let body = ask.body;
        let question = Question::new(
            body.conversation_id,
            body.user,
            body.message,
            body.attachments,
            body.conversation_metadata,
        );
        question.check()?;
        self.refuse_fin_session(&question.conversation)?;
        self.ask_fin(question, None, context)
    }
}

impl Handle<Reply> for Workspace {
    fn handle(&mut self, reply: Reply, context: &Context) -> Result<FinConversation, Refusal> {
        let body = reply.body;
        let question = Question::new(
            body.conversation_id,
            body.user,
            body.message,
            body.attachments,
            None,
        );
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
