//! Every operation of the API, by resource.
//!
//! The module is the resource, the type the verb: [`contacts::Update`], [`tags::List`]. Each module
//! also has the types of its resource, so that one `use` is enough.

pub mod admins;
pub mod banners;
pub mod contacts;
pub mod conversation_attributes;
pub mod conversations;
pub mod help_center;
pub mod jobs;
pub mod macros;
pub mod messages;
pub mod notes;
pub mod phone_switches;
pub mod segments;
pub mod subscription_types;
pub mod tags;
pub mod ticket_types;
pub mod tickets;
pub mod workflows;

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
    admins { Me, List, Get }
    banners { ListForContact, Dismiss }
    contacts {
        List, Get, Create, Update, Delete, Archive, Unarchive, Block, Merge, PreviewMerge, FindByExternalId, Search,
        ListCompanies, AttachCompany, DetachCompany, ListMergeHistory, ListActivities,
        BulkCreate, BulkUpdate, BulkDelete, GetBulkJob,
    }
    conversation_attributes {
        List, Get, Create, Update, Delete, CreateOption, UpdateOption, DeleteOption,
    }
    conversations {
        List, Get, Create, Update, Delete, Search, Reply, Manage, RunAssignmentRules,
        AttachContact, DetachContact, Redact, Convert, Merge, ListDeleted,
        ListHandlingEvents, ListSideConversations, UpdatePart,
    }
    help_center {
        ListCollections, GetCollection, CreateCollection, UpdateCollection, DeleteCollection,
        ListHelpCenters, GetHelpCenter,
        ListRedirects, GetRedirect, CreateRedirect, DeleteRedirect,
        ListSections, GetSection, CreateSection, UpdateSection, DeleteSection,
    }
    jobs { Get }
    macros { List, Get }
    messages { Create, GetWhatsappStatus, ListStatuses }
    notes { ListForContact, CreateForContact, Get }
    phone_switches { Create }
    segments { ListForContact }
    subscription_types { ListForContact, AttachToContact, DetachFromContact }
    tags {
        List, Get, CreateOrUpdate, Delete,
        ListForContact, AttachToContact, DetachFromContact,
        AttachToConversation, DetachFromConversation, AttachToTicket, DetachFromTicket,
    }
    ticket_types { List, Get, Create, Update, CreateAttribute, UpdateAttribute, ListStates }
    tickets {
        Get, Create, Enqueue, Update, Delete, Reply, Search, LinkConversation, UnlinkConversation, ChangeType,
    }
    workflows { Export }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::ALL;

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
