//! All operations of the API, grouped by resource.
//!
//! The module is the resource and the type is the verb: [`contacts::Update`], [`tags::List`]. Each
//! module also exports the types of its resource, so one `use` is enough.

#[doc(hidden)]
pub mod declare;
#[cfg(feature = "server")]
pub mod routing;

pub mod admins;
pub mod ai_content;
pub mod articles;
pub mod audiences;
pub mod away_status_reasons;
pub mod banners;
pub mod brands;
pub mod calls;
pub mod companies;
pub mod contacts;
pub mod content;
pub mod conversation_attributes;
pub mod conversations;
pub mod custom_channel_events;
pub mod custom_objects;
pub mod data_attributes;
pub mod data_connectors;
pub mod data_events;
pub mod data_export;
pub mod ecommerce;
pub mod emails;
pub mod fin_agent;
pub mod fin_voice;
pub mod folders;
pub mod help_center;
pub mod identity_verification;
pub mod internal_articles;
pub mod ip_allowlist;
pub mod jobs;
pub mod macros;
pub mod messages;
pub mod news;
pub mod notes;
pub mod office_hours;
pub mod phone_switches;
pub mod procedures;
pub mod reporting_export;
pub mod segments;
pub mod subscription_types;
pub mod tags;
pub mod teams;
pub mod ticket_types;
pub mod tickets;
pub mod visitors;
pub mod workflows;

/// The table of all operations: `ALL`, and what a server needs to route to each.
macro_rules! operations {
    ($($module:ident { $($Name:ident),* $(,)? })*) => {
        /// The specs of all operations, ordered by resource.
        pub static ALL: &[$crate::Spec] = &[$($(<$module::$Name as $crate::Endpoint>::SPEC),*),*];

        /// All operations, with their types erased.
        #[cfg(feature = "server")]
        static OPERATIONS: &[routing::Operation] = &[$($(routing::Operation {
            spec: &<$module::$Name as $crate::Endpoint>::SPEC,
            encode: routing::encode::<$module::$Name>,
            decode: routing::decode::<$module::$Name>,
        }),*),*];
    };
}

operations! {
    admins {
        Me, List, Get, SetAway, ListActivityLogs, SearchActivityLogs, ListActivityLogEventTypes,
    }
    ai_content {
        ListContentImportSources, GetContentImportSource, CreateContentImportSource,
        UpdateContentImportSource, DeleteContentImportSource, ListExternalPages, GetExternalPage,
        CreateOrUpdateExternalPage, UpdateExternalPage, DeleteExternalPage,
    }
    articles {
        List, Get, Create, Update, Delete, Search, GetDraft, StageDraft, PublishDraft, ListVersions,
        GetVersion,
    }
    audiences { List, Get, Create, Update, Delete }
    away_status_reasons { List }
    banners { ListForContact, Dismiss }
    brands { List, Get }
    calls { List, Get, GetRecording, GetTranscript, Search }
    companies {
        Find, CreateOrUpdate, Get, Update, Delete, ListContacts, ListAll, Scroll, Search,
        BulkCreate, BulkUpdate, BulkDelete, GetBulkJob,
    }
    contacts {
        List, Get, Create, Update, Delete, Archive, Unarchive, Block, Merge, PreviewMerge,
        FindByExternalId, Search, ListCompanies, AttachCompany, DetachCompany, ListMergeHistory,
        ListActivities, BulkCreate, BulkUpdate, BulkDelete, GetBulkJob,
    }
    content {
        ListSnippets, GetSnippet, CreateSnippet, UpdateSnippet, DeleteSnippet, RunBulkAction,
        Search,
    }
    conversation_attributes {
        List, Get, Create, Update, Delete, CreateOption, UpdateOption, DeleteOption,
    }
    conversations {
        List, Get, Create, Update, Delete, Search, Reply, Manage, RunAssignmentRules, AttachContact,
        DetachContact, Redact, Convert, Merge, ListDeleted, ListHandlingEvents,
        ListSideConversations, UpdatePart,
    }
    custom_channel_events {
        NotifyNewConversation, NotifyNewMessage, NotifyQuickReplySelected, NotifyAttributeCollected,
    }
    custom_objects { List, CreateOrUpdate, Get, Delete, DeleteByExternalId }
    data_attributes { List, Create, Update }
    data_connectors { List, Get, Create, Update, Delete, ListExecutionResults, GetExecutionResult }
    data_events { List, Create, CreateSummaries }
    data_export { Create, Get, Cancel, Download }
    ecommerce { UploadCatalog }
    emails { List, Get }
    fin_agent { Start, Reply, SubmitCsat, ListCapabilities, Ask, RunProcedure, Escalate }
    fin_voice { Register, Get, GetByExternalId, GetByPhoneNumber, ListForConversation }
    folders { List, Get, Create, Update, Delete }
    help_center {
        ListCollections, GetCollection, CreateCollection, UpdateCollection, DeleteCollection,
        ListHelpCenters, GetHelpCenter, ListRedirects, GetRedirect, CreateRedirect, DeleteRedirect,
        ListSections, GetSection, CreateSection, UpdateSection, DeleteSection,
    }
    identity_verification { List, Create, Delete }
    internal_articles { List, Get, Create, Update, Delete, Search }
    ip_allowlist { Get, Update }
    jobs { Get }
    macros { List, Get }
    messages { Create, GetWhatsappStatus, ListStatuses }
    news {
        ListNewsItems, GetNewsItem, CreateNewsItem, UpdateNewsItem, DeleteNewsItem, ListNewsfeeds,
        GetNewsfeed, ListNewsfeedItems,
    }
    notes { ListForContact, CreateForContact, Get, ListForCompany, CreateForCompany }
    office_hours {
        ListSchedules, GetSchedule, CreateSchedule, UpdateSchedule, DeleteSchedule, ListExceptions,
        GetException, CreateException, UpdateException, DeleteException,
    }
    phone_switches { Create }
    procedures { CollectAgentInput }
    reporting_export { Create, Get, ListDatasets, Download }
    segments { List, Get, ListForContact, ListForCompany }
    subscription_types { ListForContact, AttachToContact, DetachFromContact, List }
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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::ALL;
    use crate::{Method, Spec};

    #[test]
    fn a_request_that_starts_a_job_is_sent_once() {
        let starts = |spec: &&Spec| spec.method != Method::Get && spec.name.contains("Bulk");
        for spec in ALL.iter().filter(starts) {
            assert!(!spec.idempotent, "{}", spec.name);
        }
    }

    #[test]
    fn no_two_operations_share_a_name_or_an_address() {
        let (mut names, mut addresses) = (HashSet::new(), HashSet::new());
        for spec in ALL {
            let path: Vec<&str> = spec
                .path
                .split('/')
                .map(|part| if part.starts_with('{') { "{}" } else { part })
                .collect();
            assert!(names.insert(spec.name), "{}", spec.name);
            assert!(addresses.insert((spec.method, path)), "{}", spec.name);
        }
    }
}
