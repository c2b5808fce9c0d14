//! Calls. Since 2.14.

use http::StatusCode;
use intercom_core::api::calls::{
    Call, Get, GetRecording, GetTranscript, List, Search, TranscriptEntry,
};
use intercom_core::model::{CallId, List as ModelList, ObjectType};
use intercom_core::{ApiVersion, ErrorCode, Redirect};

use crate::object::object;
use crate::query::{Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::attributes::text_of;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

/// The page size, and the largest page.
const PER_PAGE: u32 = 25;

/// How many conversations a search names at most.
const CONVERSATIONS: usize = 20;

fn not_found(message: &str) -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, ErrorCode::NotFound, message)
}

impl Workspace {
    /// Stores a call.
    pub(crate) fn add_call(&mut self, mut call: Call, context: &Context) -> Call {
        call.r#type = Some(ObjectType::from("call"));
        call.id = CallId::new(self.ids.decimal().to_string());
        for time in [
            &mut call.initiated_at,
            &mut call.created_at,
            &mut call.updated_at,
        ] {
            time.get_or_insert(context.now);
        }
        call.call_type.get_or_insert_with(|| "phone".to_owned());
        self.calls.insert(call.id.clone(), call.clone());
        call
    }

    fn call(&self, id: &CallId) -> Result<&Call, Refusal> {
        self.calls.get(id).ok_or_else(|| not_found("Not Found"))
    }
}

/// Returns a call as this version shows it, without what was said.
fn show(call: &Call, context: &Context) -> Call {
    let mut shown = call.clone();
    let transcript = call.transcript.as_ref();
    shown.transcription_url =
        transcript.map(|_| context.url(&format!("/calls/{}/transcript", call.id)));
    shown.transcript = None;
    shown.transcript_status = None;
    if context.version < ApiVersion::Preview {
        for time in [
            &mut shown.duration,
            &mut shown.talk_time,
            &mut shown.queue_time,
            &mut shown.hold_time,
        ] {
            *time = None;
        }
    }
    shown
}

/// Returns an entry of a transcript as a line of text.
fn line(entry: &TranscriptEntry) -> String {
    let text = |name: &str| entry.get(name).and_then(text_of).unwrap_or_default();
    format!("{}: {}\n", text("speaker"), text("text"))
}

impl Handle<List> for Workspace {
    fn handle(&mut self, list: List, context: &Context) -> Result<ModelList<Call>, Refusal> {
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: PER_PAGE,
            max: PER_PAGE,
        };
        // The newest first.
        let calls = self.calls.values().rev();
        numbered(
            calls,
            self.calls.len(),
            place,
            &context.url("/calls"),
            |call| show(call, context),
        )
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, context: &Context) -> Result<Call, Refusal> {
        Ok(show(self.call(&get.call_id)?, context))
    }
}

impl Handle<GetRecording> for Workspace {
    fn handle(&mut self, get: GetRecording, _: &Context) -> Result<Redirect, Refusal> {
        let call = self.call(&get.call_id)?;
        if call.recording_url.is_none() {
            return Err(not_found("Recording Not Found"));
        }
        let id = &call.id;
        Ok(Redirect::new(format!(
            "https://recordings.example.com/{id}.mp3?signature=emulated"
        )))
    }
}

impl Handle<GetTranscript> for Workspace {
    fn handle(&mut self, get: GetTranscript, _: &Context) -> Result<String, Refusal> {
        let transcript = self.call(&get.call_id)?.transcript.as_ref();
        let transcript = transcript.ok_or_else(|| not_found("Not Found"))?;
        Ok(transcript.iter().map(line).collect())
    }
}

impl Handle<Search> for Workspace {
    fn handle(&mut self, search: Search, context: &Context) -> Result<ModelList<Call>, Refusal> {
        let wanted = search.body.conversation_ids;
        if !(1..=CONVERSATIONS).contains(&wanted.len()) {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::from("conversation_id_limit_exceeded"),
                format!("A list of up to {CONVERSATIONS} conversation IDs is required"),
            ));
        }
        let calls = self.calls.values().filter(|call| {
            let conversation = call.conversation_id.as_ref();
            conversation.is_some_and(|id| wanted.contains(id))
        });
        let calls = calls.map(|call| {
            let mut shown = show(call, context);
            let is_there = call.transcript.is_some();
            shown.transcript = Some(call.transcript.clone().unwrap_or_default());
            shown.transcript_status = is_there.then(|| "completed".to_owned());
            shown
        });
        Ok(object!(ModelList {
            r#type: Some(ObjectType::List),
            data: calls.collect(),
        }))
    }
}
