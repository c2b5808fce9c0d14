//! Every operation of the API, by resource.
//!
//! The module is the resource, the type the verb: [`contacts::Update`], [`tags::List`]. Each module
//! also has the types of its resource, so that one `use` is enough.

pub mod admins;
pub mod audiences;
pub mod away_status_reasons;
pub mod brands;
pub mod calls;
pub mod contacts;
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
pub mod help_center;
pub mod identity_verification;
pub mod ip_allowlist;
pub mod notes;
pub mod office_hours;
pub mod reporting_export;
pub mod segments;
pub mod subscription_types;
pub mod tags;

/// The table of contents: `ALL`, and what a server needs of each.
macro_rules! operations {
    ($($module:ident { $($Name:ident),* $(,)? })*) => {
        /// Every operation, in the order of the resources.
        pub static ALL: &[$crate::Spec] = &[$($(<$module::$Name as $crate::Endpoint>::SPEC),*),*];

        /// Every operation, without its types.
        #[cfg(feature = "server")]
        pub(crate) static OPERATIONS: &[$crate::server::Operation] = &[$($($crate::server::Operation {
            spec: &<$module::$Name as $crate::Endpoint>::SPEC,
            encode: $crate::server::encode::<$module::$Name>,
            decode: $crate::server::decode::<$module::$Name>,
        }),*),*];
    };
}

operations! {
    calls { List, Get, GetRecording, GetTranscript, Search }
    fin_voice { Register, Get, GetByExternalId, GetByPhoneNumber, ListForConversation }
    office_hours {
        ListSchedules, GetSchedule, CreateSchedule, UpdateSchedule, DeleteSchedule,
        ListExceptions, GetException, CreateException, UpdateException, DeleteException,
    }
    admins { Me, List, Get, SetAway, ListActivityLogs, SearchActivityLogs, ListActivityLogEventTypes }
    audiences { List, Get, Create, Update, Delete }
    away_status_reasons { List }
    brands { List, Get }
    contacts {
        List, Get, Create, Update, Delete, Archive, Unarchive, Block, Merge, PreviewMerge, FindByExternalId, Search,
        ListCompanies, AttachCompany, DetachCompany, ListMergeHistory, ListActivities,
        BulkCreate, BulkUpdate, BulkDelete, GetBulkJob,
    }
    custom_channel_events {
        NotifyNewConversation, NotifyNewMessage, NotifyQuickReplySelected, NotifyAttributeCollected,
    }
    custom_objects { List, CreateOrUpdate, Get, Delete, DeleteByExternalId }
    data_attributes { List, Create, Update }
    data_connectors { List, Get, Create, Update, Delete, ListExecutions, GetExecution }
    data_events { List, Create, CreateSummaries }
    data_export { Create, Get, Cancel, Download }
    ecommerce { UploadCatalog }
    emails { List, Get }
    fin_agent { Start, Reply, SubmitCsat, ListCapabilities, Ask, RunProcedure, Escalate, CollectAgentInput }
    help_center {
        ListCollections, GetCollection, CreateCollection, UpdateCollection, DeleteCollection,
        ListHelpCenters, GetHelpCenter,
        ListRedirects, GetRedirect, CreateRedirect, DeleteRedirect,
        ListSections, GetSection, CreateSection, UpdateSection, DeleteSection,
    }
    identity_verification { List, Create, Delete }
    ip_allowlist { Get, Update }
    notes { ListForContact, CreateForContact, Get }
    reporting_export { Create, Get, ListDatasets, Download }
    segments { List, Get, ListForContact }
    subscription_types { ListForContact, AttachToContact, DetachFromContact }
    tags {
        List, Get, CreateOrUpdate, Delete,
        ListForContact, AttachToContact, DetachFromContact,
        AttachToConversation, DetachFromConversation, AttachToTicket, DetachFromTicket,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::ALL;

    #[test]
    fn what_starts_a_job_is_sent_once() {
        for spec in ALL.iter().filter(|spec| spec.name.contains("::Bulk")) {
            assert!(!spec.replay, "{}", spec.name);
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
