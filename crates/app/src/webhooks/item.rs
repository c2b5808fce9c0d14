//! What an event carries.

use intercom_model::activity_logs::ActivityLog;
use intercom_model::admins::Admin;
use intercom_model::ai_content::ContentImportSource;
use intercom_model::articles::Article;
use intercom_model::audiences::Audience;
use intercom_model::calls::Call;
use intercom_model::companies::Company;
use intercom_model::contacts::{Contact, ContactArchived, ContactDeleted};
use intercom_model::content::ContentSnippet;
use intercom_model::conversations::Conversation;
use intercom_model::data_events::DataEvent;
use intercom_model::jobs::Job;
use intercom_model::webhooks::{
    ApiRequestCompleted, AudienceMembership, CompanyContact, CompanyDeleted, ContactSubscription,
    ContactTag, ContentStatEvent, ConversationContact, ConversationDeleted, DataConnectorExecuted,
    LegacyUser, LegacyUserDeleted, LegacyUserTag, Ping, ProcedureQuestion, TicketContact,
};
use intercom_model::{Deviation, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The type of an event's item.
pub(crate) trait Item: Sized + Serialize {
    fn read(json: &[u8]) -> Result<(Self, Vec<Deviation>), serde_json::Error>;

    /// The fields of the text that the type does not read.
    #[cfg(feature = "unread")]
    fn unread(json: &[u8]) -> Result<Vec<String>, serde_json::Error>;

    /// The item as a webhook has it, where that is not how the REST API has it.
    fn to_wire(&self) -> Result<Value, serde_json::Error> {
        serde_json::to_value(self)
    }

    /// The id of the object, and the time of the state in which it is sent.
    fn version(&self) -> (Option<&str>, Option<Timestamp>) {
        (None, None)
    }
}

pub(crate) fn read<T: DeserializeOwned>(
    json: &[u8],
) -> Result<(T, Vec<Deviation>), serde_json::Error> {
    intercom_model::from_slice(json)
}

#[cfg(feature = "unread")]
pub(crate) fn unread<T: DeserializeOwned>(json: &[u8]) -> Result<Vec<String>, serde_json::Error> {
    let report = intercom_model::from_slice_reporting::<T>(json)?;
    let mut unread = report.unread;
    if report.more_unread > 0 {
        unread.push(format!("{} more", report.more_unread));
    }
    Ok(unread)
}

/// Contacts and companies have ISO 8601 times in webhooks, and seconds in the REST API.
fn with_iso_times(mut object: Value) -> Value {
    if let Value::Object(fields) = &mut object {
        let times = fields.iter_mut().filter(|(name, _)| name.ends_with("_at"));
        for (_, time) in times {
            let seconds = time.as_i64();
            if let Some(seconds) = seconds {
                *time = Value::String(Timestamp::from_second(seconds).to_string());
            }
        }
    }
    object
}

/// Replaces the times of the contact and of the company inside an item.
fn with_iso_times_inside(mut item: Value) -> Value {
    if let Value::Object(fields) = &mut item {
        for name in ["contact", "company"] {
            if let Some(object) = fields.get_mut(name) {
                *object = with_iso_times(object.take());
            }
        }
    }
    item
}

macro_rules! items {
    ($( $Type:ty $(, wire $wire:ident)? $(, |$item:ident| $id:expr, $time:expr)? ; )*) => {$(
        impl Item for $Type {
            fn read(json: &[u8]) -> Result<(Self, Vec<Deviation>), serde_json::Error> {
                read(json)
            }

            #[cfg(feature = "unread")]
            fn unread(json: &[u8]) -> Result<Vec<String>, serde_json::Error> {
                unread::<Self>(json)
            }

            $(
                fn to_wire(&self) -> Result<Value, serde_json::Error> {
                    Ok($wire(serde_json::to_value(self)?))
                }
            )?

            $(
                fn version(&self) -> (Option<&str>, Option<Timestamp>) {
                    let $item = self;
                    ($id, $time)
                }
            )?
        }
    )*};
}

items! {
    ActivityLog, |it| Some(it.id.as_str()), it.created_at;
    Admin, |it| Some(it.id.as_str()), None;
    ApiRequestCompleted, |it| it.request_id.as_deref(), it.timestamp;
    Article, |it| Some(it.id.as_str()), it.updated_at;
    Audience, |it| Some(it.id.as_str()), it.updated_at;
    AudienceMembership, |it| it.audience_id.as_ref().map(AsRef::as_ref), None;
    Call, |it| Some(it.id.as_str()), it.updated_at;
    Company, wire with_iso_times, |it| Some(it.id.as_str()), it.updated_at;
    CompanyContact, wire with_iso_times_inside,
        |it| it.contact.as_ref().map(|it| it.id.as_str()), it.contact.as_ref().and_then(|it| it.updated_at);
    CompanyDeleted, |it| it.id.as_ref().map(AsRef::as_ref), None;
    Contact, wire with_iso_times, |it| Some(it.id.as_str()), it.updated_at;
    ContactArchived, |it| it.id.as_ref().map(AsRef::as_ref), None;
    ContactDeleted, |it| it.id.as_ref().map(AsRef::as_ref), None;
    ContactSubscription, wire with_iso_times_inside,
        |it| it.contact.as_ref().map(|it| it.id.as_str()), it.created_at;
    ContactTag, wire with_iso_times_inside,
        |it| it.contact.as_ref().map(|it| it.id.as_str()), it.contact.as_ref().and_then(|it| it.updated_at);
    ContentImportSource, |it| Some(it.id.as_str()), it.updated_at;
    ContentSnippet, |it| Some(it.id.as_str()), it.updated_at;
    ContentStatEvent, wire with_iso_times_inside,
        |it| it.content_stat.as_ref().and_then(|it| it.id.as_ref()).map(AsRef::as_ref), it.created_at;
    Conversation, |it| Some(it.id.as_str()), it.updated_at;
    ConversationContact, wire with_iso_times_inside,
        |it| it.conversation_id().map(AsRef::as_ref),
        it.conversation.as_ref().and_then(|it| it.model.as_ref()?.updated_at);
    ConversationDeleted, |it| it.conversation_id.as_ref().map(AsRef::as_ref), None;
    DataConnectorExecuted, |it| Some(it.id.as_str()), it.completed_at;
    DataEvent, |it| it.id.as_ref().map(AsRef::as_ref), it.created_at;
    Job, |it| Some(it.id.as_str()), None;
    LegacyUser, |it| Some(it.id.as_str()), it.updated_at;
    LegacyUserDeleted, |it| Some(it.id.as_str()), None;
    LegacyUserTag, |it| it.user.as_ref().or(it.contact.as_ref()).map(|it| it.id.as_str()), it.created_at;
    Ping;
    ProcedureQuestion, |it| it.conversation_id.as_ref().map(AsRef::as_ref), None;
    TicketContact, wire with_iso_times_inside,
        |it| it.ticket.as_ref().and_then(|it| it.id.as_ref()).map(AsRef::as_ref), None;
}
