//! Every operation of the API, by resource.
//!
//! The module is the resource, the type the verb: [`contacts::Update`], [`tags::List`]. Each module
//! also has the types of its resource, so that one `use` is enough.

pub mod admins;
pub mod ai_content;
pub mod articles;
pub mod companies;
pub mod contacts;
pub mod content;
pub mod ecommerce;
pub mod folders;
pub mod help_center;
pub mod internal_articles;
pub mod news;
pub mod notes;
pub mod segments;
pub mod subscription_types;
pub mod tags;
pub mod teams;
pub mod visitors;

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
    ai_content {
        ListContentImportSources, GetContentImportSource, CreateContentImportSource, UpdateContentImportSource,
        DeleteContentImportSource,
        ListExternalPages, GetExternalPage, CreateOrUpdateExternalPage, UpdateExternalPage, DeleteExternalPage,
    }
    articles {
        List, Get, Create, Update, Delete, Search, GetDraft, StageDraft, PublishDraft, ListVersions, GetVersion,
    }
    companies {
        Find, CreateOrUpdate, Get, Update, Delete, ListContacts, ListAll, Scroll, Search,
        BulkCreate, BulkUpdate, BulkDelete, GetBulkJob,
    }
    contacts {
        List, Get, Create, Update, Delete, Archive, Unarchive, Block, Merge, PreviewMerge, FindByExternalId, Search,
        ListCompanies, AttachCompany, DetachCompany, ListMergeHistory, ListActivities,
        BulkCreate, BulkUpdate, BulkDelete, GetBulkJob,
    }
    content { ListSnippets, GetSnippet, CreateSnippet, UpdateSnippet, DeleteSnippet, RunBulkAction, Search }
    ecommerce { UploadCatalog }
    folders { List, Get, Create, Update, Delete }
    help_center {
        ListCollections, GetCollection, CreateCollection, UpdateCollection, DeleteCollection,
        ListHelpCenters, GetHelpCenter,
        ListRedirects, GetRedirect, CreateRedirect, DeleteRedirect,
        ListSections, GetSection, CreateSection, UpdateSection, DeleteSection,
    }
    internal_articles { List, Get, Create, Update, Delete, Search }
    news {
        ListNewsItems, GetNewsItem, CreateNewsItem, UpdateNewsItem, DeleteNewsItem,
        ListNewsfeeds, GetNewsfeed, ListNewsfeedItems,
    }
    notes { ListForContact, CreateForContact, Get, ListForCompany, CreateForCompany }
    segments { ListForContact, ListForCompany }
    subscription_types { List, ListForContact, AttachToContact, DetachFromContact }
    tags {
        List, Get, CreateOrUpdate, Delete,
        ListForContact, AttachToContact, DetachFromContact,
        AttachToConversation, DetachFromConversation, AttachToTicket, DetachFromTicket,
        AttachToArticle, DetachFromArticle, AttachToInternalArticle, DetachFromInternalArticle,
        AttachToContentSnippet, DetachFromContentSnippet,
    }
    teams { List, Get, UpdateMembers, ListMetrics }
    visitors { Get, Update, Convert }
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
