//! The operations that are emulated.

use bytes::Bytes;
use http::{Response, StatusCode};
use intercom_core::server::{ReceiveError, Received, Serve};
use intercom_core::{Endpoint, Spec, api};

use crate::refusal::Refusal;
use crate::resources::{Context, Handle, check_times};
use crate::store::Workspace;

type Handler = fn(&mut Workspace, &Received<'_>, &Context) -> Result<Response<Bytes>, Refusal>;

fn handle<E: Serve>(
    workspace: &mut Workspace,
    request: &Received<'_>,
    context: &Context,
) -> Result<Response<Bytes>, Refusal>
where
    Workspace: Handle<E>,
{
    check_times(request.body)?;
    let received = match E::receive(request) {
        Err(ReceiveError::Body(reason)) if reason.starts_with("duplicate field") => {
            receive_last_values(request).unwrap_or(Err(ReceiveError::Body(reason)))
        }
        received => received,
    };
    let output = workspace.handle(received?, context)?;
    let mut reply = E::respond(&output);
    let status = <Workspace as Handle<E>>::status(&output);
    *reply.status_mut() = status.unwrap_or_else(|| success_status(&E::SPEC));
    if WITHOUT_NEXT.iter().any(|spec| spec.name == E::SPEC.name) {
        leave_out_next(reply.body_mut());
    }
    Ok(reply)
}

/// Lists that are paged by cursor and have no `next` on their last page. The types of the model write
/// null, as the service does for other lists.
static WITHOUT_NEXT: &[&Spec] = &[
    &api::companies::Search::SPEC,
    &api::contacts::List::SPEC,
    &api::contacts::ListActivities::SPEC,
    &api::contacts::Search::SPEC,
    &api::conversations::List::SPEC,
    &api::conversations::Search::SPEC,
    &api::tickets::Search::SPEC,
];

/// How far from the end of a reply its pages begin at most.
const PAGES: usize = 200;

/// Removes the field `next` from the pages at the end of a list if it is null. Text cannot look like
/// it, because quotes within text are escaped.
fn leave_out_next(body: &mut Bytes) {
    const NULL: &[u8] = b",\"next\":null";
    let start = body.len().saturating_sub(PAGES);
    let end = body.get(start..).unwrap_or_default();
    let Some(place) = end.windows(NULL.len()).rposition(|part| part == NULL) else {
        return;
    };
    let mut shorter = body.to_vec();
    shorter.drain(start + place..start + place + NULL.len());
    *body = shorter.into();
}

/// Receives a request whose body repeats a field. The last value counts, as for the service.
fn receive_last_values<E: Serve>(request: &Received<'_>) -> Option<Result<E, ReceiveError>> {
    let body: serde_json::Value = serde_json::from_slice(request.body).ok()?;
    let body = serde_json::to_vec(&body).ok()?;
    let mut received = Received::new(request.arguments.clone(), None, &body);
    received.query.clone_from(&request.query);
    Some(E::receive(&received))
}

macro_rules! operations {
    ($($module:ident { $($Name:ident),* $(,)? })*) => {
        static HANDLERS: &[(&Spec, Handler)] = &[$($(
            (&<api::$module::$Name as Endpoint>::SPEC, handle::<api::$module::$Name>),
        )*)*];
    };
}

operations! {
    ai_content {
        ListContentImportSources, GetContentImportSource, CreateContentImportSource,
        UpdateContentImportSource, DeleteContentImportSource, ListExternalPages, GetExternalPage,
        CreateOrUpdateExternalPage, UpdateExternalPage, DeleteExternalPage,
    }
    banners { ListForContact, Dismiss }
    brands { List, Get }
    calls { List, Get, GetRecording, GetTranscript, Search }
    content {
        ListSnippets, GetSnippet, CreateSnippet, UpdateSnippet, DeleteSnippet, RunBulkAction, Search,
    }
    conversation_attributes {
        List, Get, Create, Update, Delete, CreateOption, UpdateOption, DeleteOption,
    }
    custom_channel_events {
        NotifyNewConversation, NotifyNewMessage, NotifyQuickReplySelected, NotifyAttributeCollected,
    }
    custom_objects { List, CreateOrUpdate, Get, Delete, DeleteByExternalId }
    data_connectors {
        List, Get, Create, Update, Delete, ListExecutionResults, GetExecutionResult,
    }
    ecommerce { UploadCatalog }
    emails { List, Get }
    fin_agent { Start, Reply, SubmitCsat, ListCapabilities, Ask, RunProcedure, Escalate }
    fin_voice { Register, Get, GetByExternalId, GetByPhoneNumber, ListForConversation }
    folders { List, Get, Create, Update, Delete }
    identity_verification { List, Create, Delete }
    internal_articles { List, Get, Create, Update, Delete, Search }
    ip_allowlist { Get, Update }
    macros { List, Get }
    office_hours {
        ListSchedules, GetSchedule, CreateSchedule, UpdateSchedule, DeleteSchedule, ListExceptions,
        GetException, CreateException, UpdateException, DeleteException,
    }
    admins {
        Me, List, Get, SetAway, ListActivityLogs, SearchActivityLogs, ListActivityLogEventTypes,
    }
    articles {
        List, Get, Create, Update, Delete, Search, GetDraft, StageDraft, PublishDraft, ListVersions,
        GetVersion,
    }
    audiences { List, Get, Create, Update, Delete }
    away_status_reasons { List }
    companies {
        Find, CreateOrUpdate, Get, Update, Delete, ListContacts, ListAll, Scroll, Search,
        BulkCreate, BulkUpdate, BulkDelete, GetBulkJob,
    }
    contacts {
        List, Get, Create, Update, Delete, Archive, Unarchive, Block, Merge, PreviewMerge, FindByExternalId, Search,
        ListCompanies, AttachCompany, DetachCompany, ListMergeHistory, ListActivities,
        BulkCreate, BulkUpdate, BulkDelete, GetBulkJob,
    }
    conversations {
        List, Get, Create, Update, Delete, Search, Reply, Manage, RunAssignmentRules, AttachContact,
        DetachContact, Redact, Convert, Merge, ListDeleted, ListHandlingEvents,
        ListSideConversations, UpdatePart,
    }
    data_attributes { List, Create, Update }
    data_events { List, Create, CreateSummaries }
    data_export { Create, Get, Cancel, Download }
    help_center {
        ListCollections, GetCollection, CreateCollection, UpdateCollection, DeleteCollection,
        ListHelpCenters, GetHelpCenter,
        ListRedirects, GetRedirect, CreateRedirect, DeleteRedirect,
        ListSections, GetSection, CreateSection, UpdateSection, DeleteSection,
    }
    jobs { Get }
    messages { Create, GetWhatsappStatus, ListStatuses }
    news {
        ListNewsItems, GetNewsItem, CreateNewsItem, UpdateNewsItem, DeleteNewsItem, ListNewsfeeds,
        GetNewsfeed, ListNewsfeedItems,
    }
    notes { ListForContact, CreateForContact, Get, ListForCompany, CreateForCompany }
    phone_switches { Create }
    reporting_export { Create, Get, ListDatasets, Download }
    segments { List, Get, ListForContact, ListForCompany }
    subscription_types { List, ListForContact, AttachToContact, DetachFromContact }
    tags {
        List, Get, CreateOrUpdate, Delete, ListForContact, AttachToContact, DetachFromContact,
        AttachToConversation, DetachFromConversation, AttachToTicket, DetachFromTicket,
        AttachToArticle, DetachFromArticle, AttachToInternalArticle, DetachFromInternalArticle,
        AttachToContentSnippet, DetachFromContentSnippet,
    }
    teams { List, Get, UpdateMembers, ListMetrics }
    ticket_types { List, Get, Create, Update, CreateAttribute, UpdateAttribute, ListStates }
    tickets {
        Get, Create, Enqueue, Update, Delete, Reply, Search, LinkConversation, UnlinkConversation,
        ChangeType,
    }
    visitors { Get, GetById, Update, Delete, Convert }
    workflows { Export }
}

/// The operations that are not emulated, and why.
static NOT_EMULATED: &[(&Spec, &str)] = &[(
    &api::procedures::CollectAgentInput::SPEC,
    "Only a procedure that Fin runs waits for input, and there is no Fin.",
)];

/// Operations that reply with another status than 200.
static STATUSES: &[(StatusCode, &Spec)] = &[
    (StatusCode::CREATED, &api::audiences::Create::SPEC),
    (StatusCode::NO_CONTENT, &api::audiences::Delete::SPEC),
    (
        StatusCode::NO_CONTENT,
        &api::ai_content::DeleteContentImportSource::SPEC,
    ),
    (StatusCode::FOUND, &api::calls::GetRecording::SPEC),
    (StatusCode::CREATED, &api::content::CreateSnippet::SPEC),
    (StatusCode::ACCEPTED, &api::content::RunBulkAction::SPEC),
    (StatusCode::CREATED, &api::data_connectors::Create::SPEC),
    (StatusCode::NO_CONTENT, &api::content::DeleteSnippet::SPEC),
    (
        StatusCode::CREATED,
        &api::identity_verification::Create::SPEC,
    ),
    (
        StatusCode::NO_CONTENT,
        &api::identity_verification::Delete::SPEC,
    ),
    (
        StatusCode::CREATED,
        &api::office_hours::CreateSchedule::SPEC,
    ),
    (
        StatusCode::CREATED,
        &api::office_hours::CreateException::SPEC,
    ),
    (StatusCode::ACCEPTED, &api::companies::BulkCreate::SPEC),
    (StatusCode::ACCEPTED, &api::companies::BulkUpdate::SPEC),
    (StatusCode::ACCEPTED, &api::companies::BulkDelete::SPEC),
    (StatusCode::ACCEPTED, &api::contacts::BulkCreate::SPEC),
    (StatusCode::ACCEPTED, &api::contacts::BulkUpdate::SPEC),
    (StatusCode::ACCEPTED, &api::contacts::BulkDelete::SPEC),
    (StatusCode::ACCEPTED, &api::data_events::Create::SPEC),
];

/// Returns the operations that are not emulated and reply 501, each with the reason.
#[must_use]
pub fn not_emulated() -> &'static [(&'static Spec, &'static str)] {
    NOT_EMULATED
}

/// Returns the refusal of an operation that is not emulated.
pub(crate) fn refuse(spec: &Spec) -> Refusal {
    let mut operations = NOT_EMULATED.iter();
    let known = operations.find(|(other, _)| other.name == spec.name);
    let reason = known.map_or("", |(_, reason)| reason);
    let Spec {
        name, method, path, ..
    } = spec;
    let message = format!("{name} ({method} {path}) is not emulated. {reason}");
    Refusal::new(
        StatusCode::NOT_IMPLEMENTED,
        "not_implemented",
        message.trim_end(),
    )
}

/// Returns the status with which an operation succeeds.
fn success_status(spec: &Spec) -> StatusCode {
    let mut statuses = STATUSES.iter();
    statuses
        .find(|(_, other)| other.name == spec.name)
        .map_or(StatusCode::OK, |(status, _)| *status)
}

/// Returns the operation with this name, such as `contacts::Search`.
pub(crate) fn operation_named(name: &str) -> Option<&'static Spec> {
    api::ALL.iter().find(|spec| spec.name == name)
}

/// Whether an operation is emulated. Otherwise it replies 501.
///
/// ```
/// use intercom_core::Endpoint;
/// use intercom_core::api::contacts;
///
/// assert!(intercom_emulator::is_emulated(&contacts::Search::SPEC));
/// ```
#[must_use]
pub fn is_emulated(spec: &Spec) -> bool {
    handler(spec).is_some()
}

/// Returns the handler of an operation; `None` if it is not emulated.
pub(crate) fn handler(spec: &Spec) -> Option<Handler> {
    HANDLERS
        .iter()
        .find(|(handled, _)| handled.name == spec.name)
        .map(|(_, handler)| *handler)
}

#[cfg(test)]
mod tests {
    use intercom_core::api::ALL;

    use super::{NOT_EMULATED, handler};

    #[test]
    fn every_operation_is_emulated_or_says_why_not() {
        for spec in ALL {
            let mut others = NOT_EMULATED.iter();
            let is_excused = others.any(|(other, _)| other.name == spec.name);
            assert_ne!(handler(spec).is_some(), is_excused, "{}", spec.name);
        }
    }
}
