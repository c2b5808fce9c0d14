//! Arguments in paths and queries, as text.

use intercom_model::{Timestamp, articles, contacts, content, search};

/// A value that is sent in the path or the query.
pub trait Param: Sized {
    /// The text that is sent.
    fn to_text(&self) -> String;

    /// Reads the text; the error says what was expected.
    fn from_text(text: &str) -> Result<Self, &'static str>;
}

macro_rules! params {
    ($($Type:ty: $expected:literal),* $(,)?) => {$(
        impl Param for $Type {
            fn to_text(&self) -> String {
                self.to_string()
            }

            fn from_text(text: &str) -> Result<Self, &'static str> {
                text.parse().map_err(|_| $expected)
            }
        }
    )*};
}

params! {
    bool: "true or false",
    u32: "a whole number",
    String: "a text",
    articles::ArticleSearchState: "all, draft or published",
    contacts::Order: "asc or desc",
    content::ContentSearchType: "a kind of content",
    content::ContentState: "draft or published",
    content::FolderEntityType: "folder",
    content::Switch: "on or off",
    content::TagOperator: "IN or NIN",
    search::SortOrder: "ascending or descending",
    intercom_model::ActivityId: "an id",
    intercom_model::AdminId: "an id",
    intercom_model::ArticleId: "an id",
    intercom_model::ArticleVersionId: "an id",
    intercom_model::CollectionId: "an id",
    intercom_model::CompanyId: "an id",
    intercom_model::ConnectorId: "an id",
    intercom_model::ContactId: "an id",
    intercom_model::ContentImportSourceId: "an id",
    intercom_model::ContentSnippetId: "an id",
    intercom_model::ConversationId: "an id",
    intercom_model::ExternalPageId: "an id",
    intercom_model::FolderId: "an id",
    intercom_model::HelpCenterId: "an id",
    intercom_model::InternalArticleId: "an id",
    intercom_model::JobId: "an id",
    intercom_model::Locale: "a locale",
    intercom_model::NewsItemId: "an id",
    intercom_model::NewsfeedId: "an id",
    intercom_model::NoteId: "an id",
    intercom_model::RedirectId: "an id",
    intercom_model::SectionId: "an id",
    intercom_model::SegmentId: "an id",
    intercom_model::SubscriptionTypeId: "an id",
    intercom_model::TagId: "an id",
    intercom_model::TeamId: "an id",
    intercom_model::TicketId: "an id",
}

/// Joined by commas.
impl<T: Param> Param for Vec<T> {
    fn to_text(&self) -> String {
        self.iter()
            .map(Param::to_text)
            .collect::<Vec<_>>()
            .join(",")
    }

    fn from_text(text: &str) -> Result<Self, &'static str> {
        let items = text
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty());
        items.map(T::from_text).collect()
    }
}

/// The seconds since 1970.
impl Param for Timestamp {
    fn to_text(&self) -> String {
        self.as_second().to_string()
    }

    fn from_text(text: &str) -> Result<Self, &'static str> {
        text.parse().map_err(|_| "a time")
    }
}
