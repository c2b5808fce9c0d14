//! Fin Voice: calls that Fin takes for another phone system. Since 2.15.
//!
//! A call is matched when it has been asked for once, or 30 seconds after it was registered, and ends
//! likewise. Then it has a conversation, and a call among the others. Nobody speaks.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::calls::{Call, CallDirection};
use intercom_core::api::contacts::{Contact, Role};
use intercom_core::api::fin_voice::{
    FinVoiceCall, Get, GetByExternalId, GetByPhoneNumber, ListForConversation, Register,
};
use intercom_core::model::{ContactId, FinVoiceCallId};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::conversations::NewConversation;
use crate::resources::{Context, Handle};
use crate::store::{Author, ContactRecord, FinVoiceRecord, Phase, Progress, Workspace};

fn not_matched() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::NotFound,
        "External reference not found or not matched",
    )
}

impl Workspace {
    /// Returns the contact with this phone number; a new lead if there is none.
    pub(crate) fn caller(&mut self, phone: &str, context: &Context) -> ContactId {
        let mut contacts = self.contacts.iter();
        let known = contacts
            .find(|contact| contact.phone.as_deref() == Some(phone))
            .map(|contact| contact.id.clone());
        drop(contacts);
        if let Some(known) = known {
            return known;
        }
        let lead = object!(Contact {
            role: Some(Role::Lead),
            phone: Some(phone.to_owned()),
        });
        let record = ContactRecord::new(lead, context.now, &mut self.strings);
        self.add_contact(record, context)
    }

    /// Returns a call if it is matched by now.
    fn voice_call(&mut self, id: &FinVoiceCallId, context: &Context) -> Option<FinVoiceCall> {
        let record = self.fin_voice_calls.get_mut(id)?;
        let phase = record.progress.phase(context.now);
        record.progress.poll(context.now);
        if phase == Phase::Pending {
            return None;
        }
        let ended_at = record
            .progress
            .finished_at()
            .filter(|_| phase == Phase::Finished);
        let phone = record.call.user_phone_number.clone().unwrap_or_default();
        if record.call.intercom_call_id.is_none() {
            let contact = self.caller(&phone, context);
            let source = self.new_source(Author::Contact(contact.clone()), "", None);
            let contacts = vec![contact.clone()];
            let conversation = self.add_conversation(NewConversation { source, contacts }, context);
            let call = object!(Call {
                conversation_id: Some(conversation.clone()),
                contact_id: Some(contact),
                state: Some("in-progress".to_owned()),
                direction: Some(CallDirection::Inbound),
                phone: Some(phone),
                answered_at: Some(context.now),
            });
            let call = self.add_call(call, context).id;
            let record = self.fin_voice_calls.get_mut(id)?;
            record.call.intercom_call_id = Some(call);
            record.call.intercom_conversation_id = Some(conversation);
            record.call.status = Some("in-progress".to_owned());
        }
        let record = self.fin_voice_calls.get_mut(id)?;
        if ended_at.is_some() {
            record.call.status = Some("resolved".to_owned());
            let call = record.call.intercom_call_id.as_ref();
            if let Some(call) = call.and_then(|id| self.calls.get_mut(id)) {
                call.state = Some("completed".to_owned());
                call.ended_at = ended_at;
                call.updated_at = ended_at;
            }
        }
        Some(record.call.clone())
    }

    /// Returns the latest matched call of which this is true.
    fn latest_voice_call(
        &mut self,
        is_wanted: impl Fn(&FinVoiceCall) -> bool,
        context: &Context,
    ) -> Result<FinVoiceCall, Refusal> {
        let mut records: Vec<_> = self
            .fin_voice_calls
            .values()
            .filter(|record| is_wanted(&record.call))
            .map(|record| (record.created_at, record.call.id.clone()))
            .collect();
        records.sort();
        let newest_first = records.iter().rev();
        let mut matched = newest_first.filter_map(|(_, id)| self.voice_call(id, context));
        matched.next().ok_or_else(not_matched)
    }
}

impl Handle<Register> for Workspace {
    fn handle(&mut self, register: Register, context: &Context) -> Result<FinVoiceCall, Refusal> {
        let body = register.body;
        for (field, value) in [
            ("phone_number", &body.phone_number),
            ("call_id", &body.call_id),
        ] {
            if value.trim().is_empty() {
                return Err(Refusal::missing(field, format!("{field} is required")));
            }
        }
        let mut records = self.fin_voice_calls.values();
        let is_same = |call: &FinVoiceCall| call.external_call_id.as_ref() == Some(&body.call_id);
        if records.any(|record| is_same(&record.call)) {
            let message = format!("A call with the id {} is already registered", body.call_id);
            return Err(Refusal::new(
                StatusCode::CONFLICT,
                ErrorCode::Conflict,
                message,
            ));
        }
        let call = object!(FinVoiceCall {
            id: FinVoiceCallId::from(self.ids.decimal()),
            app_id: Some(self.workspace_id.clone()),
            user_phone_number: Some(body.phone_number),
            status: Some("registered".to_owned()),
            external_call_id: Some(body.call_id),
            call_summary: Some(String::new()),
        });
        let record = FinVoiceRecord {
            call: call.clone(),
            created_at: context.now,
            progress: Progress::start(context.now),
        };
        self.fin_voice_calls.insert(call.id.clone(), record);
        Ok(call)
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, context: &Context) -> Result<FinVoiceCall, Refusal> {
        let call = self.voice_call(&get.fin_voice_call_id, context);
        call.ok_or_else(not_matched)
    }
}

impl Handle<GetByExternalId> for Workspace {
    fn handle(&mut self, get: GetByExternalId, context: &Context) -> Result<FinVoiceCall, Refusal> {
        let id = get.external_id;
        self.latest_voice_call(|call| call.external_call_id.as_ref() == Some(&id), context)
    }
}

impl Handle<GetByPhoneNumber> for Workspace {
    fn handle(
        &mut self,
        get: GetByPhoneNumber,
        context: &Context,
    ) -> Result<FinVoiceCall, Refusal> {
        let phone = get.phone_number;
        self.latest_voice_call(
            |call| call.user_phone_number.as_ref() == Some(&phone),
            context,
        )
    }
}

impl Handle<ListForConversation> for Workspace {
    fn handle(
        &mut self,
        list: ListForConversation,
        context: &Context,
    ) -> Result<Vec<FinVoiceCall>, Refusal> {
        let wanted = Some(&list.conversation_id);
        let records = self.fin_voice_calls.values();
        let ids: Vec<_> = records
            .filter(|record| record.call.intercom_conversation_id.as_ref() == wanted)
            .map(|record| record.call.id.clone())
            .collect();
        Ok(ids
            .iter()
            .filter_map(|id| self.voice_call(id, context))
            .collect())
    }
}
