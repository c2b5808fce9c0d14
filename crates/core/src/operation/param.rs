//! Arguments in paths and queries, as text.

use intercom_model::{
    Timestamp, articles, contacts, content, conversations, data_attributes, data_connectors, search,
};

/// A value that is sent in the path or the query.
pub trait Param: Sized {
    /// Returns the text to send.
    fn to_text(&self) -> String;

    /// Parses the text; the error says what was expected.
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
    String: "a text",
    articles::ArticleSearchState: "all, draft or published",
    bool: "true or false",
    contacts::Order: "asc or desc",
    content::AiState: "on or off",
    content::ContentSearchType: "a kind of content",
    content::ContentState: "draft or published",
    content::FolderEntityType: "folder",
    content::TagOperator: "IN or NIN",
    conversations::DisplayAs: "html or plaintext",
    data_attributes::DataAttributeModel: "contact or company",
    data_connectors::DataConnectorErrorType: "a kind of error",
    data_connectors::DataConnectorState: "draft or live",
    intercom_model::ActivityId: "an id",
    intercom_model::AdminId: "an id",
    intercom_model::ArticleId: "an id",
    intercom_model::ArticleVersionId: "an id",
    intercom_model::AttributeOptionId: "an id",
    intercom_model::AudienceId: "an id",
    intercom_model::BannerViewId: "an id",
    intercom_model::BrandId: "an id",
    intercom_model::CallId: "an id",
    intercom_model::CollectionId: "an id",
    intercom_model::CompanyId: "an id",
    intercom_model::ConnectorId: "an id",
    intercom_model::ContactId: "an id",
    intercom_model::ContentImportSourceId: "an id",
    intercom_model::ContentSnippetId: "an id",
    intercom_model::ConversationAttributeId: "an id",
    intercom_model::ConversationId: "an id",
    intercom_model::ConversationPartId: "an id",
    intercom_model::CustomObjectInstanceId: "an id",
    intercom_model::DataAttributeId: "an id",
    intercom_model::DataConnectorExecutionId: "an id",
    intercom_model::DataConnectorId: "an id",
    intercom_model::DataExportId: "an id",
    intercom_model::EmailId: "an id",
    intercom_model::ExternalPageId: "an id",
    intercom_model::FinVoiceCallId: "an id",
    intercom_model::FolderId: "an id",
    intercom_model::HelpCenterId: "an id",
    intercom_model::IdentityVerificationSecretId: "an id",
    intercom_model::InternalArticleId: "an id",
    intercom_model::JobId: "an id",
    intercom_model::Locale: "a locale",
    intercom_model::MacroId: "an id",
    intercom_model::MessageId: "an id",
    intercom_model::NewsItemId: "an id",
    intercom_model::NewsfeedId: "an id",
    intercom_model::NoteId: "an id",
    intercom_model::OfficeHoursExceptionId: "an id",
    intercom_model::OfficeHoursScheduleId: "an id",
    intercom_model::ProcedureId: "an id",
    intercom_model::RedirectId: "an id",
    intercom_model::ReportingExportId: "an id",
    intercom_model::RulesetId: "an id",
    intercom_model::SectionId: "an id",
    intercom_model::SegmentId: "an id",
    intercom_model::SubscriptionTypeId: "an id",
    intercom_model::TagId: "an id",
    intercom_model::TeamId: "an id",
    intercom_model::TicketId: "an id",
    intercom_model::TicketTypeAttributeId: "an id",
    intercom_model::TicketTypeId: "an id",
    intercom_model::VisitorId: "an id",
    intercom_model::WorkflowId: "an id",
    intercom_model::WorkspaceId: "an id",
    search::SortOrder: "ascending or descending",
    u32: "a whole number",
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
